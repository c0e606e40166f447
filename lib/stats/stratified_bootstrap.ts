/**
 * The stratified bootstrap of Agarwal et al. 2021: seeds are drawn with
 * replacement within every task, on their own for each task, and tasks stay as
 * they are. What is estimated is what other seeds would have given on the same
 * tasks.
 *
 * With few seeds its intervals are too narrow, since a resample of n numbers varies
 * by (n − 1)/n as much as a sample does. Measured over 3,000 matrices of normal
 * numbers, the "95 %" interval of the mean holds the true mean 72, 82 and 89 times
 * in 100 with 3, 5 and 10 seeds on one task, and 86, 90 and 92 times on six tasks.
 *
 * @module
 */

import {
  requireInside,
  requireResamples,
  requireResult,
  sortedQuantile,
} from "../math/sample.ts";
import {
  requireScores,
  type ScoreMatrix,
  type ScoreStatistic,
} from "./scores.ts";
import type { BootstrapOptions, Interval } from "./statistics.ts";

/**
 * Fills `out` with scores drawn from `scores` within each task: a draw for every
 * seed and task, task after task within a seed.
 */
function resample(
  scores: ScoreMatrix,
  out: readonly Float64Array[],
  stream: BootstrapOptions["stream"],
): void {
  for (const row of out) {
    for (let task = 0; task < row.length; task++) {
      row[task] = scores[stream.integer(scores.length)][task];
    }
  }
}

/**
 * Statistics of several methods with their stratified percentile-bootstrap
 * intervals, each statistic for itself; the methods are resampled independently.
 *
 * @param methods Scores of each method, with at least two seeds each; methods may
 * differ in their numbers of seeds.
 * @param statistics What is estimated: as many numbers for every resample.
 * @param options The stream, and how much is drawn from it.
 * @returns An interval for every number that `statistics` returns.
 * @throws {RangeError} If scores are no matrix of numbers, there are fewer than two
 * seeds, what a statistic returns is not finite, or an option is outside its range.
 */
export function stratifiedIntervals(
  methods: readonly ScoreMatrix[],
  statistics: (methods: readonly ScoreMatrix[]) => ArrayLike<number>,
  options: BootstrapOptions,
): Interval[] {
  const { stream, confidence = 0.95, resamples = 2000 } = options;
  const act = "bootstrap stratified intervals";
  requireInside(confidence, "confidence", act);
  requireResamples(resamples, act);
  const drawn = methods.map((scores) => {
    const tasks = requireScores(scores, act);
    if (scores.length < 2) {
      throw new RangeError(
        `Cannot ${act}: scores must be of at least 2 seeds, got 1`,
      );
    }
    return scores.map(() => new Float64Array(tasks));
  });
  const finite = (values: ArrayLike<number>) =>
    Array.from(
      values,
      (value, k) => requireResult(value, `statistic ${k}`, act),
    );
  const estimates = finite(statistics(methods));
  const samples = estimates.map(() => new Float64Array(resamples));
  for (let r = 0; r < resamples; r++) {
    methods.forEach((scores, m) => resample(scores, drawn[m], stream));
    const values = finite(statistics(drawn));
    samples.forEach((sample, k) => sample[r] = values[k]);
  }
  return samples.map((sample, k) => {
    sample.sort();
    return {
      estimate: estimates[k],
      lower: sortedQuantile(sample, (1 - confidence) / 2),
      upper: sortedQuantile(sample, (1 + confidence) / 2),
    };
  });
}

/**
 * A statistic of one method with its stratified percentile-bootstrap interval.
 *
 * @param scores `scores[seed][task]`, at least two seeds.
 * @param statistic What is estimated, for example {@linkcode interquartileMeanScore}.
 * @param options The stream, and how much is drawn from it.
 * @throws {RangeError} If the scores are no matrix of numbers, there are fewer than
 * two seeds, or an option is outside its range.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { RandomStream } from "../math/prng.ts";
 * import { meanScore } from "./scores.ts";
 * import { stratifiedInterval } from "./stratified_bootstrap.ts";
 *
 * const scores = [[1, 10], [2, 30], [3, 20]];
 * const stream = new RandomStream(0, "bootstrap");
 * const { estimate, lower, upper } = stratifiedInterval(scores, meanScore, { stream });
 * assertEquals(estimate, 11);
 * assert(5.5 <= lower && lower < 11 && 11 < upper && upper <= 16.5);
 * ```
 */
export function stratifiedInterval(
  scores: ScoreMatrix,
  statistic: ScoreStatistic,
  options: BootstrapOptions,
): Interval {
  const [interval] = stratifiedIntervals(
    [scores],
    ([sample]) => [statistic(sample)],
    options,
  );
  return interval;
}
