/**
 * Figures in words: what alternative texts and Vega's `description` say.
 *
 * @module
 */

import { mean, meanInterval } from "../stats/statistics.ts";
import { extent } from "./panels.ts";
import type { ConvergenceRow, MetricRow } from "./rows.ts";
import { listText } from "./spec.ts";

/** Digits of numbers in a text. */
const DIGITS = 3;

/** A number as texts have it: three digits, and a true minus sign. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(DIGITS))).replace("-", "−");
}

/** "0.5 to 0.7". */
export function rangeText(
  [least, greatest]: readonly [number, number],
): string {
  return `${numberText(least)} to ${numberText(greatest)}`;
}

/** "5 seeds each", "3 to 5 seeds each", "1 seed". */
function seedsText(counts: readonly number[]): string {
  const [least, greatest] = extent(counts);
  const numbers = least === greatest ? `${least}` : `${least} to ${greatest}`;
  const each = counts.length > 1 ? " each" : "";
  return `${numbers} seed${greatest === 1 ? "" : "s"}${each}`;
}

/** A name of a series, in quotes where it has commas of its own. */
function nameText(name: string): string {
  return name.includes(",") ? `“${name}”` : name;
}

/** Names in a list. */
function namesText(names: readonly string[]): string {
  return listText(names.map(nameText));
}

/** What a series comes to at the end of a figure, seed by seed. */
export interface SeriesEnd {
  /** Which series. */
  readonly series: string;
  /** Its values, by seed. */
  readonly values: ReadonlyMap<number, number>;
}

/** "0.5 (95 % interval 0.4 to 0.6)", without an interval for a single seed. */
function estimateText(values: readonly number[]): string {
  const text = numberText(mean(values));
  if (values.length < 2) return text;
  const { lower, upper } = meanInterval(values);
  return `${text} (95 % interval ${rangeText([lower, upper])})`;
}

/** Whether two series can be told apart by their seeds. */
function differenceText(best: SeriesEnd, next: SeriesEnd): string {
  const both = [...best.values.keys()].filter((seed) => next.values.has(seed));
  if (both.length < 2) return "";
  const { lower, upper } = meanInterval(
    both.map((seed) => best.values.get(seed)! - next.values.get(seed)!),
  );
  return ` (paired by seed: ${rangeText([lower, upper])}${
    lower <= 0 && upper >= 0 ? ", so they are not told apart" : ""
  })`;
}

/**
 * Which series ends best, by how much, and with what interval; nothing of a single
 * series but its value.
 *
 * @param better Whether more is better.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { findingText } from "./describe.ts";
 *
 * const ends = [
 *   { series: "TD3", values: new Map([[0, 0.5]]) },
 *   { series: "DDPG", values: new Map([[0, 0.75]]) },
 * ];
 * assertEquals(
 *   findingText(ends, "higher"),
 *   "DDPG ends best at 0.75, 0.25 above TD3 at 0.5.",
 * );
 * ```
 */
export function findingText(
  ends: readonly SeriesEnd[],
  better: "higher" | "lower",
): string {
  const middle = (end: SeriesEnd) => mean([...end.values.values()]);
  const sign = better === "higher" ? -1 : 1;
  const [best, next] = ends.toSorted((a, b) => sign * (middle(a) - middle(b)));
  const text = `at ${estimateText([...best.values.values()])}`;
  if (next === undefined) return `${nameText(best.series)} ends ${text}.`;
  const distance = Math.abs(middle(best) - middle(next));
  return `${nameText(best.series)} ends best ${text}, ${numberText(distance)} ${
    better === "higher" ? "above" : "below"
  } ${nameText(next.series)} at ${numberText(middle(next))}${
    differenceText(best, next)
  }.`;
}

/**
 * Learning curves in words: axes, series, ranges, and which series ends best over the
 * last episodes of every run.
 *
 * @param rows Every episode of every run; at least one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { describeCurves } from "./describe.ts";
 *
 * const rows = [-8, -7, -6].map((episodeReturn, i) => (
 *   { series: "TD3", seed: 0, episode: i + 1, episodeReturn }
 * ));
 * assertEquals(
 *   describeCurves(rows, { title: "Training", lastEpisodes: 2 }),
 *   "Training. Lines of the episode return Σₜ r(t), which has no unit, from −8 to −6 " +
 *     "over episodes 1 to 3. 1 series, 1 seed: TD3. Mean of the last 2 episodes: " +
 *     "TD3 ends at −6.5.",
 * );
 * ```
 */
export function describeCurves(
  rows: readonly ConvergenceRow[],
  { title, lastEpisodes }: {
    /** What the figure is called. */
    readonly title: string;
    /** Over how many last episodes of a run its end is averaged. */
    readonly lastEpisodes: number;
  },
): string {
  const runs = Map.groupBy(rows, ({ series }) => series);
  const ends = [...runs].map(([series, own]): SeriesEnd => ({
    series,
    values: new Map(
      [...Map.groupBy(own, ({ seed }) => seed)].map(([seed, run]) => [
        seed,
        mean(
          run.toSorted((a, b) => a.episode - b.episode).slice(-lastEpisodes)
            .map(({ episodeReturn }) => episodeReturn),
        ),
      ]),
    ),
  }));
  const returns = extent(rows.map(({ episodeReturn }) => episodeReturn));
  const episodes = extent(rows.map(({ episode }) => episode));
  const last = lastEpisodes === 1
    ? "In the last episode"
    : `Mean of the last ${lastEpisodes} episodes`;
  return `${title}. Lines of the episode return Σₜ r(t), which has no unit, from ${
    rangeText(returns)
  } over episodes ${episodes[0]} to ${episodes[1]}. ${ends.length} series, ${
    seedsText(ends.map(({ values }) => values.size))
  }: ${namesText(ends.map(({ series }) => series))}. ${last}: ${
    findingText(ends, "higher")
  }`;
}

/** What {@linkcode describeMetric} is told beside the rows. */
export interface DescribeMetricOptions {
  /** What the figure is called. */
  readonly title: string;
  /** The vertical axis, with its unit. */
  readonly axis: string;
  /** The horizontal axis. */
  readonly xTitle: string;
  /** What a place is called: `U`. */
  readonly symbol: string;
  /** Whether more is better; by default nothing is said of which is best. */
  readonly better?: "higher" | "lower";
  /** Series that give the scale: the others are compared with each other, too. */
  readonly scale?: readonly string[];
}

/**
 * A metric of methods in words: axes, series, ranges, and which series is best at the
 * last place.
 *
 * @param rows One per method, place and seed; at least one.
 */
export function describeMetric(
  rows: readonly MetricRow[],
  options: DescribeMetricOptions,
): string {
  const { title, axis, xTitle, symbol, better, scale = [] } = options;
  const series = [...new Set(rows.map((row) => row.series))];
  const numbers = rows.map(({ x }) => x).filter((x) => typeof x === "number");
  const areNumbers = numbers.length === rows.length;
  const last = areNumbers ? extent(numbers)[1] : rows[rows.length - 1].x;
  const places = areNumbers
    ? rangeText(extent(numbers))
    : listText([...new Set(rows.map(({ x }) => String(x)))]);
  const ends = series.map((name): SeriesEnd => ({
    series: name,
    values: new Map(
      rows.filter((row) => row.series === name && row.x === last)
        .map(({ seed, value }) => [seed, value]),
    ),
  })).filter(({ values }) => values.size > 0);
  const own = ends.filter((end) => !scale.includes(end.series));
  const means = [
    ...Map.groupBy(rows, (row) => JSON.stringify([row.series, row.x])).values(),
  ].map((group) => mean(group.map(({ value }) => value)));
  const finding = better === undefined
    ? `means of ${
      ends.map((end) =>
        `${nameText(end.series)} ${numberText(mean([...end.values.values()]))}`
      ).join(", ")
    }.`
    : findingText(ends, better);
  const rivals = better !== undefined && own.length > 1 &&
      own.length < ends.length
    ? ` Of ${namesText(own.map((end) => end.series))}, ${
      findingText(own, better)
    }`
    : "";
  return `${title}. ${xTitle}: ${places}. ${axis}: means from ${
    rangeText(extent(means))
  }. ${series.length} series, ${
    seedsText(series.map((name) =>
      new Set(
        rows.filter((row) => row.series === name).map((row) => row.seed),
      )
        .size
    ))
  }: ${namesText(series)}. At ${symbol} = ${last}: ${finding}${rivals}`;
}

/** An estimate in a text: of what, its value, and its interval if it has one. */
export interface DescribedEstimate {
  /** Of what. */
  readonly series: string;
  /** Its value. */
  readonly estimate: number;
  /** Lower end of its interval; null without one. */
  readonly lower: number | null;
  /** Upper end of its interval; null without one. */
  readonly upper: number | null;
}

/**
 * Estimates in words: one after the other, with their intervals.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { describeEstimates } from "./describe.ts";
 *
 * assertEquals(
 *   describeEstimates("Mean of G", [
 *     { series: "TD3", estimate: 7.25, lower: 7, upper: 7.5 },
 *   ]),
 *   "Mean of G: TD3 7.25 (95 % interval 7 to 7.5).",
 * );
 * ```
 */
export function describeEstimates(
  what: string,
  estimates: readonly DescribedEstimate[],
): string {
  return `${what}: ${
    estimates.map(({ series, estimate, lower, upper }) =>
      `${nameText(series)} ${numberText(estimate)}${
        lower === null || upper === null
          ? ""
          : ` (95 % interval ${rangeText([lower, upper])})`
      }`
    ).join("; ")
  }.`;
}
