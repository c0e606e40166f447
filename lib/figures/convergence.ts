/**
 * Convergence curves: Figure 5 of the paper, and the layout of Figure 4.
 *
 * @module
 */

import { type SeriesColors, seriesColors } from "./colors.ts";
import { convergenceCurves, CURVE_FIELDS } from "./curves.ts";
import {
  curvesPanel,
  drawnPoints,
  fitFields,
  intervalsText,
  meanFields,
  readableBin,
} from "./curves_panel.ts";
import {
  episodeAxis,
  extent,
  panelRows,
  panelTitle,
  panelWidth,
  type PositionChannel,
  returnAxis,
  type SeriesChannel,
  seriesChannel,
} from "./panels.ts";
import { curvesPage } from "./curves_page.ts";
import { describeCurves } from "./describe.ts";
import { intervalBars } from "./interval_bars.ts";
import { requireRows } from "./require_rows.ts";
import type { ConvergenceRow } from "./rows.ts";
import { smoothingSlider } from "./smoothing.ts";
import { POINTS_ON_PAGE } from "./thin_figure.ts";
import { thinRuns } from "./thin_runs.ts";
import {
  csvData,
  type FigureSpec,
  listText,
  roundSignificant,
  vegaLiteSchema,
} from "./spec.ts";
import { inMethodOrder, markNotes } from "./series_names.ts";
import { houseTheme, inkColor } from "./theme.ts";

/** How {@linkcode convergenceFigure} draws its rows. */
export interface ConvergenceFigureOptions {
  /** What the runs are, for the subtitle: for example `Quick profile`. */
  readonly profile: string;
  /** Title; by default names the series. */
  readonly title?: string;
  /** Order of the polynomial fit; by default the paper's 4. */
  readonly order?: number;
  /**
   * How many episodes are averaged within each run before the mean over seeds
   * is taken; by default the least of 1, 2, 5, 10, 20, … that leaves at most 50
   * points a series. The subtitle says which.
   */
  readonly binEpisodes?: number;
  /** Colors by series; others have their method's, or one that is free. */
  readonly colors?: SeriesColors;
  /** Which curves to show; by default `"all"`. */
  readonly curves?: ShownCurves;
}

/** Most points of the runs in one panel, which has some 700 pixels at most. */
const MOST_POINTS = 8_000;

/** The curves of the figure: every run, the means, the fits, or all of these. */
export type ShownCurves = "all" | "raw" | "mean" | "fit";

const act = "draw the convergence figure";

/** "1 seed", "5 seeds", or "3 to 5 seeds" where the series differ. */
function countText(counts: readonly number[], noun: string): string {
  const [least, greatest] = extent(counts);
  const numbers = least === greatest ? `${least}` : `${least} to ${greatest}`;
  return `${numbers} ${noun}${greatest === 1 ? "" : "s"}`;
}

/** What the lines of the figure are. */
function linesText(
  curves: ShownCurves,
  hasIntervals: boolean,
  { binEpisodes, series }: { binEpisodes: number; series: number },
): string {
  if (curves === "raw") return "Lines: single runs.";
  const noInterval = "One run a series, so there is no interval.";
  if (!hasIntervals && binEpisodes === 1) return noInterval;
  if (!hasIntervals) {
    return `Thin lines: single runs. Thick lines: means of ${binEpisodes} episodes. ${noInterval}`;
  }
  return `Thin lines: single runs. Thick lines: mean over seeds${
    binEpisodes === 1 ? "" : ` in bins of ${binEpisodes} episodes`
  }. ${intervalsText(series)}`;
}

/** What the panels of one figure have in common. */
interface Shared {
  readonly x: PositionChannel;
  readonly color: SeriesChannel;
  /** Vertical axes of the panels that show runs. */
  readonly runsAxis: (field: string) => PositionChannel;
  /** Whether some series has several seeds. */
  readonly hasIntervals: boolean;
  /** Whether the means are other than the runs. */
  readonly hasMeans: boolean;
}

/** Every run of one series, and in ink its mean. */
function runsPanel(
  rows: readonly ConvergenceRow[],
  columns: number,
  color: string,
  shared: Shared,
) {
  const { x, runsAxis, hasMeans } = shared;
  const [{ series }] = rows;
  const runs = thinRuns(rows, MOST_POINTS).map((row) => ({
    ...row,
    episodeReturn: roundSignificant(row.episodeReturn, 5),
  }));
  const runsLayer = {
    data: csvData(runs, ["seed", "episode", "episodeReturn"]),
    mark: {
      type: "line" as const,
      clip: true,
      color: color,
      opacity: hasMeans ? 0.35 : 1,
      strokeWidth: hasMeans ? 0.6 : 1.2,
    },
    encoding: { y: runsAxis("episodeReturn"), detail: { field: "seed" } },
  };
  const meanLayer = {
    data: { name: "means" },
    transform: [{ filter: { field: "series", equal: series } }],
    mark: {
      type: "line" as const,
      clip: true,
      color: inkColor,
      strokeWidth: 1.6,
    },
    encoding: { y: runsAxis("mean") },
  };
  return {
    title: panelTitle(series, color),
    width: panelWidth(columns),
    height: 150,
    encoding: { x },
    layer: hasMeans ? [runsLayer, meanLayer] : [runsLayer],
  };
}

/**
 * The convergence figure: on top every run of each series with the mean over
 * seeds, below the means with their 95 % intervals, and the polynomial fits that
 * are all the paper shows.
 *
 * The paper's fits (Section 5.2.1: "fitted by a 4th-order polynomial function")
 * hide the noise, and their ends follow the polynomial more than the data;
 * therefore the fits carry the interval of the fit over seeds, and stand beside
 * what was fitted. {@linkcode convergenceCurves} computes all curves.
 *
 * @param given Every episode of every run, as {@linkcode convergenceCurves}
 * demands.
 * @param options `profile` is required.
 * @throws {RangeError} If the rows allow no curve.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { convergenceFigure } from "./convergence.ts";
 *
 * const rows = [-8, -7.8, -7.7, -7.5, -7.6].map((episodeReturn, episode) => (
 *   { series: "TD3", seed: 0, episode, episodeReturn }
 * ));
 * const spec = convergenceFigure(rows, { profile: "An example" });
 * assertEquals(spec.title, {
 *   text: "Convergence of TD3",
 *   subtitle: [
 *     "An example: 5 episodes, 1 seed.",
 *     "One run a series, so there is no interval.",
 *   ],
 * });
 * ```
 */
export function convergenceFigure(
  given: readonly ConvergenceRow[],
  options: ConvergenceFigureOptions,
): FigureSpec {
  requireRows(given, CURVE_FIELDS, act);
  const rows = inMethodOrder(given);
  const rowsOf = Map.groupBy(rows, (row) => row.series);
  const series = [...rowsOf.keys()];
  const colors = seriesColors(series, options.colors);
  const counts = (field: "seed" | "episode") =>
    [...rowsOf.values()].map((own) =>
      new Set(own.map((row) => row[field])).size
    );
  const episodes = counts("episode");
  const seeds = counts("seed");
  const longest = extent(episodes)[1];
  const {
    order = 4,
    binEpisodes = readableBin(longest, 50),
    title = `Convergence of ${listText(series)}`,
    curves = "all",
  } = options;
  const shows = (one: ShownCurves) => curves === "all" || curves === one;
  const means = convergenceCurves(rows, { order, binEpisodes });
  const fits = shows("fit")
    ? convergenceCurves(rows, { order, step: readableBin(longest, 100) })
    : [];
  const hasIntervals = extent(seeds)[1] > 1;
  const shared = {
    x: episodeAxis(rows.map((row) => row.episode)),
    color: seriesChannel(series, colors),
    runsAxis: returnAxis(rows.map((row) => row.episodeReturn), 6),
    hasIntervals,
    hasMeans: curves !== "raw" && (hasIntervals || binEpisodes > 1),
  };
  const hasBars = hasIntervals && series.length > 1;
  const look = { ...shared, width: panelWidth(2), height: 240 };
  const isThinAt = (most: number) =>
    shows("raw") && [...rowsOf.values()].some((own) => own.length > most);
  const slider = curves === "raw"
    ? undefined
    : smoothingSlider(rows, means, { binEpisodes, hasBars });
  const runsPanels = [...rowsOf.values()].map((own, i) => (columns: number) =>
    runsPanel(own, columns, colors[i], shared)
  );
  const meansPanel = curvesPanel(
    hasIntervals ? "Mean over seeds" : "Single runs",
    {
      data: { name: "means" },
      ...hasBars ? { bars: { name: "meanBars" } } : {},
      points: means,
      fields: meanFields,
      strokeWidth: 1.6,
    },
    look,
  );
  const fitsPanel = curvesPanel(
    `As in the paper: polynomial fit of order ${order}`,
    {
      data: { name: "fits" },
      ...hasBars ? { bars: { name: "fitBars" } } : {},
      points: fits,
      fields: fitFields,
      strokeWidth: hasBars ? 2 : 3,
    },
    look,
  );
  const subtitle = (lines: string, isThin: boolean) => [
    `${options.profile}: ${countText(episodes, "episode")}, ${
      countText(seeds, "seed")
    }${series.length > 1 ? " a series" : ""}.`,
    lines,
    ...isThin
      ? [
        "Of runs, the least and the greatest return of successive episodes are drawn.",
      ]
      : [],
    ...markNotes(series),
  ];
  const lines = linesText(curves, hasIntervals, {
    binEpisodes,
    series: series.length,
  });
  return {
    $schema: vegaLiteSchema,
    description: describeCurves(rows, { title, lastEpisodes: binEpisodes }),
    title: { text: title, subtitle: subtitle(lines, isThinAt(MOST_POINTS)) },
    datasets: {
      means: drawnPoints(means, meanFields),
      fits: drawnPoints(fits, fitFields),
      ...hasBars
        ? {
          meanBars: intervalBars(means, meanFields),
          fitBars: intervalBars(fits, fitFields),
        }
        : {},
    },
    spacing: 18,
    vconcat: [
      ...(shows("raw") ? panelRows(runsPanels) : []).map((row) => ({
        hconcat: row.map((panel) => panel(row.length)),
      })),
      ...(curves === "raw" ? [] : [{
        hconcat: [
          ...(shows("mean") ? [meansPanel] : []),
          ...(shows("fit") ? [fitsPanel] : []),
        ],
      }]),
    ],
    config: houseTheme,
    usermeta: {
      page: curvesPage(means, {
        slider,
        subtitle: subtitle(
          slider === undefined ? lines : lines.replace(
            ` in bins of ${binEpisodes} episodes`,
            ", of as many episodes as the slider says",
          ),
          isThinAt(POINTS_ON_PAGE),
        ),
      }),
    },
  };
}
