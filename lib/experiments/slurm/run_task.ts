/**
 * An array task: runs its trials one by one, as a sweep on one machine does, and
 * reports how far it is.
 *
 * @module
 */

import { type PoolOptions, runPool } from "../pool.ts";
import { trialId } from "../trial.ts";
import { readTask, writeReport } from "./folder.ts";
import type { TaskReport } from "./report.ts";

/** What {@linkcode runTask} runs, and how. */
export interface RunTaskOptions extends
  Pick<
    PoolOptions,
    "command" | "readiness" | "signal" | "timeoutMs" | "graceMs"
  > {
  /** Folder of the submission. */
  readonly submission: string;
  /** Number of the task. */
  readonly task: number;
  /** Number of the array's job. */
  readonly job: number;
  /** Name of the node. */
  readonly node: string;
  /** Called with a line for the task's log. */
  readonly say: (line: string) => void;
}

/**
 * Runs an array task's trials that have no results yet.
 *
 * @returns Whether all have results now.
 */
export async function runTask(options: RunTaskOptions): Promise<boolean> {
  const { submission, task, job, node, say, signal } = options;
  const trials = await readTask(submission, task);
  const ids = new Map(trials.map(({ id, config }) => [config, id]));
  let report: TaskReport = { job, node, failed: [] };
  let writing = Promise.resolve();
  const tell = (change: Partial<TaskReport>) => {
    const told = report = { ...report, ...change };
    writing = writing.then(() => writeReport(submission, task, told))
      // A full disk must not end trials; the store has its own say.
      .catch((error: Error) => say(`No report: ${error.message}`));
  };
  const fail = (id: string, reason: string) => {
    say(`${id} failed: ${reason}`);
    tell({ running: undefined, failed: [...report.failed, { id, reason }] });
  };
  tell({});
  const current = trials.filter(({ id, config }) => {
    if (trialId(config) === id) return true;
    fail(id, "the code gives other numbers than when it was submitted");
    return false;
  });
  let finished = 0;
  await runPool({
    ...options,
    trials: current.map(({ config }) => config),
    jobs: 1,
    onStarted: (trial) => tell({ running: ids.get(trial) }),
    onOutput: (trial, line) => say(`${ids.get(trial)}: ${line}`),
    onFinished: (trial) => {
      finished++;
      say(`${ids.get(trial)} is done`);
    },
    onFailed: ({ trial, reason }) => fail(ids.get(trial) ?? "", reason),
    onLeft: () => tell({ running: undefined }),
  });
  tell({ running: undefined, end: signal?.aborted ? "stopped" : "done" });
  await writing;
  return finished === trials.length;
}
