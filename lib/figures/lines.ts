/**
 * Lines through points: what a lesson computes by itself, not over seeds.
 *
 * @module
 */

import { type SeriesColors, seriesColors } from "./colors.ts";
import { dashedSeries, extent, panelTitle, panelWidth } from "./panels.ts";
import { requireRows } from "./require_rows.ts";
import {
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** A point of a line. */
export interface LineRow {
  /** Name of the line. */
  readonly series: string;
  /** Where the point stands. */
  readonly x: number;
  /** Its value. */
  readonly y: number;
  /** Title of its panel, if there are several. */
  readonly panel?: string;
  /** Whether the point is ringed, such as a minimum. */
  readonly isMarked?: boolean;
}

/** How {@linkcode linesFigure} draws its rows. */
export interface LinesFigureOptions {
  /** Title of the figure: what there is to see. */
  readonly title: string;
  /** Lines below the title. */
  readonly subtitle?: readonly string[];
  /** Title of the horizontal axis, with its unit. */
  readonly xTitle: string;
  /** Title of the vertical axis, with its unit. */
  readonly yTitle: string;
  /** Whether the vertical axis begins at 0 where no value is below; by default not. */
  readonly fromZero?: boolean;
  /** Series that are dashed, such as bounds. */
  readonly dashed?: readonly string[];
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
}

const act = "draw the lines";

/** What a figure shows, for those who do not see it. */
function describe(
  rows: readonly LineRow[],
  { title, xTitle, yTitle }: LinesFigureOptions,
  panels: readonly string[],
): string {
  const short = (value: number) => String(roundSignificant(value, 3));
  const range = (values: readonly number[]) => {
    const [least, greatest] = extent(values);
    return `from ${short(least)} to ${short(greatest)}`;
  };
  const series = [...new Set(rows.map((row) => row.series))];
  return [
    `${title}.`,
    `Lines: ${listText(series)}.`,
    ...panels.length > 1 ? [`Panels: ${listText(panels)}.`] : [],
    `${xTitle} ${range(rows.map(({ x }) => x))},`,
    `${yTitle} ${range(rows.map(({ y }) => y))}.`,
  ].join(" ");
}

/** The panel of some rows. */
function drawPanel(
  title: string,
  rows: readonly LineRow[],
  look: LinesFigureOptions & {
    readonly series: readonly string[];
    readonly range: readonly string[];
    readonly width: number;
  },
) {
  const { series, range, width, dashed = [], fromZero = false } = look;
  const isWhole = rows.every(({ x }) => Number.isInteger(x));
  const legend = series.length === 1 ? null : {
    orient: "right" as const,
    symbolType: "stroke" as const,
    symbolOpacity: 1,
    symbolSize: 400,
    symbolStrokeWidth: 2.5,
    labelLimit: 220,
  };
  return {
    ...title === "" ? {} : { title: panelTitle(title) },
    width,
    height: 260,
    data: {
      values: rows.map(({ series, x, y, isMarked = false }) => ({
        series,
        x: roundSignificant(x, 6),
        y: roundSignificant(y, 6),
        ...isMarked ? { isMarked } : {},
      })),
    },
    encoding: {
      x: {
        field: "x",
        type: "quantitative" as const,
        title: look.xTitle,
        axis: {
          grid: false,
          tickCount: 6,
          labelFlush: false,
          ...isWhole ? { format: "d", tickMinStep: 1 } : {},
        },
        scale: { domain: extent(rows.map(({ x }) => x)), nice: false },
      },
      y: {
        field: "y",
        type: "quantitative" as const,
        title: look.yTitle,
        axis: { minExtent: 32, tickCount: 6 },
        scale: { zero: fromZero, nice: 6 },
      },
      color: {
        field: "series",
        type: "nominal" as const,
        title: null,
        scale: { domain: [...series], range: [...range] },
        legend,
      },
    },
    layer: [
      {
        mark: { type: "line" as const, strokeWidth: 2 },
        encoding: {
          strokeDash: dashedSeries(series, dashed, legend),
        },
      },
      {
        mark: {
          type: "point" as const,
          filled: true,
          opacity: 1,
          size: 36,
          tooltip: true,
        },
      },
      ...rows.some(({ isMarked }) => isMarked)
        ? [{
          transform: [{ filter: "datum.isMarked" }],
          mark: {
            type: "point" as const,
            filled: false,
            size: 170,
            strokeWidth: 2,
            opacity: 1,
          },
          encoding: { color: { value: inkColor } },
        }]
        : [],
    ],
  };
}

/**
 * A line a series through its points, in a panel or several side by side; some points
 * ringed. For numbers that come from one computation: what varies over seeds is drawn
 * by `metricFigure`, with intervals.
 *
 * Lines go from left to right. Each panel has axes of its own.
 *
 * @param rows One for every point; series and panels in order of first appearance.
 * @param options `title`, `xTitle` and `yTitle` are required.
 * @throws {RangeError} If there are no rows, or a number is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linesFigure } from "./lines.ts";
 *
 * const rows = [4, 1, 2].map((y, x) => (
 *   { series: "U = 10", x, y, isMarked: y === 1 }
 * ));
 * const spec = linesFigure(rows, {
 *   title: "The best is in the middle",
 *   xTitle: "Models",
 *   yTitle: "Objective G",
 * });
 * assertEquals(
 *   spec.description,
 *   "The best is in the middle. Lines: U = 10. Models from 0 to 2, Objective G from 1 to 4.",
 * );
 * ```
 */
export function linesFigure(
  rows: readonly LineRow[],
  options: LinesFigureOptions,
): FigureSpec {
  requireRows(rows, ["x", "y"], act);
  const series = [...new Set(rows.map((row) => row.series))];
  const range = seriesColors(series, options.colors);
  const panels = [...new Set(rows.map(({ panel = "" }) => panel))];
  const width = panels.length === 1
    ? 480
    : panelWidth(panels.length) - Math.ceil(130 / panels.length);
  const look = { ...options, series, range, width };
  return {
    $schema: vegaLiteSchema,
    description: describe(rows, options, panels),
    title: { text: options.title, subtitle: [...options.subtitle ?? []] },
    spacing: 18,
    hconcat: panels.map((title) =>
      drawPanel(
        title,
        rows.filter(({ panel = "" }) => panel === title),
        look,
      )
    ),
    config: houseTheme,
  };
}
