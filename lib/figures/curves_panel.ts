/**
 * Panels of one curve a series, with their intervals.
 *
 * @module
 */

import {
  panelTitle,
  type PositionChannel,
  returnAxis,
  type SeriesChannel,
} from "./panels.ts";
import type { ConvergencePoint } from "./rows.ts";
import { roundSignificant } from "./spec.ts";

/** The numbers of a point that a panel draws. */
export type CurveField =
  | "mean"
  | "lower"
  | "upper"
  | "fit"
  | "fitLower"
  | "fitUpper";

/** The mean and its interval. */
export const meanFields: readonly CurveField[] = ["mean", "lower", "upper"];
/** The fit and its interval. */
export const fitFields: readonly CurveField[] = ["fit", "fitLower", "fitUpper"];

/** What the intervals of so many curves look like, in a sentence. */
export function intervalsText(series: number): string {
  return series > 1
    ? "Bars: 95 % intervals of the mean, side by side."
    : "Band: 95 % interval of the mean.";
}

/** The least of 1, 2, 5, 10, 20, 50, … that leaves at most `most` bins. */
export function readableBin(episodes: number, most: number): number {
  for (let decade = 1;; decade *= 10) {
    for (const step of [1, 2, 5]) {
      if (episodes / (step * decade) <= most) return step * decade;
    }
  }
}

/** What one panel draws of the points, rounded. */
export function drawnPoints(
  points: readonly ConvergencePoint[],
  fields: readonly CurveField[],
): Record<string, string | number | null>[] {
  return points.map((point) =>
    Object.fromEntries(
      (["series", "episode", ...fields] as const).map((field) => {
        const value = point[field];
        return [
          field,
          typeof value === "number" ? roundSignificant(value, 6) : value,
        ];
      }),
    )
  );
}

/** What panels of curves have in common. */
export interface CurvesLook {
  /** Horizontal axis. */
  readonly x: PositionChannel;
  /** Colors by series. */
  readonly color: SeriesChannel;
  /** Whether some series has several seeds. */
  readonly hasIntervals: boolean;
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
}

/** The layers of intervals: a band, or bars where several bands would add up to gray. */
function intervalLayers<Data>(
  [middle, lower, upper]: readonly CurveField[],
  axis: (field: string) => PositionChannel,
  { x, bars }: { readonly x: PositionChannel; readonly bars: Data | undefined },
) {
  const transform = [{ filter: { field: lower, valid: true } }];
  const line = { type: "line" as const, clip: true };
  if (bars === undefined) {
    return [
      {
        transform,
        mark: { type: "area" as const, clip: true, opacity: 0.22 },
        encoding: { y: axis(lower), y2: { field: upper } },
      },
      ...[lower, upper].map((end) => ({
        transform,
        mark: { ...line, opacity: 0.6, strokeWidth: 0.8 },
        encoding: { y: axis(end) },
      })),
    ];
  }
  const at = { ...x, field: "at" };
  return [
    {
      data: bars,
      mark: {
        type: "rule" as const,
        clip: true,
        opacity: 0.8,
        strokeWidth: 1.3,
      },
      encoding: { x: at, y: axis(lower), y2: { field: upper } },
    },
    {
      data: bars,
      mark: {
        type: "point" as const,
        clip: true,
        filled: true,
        opacity: 1,
        size: 20,
      },
      encoding: { x: at, y: axis(middle) },
    },
  ];
}

/** One curve of each series, with its interval. */
export function curvesPanel<Data>(
  text: string,
  curve: {
    /** The data, or their name in the figure. */
    readonly data: Data;
    /** The bars of their intervals; by default there is a band. */
    readonly bars?: Data;
    /** What the axis must show. */
    readonly points: readonly ConvergencePoint[];
    /** Line, lower and upper end. */
    readonly fields: readonly CurveField[];
    /** Width of the line. */
    readonly strokeWidth: number;
  },
  look: CurvesLook,
) {
  const { x, color, hasIntervals, width, height } = look;
  const [line, lower, upper] = curve.fields;
  const shown = curve.points.flatMap((point) =>
    [point[line], point[lower], point[upper]].filter((end) => end !== null)
  );
  const axis = returnAxis(shown, 8);
  const intervals = hasIntervals
    ? intervalLayers(curve.fields, axis, { x, bars: curve.bars })
    : [];
  const lineLayer = {
    mark: {
      type: "line" as const,
      clip: true,
      strokeWidth: curve.strokeWidth,
    },
    encoding: { y: axis(line) },
  };
  return {
    title: panelTitle(text),
    width,
    height,
    data: curve.data,
    encoding: { x, color },
    layer: [...intervals, lineLayer],
  };
}
