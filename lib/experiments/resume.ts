/**
 * Continuing a trial of a learner from a checkpoint: only from one that the very
 * trial can have made.
 *
 * @module
 */

import { z } from "zod";
import {
  type Agent,
  type AgentState,
  type Checkpoint,
  CheckpointError,
  decodeCheckpoint,
} from "../agents/mod.ts";
import { actionSize } from "../env/action.ts";
import { observationSize } from "../env/observation.ts";
import { InputError, parseInput } from "../input/input_error.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import {
  EPISODE_COLUMNS,
  type EpisodeRow,
  EVALUATION_COLUMNS,
  type EvaluationRow,
} from "./rows.ts";
import { type TrainingConfig, trialId } from "./trial.ts";

/** How far a trial is, apart from its agent. */
export interface TrialProgress {
  /** Identity of the trial. */
  readonly trial: string;
  /** Training episodes so far. */
  readonly episodes: EpisodeRow[];
  /** Greedy evaluations so far. */
  readonly evaluations: EvaluationRow[];
  /** Milliseconds of training so far. */
  trainingMs: number;
  /** Milliseconds of evaluations so far. */
  evaluationMs: number;
}

const MILLISECONDS = numberSchema({ minimum: 0 });

const PROGRESS = objectSchema({
  trial: z.string({ error: "must be a text" }),
  episodes: z.array(objectSchema(EPISODE_COLUMNS, "an episode"), {
    error: "must be an array",
  }),
  evaluations: z.array(objectSchema(EVALUATION_COLUMNS, "an evaluation"), {
    error: "must be an array",
  }),
  trainingMs: MILLISECONDS,
  evaluationMs: MILLISECONDS,
}, "an object with trial, episodes, evaluations, trainingMs, evaluationMs");

const ACT = "continue the trial";

/** Refuses a checkpoint that differs from what the trial would have saved. */
function mustBe(what: string, expected: unknown, got: unknown): void {
  if (Object.is(expected, got)) return;
  throw new CheckpointError(
    `Cannot ${ACT}: the checkpoint must ${what} ${expected}, got ${got}`,
  );
}

/** The rows of the checkpoint: all up to its episode, and no other. */
function checkProgress(
  { episode, extra }: Checkpoint,
  config: TrainingConfig,
): TrialProgress {
  const id = trialId(config);
  mustBe("be of", id, (extra as TrialProgress | null)?.trial);
  const progress: TrialProgress = parseInput(PROGRESS, extra, {
    act: ACT,
    path: ["checkpoint", "extra"],
  });
  const { episodes, evaluations } = progress;
  mustBe("have as many episodes as rows,", episodes.length, episode);
  mustBe(
    "have no more episodes than",
    Math.min(episode, config.episodes),
    episode,
  );
  episodes.forEach((row, k) => mustBe("have episode", k + 1, row.episode));
  mustBe(
    "have as many evaluations as",
    Math.floor(episode / config.evaluateEvery),
    evaluations.length,
  );
  evaluations.forEach((row, k) => {
    mustBe("have evaluations on", "validation", row.split);
    mustBe("evaluate after", (k + 1) * config.evaluateEvery, row.episode);
  });
  return progress;
}

/** Counters of an agent after so many episodes. */
function countersAfter(
  episodes: number,
  { algorithm, scenario }: TrainingConfig,
): Record<string, number> {
  const { replayCapacity, minReplaySize, updatesPerStep, policyDelay } =
    scenario.assumptions;
  const transitionsStored = episodes * scenario.parameters.slotsPerEpisode;
  const updates = replayCapacity > minReplaySize
    ? updatesPerStep * Math.max(0, transitionsStored - minReplaySize)
    : 0;
  return {
    updates,
    actorAdamSteps: algorithm === "td3"
      ? Math.floor(updates / policyDelay)
      : updates,
    criticsAdamSteps: updates,
    transitionsStored,
  };
}

/** Names of the random streams that an agent with these counters has opened. */
function streamsAfter(
  { updates, transitionsStored }: Record<string, number>,
  { algorithm, scenario }: TrainingConfig,
): string[] {
  const isSmoothed = algorithm === "td3" &&
    scenario.assumptions.eq24 === "standard";
  return [
    ...transitionsStored > 0 ? ["exploration-noise"] : [],
    ...updates > 0 ? ["replay-sampling"] : [],
    ...updates > 0 && isSmoothed ? ["target-noise"] : [],
  ];
}

function namesOf(record: object): string {
  return Object.keys(record).sort().join(", ");
}

/** Refuses numbers that no training has. */
function checkNumbers(
  { arrays }: AgentState,
  { observed, acted }: { observed: number; acted: number },
): void {
  for (const [name, values] of Object.entries(arrays)) {
    const least = name.endsWith("SecondMoment") ? 0 : -Infinity;
    const isWrong = (value: number) => !Number.isFinite(value) || value < least;
    const wrong = values.find(isWrong);
    if (wrong === undefined) continue;
    throw new CheckpointError(
      `Cannot ${ACT}: ${name} of the checkpoint must be finite${
        least === 0 ? " and at least 0" : ""
      }, got ${wrong}`,
    );
  }
  const width = 2 * observed + acted + 2;
  const rows = arrays.replayRows;
  for (let end = observed + acted + 1; end < rows.length; end += width) {
    if (rows[end] === 0 || rows[end] === 1) continue;
    throw new CheckpointError(
      `Cannot ${ACT}: ends of episodes in replayRows of the checkpoint must be 0 or 1, got ${
        rows[end]
      }`,
    );
  }
}

/** Refuses a state that the agent cannot have had after so many episodes. */
function checkState(
  state: AgentState,
  fresh: AgentState,
  episode: number,
  config: TrainingConfig,
): void {
  mustBe("be of the algorithm", fresh.algorithm, state.algorithm);
  const counters = countersAfter(episode, config);
  mustBe("have the counters", namesOf(counters), namesOf(state.counters));
  for (const [name, count] of Object.entries(counters)) {
    mustBe(`have ${name}`, count, state.counters[name]);
  }
  mustBe(
    "have the random streams",
    streamsAfter(counters, config).sort().join(", "),
    namesOf(state.streams),
  );
  mustBe("have the arrays", namesOf(fresh.arrays), namesOf(state.arrays));
  const { scenario } = config;
  const observed = observationSize(scenario);
  const acted = actionSize(scenario);
  const kept = Math.min(
    counters.transitionsStored,
    scenario.assumptions.replayCapacity,
  );
  for (const [name, { length }] of Object.entries(fresh.arrays)) {
    mustBe(
      `have as many numbers of ${name} as`,
      name === "replayRows" ? kept * (2 * observed + acted + 2) : length,
      state.arrays[name].length,
    );
  }
  checkNumbers(state, { observed, acted });
}

/**
 * Puts an agent where a checkpoint of its trial was made.
 *
 * @param agent As it was made for the trial.
 * @throws {CheckpointError} If the bytes are damaged, of another trial, or of a state
 * that the trial cannot have had after so many episodes. The agent is then of no use.
 */
export function resumeTrial(
  agent: Agent,
  config: TrainingConfig,
  bytes: Uint8Array,
): TrialProgress {
  const checkpoint = decodeCheckpoint(bytes);
  try {
    const progress = checkProgress(checkpoint, config);
    checkState(checkpoint.agent, agent.save(), checkpoint.episode, config);
    agent.restore(checkpoint.agent);
    return progress;
  } catch (error) {
    // What an agent cannot be restored from is no state of its own.
    if (error instanceof InputError || error instanceof RangeError) {
      throw new CheckpointError(error.message);
    }
    throw error;
  }
}
