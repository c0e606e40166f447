/**
 * Continuing a trial of a learner from a checkpoint: only from one that this
 * trial can have made.
 *
 * @module
 */

import { z } from "zod";
import { mustBe } from "../agents/check_state.ts";
import {
  type Checkpoint,
  CheckpointError,
  decodeCheckpoint,
} from "../agents/mod.ts";
import type { Learner } from "../methods/mod.ts";
import { InputError, parseInput } from "../input/input_error.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import {
  EPISODE_COLUMNS,
  EVALUATION_COLUMNS,
  type EvaluationRow,
  type TrainingEpisodeRow,
} from "./rows.ts";
import { type TrainingConfig, trialId } from "./trial.ts";

/** How far a trial is, apart from its agent. */
export interface TrialProgress {
  /** Identity of the trial. */
  readonly trial: string;
  /** Training episodes so far. */
  readonly episodes: TrainingEpisodeRow[];
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

/**
 * Puts a learner where a checkpoint of its trial was made.
 *
 * @param learner As it was made for the trial.
 * @throws {CheckpointError} If the bytes are damaged, of another trial, or of a state
 * that the trial cannot have had after so many episodes. The learner is then of no
 * use.
 */
export function resumeTrial(
  learner: Learner,
  config: TrainingConfig,
  bytes: Uint8Array,
): TrialProgress {
  const checkpoint = decodeCheckpoint(bytes);
  try {
    const progress = checkProgress(checkpoint, config);
    const { slotsPerEpisode } = config.scenario.parameters;
    learner.restore(checkpoint.agent, checkpoint.episode * slotsPerEpisode);
    return progress;
  } catch (error) {
    // What a learner cannot be restored from is no state of its own.
    if (error instanceof InputError || error instanceof RangeError) {
      throw new CheckpointError(error.message);
    }
    throw error;
  }
}
