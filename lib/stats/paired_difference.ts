/**
 * Differences of two methods that met the same traces.
 *
 * @module
 */

import {
  meanOf,
  requireResult,
  scaleBy,
  scaled,
  scaleExponentOf,
} from "../math/sample.ts";
import { requireSameShape, type ScoreMatrix } from "./scores.ts";
import { type Interval, meanInterval } from "./statistics.ts";

const act = "compare methods pairwise";

/**
 * x − y, seed by seed and task by task: what both methods owe to their common
 * traces cancels.
 *
 * @param x Scores of one method.
 * @param y Scores of another, with the same seeds and tasks in the same order.
 * @throws {RangeError} If scores are no matrix of numbers, the shapes differ, or a
 * difference is not finite.
 */
export function pairedDifferences(
  x: ScoreMatrix,
  y: ScoreMatrix,
): Float64Array[] {
  requireSameShape({ x, y }, act);
  return x.map((row, seed) =>
    Float64Array.from(
      row,
      (score, task) =>
        requireResult(
          score - y[seed][task],
          `the difference of seed ${seed} and task ${task}`,
          act,
        ),
    )
  );
}

/**
 * The mean of x − y with Student's t interval over seeds, each seed's difference
 * being the mean over its tasks: tasks of one seed may share their randomness, and
 * with few seeds a bootstrap would be too narrow.
 *
 * @param x Scores of one method, at least two seeds.
 * @param y Scores of another, with the same seeds and tasks in the same order.
 * @param options `confidence`, by default 0.95.
 * @throws {RangeError} If scores are no matrix of numbers, the shapes differ, there
 * are fewer than two seeds, the confidence is not between 0 and 1, or an end of the
 * interval is not finite.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { pairedDifference } from "./paired_difference.ts";
 *
 * // Seeds differ by 100, the methods by 1, 2 and 3.
 * const difference = pairedDifference([[101], [202], [303]], [[100], [200], [300]]);
 * assertEquals(difference.estimate, 2);
 * assert(difference.upper < 5);
 * ```
 */
export function pairedDifference(
  x: ScoreMatrix,
  y: ScoreMatrix,
  options: { readonly confidence?: number } = {},
): Interval {
  requireSameShape({ x, y }, act);
  const exponent = scaleExponentOf(...x, ...y);
  const [ours, theirs] = [x, y].map((scores) =>
    scores.map((row) => scaled(row, exponent))
  );
  const { estimate, lower, upper } = meanInterval(
    pairedDifferences(ours, theirs).map(meanOf),
    options,
  );
  const unscaled = (value: number) =>
    requireResult(scaleBy(value, -exponent), "the interval", act);
  return {
    estimate: unscaled(estimate),
    lower: unscaled(lower),
    upper: unscaled(upper),
  };
}
