/**
 * One task of a Slurm array: runs its trials in worker processes. The script of
 * `deno task sweep --slurm` starts it; people use `deno task sweep`.
 *
 * @module
 */

import { runTask } from "../studies/slurm/run_task.ts";
import { runMain } from "./command.ts";
import { stopOnSignals } from "./signals.ts";
import { workerCommand } from "../trials/worker_command.ts";

/** Milliseconds from seconds, or `undefined` from "none". */
function readMs(seconds: string): number | undefined {
  return seconds === "none" ? undefined : 1000 * Number(seconds);
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const [dataDirectory, sweep, timeout, checkpoint, native, submission, task] =
    args;
  const checkpointLeastMs = readMs(checkpoint);
  const complete = await runTask({
    dataDirectory,
    sweep,
    submission,
    task: Number(task),
    job: Number(Deno.env.get("SLURM_ARRAY_JOB_ID")),
    node: Deno.env.get("SLURMD_NODENAME") ?? "",
    timeoutMs: readMs(timeout),
    signal: stopOnSignals(),
    command: (trial) =>
      workerCommand(trial, {
        dataDirectory,
        checkpointLeastMs,
        native: native === "true",
      }),
    say: (line) => console.log(line),
  });
  return complete ? 0 : 1;
}

if (import.meta.main) await runMain(main);
