/**
 * The rows of results that trials leave, and their CSV columns.
 *
 * @module
 */

import type { HitRates } from "../env/hit_rate.ts";

/** One training episode, with exploration noise. */
export interface EpisodeRow {
  /** Number of the episode, from 1. */
  readonly episode: number;
  /** Σ_t r(t), the total average user reward of Figs. 4 and 5. */
  readonly episodeReturn: number;
  /** Mean of G(t) over the slots (Eq. 18a). */
  readonly objective: number;
  /** Mean hit rate over the slots, under the scenario's reading. */
  readonly hitRate: number;
}

/**
 * One greedy evaluation on held-out traces: means over its episodes, and hit rates
 * under every reading.
 */
export interface EvaluationRow extends EpisodeRow, HitRates {
  /** Which traces were played. */
  readonly split: "validation" | "test";
  /**
   * Slots of all episodes in which a constraint of Eq. 18 was broken. With any, the
   * other numbers are of no feasible method.
   */
  readonly violations: number;
}

/** Columns of `episodes.csv`. */
export const EPISODE_COLUMNS = [
  "episode",
  "episodeReturn",
  "objective",
  "hitRate",
] as const satisfies readonly (keyof EpisodeRow)[];

/** Columns of the hit rates under every reading. */
export const HIT_RATE_COLUMNS = [
  "hitRateOwnServer",
  "hitRateAnyServer",
  "cacheUtilization",
] as const satisfies readonly (keyof HitRates)[];

/** Columns of the tables of evaluations in `data/`, which hold feasible ones only. */
export const FEASIBLE_COLUMNS = [
  "split",
  ...EPISODE_COLUMNS,
  ...HIT_RATE_COLUMNS,
] as const satisfies readonly (keyof EvaluationRow)[];

/** Columns of `evaluations.csv`. */
export const EVALUATION_COLUMNS = [
  ...FEASIBLE_COLUMNS,
  "violations",
] as const satisfies readonly (keyof EvaluationRow)[];

/** Which trial a row comes from. */
export interface RowOrigin {
  /** Label of the algorithm, as in figures. */
  readonly series: string;
  /** Seed of the trial. */
  readonly seed: number;
}

/** A training episode of one of several trials: a row of a figure's curves. */
export type TrialEpisodeRow = RowOrigin & EpisodeRow;

/** An evaluation of one of several trials. */
export type TrialEvaluationRow =
  & RowOrigin
  & Omit<EvaluationRow, "violations">;

/** What a method achieves on the test traces of one seed, with so many users. */
export interface ScalabilityRow extends RowOrigin, HitRates {
  /** Number of users U. */
  readonly users: number;
  /** Mean hit rate over the slots, under the scenario's reading. */
  readonly hitRate: number;
  /** Mean of G(t) over the slots (Eq. 18a). */
  readonly objective: number;
  /** Σ_t r(t), mean over the episodes. */
  readonly episodeReturn: number;
}

/** Columns of the table that Figs. 6 and 7 are drawn from. */
export const SCALABILITY_COLUMNS = [
  "series",
  "users",
  "seed",
  "hitRate",
  "objective",
  "episodeReturn",
  ...HIT_RATE_COLUMNS,
] as const satisfies readonly (keyof ScalabilityRow)[];

/** What a method spends in the trial of one seed, with so many users. */
export interface BudgetRow extends RowOrigin {
  /** Number of users U. */
  readonly users: number;
  /**
   * How often the objective of a slot was asked for before deciding: training
   * slots of a learner, what a search tries; 0 of methods that ask for none.
   */
  readonly slotEvaluations: number;
  /** Seconds of training, without evaluations; 0 where nothing is trained. */
  readonly trainingSeconds: number;
  /** Median seconds per decision on the test traces. */
  readonly decisionLatencyS: number;
}

/** Columns of `budget.csv`. */
export const BUDGET_COLUMNS = [
  "series",
  "users",
  "seed",
  "slotEvaluations",
  "trainingSeconds",
  "decisionLatencyS",
] as const satisfies readonly (keyof BudgetRow)[];
