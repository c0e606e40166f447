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
export { DamagedTrialError, FinishedTrial, readTrial } from "./check_trial.ts";
export type { TrialManifest } from "./check_trial.ts";
export { formatCsv } from "./csv.ts";
export { parseAnyCsv, type TableSource } from "../input/csv.ts";
export {
  type MethodSummary,
  type MethodSummaryOptions,
  summarizeMethods,
} from "./method_summary.ts";
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
  type ExperimentSeries,
  FIG04,
  FIG05,
  type Profile,
  type ProfileName,
  type SeriesTrial,
  seriesTrials,
  trialsOf,
} from "./registry.ts";
export { type Report, reportExperiment } from "./report.ts";
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
  FIG06_07,
  readScalability,
  type ScalabilityExperiment,
  scalabilityPath,
  type ScalabilityProfile,
  scalabilityTrials,
} from "./scalability.ts";
export { scalabilityTable } from "./scalability_summary.ts";
export {
  curvesPath,
  evaluationsPath,
  profileDirectory,
  trialDirectory,
  type TrialFiles,
} from "./store.ts";
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
