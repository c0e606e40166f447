/**
 * Ours beside the paper's numbers: Fig. 5.
 *
 * @module
 */

import { type Interval, meanInterval } from "../../stats/statistics.ts";
import type { ExperimentRows } from "./aggregate.ts";
import {
  finalRows,
  improvementPercent,
  meanBySeed,
  type MeasuredRows,
} from "./series_summary.ts";

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

/** What the paper says of Fig. 5: TD3's reward is better by this many percent. */
const PAPER_GAP_PERCENT = 1.72;

/**
 * The numbers that the text on Fig. 5 states, and those that put them in place.
 *
 * "Training" means the last fifth of the episodes, exploration noise included;
 * "greedy" the last evaluation, on test traces. Needs at least two seeds.
 */
export function compareFig05(rows: ExperimentRows): Comparison[] {
  const { training, greedy } = finalRows(rows);
  const compare = (
    name: string,
    source: MeasuredRows,
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
    ours: meanInterval([...meanBySeed(greedy, series, "hitRate").values()]),
    unit: "",
  });
  return [
    ...compare("training", training, `${PAPER_GAP_PERCENT} %`),
    ...compare("greedy", greedy, "–"),
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
