/**
 * Scores of one method by seed and task, and the numbers that sum them up: those
 * of Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the
 * Statistical Precipice" (rliable).
 *
 * @module
 */

import { meanOf, requireResult } from "../math/sample.ts";
import { interquartileMean, median } from "./statistics.ts";

/**
 * Scores of one method: `scores[seed][task]`. A task is anything on which every
 * seed is run, for example a number of users.
 */
export type ScoreMatrix = readonly ArrayLike<number>[];

/** A number that sums up a method. */
export type ScoreStatistic = (scores: ScoreMatrix) => number;

/**
 * Refuses scores that are no matrix of numbers.
 *
 * @param act What fails, for the message.
 * @returns Number of tasks.
 * @throws {RangeError} If a seed or task is missing or a score is not finite.
 */
export function requireScores(scores: ScoreMatrix, act: string): number {
  const tasks = scores.length === 0 ? 0 : scores[0].length;
  if (tasks === 0) {
    throw new RangeError(
      `Cannot ${act}: scores must be of at least 1 seed and 1 task, got none`,
    );
  }
  for (let seed = 0; seed < scores.length; seed++) {
    const row = scores[seed];
    if (row.length !== tasks) {
      throw new RangeError(
        `Cannot ${act}: scores[${seed}] must be of ${tasks} tasks like scores[0], got ${row.length}`,
      );
    }
    for (let task = 0; task < tasks; task++) {
      if (Number.isFinite(row[task])) continue;
      throw new RangeError(
        `Cannot ${act}: scores[${seed}][${task}] must be a finite number, got ${
          row[task]
        }`,
      );
    }
  }
  return tasks;
}

/** The scores of one task, by seed. */
export function taskScores(scores: ScoreMatrix, task: number): Float64Array {
  const own = new Float64Array(scores.length);
  for (let seed = 0; seed < own.length; seed++) own[seed] = scores[seed][task];
  return own;
}

/** All scores, seed by seed. */
function pooled(scores: ScoreMatrix, tasks: number): Float64Array {
  const all = new Float64Array(scores.length * tasks);
  scores.forEach((row, seed) => all.set(row, seed * tasks));
  return all;
}

/**
 * The mean over all seeds and tasks.
 *
 * @throws {RangeError} If the scores are no matrix of numbers.
 */
export function meanScore(scores: ScoreMatrix): number {
  const tasks = requireScores(scores, "take the mean score");
  return meanOf(pooled(scores, tasks));
}

/**
 * The median over tasks of the mean over seeds.
 *
 * @throws {RangeError} If the scores are no matrix of numbers.
 */
export function medianScore(scores: ScoreMatrix): number {
  const tasks = requireScores(scores, "take the median score");
  return median(
    Array.from(
      { length: tasks },
      (_, task) => meanOf(taskScores(scores, task)),
    ),
  );
}

/**
 * The interquartile mean over all seeds and tasks: of n scores, the ⌊n/4⌋ least
 * and the ⌊n/4⌋ greatest do not count. Robust against a lucky seed as the median
 * is, with an interval almost as narrow as the mean's.
 *
 * Tasks should have one scale, or those with small and large numbers are the
 * ones that do not count.
 *
 * @throws {RangeError} If the scores are no matrix of numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { interquartileMeanScore } from "./scores.ts";
 *
 * // Two seeds, four tasks: 0, 1, 8 and 90 do not count.
 * const scores = [[0, 2, 4, 8], [1, 3, 5, 90]];
 * assertEquals(interquartileMeanScore(scores), (2 + 3 + 4 + 5) / 4);
 * ```
 */
export function interquartileMeanScore(scores: ScoreMatrix): number {
  const tasks = requireScores(scores, "take the interquartile mean score");
  return interquartileMean(pooled(scores, tasks));
}

/**
 * The optimality gap γ − mean(min(score, γ)): how much is missing to γ, where
 * scores beyond γ make up for nothing. For scores whose γ means something, such as
 * those of `skillRows`.
 *
 * @param target γ; by default 1.
 * @throws {RangeError} If the scores are no matrix of numbers, or γ or the gap is not
 * finite.
 */
export function optimalityGap(scores: ScoreMatrix, target = 1): number {
  const act = "take the optimality gap";
  const tasks = requireScores(scores, act);
  requireResult(target, "target", act);
  const gap = target -
    meanOf(pooled(scores, tasks).map((score) => Math.min(score, target)));
  return requireResult(gap, "the gap", act);
}

/**
 * Refuses two matrices, given by name, that cannot be compared seed by seed and
 * task by task.
 *
 * @throws {RangeError} If one is no matrix of numbers or the shapes differ.
 */
export function requireSameShape(
  matrices: Readonly<Record<string, ScoreMatrix>>,
  act: string,
): void {
  const [[, first], [name, second]] = Object.entries(matrices);
  const shapes = [first, second].map((scores) => {
    const tasks = requireScores(scores, act);
    return `${scores.length} seeds and ${tasks} tasks`;
  });
  if (shapes[0] !== shapes[1]) {
    throw new RangeError(
      `Cannot ${act}: ${name} must be of ${shapes[0]}, got ${shapes[1]}`,
    );
  }
}
