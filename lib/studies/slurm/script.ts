/**
 * The scripts that Slurm runs, as text: a function of the plan alone.
 *
 * @module
 */

import { join } from "node:path";
import type { SlurmOptions } from "./options.ts";

/** What a script of one job says. */
export interface ScriptPlan {
  /** Name of the job, by which it is found again. */
  readonly name: string;
  /** Lines that tell a reader what this is. */
  readonly comment: readonly string[];
  /** Absolute path of the checkout, where the job runs. */
  readonly folder: string;
  /** Folder of what it prints, from `folder`. */
  readonly logs: string;
  /** File there; `%a` is the task's number. */
  readonly log: string;
  /** Wall-clock seconds. */
  readonly seconds: number;
  /** Memory in bytes. */
  readonly memoryBytes: number;
  /** Tasks, if it is an array, and how many may run at a time. */
  readonly array?: { readonly tasks: number; readonly maxParallel?: number };
  /** Options of the user, which win. */
  readonly options: SlurmOptions;
  /** Variables that the command needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** The program, which must be there on every node, and its arguments. */
  readonly command: readonly string[];
  /** Whether the number of the task follows as the last argument. */
  readonly passesTask: boolean;
}

const MEBIBYTE = 2 ** 20;
const MEMORY_STEP_MIB = 64;

/** A word of a shell's command line. */
export function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * Seconds as Slurm writes times: `D-HH:MM:SS`, rounded up to whole minutes, which
 * is how Slurm counts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatTimeLimit } from "./script.ts";
 *
 * assertEquals(formatTimeLimit(61), "00:02:00");
 * assertEquals(formatTimeLimit(90_000), "1-01:00:00");
 * ```
 */
export function formatTimeLimit(seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const two = (count: number) => String(count).padStart(2, "0");
  const days = Math.floor(minutes / 1440);
  const text = `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}:00`;
  return days === 0 ? text : `${days}-${text}`;
}

/** Bytes as Slurm's mebibytes, rounded up to a multiple of 64. */
export function formatMemory(bytes: number): string {
  return `${Math.ceil(bytes / MEBIBYTE / MEMORY_STEP_MIB) * MEMORY_STEP_MIB}M`;
}

/** A value in a line of `#SBATCH`, where spaces end a word. */
function quoteForSbatch(value: string): string {
  return /^[\w@%+=:,./()*&|<>[\]-]*$/.test(value)
    ? value
    : `"${value.replaceAll(/["\\]/g, "\\$&")}"`;
}

/**
 * The script of a job. Its lines of `#SBATCH` hold all that `sbatch` needs, so
 * that anybody can submit it by hand.
 *
 * The command takes the shell's place, so that Slurm's signals reach it: SIGTERM
 * when time runs out or the job is canceled, and some seconds later SIGKILL
 * (`KillWait`), before which a trial saves where it is.
 */
export function formatScript(plan: ScriptPlan): string {
  const { array, options, command: [program, ...args] } = plan;
  const limit = array?.maxParallel === undefined ? "" : `%${array.maxParallel}`;
  const asked: Record<string, string> = {
    "job-name": plan.name,
    "chdir": plan.folder,
    // A percent sign that is doubled stands for itself.
    "output": join(plan.logs.replaceAll("%", "%%"), plan.log),
    "open-mode": "append",
    ...(array ? { "array": `0-${array.tasks - 1}${limit}` } : {}),
    "ntasks": "1",
    "cpus-per-task": "1",
    "time": formatTimeLimit(plan.seconds),
    ...(["mem-per-cpu", "mem-per-gpu"].some((key) => key in options)
      ? {}
      : { "mem": formatMemory(plan.memoryBytes) }),
    "requeue": "",
    ...options,
  };
  if ("no-requeue" in asked) delete asked.requeue;
  const lines = [
    "#!/bin/sh",
    ...plan.comment.map((line) => `# ${line}`),
    ...Object.entries(asked).map(([key, value]) =>
      `#SBATCH --${key}${value === "" ? "" : `=${quoteForSbatch(value)}`}`
    ),
    "",
    ...Object.entries(plan.environment).map(([name, value]) =>
      `export ${name}=${quoteForShell(value)}`
    ),
    `program=${quoteForShell(program)}`,
    'if ! [ -x "$program" ]; then',
    '  echo "Cannot run: $program must be on this node too, on a shared folder" >&2',
    "  exit 127",
    "fi",
    'exec "$program" \\',
    ...args.map((word, index) =>
      `  ${quoteForShell(word)}${
        plan.passesTask || index < args.length - 1 ? " \\" : ""
      }`
    ),
    ...(plan.passesTask ? ['  "$SLURM_ARRAY_TASK_ID"'] : []),
  ];
  return lines.join("\n") + "\n";
}
