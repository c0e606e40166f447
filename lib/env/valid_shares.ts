/**
 * Shares that hold what Eqs. 18c to 18g ask, however large the numbers behind them.
 *
 * @module
 */

import { SUM_TOLERANCE } from "./constraints.ts";

/** Whether each share lies in [0, 1], and they add up to at most 1. */
export function areValidShares(shares: Float64Array): boolean {
  let sum = 0;
  for (const share of shares) {
    if (!(share >= 0 && share <= 1)) return false;
    sum += share;
  }
  return sum <= 1 + SUM_TOLERANCE;
}

/** Sums below this lose digits, as the numbers that they are made of do. */
const LEAST_SUM = 1e-290;

/**
 * Shares in proportion to weights; all 0 if no weight is above 0. Weights whose sum
 * overflows or underflows are scaled before they are added.
 *
 * @param weights Numbers of at least 0; infinite ones count as 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { inProportion } from "./valid_shares.ts";
 *
 * assertEquals([...inProportion(Float64Array.of(1e308, 1e308))], [0.5, 0.5]);
 * ```
 */
export function inProportion(weights: Float64Array): Float64Array {
  let total = 0;
  let largest = 0;
  for (const weight of weights) {
    total += weight;
    if (weight < Infinity) largest = Math.max(largest, weight);
  }
  if (largest === 0) return weights.map(() => 0);
  if (total > LEAST_SUM && total < Infinity) {
    return weights.map((weight) => weight / total);
  }
  const scaled = weights.map((weight) =>
    weight < Infinity ? weight / largest : 0
  );
  const sum = scaled.reduce((partial, weight) => partial + weight, 0);
  return scaled.map((weight) => weight / sum);
}
