/**
 * Mean, interquartile mean and median of methods with their intervals.
 *
 * @module
 */

import type { SeriesScores } from "../stats/score_rows.ts";
import {
  interquartileMeanScore,
  meanScore,
  medianScore,
  type ScoreStatistic,
} from "../stats/scores.ts";
import { stratifiedIntervals } from "../stats/stratified_bootstrap.ts";
import { seriesColors } from "./colors.ts";
import {
  bootstrapOf,
  type MethodScoreRow,
  type MethodScoresOptions,
  requireScores,
  subtitleOf,
} from "./method_scores.ts";
import { describeEstimates } from "./describe.ts";
import type { PageParts } from "./page_parts.ts";
import { axisDomain, panelTitle } from "./panels.ts";
import { type FigureSpec, roundSignificant, vegaLiteSchema } from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

const act = "draw interval estimates";

const STATISTICS: Readonly<Record<string, ScoreStatistic>> = {
  "Interquartile mean": interquartileMeanScore,
  "Mean": meanScore,
  "Median of task means": medianScore,
};

/** A statistic of a method. */
export interface StatisticPoint {
  /** The method. */
  readonly series: string;
  /** The statistic, which is the title of its panel. */
  readonly statistic: string;
  /** Its value. */
  readonly estimate: number;
  /** Lower end of its interval; null without one. */
  readonly lower: number | null;
  /** Upper end of its interval; null without one. */
  readonly upper: number | null;
}

function pointsOf(
  { series, scores }: SeriesScores,
  options: MethodScoresOptions,
): StatisticPoint[] {
  const names = Object.keys(STATISTICS);
  const all = (matrix: SeriesScores["scores"]) =>
    names.map((name) => STATISTICS[name](matrix));
  const round = (value: number) => roundSignificant(value, 5);
  if (scores.length === 1) {
    return all(scores).map((estimate, i) => ({
      series,
      statistic: names[i],
      estimate: round(estimate),
      lower: null,
      upper: null,
    }));
  }
  return stratifiedIntervals(
    [scores],
    ([sample]) => all(sample),
    bootstrapOf(series, options),
  ).map(({ estimate, lower, upper }, i) => ({
    series,
    statistic: names[i],
    estimate: round(estimate),
    lower: round(lower),
    upper: round(upper),
  }));
}

/** Pixels of a method's line. */
const LINE = 26;

/** Pixels of a panel. */
const WIDTH = 190;

/** A panel of a statistic: a line a method, with its interval. */
export function statisticPanel(
  statistic: string,
  points: readonly StatisticPoint[],
  look: {
    readonly series: readonly string[];
    readonly colors: readonly string[];
    readonly score: string;
    readonly isFirst: boolean;
    /** The axis; by default what the intervals need. */
    readonly domain?: readonly [number, number];
    /** Width in pixels; by default that of one of three panels. */
    readonly width?: number;
  },
) {
  const { series, colors, score, isFirst } = look;
  const own = points.filter((point) => point.statistic === statistic);
  const ends = own.flatMap(({ estimate, lower, upper }) => [
    estimate,
    lower ?? estimate,
    upper ?? estimate,
  ]);
  const x = (field: string) => ({
    field,
    type: "quantitative" as const,
    title: score,
    axis: { tickCount: 4 },
    scale: {
      domain: [...look.domain ?? axisDomain(ends)],
      zero: false,
      nice: look.domain === undefined ? 4 : false,
    },
  });
  const intervals = {
    transform: [{ filter: { field: "lower", valid: true } }],
    mark: {
      type: "rule" as const,
      strokeWidth: 12,
      strokeCap: "butt" as const,
      opacity: 0.45,
    },
    encoding: { x: x("lower"), x2: { field: "upper" } },
  };
  return {
    title: panelTitle(statistic),
    width: look.width ?? WIDTH,
    height: LINE * series.length,
    data: { values: own.map((point) => ({ ...point })) },
    encoding: {
      y: {
        field: "series",
        type: "nominal" as const,
        title: null,
        scale: { domain: [...series] },
        axis: {
          labels: isFirst,
          labelLimit: 260,
          ticks: false,
          domain: false,
          grid: false,
        },
      },
      color: {
        field: "series",
        type: "nominal" as const,
        scale: { domain: [...series], range: [...colors] },
        legend: null,
      },
    },
    layer: [
      ...(own.some(({ lower }) => lower !== null) ? [intervals] : []),
      {
        mark: {
          type: "tick" as const,
          color: inkColor,
          thickness: 2,
          size: 16,
        },
        encoding: { x: x("estimate"), color: { value: inkColor } },
      },
    ],
  };
}

/**
 * What figures of estimates can do on a page.
 *
 * @param score What is estimated, in the head of the table's column.
 */
export function estimatesPage(
  points: readonly StatisticPoint[],
  score: string,
): PageParts {
  const hasStatistics = points.some(({ statistic }) => statistic !== "");
  const fields = [
    { field: "series", title: "Series" },
    { field: "estimate", title: score },
    ...points.some(({ lower }) => lower !== null)
      ? [
        { field: "lower", title: "95 % interval from" },
        { field: "upper", title: "95 % interval to" },
      ]
      : [],
  ];
  return {
    tooltips: { series: fields },
    columns: [
      ...hasStatistics ? [{ field: "statistic", title: "Statistic" }] : [],
      ...fields,
    ],
    rows: points.map((point) => ({ ...point })),
  };
}

/**
 * Interquartile mean, mean and median of every method, with 95 % intervals by the
 * stratified bootstrap (Agarwal et al. 2021).
 *
 * @param rows One for every method, task and seed; methods appear in the order
 * of the registry, others after them in that of their first rows. Seeds that lack a task do not count.
 * @param options `profile` and `score` are required.
 * @throws {RangeError} If no method has a complete seed or a number is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { intervalEstimatesFigure } from "./interval_estimates.ts";
 *
 * const rows = [3, 4, 5].map((value, seed) => (
 *   { series: "TD3", task: "users=5", seed, value }
 * ));
 * const spec = intervalEstimatesFigure(rows, { profile: "An example", score: "G" });
 * assertEquals(spec.title, {
 *   text: "Methods over all tasks",
 *   subtitle: [
 *     "An example: 1 task, 3 seeds.",
 *     "Bars: 95 % intervals by the stratified bootstrap over seeds.",
 *   ],
 * });
 * ```
 */
export function intervalEstimatesFigure(
  rows: readonly MethodScoreRow[],
  options: MethodScoresOptions,
): FigureSpec {
  const methods = requireScores(rows, act);
  const series = methods.map((method) => method.series);
  const colors = seriesColors(series, options.colors);
  const points = methods.flatMap((method) => pointsOf(method, options));
  return {
    $schema: vegaLiteSchema,
    description: `Methods over all tasks. ${
      Object.keys(STATISTICS).map((statistic) =>
        describeEstimates(
          `${statistic} of ${options.score}`,
          points.filter((point) => point.statistic === statistic),
        )
      ).join(" ")
    }`,
    title: {
      text: "Methods over all tasks",
      subtitle: subtitleOf(methods, options, "Bars"),
    },
    spacing: 22,
    hconcat: Object.keys(STATISTICS).map((statistic, index) =>
      statisticPanel(statistic, points, {
        series,
        colors,
        score: options.score,
        isFirst: index === 0,
      })
    ),
    config: houseTheme,
    usermeta: { page: estimatesPage(points, options.score) },
  };
}
