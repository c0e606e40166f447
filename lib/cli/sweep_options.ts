/**
 * What the commands that run many trials share: how they run them.
 *
 * @module
 */

import type { LabSources } from "../trials/lab_sources.ts";
import type { RunSweepOptions } from "../studies/run_sweep.ts";
import {
  type SelectedSweep,
  selectSweep,
  type SelectSweepOptions,
} from "../studies/select.ts";
import { isMethodFile } from "../trials/method_file.ts";
import type { TrialConfig } from "../trials/trial.ts";
import { userPath } from "./user_path.ts";
import { InputError } from "../input/input_error.ts";
import { readCount } from "./command.ts";
import { workerCommand } from "../trials/worker_command.ts";

/** What differs where a command is tested. */
export interface SweepMainOptions {
  /** Starts a trial's worker; by default `lib/cli/trial_worker.ts`. */
  readonly command?: (
    trial: TrialConfig,
    dataDirectory: string,
  ) => Deno.Command;
  /** Milliseconds that a worker may take to stop before it is killed. */
  readonly graceMs?: number;
  /** The code of today; by default what is in the checkout. */
  readonly sources?: LabSources;
}

/** Arguments that say how trials are run. */
export interface RunningArguments {
  /** Trials at a time. */
  readonly jobs?: string;
  /** Seconds that a trial may take. */
  readonly timeout?: string;
  /** Least seconds between checkpoints. */
  readonly checkpoint?: string;
  /** Whether native kernels may be taken. */
  readonly native: boolean;
  /** The folder `data`. */
  readonly data: string;
}

/** Arguments that say which trials of a study are meant. */
export interface SelectionArguments {
  /** What is changed in the study; paths of methods are as the user wrote them. */
  readonly values: SelectSweepOptions;
  /** The study, first of all. */
  readonly positionals: readonly string[];
}

/**
 * The study that the arguments select.
 *
 * @throws {InputError} If there is none, or it is not valid.
 */
export function readSelection(
  { values, positionals: [study] }: SelectionArguments,
): Promise<SelectedSweep> {
  const methods = values.methods?.split(",")
    .map((one) => isMethodFile(one) ? userPath(one) : one).join(",");
  return selectSweep(study, {
    ...values,
    ...methods === undefined ? {} : { methods },
  });
}

/** How many trials run at a time. */
export function readJobs(text: string | undefined): number {
  return text === undefined
    ? navigator.hardwareConcurrency
    : readCount("jobs", text, 1);
}

/** What an option gives in seconds, in milliseconds; `undefined` without it. */
export function readMilliseconds(
  option: string,
  text: string | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds > 0) || seconds === Infinity) {
    throw new InputError(
      `Cannot read the arguments: ${option} must be seconds above 0, got ${text}`,
    );
  }
  return seconds * 1000;
}

/** The data folder, whose name the permissions of workers and scripts must hold. */
export function readData(path: string): string {
  if (/^[^,\p{Cc}]+$/u.test(path)) return path;
  throw new InputError(
    `Cannot read the arguments: --data must be a folder without "," in its name, got ${
      JSON.stringify(path)
    }`,
  );
}

/**
 * How trials are run, from the arguments.
 *
 * @param gitClean Whether `lib` is as committed, for the trials' provenance.
 */
export function readRunning(
  { jobs, timeout, checkpoint, native, data }: RunningArguments,
  { command, graceMs }: SweepMainOptions,
  gitClean: boolean | null = null,
): Pick<
  RunSweepOptions,
  "jobs" | "timeoutMs" | "graceMs" | "dataDirectory" | "clock" | "command"
> {
  const checkpointLeastMs = readMilliseconds("--checkpoint", checkpoint);
  return {
    jobs: readJobs(jobs),
    timeoutMs: readMilliseconds("--timeout", timeout),
    graceMs,
    dataDirectory: readData(data),
    clock: () => performance.now(),
    command: (trial) =>
      command?.(trial, data) ??
        workerCommand(trial, {
          dataDirectory: data,
          checkpointLeastMs,
          native,
          gitClean,
        }),
  };
}

/**
 * The exit code of a call, or 1 and one line if the system refused it something: a
 * full disk or a read-only folder is no fault of the program.
 */
export async function orSystemError(
  act: string,
  call: () => Promise<number>,
): Promise<number> {
  try {
    return await call();
  } catch (error) {
    const { message } = error as Error;
    if (!/\(os error \d+\)/.test(message)) throw error;
    console.error(`Cannot ${act}: ${message}`);
    return 1;
  }
}
