/**
 * The axes, titles and columns that the panels of a figure share.
 *
 * @module
 */

import { inkColor } from "./theme.ts";

/** Width in pixels that every row of panels fills, without the outer axis. */
const rowWidth = 730;

/** Pixels between the plots of a row: the gap, and the axis of the right one. */
const columnGap = 74;

/** Pixels that tick labels take at least, so that plots line up across rows. */
const labelWidth = 40;

/** Title of the axis that shows `episodeReturn`; r(t) has no unit (Eq. 21). */
const episodeReturnTitle = "Episode return Σₜ r(t)";

/** The least and the greatest of one or more numbers. */
export function extent(
  values: readonly number[],
): [least: number, greatest: number] {
  let least = values[0];
  let greatest = values[0];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}

/** As few rows of at most three panels as hold them all, evenly filled. */
export function panelRows<T>(panels: readonly T[]): T[][] {
  const columns = Math.ceil(panels.length / Math.ceil(panels.length / 3));
  return panels.flatMap((_, i) =>
    i % columns === 0 ? [panels.slice(i, i + columns)] : []
  );
}

/** Width in pixels of each of `columns` panels that fill a row. */
export function panelWidth(columns: number): number {
  return Math.floor((rowWidth - columnGap * (columns - 1)) / columns);
}

/** The title of a panel, above the left end of its plot. */
export function panelTitle(text: string, color: string = inkColor): {
  text: string;
  color: string;
  fontSize: number;
  offset: number;
  frame: "group";
} {
  return { text, color, fontSize: 13, offset: 8, frame: "group" };
}

/** A quantitative position channel of a Vega-Lite encoding. */
export interface PositionChannel {
  /** The column of the data. */
  field: string;
  /** Always a number. */
  type: "quantitative";
  /** What the axis shows, with its unit. */
  title: string;
  /** Look of the axis. */
  axis: {
    format?: string;
    grid?: boolean;
    minExtent?: number;
    tickCount: number;
  };
  /** Range of the axis and how it is rounded. */
  scale: { domain: [number, number]; nice: boolean | number; zero: false };
}

/** The range of numbers, widened to both sides where they are all the same. */
export function axisDomain(values: readonly number[]): [number, number] {
  const [least, greatest] = extent(values);
  if (least < greatest) return [least, greatest];
  const margin = Math.max(1, Math.abs(least) / 10);
  return [least - margin, greatest + margin];
}

/**
 * The vertical axes of a panel that shows episode returns, one per layer.
 *
 * They end on a tick, so that the titles of neighboring panels stand at the
 * same height.
 *
 * @param shown Every number the panel must show.
 * @param ticks About how many ticks.
 */
export function returnAxis(
  shown: readonly number[],
  ticks: number,
): (field: string) => PositionChannel {
  const domain = axisDomain(shown);
  const isLarge = Math.max(-domain[0], domain[1]) >= 1e4;
  return (field) => ({
    field,
    type: "quantitative",
    title: episodeReturnTitle,
    axis: {
      ...(isLarge && { format: "~s" }),
      minExtent: labelWidth,
      tickCount: ticks,
    },
    scale: { domain, nice: ticks, zero: false },
  });
}

/** The horizontal axis of episodes, exactly as long as the training. */
export function episodeAxis(episodes: readonly number[]): PositionChannel {
  return {
    field: "episode",
    type: "quantitative",
    title: "Episode",
    axis: { grid: false, tickCount: 5 },
    scale: { domain: axisDomain(episodes), nice: false, zero: false },
  };
}

/** The color channel of series, with the legend above the plots. */
export interface SeriesChannel {
  /** The column of the data. */
  field: "series";
  /** Always a name. */
  type: "nominal";
  /** None: the names say what they are. */
  title: null;
  /** Which series has which color. */
  scale: { domain: string[]; range: string[] };
  /** Where the legend stands. */
  legend: { orient: "top"; symbolOpacity: number; symbolType: "stroke" };
}

/** Colors by series, with a legend. */
export function seriesChannel(
  series: readonly string[],
  colors: readonly string[],
): SeriesChannel {
  return {
    field: "series",
    type: "nominal",
    title: null,
    scale: { domain: [...series], range: [...colors] },
    legend: { orient: "top", symbolOpacity: 1, symbolType: "stroke" },
  };
}

/** The encoding of which series have dashed lines, in the legend of their colors. */
export function dashedSeries<Legend>(
  series: readonly string[],
  dashed: readonly string[],
  legend: Legend,
) {
  return {
    field: "series",
    type: "nominal" as const,
    title: null,
    scale: {
      domain: [...series],
      range: series.map((name) => dashed.includes(name) ? [5, 4] : [1, 0]),
    },
    legend,
  };
}
