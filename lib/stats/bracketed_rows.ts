/**
 * Scores that are known only to lie between two values.
 *
 * @module
 */

import type { ScoreRow } from "./score_rows.ts";
import type { Estimate, Interval } from "./statistics.ts";

/** A score that hangs on something known up to a bound, such as a scale's end. */
export interface BracketedRow extends ScoreRow {
  /** The score if the bound were reached; by default `value`. */
  readonly atBound?: number;
}

/**
 * The rows with their scores at the bound; `undefined` where no row has a bracket.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rowsAtBound } from "./bracketed_rows.ts";
 *
 * const row = { series: "TD3", task: "all", seed: 0, value: 0.8 };
 * assertEquals(rowsAtBound([row]), undefined);
 * assertEquals(rowsAtBound([{ ...row, atBound: 0.75 }])?.[0].value, 0.75);
 * ```
 */
export function rowsAtBound<Row extends BracketedRow>(
  rows: readonly Row[],
): Row[] | undefined {
  return rows.some(({ atBound }) => atBound !== undefined)
    ? rows.map((row) => ({ ...row, value: row.atBound ?? row.value }))
    : undefined;
}

/**
 * An estimate whose interval covers that of the same at the bound as well, also where
 * a single seed gives neither an interval.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { coverBoth } from "./bracketed_rows.ts";
 *
 * const own = { estimate: 1, lower: 0.9, upper: 1.1 };
 * const other = { estimate: 0.8, lower: 0.7, upper: 0.9 };
 * assertEquals(coverBoth(own, other), { estimate: 1, lower: 0.7, upper: 1.1 });
 * const alone = { lower: null, upper: null };
 * assertEquals(
 *   coverBoth({ estimate: 1, ...alone }, { estimate: 0.8, ...alone }),
 *   { estimate: 1, lower: 0.8, upper: 1 },
 * );
 * ```
 */
export function coverBoth(
  own: Estimate,
  atBound: Estimate,
): Interval {
  const ends = [own, atBound].flatMap(({ estimate, lower, upper }) => [
    lower ?? estimate,
    upper ?? estimate,
  ]);
  return {
    estimate: own.estimate,
    lower: Math.min(...ends),
    upper: Math.max(...ends),
  };
}
