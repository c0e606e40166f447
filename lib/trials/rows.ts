/**
 * The rows of results that trials leave, and what their CSV columns hold.
 *
 * @module
 */

import type { LearningMeans } from "../agents/mod.ts";
import type { HitRates } from "../env/hit_rate.ts";
import { type TableColumns, TEXT } from "../input/csv.ts";
import { choiceSchema, numberSchema } from "../input/schema.ts";
import { SEED_SCHEMA } from "../input/seeds.ts";
import type { OutcomeMeans } from "../methods/mod.ts";

const FINITE = numberSchema();
const SHARE = numberSchema({ minimum: 0, maximum: 1 });
const AMOUNT = numberSchema({ minimum: 0 });
const COUNT = numberSchema({ minimum: 0, integer: true });
const AT_LEAST_ONE = numberSchema({ minimum: 1, integer: true });

/** One episode. */
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
 * One training episode, with exploration noise, and means over its updates; null
 * where there was none, or where the learner does not tell them.
 */
export interface TrainingEpisodeRow extends EpisodeRow, LearningMeans {}

/**
 * What response times and costs are made of; null where a time is infinite, as a
 * request was never served.
 */
export type OutcomeRow = {
  readonly [Name in keyof OutcomeMeans]: Name extends `${string}S`
    ? number | null
    : number;
};

/** What the tables in `data/` hold of an evaluation: that of a feasible method. */
export interface FeasibleRow extends EpisodeRow, HitRates {
  /** Which traces were played. */
  readonly split: "validation" | "test";
}

/**
 * One greedy evaluation on held-out traces: means over its episodes, hit rates under
 * every reading, and what times and costs are made of.
 */
export interface EvaluationRow extends FeasibleRow, OutcomeRow {
  /**
   * Slots of all episodes in which a constraint of Eq. 18 was broken. With any, the
   * other numbers are of no feasible method.
   */
  readonly violations: number;
  /**
   * 95th percentile of the response times of all requests of all episodes, in s, by
   * linear interpolation between order statistics; null where it is infinite.
   */
  readonly responseTimeP95S: number | null;
  /**
   * What the method says that no objective of its kind is below, on these traces
   * (`bound` of its description); null where it says nothing.
   */
  readonly lowerBound: number | null;
}

/** Columns of the curves in `data/`. */
const CURVE_COLUMNS: TableColumns<EpisodeRow> = {
  episode: AT_LEAST_ONE,
  episodeReturn: FINITE,
  objective: FINITE,
  hitRate: SHARE,
};

/** Columns of `episodes.csv`. */
export const EPISODE_COLUMNS: TableColumns<TrainingEpisodeRow> = {
  ...CURVE_COLUMNS,
  criticLoss: AMOUNT.nullable(),
  actorLoss: FINITE.nullable(),
  qValue: FINITE.nullable(),
};

/** Columns of the hit rates under every reading. */
export const HIT_RATE_COLUMNS: TableColumns<HitRates> = {
  hitRateOwnServer: SHARE,
  hitRateAnyServer: SHARE,
  cacheUtilization: SHARE,
};

/** Columns of the tables of evaluations in `data/`, which hold feasible ones only. */
const FEASIBLE_COLUMNS: TableColumns<FeasibleRow> = {
  split: choiceSchema(["validation", "test"]),
  ...CURVE_COLUMNS,
  episode: COUNT,
  ...HIT_RATE_COLUMNS,
};

/** Columns of `evaluations.csv`; the episode of a policy's test is 0. */
export const EVALUATION_COLUMNS: TableColumns<EvaluationRow> = {
  ...FEASIBLE_COLUMNS,
  violations: COUNT,
  responseTimeS: AMOUNT.nullable(),
  responseTimeP95S: AMOUNT.nullable(),
  uplinkTimeS: AMOUNT.nullable(),
  backhaulUplinkTimeS: AMOUNT.nullable(),
  inferenceTimeS: AMOUNT.nullable(),
  backhaulDownlinkTimeS: AMOUNT.nullable(),
  waitTimeS: AMOUNT.nullable(),
  downlinkTimeS: AMOUNT.nullable(),
  totalCost: AMOUNT,
  accessCost: AMOUNT,
  backhaulCost: AMOUNT,
  gpuCost: AMOUNT,
  storageCost: AMOUNT,
  loadingCost: AMOUNT,
  lowerBound: FINITE.nullable(),
};

/** Which trial a row comes from. */
export interface RowOrigin {
  /** Label of the algorithm, as in figures. */
  readonly series: string;
  /** Seed of the trial. */
  readonly seed: number;
}

const ORIGIN_COLUMNS: TableColumns<RowOrigin> = {
  series: TEXT,
  seed: SEED_SCHEMA,
};

/** A training episode of one of several trials: a row of a figure's curves. */
export type TrialEpisodeRow = RowOrigin & EpisodeRow;

/** An evaluation of one of several trials. */
export type TrialEvaluationRow = RowOrigin & FeasibleRow;

/** Columns of the table of a figure's curves. */
export const TRIAL_EPISODE_COLUMNS: TableColumns<TrialEpisodeRow> = {
  ...ORIGIN_COLUMNS,
  ...CURVE_COLUMNS,
};

/** Columns of the table of a figure's evaluations. */
export const TRIAL_EVALUATION_COLUMNS: TableColumns<TrialEvaluationRow> = {
  ...ORIGIN_COLUMNS,
  ...FEASIBLE_COLUMNS,
};

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
export const SCALABILITY_COLUMNS: TableColumns<ScalabilityRow> = {
  series: TEXT,
  users: AT_LEAST_ONE,
  seed: SEED_SCHEMA,
  hitRate: SHARE,
  objective: FINITE,
  episodeReturn: FINITE,
  ...HIT_RATE_COLUMNS,
};

/** What a method achieves under a reading, with so many users and one seed. */
export interface ReadingRow extends RowOrigin, HitRates {
  /** Key of the reading. */
  readonly reading: string;
  /** Number of users U. */
  readonly users: number;
  /** Mean of G(t) over the slots of the test traces (Eq. 18a). */
  readonly objective: number;
  /** Mean return of the last fifth of training; null where nothing is trained. */
  readonly trainingReturn: number | null;
}

/** Columns of `readings.csv`. */
export const READING_COLUMNS: TableColumns<ReadingRow> = {
  reading: TEXT,
  series: TEXT,
  users: AT_LEAST_ONE,
  seed: SEED_SCHEMA,
  objective: FINITE,
  ...HIT_RATE_COLUMNS,
  trainingReturn: FINITE.nullable(),
};

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
export const BUDGET_COLUMNS: TableColumns<BudgetRow> = {
  series: TEXT,
  users: AT_LEAST_ONE,
  seed: SEED_SCHEMA,
  slotEvaluations: COUNT,
  trainingSeconds: AMOUNT,
  decisionLatencyS: AMOUNT,
};
