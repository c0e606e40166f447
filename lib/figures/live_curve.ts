/**
 * The learning curve of a training that is still running.
 *
 * @module
 */

import { mean } from "../stats/statistics.ts";
import { type SeriesColors, seriesColors } from "./colors.ts";
import { CURVE_FIELDS } from "./curves.ts";
import { describeCurves } from "./describe.ts";
import type { PageParts } from "./page_parts.ts";
import { requireRows } from "./require_rows.ts";
import { episodeAxis, extent, returnAxis, seriesChannel } from "./panels.ts";
import type { ConvergenceRow } from "./rows.ts";
import { type FigureSpec, roundSignificant, vegaLiteSchema } from "./spec.ts";
import { inMethodOrder, markNotes } from "./series_names.ts";
import { houseTheme } from "./theme.ts";

/** How {@linkcode liveCurveFigure} draws its rows. */
export interface LiveCurveOptions {
  /** Title; by default `Training`. */
  readonly title?: string;
  /** Length of the whole training, so that the axis does not move. */
  readonly totalEpisodes?: number;
  /** How many last episodes the thick line averages; by default 10. */
  readonly windowEpisodes?: number;
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
}

const act = "draw the live curve";

/** Values at the pointer; the figure changes too often for a table. */
const PAGE: PageParts = {
  tooltips: {
    trailingMean: [
      { field: "series", title: "Series" },
      { field: "seed", title: "Seed" },
      { field: "episode", title: "Episode" },
      { field: "episodeReturn", title: "Episode return Σₜ r(t)" },
      { field: "trailingMean", title: "Mean of the last episodes" },
    ],
  },
  columns: [],
  rows: [],
};

/**
 * Every episode so far (thin) and the mean of the last few (thick), run by run.
 *
 * Drawn anew after every few episodes under one display identifier, the figure
 * grows in place. Runs may differ in length.
 *
 * @param given The episodes so far, those of each run in rising order.
 * @throws {RangeError} If there are no rows, a number is not finite
 * or an option is out of range.
 */
export function liveCurveFigure(
  given: readonly ConvergenceRow[],
  options: LiveCurveOptions = {},
): FigureSpec {
  requireRows(given, CURVE_FIELDS, act);
  const rows = inMethodOrder(given);
  const { title = "Training", windowEpisodes = 10, totalEpisodes } = options;
  for (
    const [name, value] of Object.entries({ windowEpisodes, totalEpisodes })
  ) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new RangeError(
        `Cannot ${act}: ${name} must be a positive integer, got ${value}`,
      );
    }
  }
  const series = [...new Set(rows.map((row) => row.series))];
  const colors = seriesColors(series, options.colors);
  const runs = Map.groupBy(rows, (row) => `${row.seed}/${row.series}`);
  const points = [...runs.values()].flatMap((run) =>
    run.map(({ series, seed, episode, episodeReturn }, i) => ({
      series,
      seed,
      episode,
      episodeReturn: roundSignificant(episodeReturn, 5),
      trailingMean: roundSignificant(
        mean(
          run.slice(Math.max(0, i + 1 - windowEpisodes), i + 1).map((r) =>
            r.episodeReturn
          ),
        ),
        5,
      ),
    }))
  );
  const [first, last] = extent(rows.map((row) => row.episode));
  const axis = returnAxis(rows.map((row) => row.episodeReturn), 6);
  return {
    $schema: vegaLiteSchema,
    config: houseTheme,
    usermeta: { page: PAGE },
    description: describeCurves(rows, { title, lastEpisodes: windowEpisodes }),
    title: {
      text: title,
      subtitle: [
        `Thin: every episode. Thick: mean of the last ${windowEpisodes} episodes.`,
        ...markNotes(series),
      ],
    },
    width: 640,
    height: 240,
    data: { values: points },
    encoding: {
      x: episodeAxis([
        first,
        Math.max(last, first + (totalEpisodes ?? 1) - 1),
      ]),
      color: seriesChannel(series, colors),
      detail: { field: "seed" },
    },
    layer: [
      {
        mark: { type: "line", clip: true, strokeWidth: 0.8, opacity: 0.4 },
        encoding: { y: axis("episodeReturn") },
      },
      {
        mark: { type: "line", clip: true, strokeWidth: 2.2 },
        encoding: { y: axis("trailingMean") },
      },
    ],
  };
}
