/**
 * An array task: runs its trials one by one, as a sweep on one machine does, and
 * reports how far it is.
 *
 * @module
 */

import { join } from "node:path";
import { type PoolOptions, type Readiness, runPool } from "../pool.ts";
import { removeLeftovers } from "../../trials/leftovers.ts";
import { exists, trialsDirectory } from "../../trials/store.ts";
import { forgetFailure, recordFailure } from "../failures.ts";
import { TrialLogs } from "../trial_log.ts";
import { type TrialConfig, trialId } from "../../trials/trial.ts";
import { readTask, writeReport } from "./folder.ts";
import type { TaskReport } from "./report.ts";

/** What {@linkcode runTask} runs, and how. */
export interface RunTaskOptions
  extends Pick<PoolOptions, "command" | "signal" | "timeoutMs" | "graceMs"> {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Name of the sweep. */
  readonly sweep: string;
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

/** The state of one call of {@linkcode runTask}. */
class Run {
  readonly #options: RunTaskOptions;
  readonly #logs: TrialLogs;
  #report: TaskReport;
  /** Files are written one after another. */
  #writing: Promise<unknown> = Promise.resolve();
  finished = 0;

  constructor(options: RunTaskOptions) {
    const { dataDirectory, sweep, job, node, say } = options;
    this.#options = options;
    this.#logs = new TrialLogs({ dataDirectory, sweep, onProblem: say });
    this.#report = { job, node, failed: [] };
  }

  #write(what: string, call: () => Promise<void>): void {
    // A full disk must not end trials; the store has its own say.
    this.#writing = this.#writing.then(call).catch((error: Error) =>
      this.#options.say(`Cannot write ${what}: ${error.message}`)
    );
  }

  /** Replaces the task's report. */
  tell(change: Partial<TaskReport>): void {
    const { submission, task } = this.#options;
    const report = this.#report = { ...this.#report, ...change };
    this.#write("the report", () => writeReport(submission, task, report));
  }

  log(id: string, line: string): void {
    this.#logs.write(id, line);
  }

  start(id: string): void {
    const { job, task, node } = this.#options;
    this.log(id, `--- started by task ${job}_${task} on ${node}`);
    this.tell({ running: id });
  }

  finish(id: string): void {
    const { dataDirectory, sweep, say } = this.#options;
    this.finished++;
    say(`${id} finished`);
    if (this.#report.running === id) this.log(id, "--- finished");
    this.#write("failures", () => forgetFailure(dataDirectory, sweep, id));
  }

  fail(id: string, reason: string): void {
    const { dataDirectory, sweep, say } = this.#options;
    say(`${id} failed: ${reason}`);
    this.log(id, `--- failed: ${reason}`);
    const failed = [...this.#report.failed, { id, reason }];
    this.tell({ running: undefined, failed });
    this.#write(
      "failures",
      () => recordFailure(dataDirectory, sweep, id, reason),
    );
  }

  /** Takes note that a trial was stopped, or is run by another process. */
  leave(id: string): void {
    this.log(id, "--- left");
    this.tell({ running: undefined });
  }

  /** Removes what tasks that were killed left half written. */
  async tidy(ids: ReadonlySet<string>): Promise<void> {
    const { dataDirectory, say } = this.#options;
    await removeLeftovers(dataDirectory, ids).catch((error: Error) =>
      say(`Cannot remove what was left half written: ${error.message}`)
    );
  }

  async end(): Promise<void> {
    const stopped = this.#options.signal?.aborted ?? false;
    this.tell({ running: undefined, end: stopped ? "stopped" : "done" });
    await this.#writing;
  }
}

/**
 * Runs an array task's trials that have no results yet.
 *
 * @returns Whether all have results now.
 */
export async function runTask(options: RunTaskOptions): Promise<boolean> {
  const { submission, task, dataDirectory } = options;
  const trials = await readTask(submission, task);
  const ids = new Map(trials.map(({ id, config }) => [config, id]));
  const of = (config: TrialConfig) => ids.get(config)!;
  const run = new Run(options);
  run.tell({});
  const current = trials.filter(({ id, config }) => {
    if (trialId(config) === id) return true;
    run.fail(id, "the code gives other numbers than when it was submitted");
    return false;
  });
  await runPool({
    ...options,
    trials: current.map(({ config }) => config),
    jobs: 1,
    readiness: async (config): Promise<Readiness> => {
      const path = join(trialsDirectory(dataDirectory), of(config));
      return await exists(path) ? "finished" : "ready";
    },
    onStarted: (config) => run.start(of(config)),
    onOutput: (config, line) => run.log(of(config), line),
    onFinished: (config) => run.finish(of(config)),
    onFailed: ({ trial, reason }) => run.fail(of(trial), reason),
    onLeft: (config) => run.leave(of(config)),
  });
  await run.tidy(new Set(ids.values()));
  await run.end();
  return run.finished === trials.length;
}
