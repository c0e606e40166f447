/**
 * How likely one method beats another on the same task.
 *
 * @module
 */

import { requireScores, type ScoreMatrix } from "./scores.ts";
import type { BootstrapOptions, Interval } from "./statistics.ts";
import { stratifiedIntervals } from "./stratified_bootstrap.ts";

const act = "compute the probability of improvement";

/**
 * P(X > Y) averaged over tasks, over all pairs of a seed of X and a seed of Y;
 * a tie counts half (Agarwal et al. 2021; on one task, the Mann-Whitney U statistic
 * over the number of pairs).
 *
 * @param x Scores of X, higher is better.
 * @param y Scores of Y on the same tasks; it may have another number of seeds.
 * @throws {RangeError} If scores are no matrix of numbers, or the numbers of tasks
 * differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { probabilityOfImprovement } from "./probability_of_improvement.ts";
 *
 * // Of the four pairs X wins two, and one is a tie.
 * assertEquals(probabilityOfImprovement([[1], [3]], [[1], [2]]), 2.5 / 4);
 * ```
 */
export function probabilityOfImprovement(
  x: ScoreMatrix,
  y: ScoreMatrix,
): number {
  const tasks = requireScores(x, act);
  if (requireScores(y, act) !== tasks) {
    throw new RangeError(
      `Cannot ${act}: y must be of ${tasks} tasks like x, got ${y[0].length}`,
    );
  }
  let wins = 0;
  for (const ours of x) {
    for (const theirs of y) {
      for (let task = 0; task < tasks; task++) {
        if (ours[task] > theirs[task]) wins += 1;
        else if (ours[task] === theirs[task]) wins += 0.5;
      }
    }
  }
  return wins / (x.length * y.length * tasks);
}

/**
 * The probability of improvement with its interval by the stratified bootstrap,
 * which resamples both methods independently.
 *
 * @throws {RangeError} If scores are no matrix of numbers, the numbers of tasks
 * differ, a method has fewer than two seeds, or an option is outside its range.
 */
export function probabilityOfImprovementInterval(
  x: ScoreMatrix,
  y: ScoreMatrix,
  options: BootstrapOptions,
): Interval {
  const [interval] = stratifiedIntervals(
    [x, y],
    ([ours, theirs]) => [probabilityOfImprovement(ours, theirs)],
    options,
  );
  return interval;
}
