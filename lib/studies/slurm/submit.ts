/**
 * From unfinished trials to jobs of a cluster.
 *
 * @module
 */

import { join } from "node:path";
import type { MeasuredTrial } from "../forecast.ts";
import { InputError } from "../../input/input_error.ts";
import { submitScript } from "./commands.ts";
import {
  ARRAY_SCRIPT,
  CONFIG,
  createSubmission,
  logsDirectory,
  TABLE_SCRIPT,
  type TaskTrial,
} from "./folder.ts";
import type { SlurmOptions } from "./options.ts";
import { requestTrials } from "./requests.ts";
import { formatScript } from "./script.ts";
import { planTasks, type TaskOptions } from "./tasks.ts";

/** What {@linkcode planSubmission} goes by. */
export interface SubmissionOptions extends TaskOptions {
  /** Name of the sweep. */
  readonly name: string;
  /** The sweep's config, from which the table is made in the end. */
  readonly config: object;
  /** Absolute path of the checkout, where jobs run. */
  readonly checkout: string;
  /** Command of a task but for the submission's folder and the task's number. */
  readonly taskCommand: readonly string[];
  /** Command that makes the table but for the submission's folder. */
  readonly tableCommand: readonly string[];
  /** Variables that the commands need. */
  readonly environment: Readonly<Record<string, string>>;
  /** Options of `sbatch` that the user adds. */
  readonly slurmOptions: SlurmOptions;
  /** What finished trials took. */
  readonly measured: readonly MeasuredTrial[];
}

/** What is to be submitted. */
export interface SubmissionPlan {
  /** Name of the sweep. */
  readonly name: string;
  /** Trials of every task. */
  readonly tasks: readonly (readonly TaskTrial[])[];
  /** How many trials ask for defaults, since none of their kind was measured. */
  readonly unmeasured: number;
  /** Files by name, when the folder and the jobs' name are known. */
  readonly files: (
    folder: string,
    jobName: string,
  ) => Readonly<Record<string, string>>;
}

const TABLE_SECONDS = 1800;
const TABLE_MEMORY_BYTES = 2 ** 30;

/** Options that are about the size of a task, and none of the table's business. */
const SIZE_OPTIONS =
  /^(time|time-min|mem|mem-per-.*|cpus-per-.*|ntasks.*|nodes|exclusive|gres|gpus.*|requeue|no-requeue)$/;

/** Divides trials among the tasks of an array and writes the scripts. */
export function planSubmission(
  trials: readonly TaskTrial[],
  options: SubmissionOptions,
): SubmissionPlan {
  const { name, checkout, environment, slurmOptions } = options;
  const requests = requestTrials(
    trials.map(({ config }) => config),
    options.measured,
  );
  const plan = planTasks(requests, options);
  const common = { folder: checkout, environment };
  const array = (folder: string, jobName: string) =>
    formatScript({
      ...common,
      name: jobName,
      comment: [
        `Runs ${trials.length} trials of the sweep ${name}; tasks.json lists them by task.`,
        "Trials that are finished are skipped, so it may be submitted again:",
        `sbatch ${join(folder, ARRAY_SCRIPT)}`,
      ],
      logs: logsDirectory(folder),
      log: "%a.log",
      seconds: plan.seconds,
      memoryBytes: plan.memoryBytes,
      array: { tasks: plan.tasks.length, maxParallel: options.maxParallel },
      options: slurmOptions,
      command: [...options.taskCommand, folder],
      passesTask: true,
    });
  const table = (folder: string, jobName: string) =>
    formatScript({
      ...common,
      name: jobName,
      comment: [
        `Writes the table of the sweep ${name} when the array has ended:`,
        `sbatch --dependency=afterany:JOB ${join(folder, TABLE_SCRIPT)}`,
      ],
      logs: logsDirectory(folder),
      log: "table.log",
      seconds: TABLE_SECONDS,
      memoryBytes: TABLE_MEMORY_BYTES,
      options: Object.fromEntries(
        Object.entries(slurmOptions).filter(([key]) => !SIZE_OPTIONS.test(key)),
      ),
      command: [...options.tableCommand, folder],
      passesTask: false,
    });
  return {
    name,
    tasks: plan.tasks.map((task) => task.map((index) => trials[index])),
    unmeasured: requests.filter(({ measured }) => !measured).length,
    files: (folder, jobName) => ({
      [ARRAY_SCRIPT]: array(folder, jobName),
      [TABLE_SCRIPT]: table(folder, jobName),
      [CONFIG]: JSON.stringify(options.config, null, 1) + "\n",
    }),
  };
}

/** What was submitted. */
export interface SubmittedJobs {
  /** Folder of the submission. */
  readonly folder: string;
  /** Number of the array's job. */
  readonly array: number;
  /** Number of the job that makes the table, or why there is none. */
  readonly table: number | string;
}

/**
 * Writes a submission's folder and submits its jobs.
 *
 * @throws {InputError} If the array was refused; then no folder is left.
 */
export async function submitPlan(
  dataDirectory: string,
  plan: SubmissionPlan,
): Promise<SubmittedJobs> {
  const { folder } = await createSubmission(dataDirectory, plan.name, plan);
  let array: number;
  try {
    array = await submitScript(join(folder, ARRAY_SCRIPT));
  } catch (error) {
    await Deno.remove(folder, { recursive: true });
    throw error;
  }
  try {
    const table = await submitScript(join(folder, TABLE_SCRIPT), [
      `--dependency=afterany:${array}`,
    ]);
    return { folder, array, table };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { folder, array, table: error.message };
  }
}
