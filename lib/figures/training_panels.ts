/**
 * What goes on inside learners while they are trained: a panel a quantity.
 *
 * @module
 */

import { type SeriesColors, seriesColors } from "./colors.ts";
import { panelTitle } from "./panels.ts";
import { requireRows } from "./require_rows.ts";
import {
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { houseTheme } from "./theme.ts";

/** A value of an episode. */
export interface TrainingPanelRow {
  /** Title of the panel. */
  readonly panel: string;
  /** The learner. */
  readonly series: string;
  /** Which of a panel's lines: the first is solid, the next are dashed. */
  readonly line?: string;
  /** Number of the episode. */
  readonly episode: number;
  /** The value. */
  readonly value: number;
}

/** How {@linkcode trainingPanelsFigure} draws its rows. */
export interface TrainingPanelsOptions {
  /** Title; by default `Inside the training`. */
  readonly title?: string;
  /** Panels with a logarithmic axis. */
  readonly logPanels?: readonly string[];
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
}

const act = "draw the training";

const DASHES = [[1, 0], [5, 3], [1, 3]];

/**
 * Lines over the episodes, panel below panel, in the order in which panels, series
 * and lines come first.
 *
 * @throws {RangeError} If there are no rows, or a number is not finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { trainingPanelsFigure } from "./training_panels.ts";
 *
 * const spec = trainingPanelsFigure([
 *   { panel: "Critic loss", series: "TD3", episode: 1, value: 2 },
 *   { panel: "Critic loss", series: "TD3", episode: 2, value: 1 },
 * ]);
 * assertEquals(spec.title, "Inside the training");
 * ```
 */
export function trainingPanelsFigure(
  rows: readonly TrainingPanelRow[],
  options: TrainingPanelsOptions = {},
): FigureSpec {
  requireRows(rows, ["episode", "value"], act);
  const { title = "Inside the training", logPanels = [] } = options;
  const series = [...new Set(rows.map((row) => row.series))];
  const lines = [...new Set(rows.flatMap(({ line }) => line ?? []))];
  const lastEpisode = Math.max(...rows.map(({ episode }) => episode));
  const panels = Map.groupBy(rows, ({ panel }) => panel);
  const color = {
    field: "series",
    type: "nominal" as const,
    title: null,
    scale: { domain: series, range: seriesColors(series, options.colors) },
    legend: { orient: "top" as const, symbolType: "stroke" },
  };
  const strokeDash = {
    field: "line",
    type: "nominal" as const,
    title: null,
    scale: {
      domain: lines,
      range: lines.map((_, i) => DASHES[i % DASHES.length]),
    },
    legend: { orient: "top" as const, symbolType: "stroke" },
  };
  const changes = [...panels].map(([panel, values]) => {
    const runs = Map.groupBy(
      values,
      ({ series, line }) => line === undefined ? series : `${series}, ${line}`,
    );
    const ends = [...runs].map(([name, run]) =>
      `${name} goes from ${roundSignificant(run[0].value, 3)} to ${
        roundSignificant(run[run.length - 1].value, 3)
      }`
    );
    return `${panel}: ${listText(ends)}.`;
  });
  return {
    $schema: vegaLiteSchema,
    config: houseTheme,
    description: `Lines over ${lastEpisode} episodes. ${changes.join(" ")}`,
    title,
    vconcat: [...panels].map(([panel, values], i) => ({
      width: 600,
      height: 150,
      title: panelTitle(panel),
      data: {
        values: values.map((row) => ({
          ...row,
          value: roundSignificant(row.value, 4),
        })),
      },
      mark: { type: "line" as const, strokeWidth: 1.8, clip: true },
      encoding: {
        x: {
          field: "episode",
          type: "quantitative" as const,
          title: i === panels.size - 1 ? "Episode" : null,
          scale: { nice: false, zero: false },
          axis: { tickMinStep: 1, format: "d" },
        },
        y: {
          field: "value",
          type: "quantitative" as const,
          title: null,
          scale: logPanels.includes(panel)
            ? { type: "log" as const, nice: false }
            : { zero: false },
          axis: { tickCount: 4, minExtent: 44 },
        },
        color,
        ...values.some(({ line }) => line !== undefined) && { strokeDash },
        tooltip: [
          { field: "series", type: "nominal" as const },
          ...values.some(({ line }) => line !== undefined)
            ? [{ field: "line", type: "nominal" as const, title: "of" }]
            : [],
          { field: "episode", type: "quantitative" as const },
          { field: "value", type: "quantitative" as const, title: panel },
        ],
      },
    })),
  };
}
