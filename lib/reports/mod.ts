/**
 * Reports of studies: figures, tables and verdicts from finished trials.
 *
 * @module
 */

export {
  checkStandIns,
  judgeStudy,
  type StandIns,
  type StudyVerdicts,
} from "./claim_rows.ts";
export {
  type GatherOptions,
  gatherStudy,
  type ReadTrial,
  type SeenTrials,
  type StudyResults,
} from "./gather.ts";
export {
  growingFigure,
  type GrowingFigureOptions,
  hasGrowingFigure,
} from "./growing_figure.ts";
export { type MetricRows, metricRows } from "./metric_rows.ts";
export { metricTable } from "./metric_table.ts";
export { SHOWN_METRICS, type ShownMetric } from "./shown_metrics.ts";
export {
  axesOf,
  reportStudy,
  type ReportTable,
  type StudyReport,
  type StudyReportOptions,
} from "./study_report.ts";
export {
  csvTable,
  latexTable,
  latexText,
  markdownTable,
  type Table,
} from "./tables.ts";
