/**
 * How far a sweep on a cluster is, and what is done when it has ended.
 *
 * @module
 */

import type { Sweep } from "../expand.ts";
import { setTrialAside } from "../../trials/aside.ts";
import { readFailures, recordFailure } from "../failures.ts";
import { readStates } from "../folder.ts";
import { readSweepRows, writeSweepTable } from "../sweep_table.ts";
import { readJobNames, readSubmissions } from "./folder.ts";
import type { QueueEntry } from "./queue.ts";
import {
  readTrialStatuses,
  type Submission,
  type TrialStatus,
} from "./status.ts";

/** A sweep's trials and what was submitted of them. */
export interface SweepStatus {
  /** How far every trial is, in the sweep's order. */
  readonly trials: readonly TrialStatus[];
  /** What was submitted, in order. */
  readonly submissions: readonly Submission[];
  /** Jobs that Slurm knows. */
  readonly queue: readonly QueueEntry[];
}

/**
 * Reads how far a sweep is.
 *
 * @param readQueue Asks Slurm for the jobs of these names.
 */
export async function readSweepStatus(
  dataDirectory: string,
  sweep: Sweep,
  readQueue: (names: readonly string[]) => Promise<QueueEntry[]>,
): Promise<SweepStatus> {
  const { name } = sweep;
  const jobNames = await readJobNames(dataDirectory, name);
  const queue = jobNames.length === 0 ? [] : await readQueue(jobNames);
  // After the queue: a task that has ended there has written all it had to say.
  const submissions = await readSubmissions(dataDirectory, name);
  const failures = await readFailures(dataDirectory, name);
  const states = await readStates(dataDirectory, sweep);
  const finished = sweep.trials.filter(({ id }) =>
    states.get(id) === "finished"
  );
  const trials = readTrialStatuses({
    ids: sweep.trials.map(({ id }) => id),
    finished: new Set(finished.map(({ id }) => id)),
    submissions,
    queue,
    failures,
  });
  return { trials, submissions, queue };
}

/**
 * What follows an array: writes the sweep's table, sets damaged trials aside, and
 * records why trials of the submission have no results while Slurm still knows.
 *
 * @returns Lines for the log.
 */
export async function concludeSubmission(
  dataDirectory: string,
  sweep: Sweep,
  submission: number,
  readQueue: (names: readonly string[]) => Promise<QueueEntry[]>,
): Promise<string[]> {
  const { name } = sweep;
  const { trials } = await readSweepStatus(dataDirectory, sweep, readQueue);
  const done = new Set(
    trials.filter(({ phase }) => phase === "done").map(({ id }) => id),
  );
  const { rows, damaged } = await readSweepRows(
    dataDirectory,
    sweep.trials.filter(({ id }) => done.has(id)),
  );
  const lines: string[] = [];
  const fail = async (id: string, reason: string) => {
    await recordFailure(dataDirectory, name, id, reason);
    lines.push(`${id} failed: ${reason}`);
  };
  for (const { id, phase, reason, task } of trials) {
    const problem = damaged.get(id);
    if (problem !== undefined) {
      const aside = await setTrialAside(dataDirectory, id);
      await fail(id, `${problem}; it is now ${aside ?? "gone"}`);
    } else if (phase === "failed" && task?.submission === submission) {
      await fail(id, reason ?? "");
    }
  }
  const table = await writeSweepTable(dataDirectory, sweep, rows);
  lines.push(`${rows.size} of ${trials.length} trials are in ${table}`);
  return lines;
}
