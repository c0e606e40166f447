/**
 * What TensorBoard is told of a trial: the numbers of its rows by tag, and what was
 * set for it. A tag is a group and a column of the tables: `train/episodeReturn`,
 * `evaluation/objective` on validation traces, `test/objective`. Steps are training
 * episodes.
 *
 * @module
 */

import { z } from "zod";
import { decodeCheckpoint } from "../agents/mod.ts";
import {
  encodeFileVersion,
  encodeHyperparameters,
  encodeScalars,
  encodeText,
  joinBytes,
} from "../files/tensorboard.ts";
import { InputError, parseInput } from "../input/input_error.ts";
import { objectSchema } from "../input/schema.ts";
import {
  EPISODE_COLUMNS,
  EVALUATION_COLUMNS,
  type EvaluationRow,
  type TrainingEpisodeRow,
} from "../trials/rows.ts";
import { METRIC_COLUMNS } from "./columns.ts";
import type { SweepTrial } from "./expand.ts";
import { constantsOf } from "./sweep_table.ts";
import type { TrialTimings } from "../trials/timings.ts";
import { reportedEpisodes } from "../trials/trial.ts";

/** A trial as TensorBoard shows it. */
export type BoardTrial = Pick<
  SweepTrial,
  "id" | "config" | "method" | "values"
>;

/** Rows of a trial. */
export interface TrialRows {
  /** Training episodes. */
  readonly episodes: readonly TrainingEpisodeRow[];
  /** Greedy evaluations. */
  readonly evaluations: readonly EvaluationRow[];
}

/** Columns of training episodes that are numbers to draw. */
const TRAINING_COLUMNS = Object.keys(EPISODE_COLUMNS)
  .filter((column) => column !== "episode") as Exclude<
    keyof TrainingEpisodeRow,
    "episode"
  >[];

/** Numbers of a row by tag; what a row does not know has none. */
function scalarsOf<Column extends string>(
  group: string,
  columns: readonly Column[],
  row: Readonly<Record<Column, number | null>>,
): Record<string, number> {
  return Object.fromEntries(
    columns.flatMap((column): [string, number][] => {
      const value = row[column];
      return value === null ? [] : [[`${group}/${column}`, value]];
    }),
  );
}

/**
 * The numbers of a training episode by tag.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trainingScalars } from "./event_records.ts";
 *
 * const row = { episode: 1, episodeReturn: -3, objective: 2, hitRate: 0.5 };
 * const learning = { criticLoss: null, actorLoss: null, qValue: null };
 * assertEquals(trainingScalars({ ...row, ...learning }), {
 *   "train/episodeReturn": -3,
 *   "train/objective": 2,
 *   "train/hitRate": 0.5,
 * });
 * ```
 */
export function trainingScalars(
  row: TrainingEpisodeRow,
): Record<string, number> {
  return scalarsOf("train", TRAINING_COLUMNS, row);
}

/** The numbers of a greedy evaluation by tag. */
export function evaluationScalars(row: EvaluationRow): Record<string, number> {
  const group = row.split === "test" ? "test" : "evaluation";
  return scalarsOf(group, METRIC_COLUMNS, row);
}

/** The record of a training episode that ended at some time. */
export function encodeTraining(
  row: TrainingEpisodeRow,
  wallTimeS: number,
): Uint8Array<ArrayBuffer> {
  const moment = { wallTimeS, step: row.episode };
  return encodeScalars(moment, trainingScalars(row));
}

/** The record of a greedy evaluation that ended at some time. */
export function encodeEvaluation(
  row: EvaluationRow,
  wallTimeS: number,
): Uint8Array<ArrayBuffer> {
  const moment = { wallTimeS, step: row.episode };
  return encodeScalars(moment, evaluationScalars(row));
}

/** What was set for a trial: method, seed, what varies, and hyperparameters. */
export function settingsOf(trial: BoardTrial): Record<string, number | string> {
  const { method, config, values } = trial;
  const own = Object.entries(constantsOf(trial))
    .filter(([key]) => key.startsWith(`${method}.`));
  return {
    method,
    seed: config.seed,
    scenario: config.scenario.name,
    episodes: reportedEpisodes(config),
    ...Object.fromEntries(own),
    ...Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== ""),
    ),
  };
}

/** Everything that a trial is of, as a table in Markdown. */
function describe(trial: BoardTrial): string {
  const rows = Object.entries({
    trial: trial.id,
    ...settingsOf(trial),
    ...constantsOf(trial),
  }).map(([key, value]) =>
    `| ${key} | ${String(value).replaceAll("|", "\\|")} |`
  );
  return ["| key | value |", "| --- | --- |", ...rows].join("\n");
}

/** What every event file of a trial begins with. */
export function encodeHead(
  trial: BoardTrial,
  wallTimeS: number,
): Uint8Array<ArrayBuffer> {
  const moment = { wallTimeS };
  return joinBytes([
    encodeFileVersion(moment),
    encodeHyperparameters(moment, settingsOf(trial)),
    encodeText(moment, "trial", describe(trial)),
  ]);
}

/** When a trial began and ended, in seconds since 1970. */
export interface TrialSpan {
  /** When it began. */
  readonly startS: number;
  /** When it ended. */
  readonly endS: number;
}

/** The span of a trial that ended at some time. */
export function spanOf(
  { trainingSeconds, evaluationSeconds }: TrialTimings,
  endS: number,
): TrialSpan {
  return { startS: endS - trainingSeconds - evaluationSeconds, endS };
}

/**
 * The whole event file of a trial. When each of its rows came is not stored: they
 * are spread evenly over its span.
 */
export function encodeTrial(
  trial: BoardTrial,
  { episodes, evaluations }: TrialRows,
  { startS, endS }: TrialSpan,
): Uint8Array<ArrayBuffer> {
  const all = reportedEpisodes(trial.config);
  const timeOf = ({ episode }: { readonly episode: number }) =>
    startS + (endS - startS) * Math.min(1, episode / all);
  return joinBytes([
    encodeHead(trial, startS),
    ...episodes.map((row) => encodeTraining(row, timeOf(row))),
    ...evaluations.map((row) =>
      encodeEvaluation(row, row.split === "test" ? endS : timeOf(row))
    ),
  ]);
}

/** Longest part of a run's name that says what it is of. */
const LONGEST_NAME = 150;

/** How the name of a trial's run ends; no other trial's does. */
export function runEnding({ id }: Pick<BoardTrial, "id">): string {
  return `,${id.slice(id.lastIndexOf("-") + 1)}`;
}

/**
 * Name of a trial's run, and of its folder: method, what varies, seed, and the end of
 * its identity.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { makeTrial, trialId } from "../trials/trial.ts";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { runName } from "./event_records.ts";
 *
 * const config = makeTrial("random", { scenario: SMALL_SCENARIO, seed: 2 });
 * const id = "random-seed2-0123456789ab";
 * assertEquals(
 *   runName({ id, config, method: "random", values: { users: 5 } }),
 *   "random,users=5,seed=2,0123456789ab",
 * );
 * ```
 */
export function runName(trial: BoardTrial): string {
  const { method, config, values } = trial;
  const said = [
    method,
    ...Object.entries(values).filter(([, value]) => value !== "")
      .map(([key, value]) => {
        const own = `${method}.`;
        const name = key.startsWith(own) ? key.slice(own.length) : key;
        return `${name}=${value}`;
      }),
    `seed=${config.seed}`,
    // What a folder can be called everywhere: no paths, no hidden ones.
  ].join(",").replaceAll(/[^\w.,=+\-[\]]+/g, "_").replace(/^[._]+/, "");
  return said.slice(0, LONGEST_NAME) + runEnding(trial);
}

const CHECKPOINT_ROWS = z.object({
  trial: z.string(),
  episodes: z.array(objectSchema(EPISODE_COLUMNS, "an episode")),
  evaluations: z.array(objectSchema(EVALUATION_COLUMNS, "an evaluation")),
});

/** No rows. */
const NO_ROWS: TrialRows = { episodes: [], evaluations: [] };

/**
 * The rows in a checkpoint of a trial up to an episode, for a trial that is continued
 * tells of later ones alone; none if the bytes are damaged or of another trial, which
 * whoever continues it says.
 */
export function checkpointRows(
  { id }: Pick<BoardTrial, "id">,
  bytes: Uint8Array,
  last: number,
): TrialRows {
  try {
    const { trial, ...rows } = parseInput(
      CHECKPOINT_ROWS,
      decodeCheckpoint(bytes).extra,
      { act: "read the checkpoint" },
    );
    if (trial !== id) return NO_ROWS;
    const isBefore = ({ episode }: { readonly episode: number }) =>
      episode <= last;
    return {
      episodes: rows.episodes.filter(isBefore),
      evaluations: rows.evaluations.filter(isBefore),
    };
  } catch (error) {
    if (error instanceof InputError) return NO_ROWS;
    throw error;
  }
}
