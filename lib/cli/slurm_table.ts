/**
 * What follows a Slurm array: writes the sweep's table and records what failed. The
 * script of `deno task sweep --slurm` starts it; people use `deno task sweep`.
 *
 * @module
 */

import { basename, join } from "node:path";
import { readQueue } from "../studies/slurm/commands.ts";
import { CONFIG } from "../studies/slurm/folder.ts";
import type { QueueEntry } from "../studies/slurm/queue.ts";
import { concludeSubmission } from "../studies/slurm/sweep_status.ts";
import { InputError } from "../input/input_error.ts";
import { runMain } from "./command.ts";
import { selectSweep } from "../studies/select.ts";

/** Asks Slurm, where a node can. */
async function askQueue(names: readonly string[]): Promise<QueueEntry[]> {
  try {
    return await readQueue(names);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.log(`${error.message}; the tasks' reports must do`);
    return [];
  }
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const [dataDirectory, submission] = args;
  const path = join(submission, CONFIG);
  const { sweep } = await selectSweep(path);
  const lines = await concludeSubmission(
    dataDirectory,
    sweep,
    Number(basename(submission)),
    askQueue,
  );
  for (const line of lines) console.log(line);
  return 0;
}

if (import.meta.main) await runMain(main);
