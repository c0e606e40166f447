/**
 * Running a trial of a learner: training with greedy evaluations in between, a last
 * evaluation on test traces, and the files that are left of it.
 *
 * @module
 */

import {
  type Agent,
  encodeCheckpoint,
  evaluate,
  type EvaluationResult,
  type Metrics,
  train,
} from "../agents/mod.ts";
import { EdgeEnv, type EdgeStepInfo } from "../env/edge_env.ts";
import type { Split } from "../env/trace.ts";
import { median } from "../math/statistics.ts";
import { encodeTfjsModel, openEngine } from "../nn/mod.ts";
import { createAgent } from "./create_agent.ts";
import { formatCsv } from "./csv.ts";
import { resumeTrial, type TrialProgress } from "./resume.ts";
import {
  EPISODE_COLUMNS,
  type EpisodeRow,
  EVALUATION_COLUMNS,
  type EvaluationRow,
} from "./rows.ts";
import { sealFiles } from "./seal.ts";
import type { TrialFiles } from "./store.ts";
import { timeCalls, type TrialTimings } from "./timings.ts";
import {
  decisiveConfig,
  instanceSeedOf,
  RESULTS_VERSION,
  type TrainingConfig,
  trialId,
} from "./trial.ts";
import { episodeSeed, evaluationSeeds, hashTraces } from "./trial_traces.ts";

/** When {@linkcode runTrial} makes checkpoints: also when it is stopped. */
export interface CheckpointOptions {
  /** Training episodes between checkpoints. */
  readonly every: number;
  /** Least milliseconds between them, so that short episodes cost no more. */
  readonly leastMs?: number;
  /** Keeps the bytes of a checkpoint. */
  readonly save: (bytes: Uint8Array) => Promise<void>;
}

/** Where and how {@linkcode runTrial} runs, without effect on its numbers. */
export interface RunTrialOptions {
  /** Milliseconds, for timings and for when the event loop gets its turn. */
  readonly clock: () => number;
  /** Called after every training episode. */
  readonly onEpisode?: (row: EpisodeRow) => void | Promise<void>;
  /** Stops the trial after the episode in which it is aborted. */
  readonly signal?: AbortSignal;
  /** Bytes of a checkpoint to continue from. */
  readonly checkpoint?: Uint8Array;
  /** Keeps checkpoints; by default none is made. */
  readonly checkpoints?: CheckpointOptions;
}

/** What a trial came to. */
export interface TrialResult {
  /** Training episodes. */
  readonly episodes: readonly EpisodeRow[];
  /** Greedy evaluations; the last is on test traces. */
  readonly evaluations: readonly EvaluationRow[];
  /** Files to store: CSV, policy in tfjs layers format, manifest. */
  readonly files: TrialFiles;
  /** How long it took. */
  readonly timings: TrialTimings;
  /**
   * What the library that the engine calls says of itself, if there is one: the
   * blas engine's numbers depend on the kernels that it takes.
   */
  readonly library?: string;
}

/** What is averaged of every slot. */
export function metricsOf(
  { objective, hitRate, hitRates }: EdgeStepInfo,
): Metrics {
  return { objective, hitRate, ...hitRates };
}

/** Whether a decision broke a constraint of Eq. 18. */
export function isViolated({ outcome }: EdgeStepInfo): boolean {
  return outcome.violations.length > 0;
}

/** A row of an episode, or of the means over several. */
export function toRow(
  episode: number,
  result: Pick<EvaluationResult, "episodeReturn" | "metrics">,
): EpisodeRow {
  const { objective, hitRate } = result.metrics;
  return { episode, episodeReturn: result.episodeReturn, objective, hitRate };
}

/** A row of an evaluation after so many training episodes. */
export function toEvaluationRow(
  split: EvaluationRow["split"],
  episode: number,
  result: EvaluationResult,
): EvaluationRow {
  const { hitRateOwnServer, hitRateAnyServer, cacheUtilization } =
    result.metrics;
  return {
    split,
    ...toRow(episode, result),
    hitRateOwnServer,
    hitRateAnyServer,
    cacheUtilization,
    violations: result.violations,
  };
}

/**
 * Runs a trial from its start, or from a checkpoint of the same trial; both ways
 * give the same bytes.
 *
 * @returns The result, or `undefined` if `signal` stopped it.
 * @throws {CheckpointError} If the checkpoint is damaged or of another trial; then
 * nothing has run.
 * @throws {NotFiniteError} In the step in which training meets a number that is not
 * finite: the trial has failed.
 */
export async function runTrial(
  config: TrainingConfig,
  options: RunTrialOptions,
): Promise<TrialResult | undefined> {
  const { scenario } = config;
  const { clock, signal } = options;
  const instanceSeed = instanceSeedOf(config);
  const open = (split: Split) => new EdgeEnv(scenario, { instanceSeed, split });
  const engine = await openEngine(config.engine);
  const agent = createAgent(config.algorithm, scenario, {
    engine,
    seed: config.seed,
  });
  try {
    const progress: TrialProgress = options.checkpoint === undefined
      ? {
        trial: trialId(config),
        episodes: [],
        evaluations: [],
        trainingMs: 0,
        evaluationMs: 0,
      }
      : resumeTrial(agent, config, options.checkpoint);
    const { episodes, evaluations } = progress;
    const save = async () => {
      await options.checkpoints?.save(encodeCheckpoint({
        episode: episodes.length,
        agent: agent.save(),
        extra: progress,
      }));
    };
    const rows = train({
      agent,
      environment: open("train"),
      firstEpisode: episodes.length + 1,
      episodes: config.episodes,
      episodeSeed: (episode) => episodeSeed(config, episode),
      metrics: metricsOf,
      clock,
      signal,
    });
    const play = async (
      environment: EdgeEnv,
      count: number,
      act: (observation: Float32Array) => Float32Array,
    ) => {
      const startedMs = clock();
      const requireFinite = () => agent.requireFinite();
      const result = await evaluate({
        policy: { act, requireFinite },
        environment,
        seeds: evaluationSeeds(config, count),
        metrics: metricsOf,
        isViolated,
        clock,
      });
      progress.evaluationMs += clock() - startedMs;
      return result;
    };
    const greedy = (observation: Float32Array) => agent.act(observation);
    const validation = open("validation");
    let resumedMs = clock();
    let savedMs = resumedMs;
    for await (const row of rows) {
      progress.trainingMs += clock() - resumedMs;
      const { episode } = row;
      episodes.push(toRow(episode, row));
      if (episode % config.evaluateEvery === 0) {
        const { evaluationEpisodes } = config;
        const result = await play(validation, evaluationEpisodes, greedy);
        evaluations.push(toEvaluationRow("validation", episode, result));
      }
      const { every = Infinity, leastMs = 0 } = options.checkpoints ?? {};
      if (episode % every === 0 && clock() - savedMs >= leastMs) {
        await save();
        savedMs = clock();
      }
      await options.onEpisode?.(episodes[episodes.length - 1]);
      resumedMs = clock();
    }
    if (episodes.length < config.episodes) {
      await save();
      return undefined;
    }
    const timed = timeCalls(greedy, clock);
    const test = await play(open("test"), config.testEpisodes, timed.call);
    evaluations.push(toEvaluationRow("test", config.episodes, test));
    return {
      episodes,
      evaluations,
      files: trialFiles(config, agent, progress),
      timings: {
        trainingSeconds: progress.trainingMs / 1000,
        evaluationSeconds: progress.evaluationMs / 1000,
        decisionLatencyS: median(timed.seconds),
      },
      library: engine.library,
    };
  } finally {
    agent.dispose();
  }
}

function trialFiles(
  config: TrainingConfig,
  agent: Agent,
  progress: TrialProgress,
): TrialFiles {
  const policy = encodeTfjsModel(agent.policy());
  const manifest = {
    id: trialId(config),
    resultsVersion: RESULTS_VERSION,
    config: decisiveConfig(config),
    traces: {
      train: hashTraces(config, "train"),
      validation: hashTraces(config, "validation"),
      test: hashTraces(config, "test"),
    },
    slotEvaluations: config.episodes *
      config.scenario.parameters.slotsPerEpisode,
    updates: agent.updates,
  };
  return sealFiles(manifest, {
    "episodes.csv": formatCsv(progress.episodes, EPISODE_COLUMNS),
    "evaluations.csv": formatCsv(progress.evaluations, EVALUATION_COLUMNS),
    "policy/model.json": policy["model.json"],
    "policy/weights.bin": policy["weights.bin"],
  });
}
