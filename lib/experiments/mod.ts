/**
 * Experiments: what is run for the paper's figures, and what comes of it.
 *
 * @module
 */

export {
  aggregateExperiment,
  type ExperimentRows,
  readExperiment,
} from "./aggregate.ts";
export { aggregateBudget, budgetPath, readBudget } from "./budget.ts";
export {
  type BudgetEntry,
  budgetLedger,
  budgetTable,
} from "./budget_ledger.ts";
export {
  checkMethod,
  type CheckMethodOptions,
  type MethodCheck,
} from "./check_method/check_method.ts";
export type {
  CheckName,
  CheckResult,
  CheckVerdict,
} from "./check_method/findings.ts";
export { DamagedTrialError, FinishedTrial, readTrial } from "./check_trial.ts";
export type { TrialManifest } from "./check_trial.ts";
export { formatCsv } from "./csv.ts";
export { parseAnyCsv, type TableSource } from "../input/csv.ts";
export {
  LabSources,
  type ReadSource,
  sourceReader,
  type SourceRecord,
  type TrialCode,
} from "./lab_sources.ts";
export {
  findStale,
  type StaleFile,
  staleFilesOf,
  type StaleTrial,
} from "./stale.ts";
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
} from "./method_file.ts";
export {
  collectLedger,
  DEFAULT_STUDY,
  type OwnedEntry,
  STUDY_LEDGER,
  type StudyChoices,
} from "./ledger.ts";
export { type MethodTable, methodTable } from "./method_table.ts";
export {
  type Estimate,
  type MetricDescription,
  type MetricName,
  METRICS,
} from "./metrics.ts";
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
} from "./registry.ts";
export { type Report, reportExperiment } from "./report.ts";
export {
  openStudy,
  type OpenStudyOptions,
  type RunStudyOptions,
  Study,
  type StudyProgress,
} from "./study.ts";
export type {
  SweepChoices,
  SweepConfig,
  SweepPart,
} from "./sweep/study_form.ts";
export type { Metric } from "./sweep/columns.ts";
export type { CellValue, Sweep, SweepTrial } from "./sweep/expand.ts";
export type { Grid } from "./sweep/grid.ts";
export type { MethodSpec, MethodVariant } from "./sweep/methods.ts";
export type { SweepOverrides } from "./sweep/overrides.ts";
export type { SweepFailure, SweepReport } from "./sweep/run_sweep.ts";
export type { SelectSweepOptions } from "./sweep/select.ts";
export type { SweepRow } from "./sweep/table.ts";
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
} from "./rows.ts";
export { play, type PlayedRow, type PlayOptions } from "./play.ts";
export {
  loadPolicy,
  type LoadPolicyOptions,
  makePolicy,
  type Policy,
  type PolicyTrial,
} from "./load_policy.ts";
export {
  type PlayedPolicy,
  playPolicy,
  type PlayPolicyOptions,
  type SlotRow,
  type StoredComparison,
} from "./play_policy.ts";
export {
  BusyTrialError,
  checkpointPath,
  claimPath,
  runStoredTrial,
  type RunStoredTrialOptions,
} from "./run_stored_trial.ts";
export {
  type CheckpointOptions,
  runTrial,
  type RunTrialOptions,
  type TrialResult,
} from "./run_trial.ts";
export {
  aggregateScalability,
  readScalability,
  scalabilityPath,
  scalabilityTrials,
} from "./scalability.ts";
export { scalabilityTable } from "./scalability_summary.ts";
export {
  curvesPath,
  evaluationsPath,
  profileDirectory,
} from "./paper_tables.ts";
export { trialDirectory, type TrialFiles } from "./store.ts";
export {
  type BestSeries,
  findBest,
  judgeBest,
  type SeriesSummary,
  summarizeSeries,
  summaryTable,
} from "./series_summary.ts";
export {
  type MethodRow,
  type Skills,
  type SkillScale,
  skillScore,
  skillsOf,
} from "./skill_score.ts";
export {
  compareFig05,
  type Comparison,
  comparisonTable,
  judgeFig05,
} from "./summary.ts";
export { timeCalls, type TimedCalls, type TrialTimings } from "./timings.ts";
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
} from "./trial.ts";
export { episodeSeed, hashTraces } from "./trial_traces.ts";
export {
  runWorker,
  type RunWorkerOptions,
  type WorkerEnding,
  type WorkerMessage,
} from "./worker.ts";
