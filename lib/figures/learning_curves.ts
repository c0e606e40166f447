/**
 * Learning curves of learners in several worlds.
 *
 * @module
 */

import { type SeriesColors, seriesColors } from "./colors.ts";
import { convergenceCurves, CURVE_FIELDS } from "./curves.ts";
import {
  curvesPanel,
  drawnPoints,
  intervalsText,
  meanFields,
  readableBin,
} from "./curves_panel.ts";
import {
  episodeAxis,
  extent,
  panelRows,
  panelWidth,
  seriesChannel,
} from "./panels.ts";
import { curvesPage } from "./curves_page.ts";
import { describeCurves } from "./describe.ts";
import { intervalBars } from "./interval_bars.ts";
import { requireRows } from "./require_rows.ts";
import type { ConvergenceRow } from "./rows.ts";
import { inMethodOrder, markNotes } from "./series_names.ts";
import { type FigureSpec, vegaLiteSchema } from "./spec.ts";
import { houseTheme } from "./theme.ts";

/** The return of a training episode of a run in one of several worlds. */
export interface LearningRow extends ConvergenceRow {
  /** The world, for example `"users=5"`. */
  readonly task: string;
}

/** How {@linkcode learningCurvesFigure} draws its rows. */
export interface LearningCurvesOptions {
  /** What the runs are, for the subtitle: for example `Quick profile`. */
  readonly profile: string;
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
}

/** Most points of a curve. */
const MOST_POINTS = 50;

/**
 * A panel a world with the mean return of every learner over its training, in bins of
 * episodes, and the 95 % interval of that mean over seeds.
 *
 * @param given Every episode of every run; runs of a series in a world have the same
 * episodes.
 * @throws {RangeError} If there are no rows, a number is not finite, or runs of a
 * series in a world differ in their episodes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { learningCurvesFigure } from "./learning_curves.ts";
 *
 * const rows = [-9, -8, -7].map((episodeReturn, episode) => (
 *   { series: "TD3", task: "all", seed: 0, episode, episodeReturn }
 * ));
 * const spec = learningCurvesFigure(rows, { profile: "An example" });
 * assertEquals(spec.title, {
 *   text: "Learning curves",
 *   subtitle: ["An example. Lines: single runs."],
 * });
 * ```
 */
export function learningCurvesFigure(
  given: readonly LearningRow[],
  { profile, colors: own }: LearningCurvesOptions,
): FigureSpec {
  requireRows(given, CURVE_FIELDS, "draw the learning curves");
  const rows = inMethodOrder(given);
  const series = [...new Set(rows.map((row) => row.series))];
  const color = seriesChannel(series, seriesColors(series, own));
  const episodes = rows.map(({ episode }) => episode);
  const binEpisodes = readableBin(extent(episodes)[1], MOST_POINTS);
  const panels = [...Map.groupBy(rows, ({ task }) => task)].map(
    ([task, some]) => ({
      task,
      points: convergenceCurves(some, { order: 0, binEpisodes }),
    }),
  );
  const hasIntervals = panels.some(({ points }) =>
    points.some(({ seeds }) => seeds > 1)
  );
  const lines = hasIntervals
    ? `Lines: means over seeds${
      binEpisodes === 1 ? "" : ` in bins of ${binEpisodes} episodes`
    }. ${intervalsText(series.length)}`
    : binEpisodes === 1
    ? "Lines: single runs."
    : `Lines: means of ${binEpisodes} episodes of single runs.`;
  return {
    $schema: vegaLiteSchema,
    description: panels.length === 1
      ? describeCurves(rows, {
        title: "Learning curves",
        lastEpisodes: binEpisodes,
      })
      : `Learning curves. A panel for each of ${panels.length} worlds. ${
        [...Map.groupBy(rows, ({ task }) => task)].map(([task, own]) =>
          describeCurves(own, { title: task, lastEpisodes: binEpisodes })
        ).join(" ")
      }`,
    title: {
      text: "Learning curves",
      subtitle: [`${profile}. ${lines}`, ...markNotes(series)],
    },
    spacing: 18,
    vconcat: panelRows(panels).map((row) => ({
      hconcat: row.map(({ task, points }) =>
        curvesPanel(
          panels.length === 1 ? "" : task,
          {
            data: { values: drawnPoints(points, meanFields) },
            ...series.length > 1
              ? { bars: { values: intervalBars(points, meanFields) } }
              : {},
            points,
            fields: meanFields,
            strokeWidth: 1.6,
          },
          {
            x: episodeAxis(points.map(({ episode }) => episode)),
            color,
            hasIntervals,
            width: panelWidth(row.length),
            height: panels.length > 3 ? 180 : 240,
          },
        )
      ),
    })),
    config: houseTheme,
    usermeta: {
      page: curvesPage(
        panels.flatMap(({ task, points }) =>
          points.map((point) => ({ ...point, task }))
        ),
        { hasTasks: panels.length > 1 },
      ),
    },
  };
}
