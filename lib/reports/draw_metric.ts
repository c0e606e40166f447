/**
 * The figure of a metric against one of the things that a study varies.
 *
 * @module
 */

import type { Metric } from "../studies/columns.ts";
import type { Sweep } from "../studies/expand.ts";
import {
  type FigureSpec,
  metricFigure,
  type SeriesColors,
} from "../figures/mod.ts";
import type { MetricRows } from "./metric_rows.ts";
import { SHOWN_METRICS } from "./shown_metrics.ts";

/** What {@linkcode drawMetric} draws. */
export interface DrawMetricOptions {
  /** The vertical axis. */
  readonly metric: Metric;
  /** The horizontal axis, a column of the study's table. */
  readonly column: string;
  /** Colors by series. */
  readonly colors: SeriesColors;
  /** Draws the gap to the reference instead, if the metric has one. */
  readonly isGap?: boolean;
}

/** What figures call an axis. */
function axisOf(column: string) {
  return column === "users"
    ? {
      field: "users",
      title: "Number of users U",
      text: "the number of users",
      symbol: "U",
    }
    : { field: "place", title: column, text: column };
}

/** Draws rows of {@linkcode metricRows}; there must be some. */
export function drawMetric(
  sweep: Sweep,
  { rows, notes, reference }: MetricRows,
  { metric, column, colors, isGap = false }: DrawMetricOptions,
): FigureSpec {
  const { gapOf, ...value } = SHOWN_METRICS[metric];
  return metricFigure(rows, {
    profile: sweep.title || sweep.name,
    value,
    colors,
    x: axisOf(column),
    notes: isGap ? [...notes, ...reference?.notes ?? []] : notes,
    ...isGap ? { gapOf, show: "gap", reference: reference?.series } : {},
  });
}
