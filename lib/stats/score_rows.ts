/**
 * From rows of results to the score matrices that statistics take.
 *
 * @module
 */

import { requireResult } from "../math/sample.ts";
import type { ScoreMatrix } from "./scores.ts";

/** What a method achieved on a task with a seed. */
export interface ScoreRow {
  /** The method. */
  readonly series: string;
  /** What every seed is run on, for example `"users=5"`. */
  readonly task: string;
  /** Seed of the run. */
  readonly seed: number;
  /** The score. */
  readonly value: number;
}

/** The scores of one method. */
export interface SeriesScores {
  /** The method. */
  readonly series: string;
  /** Seeds that have every task, rising: the rows of `scores`. */
  readonly seeds: readonly number[];
  /** Seeds that lack a task, and are left out. */
  readonly incomplete: readonly number[];
  /** Tasks that all methods have, in order of first appearance: the columns. */
  readonly tasks: readonly string[];
  /** `scores[seed][task]`. */
  readonly scores: ScoreMatrix;
}

/** Values by seed and task. */
type Cells = ReadonlyMap<number, ReadonlyMap<string, number>>;

function cellsOf(series: string, rows: readonly ScoreRow[]): Cells {
  const cells = new Map<number, Map<string, number>>();
  for (const { task, seed, value } of rows) {
    const own = cells.get(seed) ?? new Map<string, number>();
    const known = own.get(task);
    if (known !== undefined && known !== value) {
      throw new RangeError(
        `Cannot arrange scores: series "${series}" must have one value for task "${task}" and seed ${seed}, got ${known} and ${value}`,
      );
    }
    cells.set(seed, own.set(task, value));
  }
  return cells;
}

/**
 * The score matrix of every method, in order of first appearance, over the tasks
 * that all methods have. A seed that lacks one of these is left out, whole: a method
 * must not look better for a run that failed.
 *
 * @throws {RangeError} If a method has two values for one task and seed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { scoresBySeries } from "./score_rows.ts";
 *
 * const rows = [[0, "a", 1], [0, "b", 2], [1, "a", 3]] as const;
 * const [{ seeds, incomplete, scores }] = scoresBySeries(
 *   rows.map(([seed, task, value]) => ({ series: "TD3", seed, task, value })),
 * );
 * assertEquals([seeds, incomplete, scores], [[0], [1], [[1, 2]]]);
 * ```
 */
export function scoresBySeries(rows: readonly ScoreRow[]): SeriesScores[] {
  const bySeries = Map.groupBy(rows, (row) => row.series);
  const tasks = [...new Set(rows.map((row) => row.task))].filter((task) =>
    [...bySeries.values()].every((own) => own.some((row) => row.task === task))
  );
  return Array.from(bySeries, ([series, own]) => {
    const cells = cellsOf(series, own);
    const all = [...cells.keys()].sort((a, b) => a - b);
    const isComplete = (seed: number) =>
      tasks.length > 0 && tasks.every((task) => cells.get(seed)!.has(task));
    const seeds = all.filter(isComplete);
    return {
      series,
      seeds,
      incomplete: all.filter((seed) => !isComplete(seed)),
      tasks,
      scores: seeds.map((seed) =>
        tasks.map((task) => cells.get(seed)!.get(task)!)
      ),
    };
  });
}

/** (to − value) / (to − from), whose differences may be too great for a number. */
function shareLeft(value: number, from: number, to: number): number {
  const range = to - from;
  return Number.isFinite(range) && Number.isFinite(to - value)
    ? (to - value) / range
    : (to / 2 - value / 2) / (to / 2 - from / 2);
}

/**
 * How far a value is on the way from `zero` to `one`: 1 − (one − value)/(one − zero),
 * exact at both ends, also where lower is better.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { positionBetween } from "./score_rows.ts";
 *
 * assertEquals(positionBetween(7, 10, 4), 0.5);
 * ```
 */
export function positionBetween(
  value: number,
  zero: number,
  one: number,
): number {
  return 1 - shareLeft(value, zero, one);
}

/**
 * How far every value is on the way from one method's to another's on the same task
 * and seed ({@linkcode positionBetween}). With random decisions as 0 and the optimum
 * as 1 this brings tasks of different scales to one; values that are better when
 * lower work as well.
 *
 * @param zero Series that counts as 0.
 * @param one Series that counts as 1.
 * @returns The rows whose task and seed both series have; `undefined` if there are
 * none, or 0 and 1 coincide on one.
 * @throws {RangeError} If a value or its skill is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { skillRows } from "./score_rows.ts";
 *
 * const costs = { random: 10, TD3: 4, optimum: 2 };
 * const rows = Object.entries(costs).map(([series, value]) => (
 *   { series, task: "users=5", seed: 0, value }
 * ));
 * const skills = skillRows(rows, "random", "optimum");
 * assertEquals(skills?.map(({ value }) => value), [0, 0.75, 1]);
 * ```
 */
export function skillRows(
  rows: readonly ScoreRow[],
  zero: string,
  one: string,
): ScoreRow[] | undefined {
  const key = ({ task, seed }: ScoreRow) => `${seed} ${task}`;
  const ends = [zero, one].map((name) =>
    new Map(
      rows.filter(({ series }) => series === name)
        .map((row) => [key(row), row.value]),
    )
  );
  const skills: ScoreRow[] = [];
  for (const row of rows) {
    const [low, high] = ends.map((values) => values.get(key(row)));
    if (low === undefined || high === undefined) continue;
    if (low === high) return undefined;
    const name =
      `the skill of ${row.series} on ${row.task} with seed ${row.seed}`;
    const value = requireResult(
      positionBetween(row.value, low, high),
      name,
      "compute skills",
    );
    skills.push({ ...row, value });
  }
  return skills.length === 0 ? undefined : skills;
}

/**
 * By how many percent values are above those of a series at the same place, for
 * example a task, and on the same seed.
 *
 * @param reference The series that values are compared with.
 * @param placeOf What rows must have in common beside the seed.
 * @returns The gap of a row; `undefined` where the reference has no value above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gapTo } from "./score_rows.ts";
 *
 * const rows = Object.entries({ TD3: 5, optimum: 4 }).map(([series, value]) => (
 *   { series, task: "users=5", seed: 0, value }
 * ));
 * const gap = gapTo(rows, "optimum", ({ task }) => task);
 * assertEquals(rows.map(gap), [25, 0]);
 * ```
 */
export function gapTo<Row extends Omit<ScoreRow, "task">>(
  rows: readonly Row[],
  reference: string,
  placeOf: (row: Row) => unknown,
): (row: Row) => number | undefined {
  const keyOf = (row: Row) => JSON.stringify([placeOf(row), row.seed]);
  const values = new Map(
    rows.filter(({ series, value }) => series === reference && value > 0)
      .map((row) => [keyOf(row), row.value]),
  );
  return (row) => {
    const value = values.get(keyOf(row));
    return value === undefined ? undefined : gapPercent(row.value, value);
  };
}

/** By how many percent a value is above another. */
export function gapPercent(value: number, reference: number): number {
  return 100 * (value / reference - 1);
}
