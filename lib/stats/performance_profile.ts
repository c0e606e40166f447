/**
 * Performance profiles: the share of runs above every threshold (Dolan and Moré
 * 2002; as score distributions Agarwal et al. 2021).
 *
 * @module
 */

import { requireScores, type ScoreMatrix } from "./scores.ts";
import type { BootstrapOptions, Interval } from "./statistics.ts";
import { stratifiedIntervals } from "./stratified_bootstrap.ts";

const act = "draw a performance profile";

/**
 * The share of seeds and tasks whose score is above each threshold. A method whose
 * profile is above another's everywhere is stochastically better.
 *
 * @param thresholds In any order.
 * @returns A share in [0, 1] for each threshold.
 * @throws {RangeError} If the scores are no matrix of numbers, or a threshold is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { performanceProfile } from "./performance_profile.ts";
 *
 * const scores = [[0.1, 0.5], [0.3, 0.5]];
 * assertEquals([...performanceProfile(scores, [0, 0.3, 0.5])], [1, 0.5, 0]);
 * ```
 */
export function performanceProfile(
  scores: ScoreMatrix,
  thresholds: ArrayLike<number>,
): Float64Array {
  const tasks = requireScores(scores, act);
  return Float64Array.from(thresholds, (threshold) => {
    if (Number.isNaN(threshold)) {
      throw new RangeError(
        `Cannot ${act}: thresholds must be numbers, got ${threshold}`,
      );
    }
    let above = 0;
    for (const row of scores) {
      for (let task = 0; task < tasks; task++) {
        if (row[task] > threshold) above++;
      }
    }
    return above / (scores.length * tasks);
  });
}

/**
 * A performance profile with the stratified bootstrap interval of each of its
 * points.
 *
 * @param scores `scores[seed][task]`, at least two seeds.
 * @throws {RangeError} If the scores are no matrix of numbers, there are fewer than
 * two seeds, or an option is outside its range.
 */
export function performanceProfileIntervals(
  scores: ScoreMatrix,
  thresholds: ArrayLike<number>,
  options: BootstrapOptions,
): Interval[] {
  return stratifiedIntervals(
    [scores],
    ([sample]) => performanceProfile(sample, thresholds),
    options,
  );
}
