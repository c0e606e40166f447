/**
 * Slurm's own commands.
 *
 * @module
 */

import { InputError } from "../../input/input_error.ts";
import { parseQueue, QUEUE_OPTIONS, type QueueEntry } from "./queue.ts";

/** The commands that sweeps use. */
export const SLURM_COMMANDS = [
  "sbatch",
  "squeue",
  "scancel",
  "scontrol",
] as const;

/** A command of {@linkcode SLURM_COMMANDS}. */
export type SlurmCommand = typeof SLURM_COMMANDS[number];

/**
 * Runs one of Slurm's commands and returns what it printed.
 *
 * @throws {InputError} In one line, if it is not installed here, or with what it
 * said if it failed.
 */
async function run(
  act: string,
  command: SlurmCommand,
  args: readonly string[],
): Promise<string> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command(command, {
      args: [...args],
      stdin: "null",
    }).output();
  } catch (error) {
    // What is not there can be allowed as little as run.
    const { NotFound, NotCapable } = Deno.errors;
    if (!(error instanceof NotFound || error instanceof NotCapable)) {
      throw error;
    }
    throw new InputError(
      `Cannot ${act}: Slurm's ${command} must be on the PATH (are you on the cluster's login node?), got no such program`,
    );
  }
  const decoder = new TextDecoder();
  if (!output.success) {
    const said = decoder.decode(output.stderr).trim().replaceAll(/\s+/g, " ");
    throw new InputError(
      `Cannot ${act}: ${command} must succeed, got exit code ${output.code}${
        said === "" ? "" : ` and: ${said}`
      }`,
    );
  }
  return decoder.decode(output.stdout).trim();
}

/**
 * Makes sure that Slurm's commands are there.
 *
 * @throws {InputError} If one is not.
 */
export async function requireSlurm(act: string): Promise<void> {
  for (const command of SLURM_COMMANDS) await run(act, command, ["--version"]);
}

/** Submits a script; returns the number of its job. */
export async function submitScript(
  path: string,
  options: readonly string[] = [],
): Promise<number> {
  const text = await run("submit", "sbatch", ["--parsable", ...options, path]);
  // Behind a semicolon may follow the name of the cluster.
  return Number(text.split(";")[0]);
}

/** Jobs with one of these names that Slurm knows. */
export async function readQueue(
  names: readonly string[],
): Promise<QueueEntry[]> {
  const text = await run("read the status", "squeue", [
    ...QUEUE_OPTIONS,
    `--name=${names.join(",")}`,
  ]);
  return parseQueue(text);
}

/** Cancels all jobs with a name, waiting or running. */
export async function cancelJobs(name: string): Promise<void> {
  await run("cancel", "scancel", [`--name=${name}`]);
}

/**
 * Slurm's `MaxArraySize`: so many tasks an array can have, numbered from 0.
 *
 * @throws {InputError} If this cluster has no arrays.
 */
export async function readMaxArraySize(): Promise<number> {
  const text = await run("submit", "scontrol", ["show", "config"]);
  const size = Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(text)?.[1]);
  if (size > 0) return size;
  throw new InputError(
    `Cannot submit: Slurm's MaxArraySize must be at least 1, got ${size}`,
  );
}
