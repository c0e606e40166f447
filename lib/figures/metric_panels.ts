/**
 * What the panels of {@linkcode metricFigure} show: values of rows, and their means
 * over seeds.
 *
 * @module
 */

import { type Interval, meanInterval } from "../stats/statistics.ts";
import { extent } from "./panels.ts";
import type { MetricRow } from "./rows.ts";
import { isMarked } from "./series_names.ts";
import { roundSignificant } from "./spec.ts";

/** What a value is, and how an axis shows it. */
export interface ShownValue {
  /** Name in titles: `Hit rate`. */
  readonly title: string;
  /** Title of the axis, with the unit. */
  readonly axis: string;
  /** Whether points of one place stand side by side, as lines are flat enough. */
  readonly apart: boolean;
  /** Whether more is better; by default figures do not say which is best. */
  readonly better?: "higher" | "lower";
  /** What the value cannot be below: intervals end there. */
  readonly least?: number;
  /** What the value cannot be above: intervals end there. */
  readonly greatest?: number;
}

/** One panel: a value of every row. */
export interface Panel extends ShownValue {
  /** What is averaged over seeds. */
  readonly value: (row: MetricRow) => number;
  /** Whether the panel leaves a series out; by default it shows all. */
  readonly without?: (series: string) => boolean;
}

/** A point of a line: a mean over seeds, set apart from its neighbors. */
export interface Point {
  /** The method. */
  readonly series: string;
  /** Where the point stands: its place, or a little beside it. */
  readonly position: number;
  /** Mean over seeds. */
  readonly mean: number;
  /** Lower end of its Student t interval; null for a single seed. */
  readonly lower: number | null;
  /** Upper end of its Student t interval; null for a single seed. */
  readonly upper: number | null;
  /** What the place stands for, under the name of the horizontal axis. */
  readonly [x: string]: number | string | null;
}

/** Part of the distance of two places over which points are spread. */
const SPREAD = 0.4;

/** From this ratio of the greatest to the least, numbers have a logarithmic axis. */
const LOG_RATIO = 50;

/** The horizontal axis: which values it has, and where they stand. */
export class Places {
  /** Rising numbers, or names in order of first appearance. */
  readonly values: readonly (number | string)[];
  /** Where each value stands: the number itself, or the index of a name. */
  readonly positions: readonly number[];
  /** Whether places are names, which no line connects. */
  readonly areNames: boolean;
  /** Whether the axis is logarithmic. */
  readonly isLog: boolean;

  /** Takes the values of rows. */
  constructor(rows: readonly MetricRow[]) {
    const values = [...new Set(rows.map(({ x }) => x))];
    const numbers = values.filter((x) => typeof x === "number");
    this.areNames = numbers.length < values.length;
    this.values = this.areNames ? values : numbers.sort((a, b) => a - b);
    this.positions = this.areNames ? values.map((_, i) => i) : numbers;
    const [least, greatest] = extent(this.positions);
    this.isLog = !this.areNames && least > 0 && greatest / least >= LOG_RATIO;
  }

  /** A position moved by a part of the least distance of two places. */
  moved(position: number, part: number): number {
    const scaled = this.positions.map((one) =>
      this.isLog ? Math.log(one) : one
    );
    const steps = scaled.slice(1).map((one, i) => one - scaled[i]);
    const offset = part * (steps.length === 0 ? 1 : extent(steps)[0]);
    return this.isLog ? position * Math.exp(offset) : position + offset;
  }

  /** From where to where the axis goes, with room beside the outer places. */
  get domain(): [number, number] {
    return [
      this.moved(this.positions[0], -SPREAD),
      this.moved(this.positions[this.positions.length - 1], SPREAD),
    ];
  }
}

function overSeeds(values: readonly number[]): Partial<Interval> & {
  readonly estimate: number;
} {
  return values.length === 1 ? { estimate: values[0] } : meanInterval(values);
}

/** The points of a panel, series by series and from place to place. */
export function pointsOf(
  rows: readonly MetricRow[],
  panel: Panel,
  series: readonly string[],
  { places, field }: { readonly places: Places; readonly field: string },
): Point[] {
  const { least = -Infinity, greatest = Infinity, without } = panel;
  const spread = panel.apart ? SPREAD / Math.max(1, series.length - 1) : 0;
  const clip = (value: number | undefined) =>
    value === undefined
      ? null
      : roundSignificant(Math.min(greatest, Math.max(least, value)), 5);
  const bySeries = Map.groupBy(rows, (row) => row.series);
  return series.filter((name) => !without?.(name)).flatMap((name) => {
    const own = Map.groupBy(bySeries.get(name)!, ({ x }) => x);
    return places.values.flatMap((x, i): Point[] => {
      const values = own.get(x)?.map(panel.value);
      if (values === undefined) return [];
      const { estimate, lower, upper } = overSeeds(values);
      const offset = series.indexOf(name) - (series.length - 1) / 2;
      return [{
        series: name,
        [field]: x,
        position: roundSignificant(
          places.moved(places.positions[i], spread * offset),
          5,
        ),
        mean: roundSignificant(estimate, 5),
        lower: clip(lower),
        upper: clip(upper),
      }];
    });
  });
}

/** The value of the reference on the same traces, for every row. */
function referenceOf(
  rows: readonly MetricRow[],
  reference: string,
  { act, field }: { readonly act: string; readonly field: string },
): (row: MetricRow) => number {
  const key = (row: MetricRow) => JSON.stringify([row.x, row.seed]);
  const values = new Map(
    rows.filter((row) => row.series === reference)
      .map((row) => [key(row), row.value]),
  );
  return (row) => {
    const value = values.get(key(row));
    if (value !== undefined) return value;
    throw new RangeError(
      `Cannot ${act}: series "${reference}" must have ${field} ${row.x} with ` +
        `seed ${row.seed}, got no such row`,
    );
  };
}

/** A panel of by how many percent values are above the reference's. */
export function gapPanel(
  rows: readonly MetricRow[],
  reference: string,
  symbol: string,
  names: { readonly act: string; readonly field: string },
): Panel {
  const best = referenceOf(rows, reference, names);
  return {
    title: `Above the ${reference}, same traces`,
    axis: `${symbol} above the ${reference}, %`,
    value: (row) => 100 * (row.value / best(row) - 1),
    apart: true,
    // Nothing is cut at 0: the reference's G is no proven bound where users wait.
    without: (series) => series === reference || isMarked(series),
  };
}
