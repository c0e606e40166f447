/**
 * The one figure that shows most of a study whose trials are not all finished.
 *
 * @module
 */

import type { Metric } from "../studies/columns.ts";
import type { Sweep } from "../studies/expand.ts";
import { isTraining } from "../trials/trial.ts";
import {
  type FigureSpec,
  learningCurvesFigure,
  type LearningRow,
  liveCurveFigure,
} from "../figures/mod.ts";
import type { StudyResults } from "./gather.ts";
import { drawMetric } from "./draw_metric.ts";
import { metricRows, placesOf } from "./metric_rows.ts";
import { studyColors } from "./series_colors.ts";

/** What {@linkcode growingFigure} shows beside finished trials. */
export interface GrowingFigureOptions {
  /** What is drawn against what the study varies; by default `"objective"`. */
  readonly metric?: Metric;
  /** Episodes so far of trials that run; left out once the run is over. */
  readonly running?: readonly LearningRow[];
}

/** Most episodes in a figure that changes. */
const MOST_LIVE_ROWS = 4000;

/** What a figure of metrics has on its axis: the first thing that varies. */
function axisOf({ columns, trials }: Sweep): string | undefined {
  return columns.find((column) => placesOf(trials, column).length > 1);
}

function kindOf(sweep: Sweep): "learning" | "metric" | undefined {
  const learners = sweep.trials.filter(({ config }) => isTraining(config));
  if (learners.length === sweep.trials.length) return "learning";
  if (axisOf(sweep) !== undefined) return "metric";
  return learners.length > 0 ? "learning" : undefined;
}

/** Whether there is a figure of the study, once there are results. */
export function hasGrowingFigure(sweep: Sweep): boolean {
  return kindOf(sweep) !== undefined;
}

/** The last episodes of every run, so many that they can be drawn again and again. */
function lastEpisodes(running: readonly LearningRow[]) {
  const runs = [
    ...Map.groupBy(
      running,
      ({ series, task, seed }) => JSON.stringify([series, task, seed]),
    ).values(),
  ];
  const most = Math.ceil(MOST_LIVE_ROWS / Math.max(1, runs.length));
  return { most, rows: runs.flatMap((run) => run.slice(-most)) };
}

function liveCurves(
  { sweep, curves }: StudyResults,
  running: readonly LearningRow[],
): FigureSpec | undefined {
  const all = [...curves, ...running];
  const last = lastEpisodes(running);
  const isMuch = all.length > MOST_LIVE_ROWS;
  const rows = isMuch ? last.rows : all;
  if (rows.length === 0) return undefined;
  const tasks = new Set(rows.map(({ task }) => task)).size;
  const title = sweep.title || sweep.name;
  return liveCurveFigure(
    tasks === 1
      ? rows
      : rows.map((row) => ({ ...row, series: `${row.series}, ${row.task}` })),
    {
      title: isMuch
        ? `${title}: trials that run now, at most ${last.most} episodes of each`
        : title,
      ...tasks === 1 ? { colors: studyColors(sweep.trials) } : {},
    },
  );
}

/**
 * A study's learning curves, if all its methods learn or it varies nothing else; for
 * any other, a metric against the first thing that it varies. It follows from the
 * finished trials alone, unless some run.
 *
 * @returns `undefined` while there is nothing to draw, and for studies of rules that
 * vary nothing.
 */
export function growingFigure(
  results: StudyResults,
  { metric = "objective", running }: GrowingFigureOptions = {},
): FigureSpec | undefined {
  const { sweep, curves } = results;
  const kind = kindOf(sweep);
  if (kind === "metric") {
    const column = axisOf(sweep)!;
    const rows = metricRows(results, metric, column);
    const colors = studyColors(sweep.trials);
    return rows.rows.length === 0
      ? undefined
      : drawMetric(sweep, rows, { metric, column, colors });
  }
  if (kind === undefined) return undefined;
  if (running !== undefined) return liveCurves(results, running);
  if (curves.length === 0) return undefined;
  return learningCurvesFigure(curves, {
    profile: sweep.title || sweep.name,
    colors: studyColors(sweep.trials),
  });
}
