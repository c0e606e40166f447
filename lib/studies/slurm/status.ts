/**
 * How far the trials of a sweep on a cluster are: what the store, the tasks'
 * reports and Slurm's queue say together.
 *
 * @module
 */

import { phaseOf, type QueueEntry } from "./queue.ts";
import type { TaskReport } from "./report.ts";

/** A submitted array, as its folder tells. */
export interface Submission {
  /** Its number, from 1; later ones replace what earlier ones said of a trial. */
  readonly number: number;
  /** Name of its jobs. */
  readonly jobName: string;
  /** Trials of every task. */
  readonly tasks: readonly (readonly string[])[];
  /** Reports of the tasks that began. */
  readonly reports: ReadonlyMap<number, TaskReport>;
  /** Whether `--cancel` was called. */
  readonly cancelled: boolean;
}

/** Where a trial stands. */
export type TrialPhase =
  | "done"
  | "running"
  | "pending"
  | "failed"
  | "cancelled"
  | "new";

/** How far a trial is. */
export interface TrialStatus {
  /** Identity of the trial. */
  readonly id: string;
  /** Where it stands; `new` was never submitted. */
  readonly phase: TrialPhase;
  /** Why it waits or failed, if somebody said. */
  readonly reason?: string;
  /** The submission and the task that tried it last. */
  readonly task?: { readonly submission: number; readonly index: number };
}

/** What {@linkcode readTrialStatuses} goes by. */
export interface StatusSources {
  /** Trials of the sweep. */
  readonly ids: readonly string[];
  /** Those with results. */
  readonly finished: ReadonlySet<string>;
  /** What was submitted. */
  readonly submissions: readonly Submission[];
  /** What Slurm knows of it. */
  readonly queue: readonly QueueEntry[];
  /** Why trials failed, here or on the cluster, as far as it was recorded. */
  readonly failures: ReadonlyMap<string, string>;
}

type Told = Pick<TrialStatus, "phase" | "reason">;

/** What is known of the task that tried a trial last. */
interface Attempt {
  readonly submission: Submission;
  readonly index: number;
  readonly entry: QueueEntry | undefined;
  readonly report: TaskReport | undefined;
}

/** What Slurm says where it has no reason. */
const NO_REASONS: readonly string[] = ["None", "(null)", ""];

function failed(reason: string): Told {
  return { phase: "failed", reason };
}

/** Why a trial has no result although its task ended. */
function explainEnd(
  id: string,
  { submission, entry, report }: Attempt,
  recorded: string | undefined,
): Told {
  if (entry === undefined) {
    if (submission.cancelled) return { phase: "cancelled" };
    if (recorded !== undefined) return failed(recorded);
  } else if (phaseOf(entry.state) === "cancelled") {
    return { phase: "cancelled" };
  }
  if (report?.end === "done") return failed("its result is not there any more");
  const state = entry && phaseOf(entry.state) === "failed"
    ? entry.state
    : undefined;
  if (state !== undefined && state !== "FAILED") {
    return failed(`its task ended with ${state} (${entry?.reason})`);
  }
  if (report?.end === "stopped") {
    return failed("its task was told to stop, as when its time is over");
  }
  const cause = state === undefined ? "" : ` (${state}, ${entry?.reason})`;
  if (report === undefined) {
    return failed(`its task ended before it began${cause}`);
  }
  return failed(
    report.running === id
      ? `its task was killed${cause}`
      : `its task was killed before its turn${cause}`,
  );
}

function explain(
  id: string,
  attempt: Attempt,
  recorded: string | undefined,
): Told {
  const { entry, report } = attempt;
  const phase = entry && phaseOf(entry.state);
  if (phase === "waiting") {
    const reason = NO_REASONS.includes(entry?.reason ?? "")
      ? "Slurm has not looked at it yet"
      : entry?.reason;
    return { phase: "pending", reason };
  }
  const failure = report?.failed.find((one) => one.id === id);
  if (failure) return failed(failure.reason);
  if (phase === "running") {
    return report?.running === id && report.job === entry?.job
      ? { phase: "running" }
      : { phase: "pending", reason: "its task runs" };
  }
  return explainEnd(id, attempt, recorded);
}

/** The last task of every trial that was submitted. */
function lastAttempts(
  submissions: readonly Submission[],
  queue: readonly QueueEntry[],
): Map<string, Attempt> {
  const key = (name: string, task: number) => `${name} ${task}`;
  const entries = new Map<string, QueueEntry>();
  for (const entry of queue) {
    if (entry.task === undefined) continue;
    const name = key(entry.name, entry.task);
    // A script that was submitted again by hand has the same name.
    if (entry.job >= (entries.get(name)?.job ?? 0)) entries.set(name, entry);
  }
  const attempts = new Map<string, Attempt>();
  const ordered = [...submissions].sort((a, b) => a.number - b.number);
  for (const submission of ordered) {
    submission.tasks.forEach((trials, index) => {
      const entry = entries.get(key(submission.jobName, index));
      const report = submission.reports.get(index);
      for (const id of trials) {
        attempts.set(id, { submission, index, entry, report });
      }
    });
  }
  return attempts;
}

/** How far every trial of a sweep is, in the order of `ids`. */
export function readTrialStatuses(
  { ids, finished, submissions, queue, failures }: StatusSources,
): TrialStatus[] {
  const attempts = lastAttempts(submissions, queue);
  return ids.map((id): TrialStatus => {
    const attempt = attempts.get(id);
    const recorded = failures.get(id);
    if (attempt === undefined) {
      if (finished.has(id)) return { id, phase: "done" };
      return recorded === undefined
        ? { id, phase: "new" }
        : { id, ...failed(recorded) };
    }
    const { submission: { number }, index } = attempt;
    const told: Told = finished.has(id)
      ? { phase: "done" }
      : explain(id, attempt, recorded);
    return { id, ...told, task: { submission: number, index } };
  });
}
