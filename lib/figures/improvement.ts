/**
 * Probabilities of improvement over a method.
 *
 * @module
 */

import { type SeriesColors, seriesColors } from "./colors.ts";
import { describeEstimates } from "./describe.ts";
import { estimatesPage, statisticPanel } from "./interval_estimates.ts";
import { inMethodOrder, markNotes } from "./series_names.ts";
import { type FigureSpec, roundSignificant, vegaLiteSchema } from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** How probable it is that a method is better than another. */
export interface ImprovementRow {
  /** The method. */
  readonly series: string;
  /** The probability. */
  readonly estimate: number;
  /** Lower end of its interval; null without one. */
  readonly lower: number | null;
  /** Upper end of its interval; null without one. */
  readonly upper: number | null;
}

/** How {@linkcode improvementFigure} draws its rows. */
export interface ImprovementOptions {
  /** What the runs are, for the subtitle: for example `Quick profile`. */
  readonly profile: string;
  /** The method that the others are compared with. */
  readonly baseline: string;
  /** What better is measured by: `objective G`. */
  readonly metric: string;
  /** Whether runs of common traces are compared, or all with all. */
  readonly pairs: "traces" | "all";
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
}

const ACT = "draw probabilities of improvement";

/**
 * The probability that each method is better than a baseline, with its 95 % interval
 * by the stratified bootstrap (Agarwal et al. 2021), and a line at one half.
 *
 * @throws {RangeError} If there are no rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { improvementFigure } from "./improvement.ts";
 *
 * const rows = [{ series: "PCRAS", estimate: 0.9, lower: 0.8, upper: 1 }];
 * const spec = improvementFigure(rows, {
 *   profile: "An example",
 *   baseline: "TD3",
 *   metric: "objective G",
 *   pairs: "traces",
 * });
 * assertEquals(spec.title, {
 *   text: "Probability of being better than TD3",
 *   subtitle: [
 *     "An example: by objective G, on common traces.",
 *     "Bars: 95 % intervals by the stratified bootstrap over seeds.",
 *   ],
 * });
 * ```
 */
export function improvementFigure(
  given: readonly ImprovementRow[],
  { profile, baseline, metric, pairs, colors }: ImprovementOptions,
): FigureSpec {
  if (given.length === 0) {
    throw new RangeError(`Cannot ${ACT}: rows must be at least 1 row, got 0`);
  }
  const rows = inMethodOrder(given);
  const series = rows.map((row) => row.series);
  const round = (value: number | null) =>
    value === null ? null : roundSignificant(value, 5);
  const points = rows.map((row) => ({
    series: row.series,
    statistic: "",
    estimate: roundSignificant(row.estimate, 5),
    lower: round(row.lower),
    upper: round(row.upper),
  }));
  const score = `P(better than ${baseline})`;
  const panel = statisticPanel("", points, {
    series,
    colors: seriesColors(series, colors),
    score,
    isFirst: true,
    domain: [0, 1],
    width: 480,
  });
  const half = {
    mark: { type: "rule" as const, color: inkColor, strokeDash: [4, 4] },
    encoding: {
      x: { datum: 0.5, type: "quantitative" as const },
      y: { value: 0 },
      y2: { value: "height" as const },
      color: { value: inkColor },
    },
  };
  return {
    $schema: vegaLiteSchema,
    ...panel,
    description: describeEstimates(
      `Probability of being better than ${baseline} by ${metric}`,
      points,
    ),
    title: {
      text: `Probability of being better than ${baseline}`,
      subtitle: [
        `${profile}: by ${metric}, ${
          pairs === "traces" ? "on common traces" : "over all pairs of runs"
        }.`,
        rows.every(({ lower }) => lower === null)
          ? "One seed a method, so there is no interval."
          : "Bars: 95 % intervals by the stratified bootstrap over seeds.",
        ...markNotes(series),
      ],
    },
    layer: [half, ...panel.layer],
    config: houseTheme,
    usermeta: { page: estimatesPage(points, score) },
  };
}
