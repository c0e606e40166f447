/**
 * A pool of worker processes, one trial each: a trial that crashes or runs out
 * of memory takes no other with it.
 *
 * @module
 */

import type { EpisodeRow } from "../trials/rows.ts";
import type { TrialConfig } from "../trials/trial.ts";
import { runWorker, type RunWorkerOptions } from "../trials/worker.ts";

/** Whether a trial is to be run: others may have begun or finished it. */
export type Readiness = "ready" | "busy" | "finished";

/** How a pool runs. */
export interface PoolOptions
  extends Pick<RunWorkerOptions, "signal" | "timeoutMs" | "graceMs"> {
  /** Trials to run, in this order. */
  readonly trials: readonly TrialConfig[];
  /** Processes at a time. */
  readonly jobs: number;
  /** The command that runs a trial and prints `WorkerMessage`s. */
  readonly command: (trial: TrialConfig) => Deno.Command;
  /** Looks at a trial before its worker is started; by default all are ready. */
  readonly readiness?: (trial: TrialConfig) => Promise<Readiness>;
  /** Called when a worker is started. */
  readonly onStarted?: (trial: TrialConfig) => void;
  /** Called after every episode of every trial. */
  readonly onEpisode?: (trial: TrialConfig, row: EpisodeRow) => void;
  /** Called with every other line that a worker prints. */
  readonly onOutput?: (trial: TrialConfig, line: string) => void;
  /** Called when a trial is finished, here or by another process. */
  readonly onFinished?: (trial: TrialConfig) => void;
  /** Called when a trial has failed. */
  readonly onFailed?: (failure: FailedTrial) => void;
  /** Called when a trial was left as it is: stopped, or run by another process. */
  readonly onLeft?: (trial: TrialConfig) => void;
  /** Called when there is nothing to do but to wait for other processes. */
  readonly onWaiting?: (trials: readonly TrialConfig[]) => void;
  /** Whether the first failure stops the others. */
  readonly failFast?: boolean;
}

/** A trial that did not finish. */
export interface FailedTrial {
  /** The trial. */
  readonly trial: TrialConfig;
  /** What the worker said, or how it ended. */
  readonly reason: string;
}

/** How long to wait before looking again at what other processes run. */
const LOOK_AGAIN_MS = 500;

/** Waits for a while, or until a signal. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}

/**
 * Runs trials, `jobs` at a time. A trial that another process runs is put off until
 * that one has finished it or is gone.
 *
 * @returns The trials that failed; a trial that was stopped by `signal` is
 * neither finished nor failed.
 */
export async function runPool(options: PoolOptions): Promise<FailedTrial[]> {
  const waiting = [...options.trials];
  const busy: TrialConfig[] = [];
  const failed: FailedTrial[] = [];
  const failure = new AbortController();
  const signal = AbortSignal.any([
    failure.signal,
    ...(options.signal ? [options.signal] : []),
  ]);
  const fail = (trial: TrialConfig, reason: string) => {
    failed.push({ trial, reason });
    options.onFailed?.({ trial, reason });
    if (options.failFast) failure.abort();
  };
  const run = async (trial: TrialConfig) => {
    const readiness = await options.readiness?.(trial) ?? "ready";
    if (readiness === "finished") return options.onFinished?.(trial);
    if (readiness === "busy") return void busy.push(trial);
    options.onStarted?.(trial);
    const ending = await runWorker({
      ...options,
      signal,
      command: options.command(trial),
      onEpisode: (row) => options.onEpisode?.(trial, row),
      onOutput: (line) => options.onOutput?.(trial, line),
    });
    if (ending.type === "finished") return options.onFinished?.(trial);
    if (ending.type === "failed") return fail(trial, ending.reason);
    options.onLeft?.(trial);
    if (ending.type === "busy") busy.push(trial);
  };
  const lane = async () => {
    while (!signal.aborted) {
      const trial = waiting.shift();
      if (trial !== undefined) {
        await run(trial).catch((error: Error) => fail(trial, error.message));
      } else if (busy.length > 0) {
        options.onWaiting?.(busy);
        await wait(LOOK_AGAIN_MS, signal);
        waiting.push(...busy.splice(0));
      } else {
        return;
      }
    }
  };
  const lanes = Math.min(options.jobs, waiting.length);
  await Promise.all(Array.from({ length: lanes }, lane));
  return failed;
}
