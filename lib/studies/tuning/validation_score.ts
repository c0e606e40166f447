/**
 * What a search judges a training by: its greedy evaluations on validation traces.
 * Test traces are for the config that was chosen, and are not read here: whatever
 * scores takes {@linkcode ValidationRow}s, and only {@linkcode validationRows} makes
 * them.
 *
 * @module
 */

import { mean } from "../../stats/statistics.ts";
import type { MetricName } from "../metrics.ts";
import type { EvaluationRow } from "../../trials/rows.ts";

/** What is judged of an evaluation. */
export type JudgedRow = Pick<
  EvaluationRow,
  "split" | "episode" | "violations" | MetricName
>;

/** A greedy evaluation on validation traces. */
export interface ValidationRow extends JudgedRow {
  /** Never `"test"`. */
  readonly split: "validation";
}

/** Evaluations in a training; the last two count. */
export const EVALUATIONS = 10;

/** Share of the training whose evaluations count. */
const COUNTED_SHARE = 0.2;

/** Training episodes between evaluations, so that there are about ten. */
export function evaluateEvery(episodes: number): number {
  return Math.max(1, Math.floor(episodes / EVALUATIONS));
}

/** Of all evaluations, those on validation traces. */
export function validationRows(
  evaluations: readonly JudgedRow[],
): ValidationRow[] {
  return evaluations.filter((row): row is ValidationRow =>
    row.split === "validation"
  );
}

/**
 * The mean of a metric over the evaluations in the last fifth of a training: one
 * policy alone may be a lucky one.
 *
 * @param episodes Training episodes. What is not trained has one row, of episode 0.
 * @returns The mean, or `undefined` if one of these policies broke a constraint of
 * Eq. 18: what it achieved is not feasible.
 * @throws {RangeError} If there is no evaluation in the last fifth.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { validationRows, validationScore } from "./validation_score.ts";
 *
 * const rows = [8, 9, 10].map((episode) => ({
 *   split: "validation" as const,
 *   episode,
 *   episodeReturn: -episode,
 *   objective: episode / 2,
 *   hitRate: 0.5,
 *   hitRateOwnServer: 0.5,
 *   hitRateAnyServer: 0.7,
 *   cacheUtilization: 0.9,
 *   violations: 0,
 * }));
 * assertEquals(validationScore(validationRows(rows), "episodeReturn", 10), -9.5);
 * ```
 */
export function validationScore(
  rows: readonly ValidationRow[],
  metric: MetricName,
  episodes: number,
): number | undefined {
  const counted = rows.filter((row) =>
    row.episode === 0 || row.episode > episodes * (1 - COUNTED_SHARE)
  );
  return counted.some(({ violations }) => violations > 0)
    ? undefined
    : mean(counted.map((row) => row[metric]));
}
