/**
 * Figures, tables and verdicts of a study.
 *
 * @module
 */

import { claimsTable } from "../claims/mod.ts";
import { comparableRows } from "../studies/comparable_rows.ts";
import { summarizeMethods } from "../studies/method_summary.ts";
import { methodTable } from "../studies/method_table.ts";
import { type MetricName, METRICS } from "../studies/metrics.ts";
import type { Metric } from "../studies/columns.ts";
import { scoreRows } from "../studies/score_rows.ts";
import {
  convergenceFigure,
  type FigureSpec,
  learningCurvesFigure,
  type SeriesColors,
} from "../figures/mod.ts";
import { gapTo } from "../stats/score_rows.ts";
import { judgeStudy, type StandIns } from "./claim_rows.ts";
import { drawMetric } from "./draw_metric.ts";
import type { StudyResults } from "./gather.ts";
import { type MetricRows, metricRows, placesOf } from "./metric_rows.ts";
import { metricTable } from "./metric_table.ts";
import { studyColors } from "./series_colors.ts";
import { type NamedFigure, scoreFigures } from "./score_figures.ts";
import { SHOWN_METRICS } from "./shown_metrics.ts";
import { worldSkills } from "./world_skills.ts";
import type { Table } from "./tables.ts";

/** A table of a report. */
export interface ReportTable {
  /** Name of its files. */
  readonly name: string;
  /** What it is of, in a line. */
  readonly title: string;
  /** Its cells. */
  readonly table: Table;
  /** Sentences that belong below. */
  readonly notes: readonly string[];
}

/** What a report shows. */
export interface StudyReport {
  /** Figures by name. */
  readonly figures: Readonly<Record<string, FigureSpec>>;
  /** Tables in their order. */
  readonly tables: readonly ReportTable[];
  /** Sentences on what is missing. */
  readonly notes: readonly string[];
}

/** What a report is to show. */
export interface StudyReportOptions {
  /** Metrics that are drawn against what the study varies. */
  readonly metrics?: readonly Metric[];
  /** Columns of the study's table that are axes; by default all that vary. */
  readonly against?: readonly string[];
  /** What methods are compared by; by default `"objective"`. */
  readonly compareBy?: MetricName;
  /** Which methods stand for the paper's in its claims. */
  readonly standIns?: StandIns;
}

const DEFAULT_METRICS: readonly Metric[] = ["objective", "hitRate"];

/** Letters of a column that the names of files can have. */
function fileName(text: string): string {
  return text.replaceAll(/[^\w-]+/g, "_").replaceAll(/^_+|_+$/g, "");
}

/** Columns that vary among the finished trials, and have at least two places. */
export function axesOf({ sweep, finished }: StudyResults): string[] {
  return sweep.columns.filter((column) =>
    placesOf(finished, column).length > 1
  );
}

function profileOf({ sweep, finished }: StudyResults): string {
  const seeds = new Set(finished.map(({ config }) => config.seed)).size;
  return `${
    sweep.title || sweep.name
  }: ${finished.length} trials, ${seeds} seed${seeds === 1 ? "" : "s"}`;
}

function metricsAgainst(
  results: StudyResults,
  { metrics, columns, colors }: {
    readonly metrics: readonly Metric[];
    readonly columns: readonly string[];
    readonly colors: SeriesColors;
  },
): { figures: NamedFigure[]; tables: ReportTable[] } {
  const figures: NamedFigure[] = [];
  const tables: ReportTable[] = [];
  for (const column of columns) {
    for (const metric of metrics) {
      const shown = metricRows(results, metric, column);
      const { rows, notes } = shown;
      if (rows.length === 0) continue;
      const name = `${fileName(metric)}_by_${fileName(column)}`;
      const { gapOf, ...value } = SHOWN_METRICS[metric];
      const hasGap = gapOf !== undefined && hasReference(shown);
      const look = { metric, column, colors };
      figures.push([name, drawMetric(results.sweep, shown, look)]);
      if (hasGap) {
        figures.push([
          `optimality_gap_by_${fileName(column)}`,
          drawMetric(results.sweep, shown, { ...look, isGap: true }),
        ]);
      }
      const { axis } = value;
      tables.push({
        name,
        title: `${axis} by ${column}`,
        table: metricTable(
          rows,
          axis,
          (x) => column === "users" ? `U = ${x}` : String(x),
          value,
        ),
        notes,
      });
    }
  }
  return { figures, tables };
}

/** Whether every row has a value of the reference to be compared with. */
function hasReference({ rows, reference }: MetricRows): boolean {
  if (reference === undefined) return false;
  const gap = gapTo(rows, reference.series, ({ x }) => x);
  return rows.every((row) => gap(row) !== undefined);
}

function learningFigures(
  { curves }: StudyResults,
  look: { readonly profile: string; readonly colors: SeriesColors },
) {
  if (curves.length === 0) return [];
  const tasks = new Set(curves.map(({ task }) => task)).size;
  return [
    ["learning_curves", learningCurvesFigure(curves, look)],
    ...tasks > 1 ? [] : [
      [
        "learning_runs",
        convergenceFigure(curves, {
          ...look,
          title: "Every run",
          curves: "raw",
          order: 0,
        }),
      ] as const,
    ],
  ] satisfies NamedFigure[];
}

/** Methods without a finished trial: an edit of a method's file makes other trials. */
function missingNotes({ sweep, finished }: StudyResults): string[] {
  const there = new Set(finished.map(({ method }) => method));
  const missing = new Set(
    sweep.trials.map(({ method }) => method).filter((one) => !there.has(one)),
  );
  return Array.from(
    missing,
    (method) =>
      `Left out: ${method}, of which as it is now no trial is finished.`,
  );
}

/**
 * Figures, tables and verdicts of a study: learning curves; metrics against whatever
 * it varies; methods over all its worlds with the statistics of Agarwal et al. (2021);
 * the gap to what is least; verdicts on the paper's claims.
 *
 * @throws {RangeError} If runs of learners differ in their episodes.
 */
export function reportStudy(
  results: StudyResults,
  {
    metrics = DEFAULT_METRICS,
    against = axesOf(results),
    compareBy = "objective",
    standIns = {},
  }: StudyReportOptions = {},
): StudyReport {
  const profile = profileOf(results);
  const colors = studyColors(results.sweep.trials);
  const scores = scoreRows(results.finished, results.rows, compareBy);
  const { rows: compared, notes: left } = comparableRows(scores);
  const summaries = summarizeMethods(compared, compareBy);
  const { table, notes } = methodTable(summaries, compared, compareBy);
  const { judgements, notes: claimNotes } = judgeStudy(results, standIns);
  const worlds = worldSkills(scores, { metric: compareBy, profile, colors });
  const metric = metricsAgainst(results, { metrics, columns: against, colors });
  return {
    figures: Object.fromEntries([
      ...learningFigures(results, { profile, colors }),
      ...metric.figures,
      ...scoreFigures(compared, summaries, {
        metric: compareBy,
        profile,
        colors,
      }),
      ...worlds?.figure === undefined ? [] : [
        ["skill_by_world", worlds.figure] as const,
      ],
    ]),
    tables: [
      {
        name: "methods",
        title: `Methods by ${METRICS[compareBy].title}, over ${
          summaries[0]?.tasks ?? 0
        } worlds`,
        table,
        notes: [
          "Estimates with their 95 % intervals; IQM: interquartile mean.",
          ...left,
          ...notes,
        ],
      },
      ...worlds === undefined ? [] : [{
        name: "skill_by_world",
        title: "Skill in each world",
        table: worlds.table,
        notes: worlds.notes,
      }],
      ...metric.tables,
      ...judgements.length === 0 ? [] : [{
        name: "claims",
        title: "The paper's claims, judged by this study",
        table: claimsTable(judgements),
        notes: claimNotes,
      }],
    ],
    notes: [
      ...missingNotes(results),
      ...judgements.length > 0 ? [] : claimNotes,
    ],
  };
}
