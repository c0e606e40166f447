/**
 * What a sweep says of its methods: means and interquartile means with intervals,
 * and each method against the first.
 *
 * @module
 */

import {
  pairedDifference,
  pairedDifferences,
} from "../math/paired_difference.ts";
import {
  probabilityOfImprovement,
  probabilityOfImprovementInterval,
} from "../math/probability_of_improvement.ts";
import { RandomStream } from "../math/prng.ts";
import {
  type ScoreRow,
  scoresBySeries,
  type SeriesScores,
  skillRows,
} from "../math/score_rows.ts";
import {
  interquartileMeanScore,
  meanScore,
  type ScoreMatrix,
  type ScoreStatistic,
} from "../math/scores.ts";
import type { BootstrapOptions } from "../math/statistics.ts";
import { stratifiedIntervals } from "../math/stratified_bootstrap.ts";
import {
  type Estimate,
  type MetricName,
  METRICS,
  withoutInterval,
} from "./metrics.ts";
import { POLICY_LABELS } from "./trial.ts";

/** One method of a sweep. */
export interface MethodSummary {
  /** The method. */
  readonly series: string;
  /** Seeds that count. */
  readonly seeds: number;
  /** Seeds that do not, since they lack a task. */
  readonly incomplete: number;
  /** Tasks that all methods have. */
  readonly tasks: number;
  /** Mean over seeds and tasks; null without a seed. */
  readonly mean: Estimate | null;
  /** Interquartile mean over seeds and tasks; null without a seed. */
  readonly interquartileMean: Estimate | null;
  /**
   * Interquartile mean of the skill, which is 0 for random decisions and 1 for the
   * optimum on the same traces; null where the sweep has no such scale.
   */
  readonly skill: Estimate | null;
  /** Probability of improvement on the first method; null for that itself. */
  readonly improvement: Estimate | null;
  /**
   * Mean of this method's value minus the first's on the same traces, by the seeds
   * that both have; null for the first itself.
   */
  readonly difference: Estimate | null;
}

/** How {@linkcode summarizeMethods} draws its resamples. */
export interface MethodSummaryOptions {
  /** Root of the bootstrap's random streams; by default 0. */
  readonly seed?: number;
  /** Resamples of each interval; by default 2,000. */
  readonly resamples?: number;
}

/** Statistics of one method on the same resamples; null without a seed. */
function estimatesOf<Name extends string>(
  scores: ScoreMatrix,
  statistics: Readonly<Record<Name, ScoreStatistic>>,
  options: BootstrapOptions,
): Record<Name, Estimate | null> {
  const named = Object.entries<ScoreStatistic>(statistics);
  const values = ([matrix]: readonly ScoreMatrix[]) =>
    named.map(([, statistic]) => statistic(matrix));
  const estimates = scores.length < 2
    ? named.map(([, statistic]) =>
      scores.length === 0 ? null : withoutInterval(statistic(scores))
    )
    : stratifiedIntervals([scores], values, options);
  return Object.fromEntries(
    named.map(([name], index) => [name, estimates[index]]),
  ) as Record<Name, Estimate | null>;
}

function improvementOf(
  own: ScoreMatrix,
  first: ScoreMatrix,
  options: BootstrapOptions,
): Estimate | null {
  const fewest = Math.min(own.length, first.length);
  if (fewest === 0) return null;
  return fewest === 1
    ? withoutInterval(probabilityOfImprovement(own, first))
    : probabilityOfImprovementInterval(own, first, options);
}

function differenceOf(
  own: ScoreMatrix,
  first: ScoreMatrix,
): Estimate | null {
  if (own.length === 0) return null;
  return own.length === 1
    ? withoutInterval(meanScore(pairedDifferences(own, first)))
    : pairedDifference(own, first);
}

/** The scores of the seeds that two methods share. */
function sharedScores(
  own: SeriesScores,
  other: SeriesScores,
): [ScoreMatrix, ScoreMatrix] {
  const pairs = own.seeds.flatMap((seed, index) => {
    const place = other.seeds.indexOf(seed);
    return place < 0 ? [] : [[own.scores[index], other.scores[place]]];
  });
  return [pairs.map(([score]) => score), pairs.map(([, score]) => score)];
}

/**
 * Sums up every method, in order of first appearance; the others are compared with
 * the first.
 *
 * Means, interquartile means, skills and probabilities of improvement have stratified
 * bootstrap intervals, with tasks as strata; paired differences have Student's t
 * interval over seeds.
 *
 * @param rows One for every method, task and seed.
 * @throws {RangeError} If a method has two values for one task and seed, or a value
 * is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { summarizeMethods } from "./method_summary.ts";
 *
 * const costs = { TD3: [4, 6], random: [10, 12], optimum: [2, 4] };
 * const rows = Object.entries(costs).flatMap(([series, values]) =>
 *   values.map((value, seed) => ({ series, task: "all", seed, value }))
 * );
 * const [td3, random] = summarizeMethods(rows, "objective");
 * assertEquals(td3.skill?.estimate, 0.75);
 * assertEquals(random.difference?.estimate, 6);
 * assertEquals(random.improvement?.estimate, 0);
 * ```
 */
export function summarizeMethods(
  rows: readonly ScoreRow[],
  metric: MetricName,
  options: MethodSummaryOptions = {},
): MethodSummary[] {
  const { seed = 0, resamples } = options;
  const { better, hasScale } = METRICS[metric];
  const bootstrap = (series: string, purpose: string): BootstrapOptions => ({
    stream: new RandomStream(seed, `summary/${metric}/${series}/${purpose}`),
    ...resamples === undefined ? {} : { resamples },
  });
  const methods = scoresBySeries(rows);
  const skills = new Map(
    scoresBySeries(
      hasScale
        ? skillRows(rows, POLICY_LABELS.random, POLICY_LABELS.optimum) ?? []
        : [],
    ).map((one) => [one.series, one.scores]),
  );
  /** Higher is better. */
  const oriented = (scores: ScoreMatrix) =>
    better === "higher"
      ? scores
      : scores.map((row) => Float64Array.from(row, (value) => -value));
  return methods.map((method, index): MethodSummary => {
    const { series, scores } = method;
    return {
      series,
      seeds: method.seeds.length,
      incomplete: method.incomplete.length,
      tasks: method.tasks.length,
      ...estimatesOf(
        scores,
        { mean: meanScore, interquartileMean: interquartileMeanScore },
        bootstrap(series, "scores"),
      ),
      ...estimatesOf(
        skills.get(series) ?? [],
        { skill: interquartileMeanScore },
        bootstrap(series, "skill"),
      ),
      improvement: index === 0 ? null : improvementOf(
        oriented(scores),
        oriented(methods[0].scores),
        bootstrap(series, "improvement"),
      ),
      difference: index === 0
        ? null
        : differenceOf(...sharedScores(method, methods[0])),
    };
  });
}

/** Digits behind the point in tables. */
const DIGITS = 3;

/** A number in a table; what rounds to 0 has no sign. */
function fixed(value: number): string {
  const text = value.toFixed(DIGITS);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function show(estimate: Estimate | null): string {
  if (estimate === null) return "–";
  const { estimate: value, lower, upper } = estimate;
  return lower === null
    ? fixed(value)
    : `${fixed(value)} (${fixed(lower)} to ${fixed(upper)})`;
}

/**
 * Summaries as the rows of a table with a head: every estimate with its 95 %
 * interval. Skill is shown where there is one.
 */
export function methodTable(
  summaries: readonly MethodSummary[],
  metric: MetricName,
): string[][] {
  const [first] = summaries;
  const { title } = METRICS[metric];
  const hasSkill = summaries.some(({ skill }) => skill !== null);
  return [
    [
      "method",
      "seeds",
      `${title}, mean`,
      "IQM",
      ...hasSkill ? ["skill, IQM"] : [],
      `P(better than ${first.series})`,
      `minus ${first.series}, paired`,
    ],
    ...summaries.map((one) => [
      one.series,
      one.incomplete === 0
        ? String(one.seeds)
        : `${one.seeds} of ${one.seeds + one.incomplete}`,
      show(one.mean),
      show(one.interquartileMean),
      ...hasSkill ? [show(one.skill)] : [],
      show(one.improvement),
      show(one.difference),
    ]),
  ];
}
