/**
 * Experiments: what is run for the paper's figures, and what comes of it.
 *
 * @module
 */

export {
  aggregateExperiment,
  type ExperimentRows,
  readExperiment,
} from "./aggregate.ts";
export { createAgent, type CreateAgentOptions } from "./create_agent.ts";
export { formatCsv, parseCsv } from "./csv.ts";
export {
  type FailedTrial,
  type PoolOptions,
  runPool,
  type WorkerMessage,
} from "./pool.ts";
export {
  type Experiment,
  EXPERIMENTS,
  FIG05,
  type Profile,
  type ProfileName,
  trialsOf,
} from "./registry.ts";
export type {
  EpisodeRow,
  EvaluationRow,
  RowOrigin,
  TrialEpisodeRow,
  TrialEvaluationRow,
} from "./rows.ts";
export {
  checkpointPath,
  runStoredTrial,
  type RunStoredTrialOptions,
} from "./run_stored_trial.ts";
export {
  type CheckpointOptions,
  episodeSeed,
  hashTraces,
  runTrial,
  type RunTrialOptions,
  type TrialResult,
} from "./run_trial.ts";
export {
  curvesPath,
  evaluationsPath,
  profileDirectory,
  trialDirectory,
  type TrialFiles,
} from "./store.ts";
export {
  compareFig05,
  type Comparison,
  comparisonTable,
  judgeFig05,
} from "./summary.ts";
export {
  type Algorithm,
  ALGORITHM_LABELS,
  ALGORITHMS,
  RESULTS_VERSION,
  type TrialConfig,
  trialId,
} from "./trial.ts";
