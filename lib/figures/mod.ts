/**
 * Figures as pure functions from rows to Vega-Lite specifications, and their
 * rendering. Nothing here loads data or runs an experiment.
 *
 * @module
 */

export {
  anytimeFigure,
  type AnytimeOptions,
  type AnytimeRow,
  anytimeRows,
  type SearchRun,
} from "./anytime.ts";
export {
  claimsMatrixFigure,
  type ClaimsMatrixOptions,
  outcomeLooks,
} from "./claims_matrix.ts";
export {
  colorsOfMethods,
  freeColors,
  methodColors,
  type SeriesColors,
  seriesColors,
} from "./colors.ts";
export {
  convergenceFigure,
  type ConvergenceFigureOptions,
  type ShownCurves,
} from "./convergence.ts";
export { convergenceCurves, type ConvergenceCurvesOptions } from "./curves.ts";
export { downlinkQueueFigure, type QueueRow } from "./downlink_queue.ts";
export {
  CLAIMS_FIGURE,
  claimsFigure,
  experimentFigure,
  usersFigure,
} from "./experiments.ts";
export {
  improvementFigure,
  type ImprovementOptions,
  type ImprovementRow,
} from "./improvement.ts";
export { intervalEstimatesFigure } from "./interval_estimates.ts";
export {
  learningCurvesFigure,
  type LearningCurvesOptions,
  type LearningRow,
} from "./learning_curves.ts";
export { type LineRow, linesFigure, type LinesFigureOptions } from "./lines.ts";
export { liveCurveFigure, type LiveCurveOptions } from "./live_curve.ts";
export {
  type MapRow,
  networkMapFigure,
  type NetworkMapOptions,
} from "./network_map.ts";
export {
  type MethodBarRow,
  methodBarsFigure,
  type MethodBarsOptions,
} from "./method_bars.ts";
export type { MethodScoreRow, MethodScoresOptions } from "./method_scores.ts";
export { pageFigure, type PageFigureOptions } from "./page_figure.ts";
export {
  fileFigure,
  type PageParts,
  pagePartsOf,
  type PlaceSlider,
  type ShownField,
  type ShownRow,
  type SmoothingSlider,
} from "./page_parts.ts";
export {
  performanceProfileFigure,
  type PerformanceProfileOptions,
} from "./performance_profile.ts";
export {
  FIGURE_FORMATS,
  figureFiles,
  type FigureFormat,
  type FigurePaths,
  fitFigure,
  notebookPng,
  type RenderedFigure,
  renderFigure,
  shrinkPng,
  writeFigure,
  writeFigures,
  type WriteFiguresOptions,
} from "./render.ts";
export type {
  ConvergencePoint,
  ConvergenceRow,
  MatrixRow,
  MetricRow,
  UsersRow,
} from "./rows.ts";
export {
  scalabilityFigure,
  type ScalabilityFigureOptions,
} from "./scalability.ts";
export {
  skillByWorldFigure,
  type SkillByWorldOptions,
  type WorldSkillRow,
} from "./skill_by_world.ts";
export { type AnatomyRow, slotAnatomyFigure } from "./slot_anatomy.ts";
export {
  anatomyRows,
  methodBarRow,
  queueRows,
  slotMapRows,
} from "./slot_rows.ts";
export { slotTimelineFigure, type TimelineRow } from "./slot_timeline.ts";
export { metricFigure, type MetricFigureOptions } from "./metric_figure.ts";
export type { ShownValue } from "./metric_panels.ts";
export { inMethodOrder } from "./series_names.ts";
export { type FigureSpec, type FitOptions, vegaLiteSchema } from "./spec.ts";
export { darkTheme, fontFamily, houseTheme, type ThemeName } from "./theme.ts";
export {
  tornadoFigure,
  type TornadoFigureOptions,
  type TornadoRow,
} from "./tornado.ts";
export {
  type TrainingPanelRow,
  trainingPanelsFigure,
  type TrainingPanelsOptions,
} from "./training_panels.ts";
