/**
 * What a sweep says of its methods: means and interquartile means with intervals,
 * and each method against the first that breaks no constraint.
 *
 * @module
 */

import {
  pairedDifference,
  pairedDifferences,
} from "../stats/paired_difference.ts";
import {
  pairedImprovement,
  pairedImprovementInterval,
  probabilityOfImprovement,
  probabilityOfImprovementInterval,
} from "../stats/probability_of_improvement.ts";
import {
  type BracketedRow,
  coverBoth,
  rowsAtBound,
} from "../stats/bracketed_rows.ts";
import { RandomStream } from "../math/prng.ts";
import { scoresBySeries, type SeriesScores } from "../stats/score_rows.ts";
import {
  interquartileMeanScore,
  meanScore,
  type ScoreMatrix,
  type ScoreStatistic,
} from "../stats/scores.ts";
import {
  type BootstrapOptions,
  type Estimate,
  withoutInterval,
} from "../stats/statistics.ts";
import { stratifiedIntervals } from "../stats/stratified_bootstrap.ts";
import { type MetricName, METRICS } from "./metrics.ts";
import { skillsOf } from "./skill_score.ts";
import type { MethodRow } from "./task_scales.ts";

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
   * Slots of all its tests in which it broke a constraint of Eq. 18. With any, what
   * it achieved is not feasible: it has no skill and is compared with nothing.
   */
  readonly violations: number;
  /**
   * Interquartile mean of the skill, which is 0 and 1 for the ends of the world's
   * scale on the same traces, random decisions and the optimum in the paper's; null
   * where there is none. Where the 1 is known only to lie between a method and its
   * bound, the estimate is by the method, and the interval covers both.
   */
  readonly skill: Estimate | null;
  /** Probability of improvement on the baseline; null for that itself. */
  readonly improvement: Estimate | null;
  /** Whether the improvement is over common traces, or over all pairs of seeds. */
  readonly pairs: "traces" | "all";
  /**
   * Mean of this method's value minus the baseline's on the same traces, by the
   * seeds that both have; null for the baseline itself.
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

/** Interquartile means of skills by series, up to what is known of their scale. */
function skillEstimates(
  rows: readonly BracketedRow[],
  bootstrap: (series: string) => BootstrapOptions,
): Map<string, Estimate | null> {
  const estimates = (own: readonly BracketedRow[]) =>
    new Map(
      scoresBySeries(own).map(({ series, scores }) => [
        series,
        estimatesOf(
          scores,
          { skill: interquartileMeanScore },
          bootstrap(series),
        ).skill,
      ]),
    );
  const attained = estimates(rows);
  const bounded = rowsAtBound(rows);
  if (bounded === undefined) return attained;
  const atBound = estimates(bounded);
  return new Map(
    Array.from(attained, ([series, own]) => {
      const other = atBound.get(series);
      return [series, own && other ? coverBoth(own, other) : own];
    }),
  );
}

/** The probability of improvement of scores that are better when higher. */
function improvementOf(
  own: ScoreMatrix,
  baseline: ScoreMatrix,
  pairs: MethodSummary["pairs"],
  options: BootstrapOptions,
): Estimate | null {
  const [estimate, interval] = pairs === "traces"
    ? [pairedImprovement, pairedImprovementInterval]
    : [probabilityOfImprovement, probabilityOfImprovementInterval];
  const fewest = Math.min(own.length, baseline.length);
  if (fewest === 0) return null;
  return fewest === 1
    ? withoutInterval(estimate(own, baseline))
    : interval(own, baseline, options);
}

function differenceOf(
  own: ScoreMatrix,
  baseline: ScoreMatrix,
): Estimate | null {
  if (own.length === 0) return null;
  return own.length === 1
    ? withoutInterval(meanScore(pairedDifferences(own, baseline)))
    : pairedDifference(own, baseline);
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

/** Slots with violations by method. */
function violationsOf(rows: readonly MethodRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { series, violations = 0 } of rows) {
    counts.set(series, (counts.get(series) ?? 0) + violations);
  }
  return counts;
}

/**
 * The method that others are compared with: the first that breaks no constraint.
 */
export function baselineOf<
  Method extends Pick<MethodSummary, "violations">,
>(methods: readonly Method[]): Method | undefined {
  return methods.find(({ violations }) => violations === 0);
}

/**
 * Sums up every method, in order of first appearance; those that break no constraint
 * are compared with the first of them.
 *
 * Means, interquartile means, skills and probabilities of improvement have stratified
 * bootstrap intervals, with tasks as strata; paired differences have Student's t
 * interval over seeds. Probabilities of improvement are over the traces that both
 * methods met, that is common seeds; over all pairs of seeds if none is common.
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
 * const [td3, random, optimum] = summarizeMethods(rows, "objective");
 * assertEquals(td3.skill?.estimate, 0.75);
 * assertEquals(random.difference?.estimate, 6);
 * assertEquals(optimum.improvement?.estimate, 1);
 * ```
 */
export function summarizeMethods(
  rows: readonly MethodRow[],
  metric: MetricName,
  options: MethodSummaryOptions = {},
): MethodSummary[] {
  const { seed = 0, resamples } = options;
  const { better } = METRICS[metric];
  const bootstrap = (series: string, purpose: string): BootstrapOptions => ({
    stream: new RandomStream(seed, `summary/${metric}/${series}/${purpose}`),
    ...resamples === undefined ? {} : { resamples },
  });
  const counts = violationsOf(rows);
  const methods = scoresBySeries(rows)
    .map((one) => ({ ...one, violations: counts.get(one.series)! }));
  const baseline = baselineOf(methods);
  const skills = skillEstimates(
    skillsOf(rows, metric).rows,
    (series) => bootstrap(series, "skill"),
  );
  /** Higher is better. */
  const oriented = (scores: ScoreMatrix) =>
    better === "higher"
      ? scores
      : scores.map((row) => Float64Array.from(row, (value) => -value));
  return methods.map((method): MethodSummary => {
    const { series, scores, violations } = method;
    const isCompared = baseline !== undefined && method !== baseline &&
      violations === 0;
    const common = isCompared ? sharedScores(method, baseline) : [[], []];
    const pairs = common[0].length > 0 ? "traces" : "all";
    const [own, other] = pairs === "traces"
      ? common
      : isCompared
      ? [scores, baseline.scores]
      : [[], []];
    return {
      series,
      seeds: method.seeds.length,
      incomplete: method.incomplete.length,
      tasks: method.tasks.length,
      violations,
      ...estimatesOf(
        scores,
        { mean: meanScore, interquartileMean: interquartileMeanScore },
        bootstrap(series, "scores"),
      ),
      skill: skills.get(series) ?? null,
      improvement: improvementOf(
        oriented(own),
        oriented(other),
        pairs,
        bootstrap(series, "improvement"),
      ),
      pairs,
      difference: differenceOf(common[0], common[1]),
    };
  });
}
