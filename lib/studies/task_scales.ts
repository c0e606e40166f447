/**
 * Which methods count as 0 and 1 on the tasks of a study.
 *
 * @module
 */

import { mean } from "../stats/statistics.ts";
import type { ScoreRow } from "../stats/score_rows.ts";
import {
  PER_SLOT_SCALE,
  type Reference,
  type ReferenceScale,
} from "../optimum/reference.ts";
import { type MetricName, METRICS } from "./metrics.ts";

/** What a method achieved in a trial. */
export interface MethodRow extends ScoreRow {
  /** Name of the method; by default its series. */
  readonly method?: string;
  /**
   * Slots of the test in which the method broke a constraint of Eq. 18; by default
   * none.
   */
  readonly violations?: number;
  /** What gives a scale in the task's world; by default the per-slot optimum. */
  readonly reference?: Reference;
  /** What the method says that nothing is better than; by default it says nothing. */
  readonly bound?: number | null;
}

/** The scale of a task. */
export interface TaskScale {
  /** What is known of it. */
  readonly reference: ReferenceScale;
  /** Series that counts as 0, if it is there. */
  readonly zero?: string;
  /** Series that counts as 1. */
  readonly one: string;
  /** The bound behind the 1 by seed, where the 1 is a bracket. */
  readonly bounds?: ReadonlyMap<number, number>;
}

/** Part of what doing nothing costs that there must be to gain for a scale. */
const LEAST_RANGE = 0.005;

/** Scales of tasks, or why there are none. */
export interface TaskScales {
  /** Scales by task, of those whose 1 is there. */
  readonly scales: ReadonlyMap<string, TaskScale>;
  /** Why nothing has a scale, a sentence each; then there are no scales. */
  readonly missing: readonly string[];
}

/** Name of the method behind a row. */
export function nameOf({ method, series }: MethodRow): string {
  return method ?? series;
}

/** What gives a scale on the task of a row. */
export function referenceOfRow({ reference }: MethodRow): Reference {
  return reference ?? PER_SLOT_SCALE;
}

/** Series that break constraints. */
export function infeasibleSeries(rows: readonly MethodRow[]): Set<string> {
  return new Set(
    rows.filter(({ violations = 0 }) => violations > 0)
      .map(({ series }) => series),
  );
}

/** The best of some series by its mean over the seeds that all have. */
function bestOf(
  series: readonly string[],
  rows: readonly MethodRow[],
  better: "lower" | "higher",
): string {
  const bySeed = Map.groupBy(rows, ({ seed }) => seed);
  const shared = [...bySeed.values()].filter((own) =>
    series.every((name) => own.some((row) => row.series === name))
  ).flat();
  if (series.length === 1 || shared.length === 0) return series[0];
  const sign = better === "lower" ? 1 : -1;
  const means = series.map((name) =>
    sign * mean(
      shared.filter((row) => row.series === name).map(({ value }) => value),
    )
  );
  return series[means.indexOf(Math.min(...means))];
}

/** The best bound of some methods, by seed. */
function boundsOf(
  rows: readonly MethodRow[],
  better: "lower" | "higher",
): Map<number, number> {
  const closest = better === "lower" ? Math.max : Math.min;
  const bounds = new Map<number, number>();
  for (const { seed, bound } of rows) {
    if (bound === undefined || bound === null) continue;
    bounds.set(seed, closest(bounds.get(seed) ?? bound, bound));
  }
  return bounds;
}

/** The scale of the rows of a task; a sentence if it says nothing. */
function scaleOf(
  rows: readonly MethodRow[],
  reference: ReferenceScale,
  better: "lower" | "higher",
): TaskScale | string | undefined {
  const { ones, zero, bracket, world, widest = Infinity } = reference;
  const infeasible = infeasibleSeries(rows);
  const candidates = rows.filter((row) => ones.includes(nameOf(row)));
  if (candidates.length === 0) return undefined;
  const feasible = candidates.filter(({ series }) => !infeasible.has(series));
  if (feasible.length === 0) {
    return `${candidates[0].series} breaks constraints.`;
  }
  // In the order of the reference, of which the first is taken in doubt.
  const series = [
    ...new Set(
      ones.flatMap((name) => feasible.filter((row) => nameOf(row) === name))
        .map((row) => row.series),
    ),
  ];
  const one = bestOf(series, feasible, better);
  const none = rows.find((row) => nameOf(row) === zero)?.series;
  const ends = { reference, one, ...none === undefined ? {} : { zero: none } };
  const own = feasible.filter((row) => row.series === one);
  const [{ task }] = own;
  const attained = mean(own.map(({ value }) => value));
  if (zero === "cloud-only" && none !== undefined) {
    const unserved = mean(
      rows.filter(({ series }) => series === none).map(({ value }) => value),
    );
    if (Math.abs(unserved - attained) < LEAST_RANGE * Math.abs(unserved)) {
      return `${world}: with ${task} ${one} is within ${
        100 * LEAST_RANGE
      } % of ${none}, as caching does not pay here.`;
    }
  }
  if (!bracket) return ends;
  const bounds = boundsOf(feasible, better);
  const unknown = own.find(({ seed }) => !bounds.has(seed));
  if (unknown !== undefined) {
    return `${world}: with ${task} and seed ${unknown.seed} no bound behind ${one} is known.`;
  }
  const bound = mean(own.map(({ seed }) => bounds.get(seed)!));
  const width = Math.abs(attained - bound) / Math.abs(attained);
  return width <= widest
    ? { ...ends, bounds }
    : `${world}: with ${task} the bound is ${
      (100 * width).toPrecision(2)
    } % from what ${one} achieves, too far for a scale.`;
}

/** Whether somebody asks for a scale: what could be its ends is there. */
function isAsked(
  names: ReadonlySet<string>,
  references: readonly Reference[],
): boolean {
  const scales = references.filter(({ kind }) =>
    kind === "scale"
  ) as ReferenceScale[];
  const has = (ends: readonly string[]) => ends.some((end) => names.has(end));
  return has([
    ...PER_SLOT_SCALE.ones,
    ...scales.flatMap(({ ones }) => ones),
  ]);
}

/** Why worlds have no scale with these methods, a sentence each. */
function whyMissing(
  names: ReadonlySet<string>,
  references: readonly Reference[],
): string[] {
  return references.flatMap((reference) => {
    if (reference.kind === "none") return [reference.reason];
    const { ones, world } = reference;
    return ones.some((one) => names.has(one)) ? [] : [
      `${world}: what would be 1 is not among the methods, ${
        ones.join(" or ")
      }.`,
    ];
  });
}

/**
 * The scales of all tasks: what counts as 1 is the best of the methods that a world's
 * reference names, and those that break constraints do not count.
 *
 * There are none if one world has none, since scores would be over other tasks than
 * means; if no method that could be a 1 is there, there are none either, and nothing
 * has to be said.
 *
 * @param rows One for every method, task and seed.
 */
export function taskScales(
  rows: readonly MethodRow[],
  metric: MetricName,
): TaskScales {
  const { better, hasScale } = METRICS[metric];
  const references = [
    ...new Map(
      rows.map(referenceOfRow).map((one) => [one.reason, one]),
    ).values(),
  ];
  const names = new Set(rows.map(nameOf));
  const scales = new Map<string, TaskScale>();
  if (!hasScale || !isAsked(names, references)) return { scales, missing: [] };
  const missing = new Set(whyMissing(names, references));
  if (missing.size === 0) {
    for (const [task, own] of Map.groupBy(rows, (row) => row.task)) {
      const reference = referenceOfRow(own[0]);
      if (reference.kind === "none") continue;
      const scale = scaleOf(own, reference, better);
      if (typeof scale === "string") missing.add(scale);
      else if (scale !== undefined) scales.set(task, scale);
    }
  }
  return missing.size === 0
    ? { scales, missing: [] }
    : { scales: new Map(), missing: [...missing] };
}
