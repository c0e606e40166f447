/**
 * Ours beside the paper's numbers.
 *
 * @module
 */

import { type Interval, mean, meanInterval } from "../math/statistics.ts";
import type { ExperimentRows } from "./aggregate.ts";
import type { EpisodeRow, RowOrigin } from "./rows.ts";

/** A quantity as the paper states it and as we measured it. */
export interface Comparison {
  /** What is measured. */
  readonly quantity: string;
  /** What the paper says, or a dash. */
  readonly paper: string;
  /** Mean over seeds with its 95 % interval (Student's t). */
  readonly ours: Interval;
  /** Unit of `ours`; empty for a pure number. */
  readonly unit: string;
}

/** Share of the training episodes that count as its end. */
const FINAL_SHARE = 0.2;

/** What the paper says of Fig. 5: TD3's reward is better by this many percent. */
const PAPER_GAP_PERCENT = 1.72;

/** Mean of a column for every seed of a series, ordered by seed. */
function meanBySeed<Row extends RowOrigin & EpisodeRow>(
  rows: readonly Row[],
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
 */
function improvementPercent(
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

/**
 * The numbers that the text on Fig. 5 states, and those that put them in place.
 *
 * "Training" means the last fifth of the episodes, exploration noise included;
 * "greedy" the last evaluation, on test traces. Needs at least two seeds.
 */
export function compareFig05(rows: ExperimentRows): Comparison[] {
  const last = rows.curves.reduce(
    (most, row) => Math.max(most, row.episode),
    0,
  );
  const training = rows.curves.filter(
    (row) => row.episode > last * (1 - FINAL_SHARE),
  );
  const test = rows.evaluations.filter((row) => row.split === "test");
  const compare = (
    name: string,
    source: readonly (RowOrigin & EpisodeRow)[],
    paper: string,
  ): Comparison[] => {
    const td3 = meanBySeed(source, "TD3", "episodeReturn");
    const ddpg = meanBySeed(source, "DDPG", "episodeReturn");
    return [
      {
        quantity: `TD3's return above DDPG's, ${name}`,
        paper,
        ours: meanInterval(improvementPercent(td3, ddpg)),
        unit: "%",
      },
      {
        quantity: `return of TD3, ${name}`,
        paper: "–",
        ours: meanInterval([...td3.values()]),
        unit: "",
      },
      {
        quantity: `return of DDPG, ${name}`,
        paper: "–",
        ours: meanInterval([...ddpg.values()]),
        unit: "",
      },
    ];
  };
  const hitRate = (series: string): Comparison => ({
    quantity: `hit rate of ${series}, greedy`,
    paper: "–",
    ours: meanInterval([...meanBySeed(test, series, "hitRate").values()]),
    unit: "",
  });
  return [
    ...compare("training", training, `${PAPER_GAP_PERCENT} %`),
    ...compare("greedy", test, "–"),
    hitRate("TD3"),
    hitRate("DDPG"),
  ];
}

/** In words: what the interval of a gap in percent allows to say. */
function judgeGap({ lower, upper }: Interval): string {
  const paper = lower <= PAPER_GAP_PERCENT && PAPER_GAP_PERCENT <= upper
    ? `the paper's ${PAPER_GAP_PERCENT} % lies inside the interval`
    : `the paper's ${PAPER_GAP_PERCENT} % lies outside the interval`;
  if (lower > 0) return `TD3 is ahead, and ${paper}`;
  if (upper < 0) return `DDPG is ahead, and ${paper}`;
  return `undetermined, since the interval contains 0; ${paper}`;
}

/**
 * What the data say on the paper's claim that TD3's reward is 1.72 % better than
 * DDPG's: a line for training, and one for the greedy policies.
 */
export function judgeFig05(comparisons: readonly Comparison[]): string[] {
  return comparisons.filter(({ unit }) => unit === "%")
    .map(({ quantity, ours }) => `${quantity}: ${judgeGap(ours)}`);
}

/** Comparisons as the rows of a table: quantity, paper, ours, 95 % interval. */
export function comparisonTable(
  comparisons: readonly Comparison[],
): string[][] {
  return [
    ["quantity", "paper", "ours", "95 % interval"],
    ...comparisons.map(({ quantity, paper, ours, unit }) => {
      const digits = unit === "%" ? 2 : 3;
      const show = (value: number) => value.toFixed(digits);
      const suffix = unit === "" ? "" : ` ${unit}`;
      return [
        quantity,
        paper,
        `${show(ours.estimate)}${suffix}`,
        `${show(ours.lower)} to ${show(ours.upper)}${suffix}`,
      ];
    }),
  ];
}
