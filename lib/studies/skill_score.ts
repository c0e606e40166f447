/**
 * How good methods are between random decisions and the optimum, where that is a
 * scale.
 *
 * @module
 */

import {
  positionBetween,
  type ScoreRow,
  skillRows,
} from "../stats/score_rows.ts";
import { type NoReference, OPTIMUM_LABELS } from "../optimum/reference.ts";
import { type MetricName, METRICS } from "./metrics.ts";
import { labelOf } from "../methods/mod.ts";

/** What counts as no skill and as all there is to gain. */
export interface SkillScale {
  /** The objective of random decisions. */
  readonly random: number;
  /** The objective of the per-slot optimum. */
  readonly optimum: number;
}

/**
 * The skill score (G_random − G) / (G_random − G_optimum): 0 for random decisions, 1
 * for the optimum, negative for what is worse than random.
 *
 * All objectives are of the same traces, in a world where the optimum is a reference
 * ({@linkcode whyNoReference}).
 *
 * @throws {RangeError} If the random objective is not above the optimum's.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { skillScore } from "./skill_score.ts";
 *
 * assertEquals(skillScore(7, { random: 10, optimum: 4 }), 0.5);
 * ```
 */
export function skillScore(
  objective: number,
  { random, optimum }: SkillScale,
): number {
  if (!(random > optimum)) {
    throw new RangeError(
      `Cannot compute a skill score: the random objective must be above the optimum's ${optimum}, got ${random}`,
    );
  }
  return positionBetween(objective, random, optimum);
}

/** What a method achieved in a trial. */
export interface MethodRow extends ScoreRow {
  /**
   * Slots of the test in which the method broke a constraint of Eq. 18; by default
   * none.
   */
  readonly violations?: number;
  /** Why the world of the task has no reference; by default it has one. */
  readonly noReference?: readonly NoReference[];
}

/** Skills of methods, or why there are none. */
export interface Skills {
  /** Skills on tasks and seeds that have both ends of the scale. */
  readonly rows: readonly ScoreRow[];
  /** Why there is no scale, a clause each; then no row has a skill. */
  readonly missing: readonly string[];
}

/** Whether a series is the policy `optimum`, whatever it is called. */
function isOptimum(series: string): boolean {
  const labels: readonly string[] = Object.values(OPTIMUM_LABELS);
  return labels.includes(series);
}

/** Why worlds of the rows have no reference, a clause each. */
function whyMissing(rows: readonly MethodRow[]): string[] {
  return [
    ...new Set(
      rows.flatMap(({ noReference = [] }) =>
        noReference.map(({ assumption, value, reason }) =>
          `${assumption} = ${value}: ${reason}`
        )
      ),
    ),
  ];
}

/**
 * Skills of all methods by a metric: 0 for random decisions, 1 for the optimum on the
 * same task and seed.
 *
 * Methods that break constraints have none. Nothing has one if random decisions or
 * the optimum are not among the methods or break constraints, if the optimum is no
 * reference in the world of a task (skills would be over other tasks than means), or
 * if it is not better than random everywhere.
 *
 * @param rows One for every method, task and seed.
 */
export function skillsOf(
  rows: readonly MethodRow[],
  metric: MetricName,
): Skills {
  const { better, hasScale } = METRICS[metric];
  const zero = labelOf("random");
  const optima = rows.filter(({ series }) => isOptimum(series));
  const hasEnds = optima.length > 0 && rows.some((row) => row.series === zero);
  if (!hasScale || !hasEnds) return { rows: [], missing: [] };
  const none = (...missing: string[]): Skills => ({ rows: [], missing });
  const reasons = whyMissing(rows);
  if (reasons.length > 0) return none(...reasons);
  const infeasible = new Set(
    rows.filter(({ violations = 0 }) => violations > 0)
      .map(({ series }) => series),
  );
  const [{ series: one }] = optima;
  const broken = [zero, one].find((end) => infeasible.has(end));
  if (broken !== undefined) return none(`${broken} breaks constraints`);
  const scaled = rows.filter(({ series }) => !infeasible.has(series));
  const byTrace = Map.groupBy(scaled, ({ task, seed }) => `${seed} ${task}`);
  for (const own of byTrace.values()) {
    const [low, high] = [zero, one].map((end) =>
      own.find(({ series }) => series === end)?.value
    );
    if (low === undefined || high === undefined) continue;
    if (better === "lower" ? high < low : high > low) continue;
    return none(
      `with ${own[0].task} and seed ${
        own[0].seed
      } the optimum is not better than random`,
    );
  }
  return { rows: skillRows(scaled, zero, one) ?? [], missing: [] };
}
