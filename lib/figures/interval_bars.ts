/**
 * Intervals of several curves as bars that stand side by side.
 *
 * @module
 */

import type { CurveField } from "./curves_panel.ts";
import type { ConvergencePoint } from "./rows.ts";
import { roundSignificant } from "./spec.ts";

/** Places along the axis that have bars. */
const PLACES = 8;

/** Part of the distance of two places that the bars of one place take, at most. */
const SPREAD = 0.5;

/** Part of that distance between neighboring bars, at most. */
const STEP = 0.13;

/** An interval at some episode, set apart from those of the other series. */
export interface IntervalBar {
  /** Which curve. */
  readonly series: string;
  /** The episode that the interval belongs to. */
  readonly episode: number;
  /** Where the bar stands: the episode, or a little beside it. */
  readonly at: number;
  /** The middle and the ends of the interval, by their fields. */
  readonly [field: string]: number | string;
}

/** Which of `count` points have bars: the middles of equal parts. */
function places(count: number): number[] {
  const parts = Math.min(PLACES, count);
  return Array.from(
    { length: parts },
    (_, k) => Math.floor((k + 0.5) * count / parts),
  );
}

/**
 * The intervals of every curve at eight places along it, those of one place side by
 * side: bands of several series would lie over each other, and add up to gray. A
 * curve of a single run has none; numbers have six digits.
 *
 * @param fields Middle, lower and upper end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { intervalBars } from "./interval_bars.ts";
 *
 * const point = { seeds: 2, fit: 0, fitLower: 0, fitUpper: 0 };
 * const points = [1, 2].flatMap((episode) =>
 *   ["TD3", "DDPG"].map((series) => (
 *     { series, episode, ...point, mean: -8, lower: -9, upper: -7 }
 *   ))
 * );
 * const bars = intervalBars(points, ["mean", "lower", "upper"]);
 * // Places are 1 apart, so bars of two series 0.13.
 * assertEquals(bars.map(({ at }) => at), [0.935, 1.935, 1.065, 2.065]);
 * ```
 */
export function intervalBars(
  points: readonly ConvergencePoint[],
  fields: readonly CurveField[],
): IntervalBar[] {
  const curves = Map.groupBy(points, ({ series }) => series);
  const middle = (curves.size - 1) / 2;
  const [, lower] = fields;
  return [...curves.values()].flatMap((curve, index) => {
    const own = places(curve.length).map((place) => curve[place]);
    const gap = own.length < 2 ? 1 : own[1].episode - own[0].episode;
    const step = gap * Math.min(STEP, SPREAD / Math.max(1, curves.size - 1));
    return own.filter((point) => point[lower] !== null).map((point) => ({
      series: point.series,
      episode: point.episode,
      at: roundSignificant(point.episode + step * (index - middle), 6),
      ...Object.fromEntries(
        fields.map((field) => [field, roundSignificant(point[field]!, 6)]),
      ),
    }));
  });
}
