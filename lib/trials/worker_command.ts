/**
 * The command that runs a trial in a process of its own.
 *
 * @module
 */

import { configFlags } from "./checkout.ts";
import {
  enginePermissions,
  folderAround,
  joinPermissions,
  permissionFlags,
} from "./permissions.ts";
import type { TrialConfig } from "./trial.ts";

/** The program of workers: a command, which nothing here imports. */
const WORKER = new URL("../cli/trial_worker.ts", import.meta.url).href;

/** What it takes to start a worker. */
export interface WorkerCommandOptions {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** Least milliseconds between checkpoints; by default `runStoredTrial`'s. */
  readonly checkpointLeastMs?: number;
  /** Whether `lib` is as committed, which a worker has no way to find out. */
  readonly gitClean?: boolean | null;
  /** Whether native kernels may be taken; by default so. */
  readonly native?: boolean;
  /** The program; by default `lib/cli/trial_worker.ts`. */
  readonly script?: string;
}

/** The argument that leaves a value to `runStoredTrial`. */
export const DEFAULT = "default";

/** The command that runs a trial: it may read the checkout, and write results. */
export function workerCommand(
  trial: TrialConfig,
  {
    dataDirectory,
    checkpointLeastMs,
    gitClean = null,
    native = true,
    script = WORKER,
  }: WorkerCommandOptions,
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...configFlags(),
      ...permissionFlags(joinPermissions({
        ...trial.file === undefined
          ? {}
          : { read: [folderAround(trial.file.path)] },
        write: [dataDirectory],
      }, "engine" in trial ? enginePermissions(trial.engine, native) : {})),
      script,
      dataDirectory,
      JSON.stringify(trial),
      `${checkpointLeastMs ?? DEFAULT}`,
      `${gitClean}`,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
}
