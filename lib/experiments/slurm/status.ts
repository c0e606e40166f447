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
}

type Told = Pick<TrialStatus, "phase" | "reason">;

/** Why a trial has no result although its task ended. */
function explainEnd(
  id: string,
  cancelled: boolean,
  entry: QueueEntry | undefined,
  report: TaskReport | undefined,
): Told {
  const phase = entry && phaseOf(entry.state);
  if (phase === "cancelled" || (phase === undefined && cancelled)) {
    return { phase: "cancelled" };
  }
  const fail = (reason: string): Told => ({ phase: "failed", reason });
  if (report?.end === "done") return fail("its result is not there any more");
  if (phase === "failed" && (entry!.state !== "FAILED" || !report?.end)) {
    return fail(`its task ended with ${entry!.state} (${entry!.reason})`);
  }
  if (report?.end === "stopped") {
    return fail("its task was told to stop, as when its time is over");
  }
  return fail(
    report?.running === id
      ? "its task was killed, or its node failed"
      : "its task ended before its turn",
  );
}

function statusIn(
  id: string,
  submission: Submission,
  entry: QueueEntry | undefined,
  report: TaskReport | undefined,
): Told {
  const phase = entry && phaseOf(entry.state);
  if (phase === "waiting") return { phase: "pending", reason: entry!.reason };
  const failure = report?.failed.find((failed) => failed.id === id);
  if (failure) return { phase: "failed", reason: failure.reason };
  if (phase === "running") {
    return report?.running === id && report.job === entry!.job
      ? { phase: "running" }
      : { phase: "pending", reason: "its task runs" };
  }
  return explainEnd(id, submission.cancelled, entry, report);
}

/** How far every trial of a sweep is, in the order of `ids`. */
export function readTrialStatuses(
  { ids, finished, submissions, queue }: StatusSources,
): TrialStatus[] {
  const key = (name: string, task: number) => `${name} ${task}`;
  const entries = new Map<string, QueueEntry>();
  for (const entry of queue) {
    if (entry.task === undefined) continue;
    const name = key(entry.name, entry.task);
    // A script that was submitted again by hand has the same name.
    if (entry.job >= (entries.get(name)?.job ?? 0)) entries.set(name, entry);
  }
  const last = new Map<string, { submission: Submission; index: number }>();
  for (
    const submission of [...submissions].sort((a, b) => a.number - b.number)
  ) {
    submission.tasks.forEach((task, index) => {
      for (const id of task) last.set(id, { submission, index });
    });
  }
  return ids.map((id): TrialStatus => {
    const place = last.get(id);
    const task = place &&
      { submission: place.submission.number, index: place.index };
    if (finished.has(id)) return { id, phase: "done", task };
    if (place === undefined) return { id, phase: "new" };
    const { submission, index } = place;
    const entry = entries.get(key(submission.jobName, index));
    const report = submission.reports.get(index);
    return { id, ...statusIn(id, submission, entry, report), task };
  });
}
