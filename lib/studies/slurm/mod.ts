/**
 * Sweeps on a Slurm cluster: job arrays whose tasks run the same workers as a sweep
 * on one machine, with results in the same store and no other channel.
 *
 * @module
 */

export { cancelJobs, readMaxArraySize, readQueue } from "./commands.ts";
export { readSubmissions, type TaskTrial } from "./folder.ts";
export { parseSlurmOptions, type SlurmOptions } from "./options.ts";
export { parseQueue, type Phase, phaseOf, type QueueEntry } from "./queue.ts";
export type { FailedReport, TaskReport } from "./report.ts";
export {
  DEFAULT_REQUEST,
  requestTrials,
  type TrialRequest,
} from "./requests.ts";
export { runTask, type RunTaskOptions } from "./run_task.ts";
export { formatScript, type ScriptPlan } from "./script.ts";
export {
  readTrialStatuses,
  type StatusSources,
  type Submission,
  type TrialPhase,
  type TrialStatus,
} from "./status.ts";
export {
  planSubmission,
  type SubmissionOptions,
  type SubmissionPlan,
  submitPlan,
  type SubmittedJobs,
} from "./submit.ts";
export {
  concludeSubmission,
  readSweepStatus,
  type SweepStatus,
} from "./sweep_status.ts";
export { planTasks, type TaskOptions, type TaskPlan } from "./tasks.ts";
