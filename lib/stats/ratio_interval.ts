/**
 * The interval of a ratio of two means.
 *
 * @module
 */

import {
  meanOf,
  requireResult,
  requireSample,
  scaleBy,
  scaled,
  scaleExponentOf,
} from "../math/sample.ts";
import type { Interval } from "./statistics.ts";
import { studentTQuantile } from "./student_t.ts";

/** Variances and covariance of two means over n pairs. */
function momentsOfMeans(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  meanA: number,
  meanB: number,
): { varianceA: number; covariance: number; varianceB: number } {
  const divisor = a.length * (a.length - 1);
  let varianceA = 0;
  let covariance = 0;
  let varianceB = 0;
  for (let i = 0; i < a.length; i++) {
    varianceA += (a[i] - meanA) ** 2 / divisor;
    covariance += (a[i] - meanA) * (b[i] - meanB) / divisor;
    varianceB += (b[i] - meanB) ** 2 / divisor;
  }
  return { varianceA, covariance, varianceB };
}

/**
 * The ratio of two means, ā / b̄, over pairs (a_i, b_i), with Fieller's interval
 * (Fieller 1954, "Some problems in interval estimation").
 *
 * A number r lies inside just if Student's paired t test at n − 1 degrees of
 * freedom cannot tell the mean of a − r·b from 0: the solutions of
 * (ā − r b̄)² ≤ t² (s_aa − 2 r s_ab + r² s_bb) / n. Unlike the mean of the ratios
 * a_i / b_i it stands a pair whose denominator is small or 0.
 *
 * If b̄ itself cannot be told from 0, no ratio can be ruled out on either side and
 * the interval is (−∞, ∞).
 *
 * @param numerators One number per pair, at least two.
 * @param denominators As many; their mean is above 0.
 * @param options `confidence`, by default 0.95.
 * @throws {RangeError} If there are fewer than two pairs, one number is not
 * finite, the lengths differ, the denominators' mean is not above 0, the confidence
 * is not between 0 and 1, or the ratio is beyond the largest number.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { ratioInterval } from "./ratio_interval.ts";
 *
 * // Every pair has the same ratio: nothing is left open.
 * const { lower, upper } = ratioInterval([12, 15, 18], [8, 10, 12]);
 * assertAlmostEquals(lower, 1.5, 1e-12);
 * assertAlmostEquals(upper, 1.5, 1e-12);
 * ```
 */
export function ratioInterval(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  options: { readonly confidence?: number } = {},
): Interval {
  const { confidence = 0.95 } = options;
  const act = "take the interval of a ratio";
  const count = numerators.length;
  if (count < 2 || denominators.length !== count) {
    throw new RangeError(
      `Cannot ${act}: numerators and denominators must be at least 2 pairs, got ${count} and ${denominators.length}`,
    );
  }
  requireSample(numerators, 2, act);
  requireSample(denominators, 2, act);
  const exponentA = scaleExponentOf(numerators);
  const exponentB = scaleExponentOf(denominators);
  const a = scaled(numerators, exponentA);
  const b = scaled(denominators, exponentB);
  const meanA = meanOf(a);
  const meanB = meanOf(b);
  if (!(meanB > 0)) {
    throw new RangeError(
      `Cannot ${act}: the denominators' mean must be above 0, got ${
        scaleBy(meanB, -exponentB)
      }`,
    );
  }
  const unscaled = (value: number, name: string) =>
    requireResult(scaleBy(value, exponentB - exponentA), name, act);
  const estimate = unscaled(meanA / meanB, "the ratio");
  const t = studentTQuantile((1 + confidence) / 2, count - 1);
  const { varianceA, covariance, varianceB } = momentsOfMeans(
    a,
    b,
    meanA,
    meanB,
  );
  // The ends solve square · r² − 2 · linear · r + constant = 0.
  const square = meanB ** 2 - t ** 2 * varianceB;
  if (square <= 0) return { estimate, lower: -Infinity, upper: Infinity };
  const linear = meanA * meanB - t ** 2 * covariance;
  const constant = meanA ** 2 - t ** 2 * varianceA;
  const root = Math.sqrt(Math.max(0, linear ** 2 - square * constant));
  return {
    estimate,
    lower: unscaled((linear - root) / square, "the lower end"),
    upper: unscaled((linear + root) / square, "the upper end"),
  };
}
