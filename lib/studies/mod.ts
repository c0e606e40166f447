/**
 * Experiments: what is run for the paper's figures, and what comes of it.
 *
 * @module
 */

export {
  aggregateExperiment,
  type ExperimentRows,
  readExperiment,
} from "./paper/aggregate.ts";
export { aggregateBudget, budgetPath, readBudget } from "./paper/budget.ts";
export {
  type BudgetEntry,
  budgetLedger,
  budgetTable,
} from "./paper/budget_ledger.ts";
export {
  checkMethod,
  type CheckMethodOptions,
  type MethodCheck,
} from "../trials/check_method/check_method.ts";
export type {
  CheckName,
  CheckResult,
  CheckVerdict,
} from "../trials/check_method/findings.ts";
export {
  DamagedTrialError,
  FinishedTrial,
  readTrial,
} from "../trials/check_trial.ts";
export type { TrialManifest } from "../trials/check_trial.ts";
export { formatCsv } from "../trials/csv.ts";
export { parseAnyCsv, type TableSource } from "../input/csv.ts";
export {
  LabSources,
  type ReadSource,
  sourceReader,
  type SourceRecord,
  type TrialCode,
} from "../trials/lab_sources.ts";
export {
  findStale,
  type StaleFile,
  staleFilesOf,
  type StaleTrial,
} from "../trials/stale.ts";
export {
  type MethodSummary,
  type MethodSummaryOptions,
  summarizeMethods,
} from "./method_summary.ts";
export {
  hashModules,
  type HashModulesOptions,
  type LoadedMethod,
  loadMethodFile,
  type LoadMethodFileOptions,
  type MethodFile,
  requireUnchanged,
} from "../trials/method_file.ts";
export {
  collectLedger,
  DEFAULT_STUDY,
  type OwnedEntry,
  STUDY_LEDGER,
  type StudyChoices,
} from "./ledger.ts";
export { type MethodTable, methodTable } from "./method_table.ts";
export type { Estimate } from "../stats/statistics.ts";
export { type MetricDescription, type MetricName, METRICS } from "./metrics.ts";
export {
  type FailedTrial,
  type PoolOptions,
  type Readiness,
  runPool,
} from "./pool.ts";
export {
  type Experiment,
  EXPERIMENTS,
  FIG04,
  FIG05,
  FIG06_07,
  lengthsOf,
  type PaperStudy,
  paperTrials,
  type ProfileName,
  type ScalabilityExperiment,
  seriesNames,
  type SeriesTrial,
  seriesTrials,
  type StudyLengths,
} from "./paper/registry.ts";
export { type Report, reportExperiment } from "./paper/report.ts";
export {
  openStudy,
  type OpenStudyOptions,
  type RunStudyOptions,
  Study,
  type StudyProgress,
} from "./study.ts";
export type { SweepChoices, SweepConfig, SweepPart } from "./study_form.ts";
export type { Metric } from "./columns.ts";
export type { CellValue, Sweep, SweepTrial } from "./expand.ts";
export type { Grid } from "./grid.ts";
export type { MethodSpec, MethodVariant } from "./methods.ts";
export type { SweepOverrides } from "./overrides.ts";
export type { SweepFailure, SweepReport } from "./run_sweep.ts";
export type { SelectSweepOptions } from "./select.ts";
export type { SweepRow } from "./sweep_table.ts";
export type {
  BudgetRow,
  EpisodeRow,
  EvaluationRow,
  FeasibleRow,
  OutcomeRow,
  RowOrigin,
  ScalabilityRow,
  TrainingEpisodeRow,
  TrialEpisodeRow,
  TrialEvaluationRow,
} from "../trials/rows.ts";
export { play, type PlayedRow, type PlayOptions } from "../trials/play.ts";
export {
  loadPolicy,
  type LoadPolicyOptions,
  makePolicy,
  type Policy,
  type PolicyTrial,
} from "../trials/load_policy.ts";
export {
  type PlayedPolicy,
  playPolicy,
  type PlayPolicyOptions,
  type SlotRow,
  type StoredComparison,
} from "../trials/play_policy.ts";
export {
  BusyTrialError,
  checkpointPath,
  lockPath,
  runStoredTrial,
  type RunStoredTrialOptions,
} from "../trials/run_stored_trial.ts";
export {
  type CheckpointOptions,
  runTrial,
  type RunTrialOptions,
  type TrialResult,
} from "../trials/run_trial.ts";
export {
  aggregateScalability,
  readScalability,
  scalabilityPath,
  scalabilityTrials,
} from "./paper/scalability.ts";
export { scalabilityTable } from "./paper/scalability_summary.ts";
export {
  curvesPath,
  evaluationsPath,
  profileDirectory,
} from "./paper/paper_tables.ts";
export { trialDirectory, type TrialFiles } from "../trials/store.ts";
export {
  type BestSeries,
  findBest,
  judgeBest,
  type SeriesSummary,
  summarizeSeries,
  summaryTable,
} from "./paper/series_summary.ts";
export { type Skills, skillsOf } from "./skill_score.ts";
export type { MethodRow } from "./task_scales.ts";
export {
  compareFig05,
  type Comparison,
  comparisonTable,
  judgeFig05,
} from "./paper/summary.ts";
export {
  timeCalls,
  type TimedCalls,
  type TrialTimings,
} from "../trials/timings.ts";
export {
  decisiveConfig,
  isTraining,
  makeTrial,
  type MakeTrialOptions,
  reportedEpisodes,
  RESULTS_VERSION,
  seriesOf,
  type TrainingConfig,
  type TrialConfig,
  trialId,
  type TrialSettings,
  type TrialSetup,
} from "../trials/trial.ts";
export { episodeSeed, hashTraces } from "../trials/trial_traces.ts";
export {
  runWorker,
  type RunWorkerOptions,
  type WorkerEnding,
  type WorkerMessage,
} from "../trials/worker.ts";
