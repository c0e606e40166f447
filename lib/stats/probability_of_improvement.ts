/**
 * How likely one method beats another on the same task.
 *
 * @module
 */

import {
  meanScore,
  requireSameShape,
  requireScores,
  type ScoreMatrix,
  taskScores,
} from "./scores.ts";
import type { BootstrapOptions, Interval } from "./statistics.ts";
import {
  stratifiedInterval,
  stratifiedIntervals,
} from "./stratified_bootstrap.ts";

const act = "compute the probability of improvement";

/**
 * The scores as their ranks among both methods' scores on the same task, from 0;
 * equal scores have equal ranks. All that counts here is order.
 */
function ranksOf(
  x: ScoreMatrix,
  y: ScoreMatrix,
): readonly [x: ScoreMatrix, y: ScoreMatrix] {
  const tasks = requireScores(x, act);
  if (requireScores(y, act) !== tasks) {
    throw new RangeError(
      `Cannot ${act}: y must be of ${tasks} tasks like x, got ${y[0].length}`,
    );
  }
  const both = [...x, ...y].map((row) => Float64Array.from(row));
  for (let task = 0; task < tasks; task++) {
    const ranks = new Map<number, number>();
    // A map takes −0 for 0, as comparison does.
    for (const score of taskScores(both, task).sort()) {
      if (!ranks.has(score)) ranks.set(score, ranks.size);
    }
    for (const row of both) row[task] = ranks.get(row[task])!;
  }
  return [both.slice(0, x.length), both.slice(x.length)];
}

/** The probability of improvement from ranks, of which there are at most `most`. */
function probabilityFromRanks(
  x: ScoreMatrix,
  y: ScoreMatrix,
  most: number,
): number {
  const tasks = x[0].length;
  const counts = new Float64Array(most);
  let wins = 0;
  for (let task = 0; task < tasks; task++) {
    counts.fill(0);
    for (const row of y) counts[row[task]]++;
    // From the number of each rank to that below it, with half of its own.
    let below = 0;
    for (let rank = 0; rank < most; rank++) {
      const count = counts[rank];
      counts[rank] = below + count / 2;
      below += count;
    }
    for (const row of x) wins += counts[row[task]];
  }
  return wins / (x.length * y.length * tasks);
}

/**
 * P(X > Y) averaged over tasks, over all pairs of a seed of X and a seed of Y;
 * a tie counts half (Agarwal et al. 2021; on one task, the Mann-Whitney U statistic
 * over the number of pairs). For methods that met the same traces,
 * {@linkcode pairedImprovement} compares like with like.
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
  return probabilityFromRanks(...ranksOf(x, y), x.length + y.length);
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
  const most = x.length + y.length;
  const [interval] = stratifiedIntervals(
    ranksOf(x, y),
    ([ours, theirs]) => [probabilityFromRanks(ours, theirs, most)],
    options,
  );
  return interval;
}

/** 1 where X is better on the same seed and task, ½ for a tie, 0 where Y is. */
function pairedWins(x: ScoreMatrix, y: ScoreMatrix): Float64Array[] {
  requireSameShape({ x, y }, act);
  return x.map((row, seed) =>
    Float64Array.from(row, (score, task) => {
      const other = y[seed][task];
      return score > other ? 1 : score === other ? 0.5 : 0;
    })
  );
}

/**
 * P(X > Y) averaged over tasks, over the pairs that share a seed; a tie counts half.
 * For methods that meet the same traces with the same seed: a method that is better
 * on each trace has 1, however much traces differ.
 *
 * @param x Scores of X, higher is better.
 * @param y Scores of Y on the same tasks, with the same seeds in the same order.
 * @throws {RangeError} If scores are no matrix of numbers, or the shapes differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import {
 *   pairedImprovement,
 *   probabilityOfImprovement,
 * } from "./probability_of_improvement.ts";
 *
 * const x = [[2], [4], [6]];
 * const y = [[1], [3], [6]];
 * // X wins on two seeds and ties on the third.
 * assertEquals(pairedImprovement(x, y), 2.5 / 3);
 * assertEquals(probabilityOfImprovement(x, y), 5.5 / 9);
 * ```
 */
export function pairedImprovement(x: ScoreMatrix, y: ScoreMatrix): number {
  return meanScore(pairedWins(x, y));
}

/**
 * {@linkcode pairedImprovement} with its interval by the stratified bootstrap, which
 * resamples pairs.
 *
 * @throws {RangeError} If scores are no matrix of numbers, the shapes differ, there
 * are fewer than two seeds, or an option is outside its range.
 */
export function pairedImprovementInterval(
  x: ScoreMatrix,
  y: ScoreMatrix,
  options: BootstrapOptions,
): Interval {
  return stratifiedInterval(pairedWins(x, y), meanScore, options);
}
