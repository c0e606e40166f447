/**
 * Running a trial: training with greedy evaluations in between, if its method is
 * trained; a last evaluation on test traces; and the files that are left of it.
 *
 * @module
 */

import { createPause, encodeCheckpoint } from "../agents/mod.ts";
import type { Decider, SlotView } from "../env/decider.ts";
import { EdgeEnv } from "../env/edge_env.ts";
import type { Split } from "../workload/trace.ts";
import { median } from "../stats/statistics.ts";
import {
  type EpisodeBound,
  findMethod,
  type Learner,
  type Method,
  openMethod,
  type PlayedEpisode,
  playEpisode,
  type Sees,
  type SlotBudget,
} from "../methods/mod.ts";
import { formatCsv } from "./csv.ts";
import { toEvaluationRow, toRow, toTrainingRow } from "./evaluation_rows.ts";
import { resumeTrial, type TrialProgress } from "./resume.ts";
import {
  EPISODE_COLUMNS,
  type EpisodeRow,
  EVALUATION_COLUMNS,
  type EvaluationRow,
  type TrainingEpisodeRow,
} from "./rows.ts";
import { sealFiles } from "./seal.ts";
import type { TrialFiles } from "./store.ts";
import { timeCalls, type TrialTimings } from "./timings.ts";
import {
  decisiveConfig,
  instanceSeedOf,
  isTraining,
  RESULTS_VERSION,
  type TrainingConfig,
  type TrialConfig,
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
  /** Called after every training episode, or every test episode of a rule. */
  readonly onEpisode?: (row: EpisodeRow) => void | Promise<void>;
  /** Stops the trial after the episode in which it is aborted. */
  readonly signal?: AbortSignal;
  /** Bytes of a checkpoint to continue from. */
  readonly checkpoint?: Uint8Array;
  /** Keeps checkpoints; by default none is decider. */
  readonly checkpoints?: CheckpointOptions;
  /** The method; by default the one of the trial's name. */
  readonly method?: Method;
  /** Whether the engine may take native kernels; see `EngineOptions`. */
  readonly native?: boolean;
}

/** What a trial came to. */
export interface TrialResult {
  /** Training episodes. */
  readonly episodes: readonly TrainingEpisodeRow[];
  /** Greedy evaluations; the last is on test traces. */
  readonly evaluations: readonly EvaluationRow[];
  /** Files to store: CSV, what the method keeps, manifest. */
  readonly files: TrialFiles;
  /** How long it took. */
  readonly timings: TrialTimings;
  /**
   * What the library that the engine calls says of itself, if there is one: the
   * blas engine's numbers depend on the kernels that it takes.
   */
  readonly library?: string;
}

/** Everything that the parts of a trial share while it runs. */
interface Run {
  readonly config: TrialConfig;
  readonly options: RunTrialOptions;
  readonly sees: Sees;
  readonly bound?: EpisodeBound;
  readonly budget: SlotBudget;
  readonly progress: TrialProgress;
  readonly open: (split: Split) => EdgeEnv;
}

/**
 * Plays evaluation episodes, and keeps how long that took.
 *
 * @returns What each came to, or `undefined` if the signal stopped them.
 */
async function play(
  { config, options, sees, bound, progress, open }: Run,
  decider: Decider,
  split: "validation" | "test",
  count: number,
  onResult?: (results: readonly PlayedEpisode[]) => void | Promise<void>,
): Promise<PlayedEpisode[] | undefined> {
  const { clock, signal } = options;
  const pause = createPause(clock);
  const environment = open(split);
  const startedMs = clock();
  const results: PlayedEpisode[] = [];
  for (const seed of evaluationSeeds(config, count)) {
    if (onResult !== undefined && signal?.aborted) return undefined;
    results.push(
      await playEpisode(decider, environment, seed, {
        sees,
        ...bound === undefined ? {} : { bound },
        pause,
      }),
    );
    await onResult?.(results);
  }
  progress.evaluationMs += clock() - startedMs;
  return results;
}

/** Trains a learner to the end; returns whether the signal let it. */
async function train(
  run: Run,
  config: TrainingConfig,
  learner: Learner,
): Promise<boolean> {
  const { options, progress, open } = run;
  const { clock, signal, checkpoints } = options;
  const { episodes, evaluations } = progress;
  const save = async () => {
    await checkpoints?.save(encodeCheckpoint({
      episode: episodes.length,
      agent: learner.save(),
      extra: progress,
    }));
  };
  const rows = learner.train({
    environment: open("train"),
    firstEpisode: episodes.length + 1,
    episodes: config.episodes,
    episodeSeed: (episode) => episodeSeed(config, episode),
    clock,
    signal,
  });
  let resumedMs = clock();
  let savedMs = resumedMs;
  for await (const row of rows) {
    progress.trainingMs += clock() - resumedMs;
    const { episode } = row;
    episodes.push(toTrainingRow(episode, row));
    if (episode % config.evaluateEvery === 0) {
      const { evaluationEpisodes } = config;
      learner.requireFinite?.();
      const results = await play(
        run,
        learner,
        "validation",
        evaluationEpisodes,
      );
      evaluations.push(toEvaluationRow("validation", episode, results!));
    }
    const { every = Infinity, leastMs = 0 } = checkpoints ?? {};
    if (episode % every === 0 && clock() - savedMs >= leastMs) {
      await save();
      savedMs = clock();
    }
    await options.onEpisode?.(episodes[episodes.length - 1]);
    resumedMs = clock();
  }
  if (episodes.length === config.episodes) return true;
  await save();
  return false;
}

/** What a trial leaves on the disk. */
function trialFiles(
  { config, progress, budget }: Run,
  learner?: Learner,
): TrialFiles {
  const splits: Split[] = learner === undefined
    ? [config.split ?? "test"]
    : ["train", "validation", "test"];
  const { slotsPerEpisode } = config.scenario.parameters;
  const manifest = {
    id: trialId(config),
    resultsVersion: RESULTS_VERSION,
    config: decisiveConfig(config),
    traces: Object.fromEntries(
      splits.map((split) => [split, hashTraces(config, split)]),
    ),
    slotEvaluations: budget.evaluations +
      progress.episodes.length * slotsPerEpisode,
    ...learner?.updates === undefined ? {} : { updates: learner.updates },
  };
  return sealFiles(manifest, {
    ...learner === undefined ? {} : {
      "episodes.csv": formatCsv(progress.episodes, EPISODE_COLUMNS),
    },
    "evaluations.csv": formatCsv(progress.evaluations, EVALUATION_COLUMNS),
    ...learner?.files?.(),
  });
}

/**
 * Runs a trial from its start, or from a checkpoint of the same trial; both ways
 * give the same bytes. The test of a method that is not trained is one row, whose
 * `episode` is 0.
 *
 * @returns The result, or `undefined` if `signal` stopped it.
 * @throws {CheckpointError} If the checkpoint is damaged or of another trial; then
 * nothing has run.
 * @throws {NotFiniteError} In the step in which training meets a number that is not
 * finite: the trial has failed.
 */
export async function runTrial(
  config: TrialConfig,
  options: RunTrialOptions,
): Promise<TrialResult | undefined> {
  const { scenario, seed, testEpisodes, hyperparameters, split = "test" } =
    config;
  const { clock, signal, native, method = findMethod(config.method) } = options;
  const instanceSeed = instanceSeedOf(config);
  const opened = await openMethod(method, {
    scenario,
    seed,
    instanceSeed,
    ...hyperparameters === undefined ? {} : { hyperparameters },
    ...isTraining(config) ? { engine: config.engine } : {},
    ...native === undefined ? {} : { native },
    ...signal === undefined ? {} : { signal },
  });
  const { decider, learner, sees, bound, budget, library } = opened;
  const fresh: TrialProgress = {
    trial: trialId(config),
    episodes: [],
    evaluations: [],
    trainingMs: 0,
    evaluationMs: 0,
  };
  try {
    const { checkpoint } = options;
    const progress = learner !== undefined && isTraining(config) &&
        checkpoint !== undefined
      ? resumeTrial(learner, config, checkpoint)
      : fresh;
    const open = (split: Split) =>
      new EdgeEnv(scenario, {
        instanceSeed,
        split,
        ...decider.choices === undefined ? {} : { choices: decider.choices },
      });
    const run: Run = {
      ...{ config, options, sees, budget, progress, open },
      ...bound === undefined ? {} : { bound },
    };
    if (learner !== undefined && isTraining(config)) {
      if (!await train(run, config, learner)) return undefined;
      learner.requireFinite?.();
    }
    const decide = timeCalls((view: SlotView) => decider.decide(view), clock);
    const solve = decider.solve === undefined
      ? undefined
      : timeCalls((view: SlotView) => decider.solve!(view), clock);
    const test = await play(
      run,
      {
        beginEpisode: (episode) => decider.beginEpisode?.(episode),
        decide: decide.call,
        ...solve === undefined ? {} : { solve: solve.call },
        feedback: (feedback) => decider.feedback?.(feedback),
      },
      split,
      testEpisodes,
      learner === undefined
        ? (results) =>
          options.onEpisode?.(
            toRow(results.length, results[results.length - 1]),
          )
        : undefined,
    );
    if (test === undefined) return undefined;
    const trained = progress.episodes.length;
    progress.evaluations.push(toEvaluationRow(split, trained, test));
    return {
      episodes: progress.episodes,
      evaluations: progress.evaluations,
      files: trialFiles(run, learner),
      timings: {
        trainingSeconds: progress.trainingMs / 1000,
        evaluationSeconds: progress.evaluationMs / 1000,
        decisionLatencyS: median([...decide.seconds, ...solve?.seconds ?? []]),
      },
      library: library(),
    };
  } finally {
    learner?.dispose?.();
  }
}
