/**
 * How good methods are between the two ends of a world's scale.
 *
 * @module
 */

import type { BracketedRow } from "../stats/bracketed_rows.ts";
import { positionBetween, skillRows } from "../stats/score_rows.ts";
import { PER_SLOT_SCALE } from "../optimum/reference.ts";
import { type MetricName, METRICS } from "./metrics.ts";
import {
  infeasibleSeries,
  type MethodRow,
  nameOf,
  type TaskScale,
  taskScales,
} from "./task_scales.ts";

/** Skills of methods, or why there are none. */
export interface Skills {
  /** Skills on tasks and seeds that have both ends of the scale. */
  readonly rows: readonly BracketedRow[];
  /** Why there is no scale, a sentence each; then no row has a skill. */
  readonly missing: readonly string[];
  /** What 0 and 1 are where these are not random decisions and the optimum. */
  readonly notes: readonly string[];
}

/** The value of a series by seed. */
function bySeed(
  rows: readonly MethodRow[],
  series: string | undefined,
): Map<number, number> {
  return new Map(
    rows.filter((row) => row.series === series)
      .map(({ seed, value }) => [seed, value]),
  );
}

/** Why the scale of a task is none after all, a sentence. */
function whyNoSkill(
  rows: readonly MethodRow[],
  { reference, zero, one, bounds }: TaskScale,
  better: "lower" | "higher",
): string | undefined {
  if (zero === undefined) return undefined;
  if (infeasibleSeries(rows).has(zero)) {
    return `${zero} breaks constraints.`;
  }
  const [zeros, ones] = [zero, one].map((series) => bySeed(rows, series));
  for (const [seed, high] of ones) {
    const low = zeros.get(seed);
    if (low === undefined) continue;
    const ends = [high, bounds?.get(seed) ?? high];
    if (ends.every((end) => better === "lower" ? end < low : end > low)) {
      continue;
    }
    const world = reference === PER_SLOT_SCALE ? "" : `${reference.world}: `;
    const place = `${world}with ${rows[0].task} and seed ${seed} ${one}`;
    return `${place} is not better than ${zero}.`;
  }
  return undefined;
}

/** Skills on a task with a scale, also with the bound as 1. */
function skillsOn(
  rows: readonly MethodRow[],
  { zero, one, bounds }: TaskScale,
): BracketedRow[] {
  if (zero === undefined) return [];
  const skills = skillRows(rows, zero, one) ?? [];
  if (bounds === undefined) return skills;
  const zeros = bySeed(rows, zero);
  const values = new Map(
    Map.groupBy(rows, ({ series }) => series).entries()
      .map(([series, own]) => [series, bySeed(own, series)]),
  );
  return skills.map((row) => {
    const { series, seed } = row;
    const value = values.get(series)!.get(seed)!;
    const bound = bounds.get(seed)!;
    return { ...row, atBound: positionBetween(value, zeros.get(seed)!, bound) };
  });
}

/** What 0 and 1 are in worlds that have another scale than the paper's. */
function scaleNotes(scales: ReadonlyMap<string, TaskScale>): string[] {
  const reasons = [...scales.values()]
    .filter(({ reference }) => reference !== PER_SLOT_SCALE)
    .map(({ reference }) => `Skill with ${reference.reason}`);
  return [...new Set(reasons)];
}

/** Why no method counts as 0 in worlds that have another scale than the paper's. */
function whyNoZero(
  rows: readonly MethodRow[],
  scales: ReadonlyMap<string, TaskScale>,
): string[] {
  const names = new Set(rows.map(nameOf));
  return [...scales.values()].map(({ reference }) => reference)
    .filter((one) => one !== PER_SLOT_SCALE && !names.has(one.zero))
    .map(({ world, zero }) =>
      `${world}: what would be 0 is not among the methods, ${zero}.`
    );
}

/**
 * Skills of all methods by a metric: (G_0 − G)/(G_0 − G_1), which is 0 for the method
 * that counts as 0 in the world of the task, 1 for the one that counts as 1, on the
 * same task and seed; negative for what is worse than the 0. Nothing is clamped: a
 * skill above 1 is luck on these traces, or a fault.
 *
 * Methods that break constraints have none. Nothing has one if the world of a task has
 * no scale (skills would be over other tasks than means), if one of its ends breaks
 * constraints, or if the 1 is not better than the 0 everywhere.
 *
 * @param rows One for every method, task and seed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { skillsOf } from "./skill_score.ts";
 *
 * const rows = Object.entries({ random: 10, TD3: 7, optimum: 4 }).map((
 *   [series, value],
 * ) => ({ series, task: "all", seed: 0, value }));
 * const skills = skillsOf(rows, "objective").rows.map(({ value }) => value);
 * assertEquals(skills, [0, 0.5, 1]);
 * ```
 */
export function skillsOf(
  rows: readonly MethodRow[],
  metric: MetricName,
): Skills {
  const { better } = METRICS[metric];
  const { scales, missing } = taskScales(rows, metric);
  const none = (sentences: readonly string[]): Skills => ({
    rows: [],
    missing: [...new Set(sentences)],
    notes: [],
  });
  if (missing.length > 0) return none(missing);
  const byTask = Map.groupBy(rows, ({ task }) => task);
  const reasons = [
    ...whyNoZero(rows, scales),
    ...Array.from(
      scales,
      ([task, scale]) => whyNoSkill(byTask.get(task)!, scale, better),
    ).filter((reason) => reason !== undefined),
  ];
  if (reasons.length > 0) return none(reasons);
  const infeasible = infeasibleSeries(rows);
  const skills = Array.from(scales, ([task, scale]) =>
    skillsOn(
      byTask.get(task)!.filter(({ series }) => !infeasible.has(series)),
      scale,
    )).flat();
  return {
    rows: skills,
    missing: [],
    notes: skills.length === 0 ? [] : scaleNotes(scales),
  };
}
