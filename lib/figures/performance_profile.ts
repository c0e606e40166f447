/**
 * Performance profiles of methods.
 *
 * @module
 */

import {
  performanceProfile,
  performanceProfileIntervals,
} from "../stats/performance_profile.ts";
import type { SeriesScores } from "../stats/score_rows.ts";
import { meanScore } from "../stats/scores.ts";
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
import { axisDomain, extent, seriesChannel } from "./panels.ts";
import { type FigureSpec, roundSignificant, vegaLiteSchema } from "./spec.ts";
import { houseTheme } from "./theme.ts";

/** How {@linkcode performanceProfileFigure} draws its rows. */
export interface PerformanceProfileOptions extends MethodScoresOptions {
  /** Whether more is better; by default `"higher"`. */
  readonly better?: "higher" | "lower";
}

const act = "draw the performance profile";

/** Steps from the least to the greatest score. */
const STEPS = 100;

/** Steps beyond both, so that lines are seen to begin at 1 and end at 0. */
const MARGIN = 2;

/** Characters of the legend in a row. */
const LEGEND_CHARACTERS = 80;

/** A point of a profile. */
interface Point {
  readonly series: string;
  readonly threshold: number;
  readonly share: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Thresholds from below the least to above the greatest score of all methods. */
function thresholdsOf(methods: readonly SeriesScores[]): number[] {
  const [least, greatest] = axisDomain(
    methods.flatMap(({ scores }) => scores.flatMap((row) => Array.from(row))),
  );
  const step = (greatest - least) / STEPS;
  return Array.from(
    { length: STEPS + 2 * MARGIN + 1 },
    (_, k) => least + step * (k - MARGIN),
  );
}

/** The legend, in as many columns as long names leave room for. */
function legendOf(series: readonly string[], colors: readonly string[]) {
  const channel = seriesChannel(series, colors);
  const lengths = series.map((name) => name.length + 3);
  const fits = lengths.reduce((sum, length) => sum + length) <=
    LEGEND_CHARACTERS;
  const columns = Math.floor(LEGEND_CHARACTERS / Math.max(...lengths));
  return {
    ...channel,
    legend: {
      ...channel.legend,
      labelLimit: 600,
      ...(fits ? {} : { columns: Math.max(1, columns) }),
    },
  };
}

function pointsOf(
  { series, scores }: SeriesScores,
  thresholds: readonly number[],
  options: PerformanceProfileOptions,
): Point[] {
  const sign = options.better === "lower" ? -1 : 1;
  const oriented = scores.map((row) =>
    Float64Array.from(row, (value) => sign * value)
  );
  const bounds = thresholds.map((threshold) => sign * threshold);
  const intervals = scores.length === 1
    ? Array.from(
      performanceProfile(oriented, bounds),
      (estimate) => ({ estimate, lower: null, upper: null }),
    )
    : performanceProfileIntervals(
      oriented,
      bounds,
      bootstrapOf(series, options),
    );
  const round = (value: number | null) =>
    value === null ? null : roundSignificant(value, 4);
  return intervals.map(({ estimate, lower, upper }, k) => ({
    series,
    threshold: roundSignificant(thresholds[k], 5),
    share: roundSignificant(estimate, 4),
    lower: round(lower),
    upper: round(upper),
  }));
}

/** Steps from one row of the table to the next. */
const TABLE_STEP = 10;

/** What the profile can do on a page; its table has every tenth threshold. */
function pageOf(points: readonly Point[], score: string): PageParts {
  const columns = [
    { field: "series", title: "Series" },
    { field: "threshold", title: score },
    { field: "share", title: "Share of better runs" },
    { field: "lower", title: "95 % interval from" },
    { field: "upper", title: "95 % interval to" },
  ];
  const perSeries = STEPS + 2 * MARGIN + 1;
  return {
    tooltips: { share: columns },
    columns,
    rows: points.filter((_, k) =>
      k % perSeries % TABLE_STEP === MARGIN % TABLE_STEP
    ).map((point) => ({ ...point })),
  };
}

/**
 * The share of runs that are better than each threshold, for every method, with
 * pointwise 95 % bands by the stratified bootstrap (Agarwal et al. 2021). A line
 * above another everywhere is a method that is better in every respect.
 *
 * Scores of all tasks are put together: they should have one scale, as skills do.
 *
 * @param rows One for every method, task and seed; methods appear in the order
 * of the registry, others after them in that of their first rows. Seeds that lack a task do not count.
 * @param options `profile` and `score` are required.
 * @throws {RangeError} If no method has a complete seed or a number is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { performanceProfileFigure } from "./performance_profile.ts";
 *
 * const rows = [{ series: "TD3", task: "all", seed: 0, value: 0.5 }];
 * const spec = performanceProfileFigure(rows, { profile: "An example", score: "Skill" });
 * assertEquals(spec.title, {
 *   text: "Performance profiles",
 *   subtitle: [
 *     "An example: 1 task, 1 seed.",
 *     "One seed a method, so there is no interval.",
 *   ],
 * });
 * ```
 */
export function performanceProfileFigure(
  rows: readonly MethodScoreRow[],
  options: PerformanceProfileOptions,
): FigureSpec {
  const methods = requireScores(rows, act);
  const series = methods.map((method) => method.series);
  const thresholds = thresholdsOf(methods);
  const points = methods.flatMap((method) =>
    pointsOf(method, thresholds, options)
  );
  const isLower = options.better === "lower";
  const y = (field: string) => ({
    field,
    type: "quantitative" as const,
    title: `Share of runs with a ${isLower ? "lower" : "higher"} value`,
    axis: { format: "%", tickCount: 6 },
    scale: { domain: [0, 1] },
  });
  // A share holds from its threshold to the next better one.
  const interpolate = isLower ? "step-before" as const : "step-after" as const;
  const bands = {
    transform: [{ filter: { field: "lower", valid: true } }],
    mark: { type: "area" as const, opacity: 0.18, interpolate },
    encoding: { y: y("lower"), y2: { field: "upper" } },
  };
  return {
    $schema: vegaLiteSchema,
    description: `Performance profiles: lines of the share of runs with a ${
      isLower ? "lower" : "higher"
    } value than each ${options.score}. ${
      describeEstimates(
        "Mean",
        methods.map((one) => ({
          series: one.series,
          estimate: meanScore(one.scores),
          lower: null,
          upper: null,
        })),
      )
    }`,
    title: {
      text: "Performance profiles",
      subtitle: subtitleOf(methods, options, "Bands"),
    },
    width: 640,
    height: 320,
    data: { values: points.map((point) => ({ ...point })) },
    encoding: {
      x: {
        field: "threshold",
        type: "quantitative",
        title: options.score,
        axis: { grid: false, tickCount: 8 },
        scale: {
          domain: extent(points.map(({ threshold }) => threshold)),
          nice: false,
          zero: false,
          // From bad on the left to good, whichever is better.
          reverse: isLower,
        },
      },
      color: legendOf(series, seriesColors(series, options.colors)),
    },
    layer: [
      ...(points.some(({ lower }) => lower !== null) ? [bands] : []),
      {
        mark: { type: "line", strokeWidth: 2, interpolate },
        encoding: { y: y("share") },
      },
    ],
    config: houseTheme,
    usermeta: { page: pageOf(points, options.score) },
  };
}
