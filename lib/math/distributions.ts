/**
 * The distributions that the paper draws from.
 *
 * @module
 */

import type { RandomStream } from "./prng.ts";

/** A closed interval `[low, high]` to draw uniformly from. */
export type Range = readonly [low: number, high: number];

/** A uniform number in `[low, high]`; `low` when the interval is a point. */
export function uniformIn(stream: RandomStream, range: Range): number {
  return range[0] + (range[1] - range[0]) * stream.uniform();
}

/**
 * A draw from a categorical distribution by inversion of its cumulative sum.
 *
 * @param probabilities Non-negative numbers that sum to 1.
 * @returns An index into `probabilities`; never one of probability 0.
 */
export function categorical(
  stream: RandomStream,
  probabilities: ArrayLike<number>,
): number {
  let remaining = stream.uniform();
  let last = 0;
  for (let index = 0; index < probabilities.length; index++) {
    if (probabilities[index] === 0) continue;
    last = index;
    remaining -= probabilities[index];
    if (remaining < 0) return index;
  }
  // Rounding can leave a sliver above the sum: it belongs to the last category.
  return last;
}

/**
 * Circularly symmetric complex normal numbers CN(0, 1): real and imaginary
 * parts are independent N(0, 1/2), so that E|δ|² = 1.
 *
 * @returns `count` pairs (re, im), length `2·count`.
 */
export function complexNormal(
  stream: RandomStream,
  count: number,
): Float64Array {
  const parts = stream.fillNormal(new Float64Array(2 * count));
  for (let i = 0; i < parts.length; i++) parts[i] *= Math.SQRT1_2;
  return parts;
}
