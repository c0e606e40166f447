/**
 * `deno task sweep --status` and `--cancel`: what became of submitted trials.
 *
 * @module
 */

import { join } from "node:path";
import {
  cancelJobs,
  readQueue,
  requireSlurm,
} from "../studies/slurm/commands.ts";
import {
  markCancelled,
  submissionsDirectory,
  taskLogPath,
} from "../studies/slurm/folder.ts";
import { phaseOf } from "../studies/slurm/queue.ts";
import type { TrialPhase, TrialStatus } from "../studies/slurm/status.ts";
import {
  readSweepStatus,
  type SweepStatus,
} from "../studies/slurm/sweep_status.ts";
import { labelOf } from "../studies/expand.ts";
import { logPath } from "../studies/folder.ts";
import { oneLine } from "./terminal.ts";
import { type ClusterSweep, commandOf } from "./sweep_slurm.ts";

/** Failures that are named. */
const MOST_FAILURES = 10;

/** Phases in the order in which they are counted, with their names. */
const PHASES: Readonly<Record<TrialPhase, string>> = {
  done: "done",
  running: "running",
  pending: "pending",
  failed: "failed",
  cancelled: "cancelled",
  new: "not submitted",
};

function countPhases(trials: readonly TrialStatus[]): string {
  const counts = Object.entries(PHASES).map(([phase, name]) => {
    const own = trials.filter((trial) => trial.phase === phase);
    return own.length === 0 ? [] : [`${own.length} ${name}`];
  });
  return counts.flat().join(", ");
}

function printFailures(
  { sweep, dataDirectory }: ClusterSweep,
  failed: readonly TrialStatus[],
): void {
  const trials = new Map(sweep.trials.map((trial) => [trial.id, trial]));
  for (const { id, reason } of failed.slice(0, MOST_FAILURES)) {
    console.log(oneLine(`  ${labelOf(trials.get(id)!)}: ${reason}`));
  }
  if (failed.length > MOST_FAILURES) {
    console.log(`  and ${failed.length - MOST_FAILURES} more`);
  }
  const [{ id, task }] = failed;
  const logs = [logPath(dataDirectory, sweep.name, id)];
  if (task !== undefined) {
    const parent = submissionsDirectory(dataDirectory, sweep.name);
    logs.push(taskLogPath(join(parent, `${task.submission}`), task.index));
  }
  console.log(`Logs of the first: ${logs.join(", ")}`);
}

function printStatus(cluster: ClusterSweep, { trials, queue }: SweepStatus) {
  const { name } = cluster.sweep;
  console.log(`${name}: ${trials.length} trials, ${countPhases(trials)}`);
  const pending = trials.filter(({ phase }) => phase === "pending");
  for (
    const [reason, own] of Map.groupBy(pending, ({ reason }) => reason ?? "")
  ) console.log(oneLine(`  ${own.length} pending: ${reason}`));
  const active = queue.filter(({ state }) =>
    ["waiting", "running"].includes(phaseOf(state))
  );
  if (active.length > 0) {
    const jobs = [...new Set(active.map(({ job }) => job))];
    console.log(`Jobs: ${jobs.sort((a, b) => a - b).join(", ")}`);
  }
}

/** Prints how far a sweep is; returns the exit code. */
export async function showStatus(cluster: ClusterSweep): Promise<number> {
  const { sweep, dataDirectory } = cluster;
  await requireSlurm("read the status");
  const status = await readSweepStatus(dataDirectory, sweep, readQueue);
  printStatus(cluster, status);
  const failed = status.trials.filter(({ phase }) => phase === "failed");
  if (failed.length > 0) {
    printFailures(cluster, failed);
    const again = commandOf(cluster, "--only-failed", "--slurm");
    console.log(`To run them again: ${again}`);
  }
  return failed.length > 0 ? 1 : 0;
}

/** Cancels all that was submitted of a sweep; returns the exit code. */
export async function cancelSweep(cluster: ClusterSweep): Promise<number> {
  const { sweep, dataDirectory } = cluster;
  await requireSlurm("cancel");
  const { submissions, queue } = await readSweepStatus(
    dataDirectory,
    sweep,
    readQueue,
  );
  const active = submissions.filter(({ jobName }) =>
    queue.some(({ name, state }) =>
      name === jobName && ["waiting", "running"].includes(phaseOf(state))
    )
  );
  const parent = submissionsDirectory(dataDirectory, sweep.name);
  for (const { number, jobName } of active) {
    await markCancelled(join(parent, String(number)));
    await cancelJobs(jobName);
  }
  console.log(
    active.length === 0
      ? "Nothing is in the queue."
      : `Cancelled. To continue: ${commandOf(cluster)} [--slurm]`,
  );
  return 0;
}
