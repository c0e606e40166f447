/**
 * What each series of an experiment comes to, and which is the best.
 *
 * @module
 */

import { type Interval, mean, meanInterval } from "../../stats/statistics.ts";
import type { ExperimentRows } from "./aggregate.ts";
import type { EpisodeRow, RowOrigin } from "../../trials/rows.ts";

/** Share of the training episodes that count as its end. */
const FINAL_SHARE = 0.2;

/** Rows of which a mean is taken for every series and seed. */
export type MeasuredRows = readonly (RowOrigin & EpisodeRow)[];

/**
 * The rows that results are stated for: the last fifth of training, exploration
 * noise included, and the last evaluation, on test traces.
 */
export function finalRows(
  { curves, evaluations }: ExperimentRows,
): { readonly training: MeasuredRows; readonly greedy: MeasuredRows } {
  const last = curves.reduce((most, row) => Math.max(most, row.episode), 0);
  return {
    training: curves.filter((row) => row.episode > last * (1 - FINAL_SHARE)),
    greedy: evaluations.filter((row) => row.split === "test"),
  };
}

/** Mean of a column for every seed of a series, ordered by seed. */
export function meanBySeed(
  rows: MeasuredRows,
  series: string,
  column: "episodeReturn" | "hitRate",
): Map<number, number> {
  const values = new Map<number, number[]>();
  for (const row of rows) {
    if (row.series !== series) continue;
    values.set(row.seed, [...values.get(row.seed) ?? [], row[column]]);
  }
  return new Map(
    [...values].sort(([a], [b]) => a - b).map(([seed, list]) => [
      seed,
      mean(list),
    ]),
  );
}

/**
 * By how much `a` is better than `b` on each seed, in percent of |b|: paired, since
 * both met the same traces.
 *
 * @throws {Error} If a seed of `a` is none of `b`.
 */
export function improvementPercent(
  a: ReadonlyMap<number, number>,
  b: ReadonlyMap<number, number>,
): number[] {
  return [...a].map(([seed, value]) => {
    const other = b.get(seed);
    if (other === undefined) {
      throw new Error(
        `Cannot compare: both series must have seed ${seed}, got one`,
      );
    }
    return 100 * (value - other) / Math.abs(other);
  });
}

/** What a series comes to: means over seeds with their 95 % intervals. */
export interface SeriesSummary {
  /** The series. */
  readonly series: string;
  /** Return over the last fifth of training, exploration noise included. */
  readonly training: Interval;
  /** Return of the greedy policy on test traces. */
  readonly greedy: Interval;
  /** Hit rate of the greedy policy on test traces. */
  readonly hitRate: Interval;
}

/** Summaries in the order of the rows. Needs at least two seeds a series. */
export function summarizeSeries(rows: ExperimentRows): SeriesSummary[] {
  const { training, greedy } = finalRows(rows);
  const interval = (
    source: MeasuredRows,
    series: string,
    column: "episodeReturn" | "hitRate",
  ) => meanInterval([...meanBySeed(source, series, column).values()]);
  return [...new Set(training.map(({ series }) => series))].map((series) => ({
    series,
    training: interval(training, series, "episodeReturn"),
    greedy: interval(greedy, series, "episodeReturn"),
    hitRate: interval(greedy, series, "hitRate"),
  }));
}

/** Summaries as the rows of a table; `name` is the head of the first column. */
export function summaryTable(
  summaries: readonly SeriesSummary[],
  name: string,
): string[][] {
  const show = ({ estimate, lower, upper }: Interval) =>
    `${estimate.toFixed(3)} (${lower.toFixed(3)} to ${upper.toFixed(3)})`;
  return [
    [name, "return, training", "return, greedy", "hit rate, greedy"],
    ...summaries.map(({ series, training, greedy, hitRate }) => [
      series,
      show(training),
      show(greedy),
      show(hitRate),
    ]),
  ];
}

/** The best series by mean return, and how far it is from the second best. */
export interface BestSeries {
  /** Highest mean return. */
  readonly best: string;
  /** Second highest. */
  readonly second: string;
  /**
   * By how many percent the best is above the second, paired by seed. As the best
   * is chosen by the same data, the interval is too sure of it.
   */
  readonly gapPercent: Interval;
}

/** Which series is best in training or greedy. Needs two series and two seeds. */
export function findBest(
  rows: ExperimentRows,
  stage: "training" | "greedy",
): BestSeries {
  const source = finalRows(rows)[stage];
  const names = [...new Set(source.map(({ series }) => series))];
  const [best, second] = names
    .map((name) => ({
      name,
      bySeed: meanBySeed(source, name, "episodeReturn"),
    }))
    .sort((a, b) =>
      mean([...b.bySeed.values()]) - mean([...a.bySeed.values()])
    );
  return {
    best: best.name,
    second: second.name,
    gapPercent: meanInterval(improvementPercent(best.bySeed, second.bySeed)),
  };
}

/** {@linkcode findBest} in words: a line for training, and one for greedy. */
export function judgeBest(rows: ExperimentRows): string[] {
  return (["training", "greedy"] as const).map((stage) => {
    const { best, second, gapPercent } = findBest(rows, stage);
    const { estimate, lower, upper } = gapPercent;
    return `${stage}: (${best}) is best, ${estimate.toFixed(2)} % (${
      lower.toFixed(2)
    } to ${upper.toFixed(2)} %) above (${second}), ${
      lower > 0 ? "and told apart from it" : "but not told apart from it"
    }`;
  });
}
