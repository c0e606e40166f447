/**
 * Keys of the ledger that version 0.1 had in scenarios and that belong to methods
 * since: what each is called there.
 *
 * @module
 */

/** Hyperparameters of methods, by the key that scenarios once had. */
export const MOVED_ASSUMPTIONS: Readonly<Record<string, string>> = {
  actorLearningRate: "actorLearningRate",
  criticLearningRate: "criticLearningRate",
  rewardScale: "rewardScale",
  endOfEpisode: "endOfEpisode",
  discount: "discount",
  eq24: "eq24",
  eq25: "eq25",
  hiddenSizes: "hiddenSizes",
  batchSize: "batchSize",
  tau: "tau",
  explorationNoise: "explorationNoise",
  replayCapacity: "replayCapacity",
  minReplaySize: "minReplaySize",
  updatesPerStep: "updatesPerStep",
  policyDelay: "policyDelay",
  targetNoise: "targetNoise",
  targetNoiseClip: "targetNoiseClip",
  fadingObserved: "fadingObserved",
  requestEncoding: "requestEncoding",
  inputScaling: "inputScaling",
  cacheDecoding: "cacheDecoding",
  storageViolation: "storageViolation",
  storagePenalty: "storagePenalty",
  shareDecoding: "shareDecoding",
  searchProtocol: "protocol",
  searchPopulation: "populationSize",
  searchTrainingEpisodes: "trainingEpisodes",
  psoInertia: "inertia",
  psoFinalInertia: "finalInertia",
  psoCognitive: "cognitive",
  psoSocial: "social",
  psoMaxVelocity: "maxVelocity",
  gaTournamentSize: "tournamentSize",
  gaCrossoverProbability: "crossoverProbability",
  gaCrossoverEta: "crossoverEta",
  gaMutationsPerChild: "mutationsPerChild",
  gaMutationEta: "mutationEta",
  gaEliteCount: "eliteCount",
};

/** Choices of studies, which change nothing that is run. */
const STUDY_KEYS = ["hitRate", "convergenceCurve", "userCounts"];

/** What is said of a key that scenarios once had. */
export const MOVED_HINTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(MOVED_ASSUMPTIONS).map(([key, now]) => [
      key,
      `must be given to a method, as its hyperparameter ${now}`,
    ]),
  ),
  ...Object.fromEntries(
    STUDY_KEYS.map((key) => [
      key,
      "must be left out: it is chosen where results are shown",
    ]),
  ),
};
