/**
 * The folders of submissions: scripts, tasks and their reports, by which users and
 * later calls know what was submitted. No submission is half there.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../../files/write_file.ts";
import { choiceSchema, numberSchema } from "../../input/schema.ts";
import {
  readStoredJson,
  STORED_CONFIG,
  STORED_TEXT,
} from "../../trials/stored_json.ts";
import { namesIn } from "../../trials/store.ts";
import { sweepDirectory } from "../folder.ts";
import { mapConcurrently } from "../../trials/map_concurrently.ts";
import type { TrialConfig } from "../../trials/trial.ts";
import type { TaskReport } from "./report.ts";
import type { Submission } from "./status.ts";

/** A trial that a task runs. */
export interface TaskTrial {
  /** Its identity when it was submitted. */
  readonly id: string;
  /** What decides its numbers. */
  readonly config: TrialConfig;
}

/** Identities of the trials of every task. */
const IDS = z.array(z.array(STORED_TEXT, { error: "must be an array" }), {
  error: "must be an array",
});

const TASK = z.array(
  z.object({ id: STORED_TEXT, config: STORED_CONFIG }, {
    error: "must be an object with id, config",
  }),
  { error: "must be an array" },
) satisfies z.ZodType<TaskTrial[]>;

const REPORT = z.object({
  job: numberSchema({ minimum: 0, integer: true }),
  node: STORED_TEXT,
  running: STORED_TEXT.optional(),
  failed: z.array(
    z.object({ id: STORED_TEXT, reason: STORED_TEXT }, {
      error: "must be an object with id, reason",
    }),
    { error: "must be an array" },
  ),
  end: choiceSchema(["done", "stopped"]).optional(),
}, { error: "must be an object with job, node, failed" }) satisfies z.ZodType<
  TaskReport
>;

/** Names of files in the folder of a submission. */
const TASKS = "tasks.json";
const CANCELLED = "cancelled";

/** The sweep's config, as it was when it was submitted. */
export const CONFIG = "config.json";

/** Script of the array. */
export const ARRAY_SCRIPT = "array.sh";

/** Script of the job that follows the array. */
export const TABLE_SCRIPT = "table.sh";

/** Folder of all submissions of a sweep. */
export function submissionsDirectory(dataDirectory: string, name: string) {
  return join(sweepDirectory(dataDirectory, name), "slurm");
}

/** Folder of what the jobs of a submission print. */
export function logsDirectory(submission: string): string {
  return join(submission, "logs");
}

/** File of what a task prints. */
export function taskLogPath(submission: string, task: number): string {
  return join(logsDirectory(submission), `${task}.log`);
}

function reportPath(submission: string, task: number): string {
  return join(submission, "reports", `${task}.json`);
}

async function numbersIn(folder: string): Promise<number[]> {
  return (await namesIn(folder)).filter((name) => /^\d+$/.test(name))
    .map(Number).sort((a, b) => a - b);
}

/**
 * Name of a submission's jobs: of this sweep in this folder and of no other's on
 * the cluster.
 */
export async function jobNameOf(
  dataDirectory: string,
  name: string,
  number: number,
): Promise<string> {
  const path = join(await Deno.realPath(dataDirectory), name);
  const hash = createHash("sha256").update(path).digest("hex");
  return `${name}-${number}-${hash.slice(0, 8)}`;
}

/** What {@linkcode createSubmission} puts in a folder. */
export interface SubmissionFiles {
  /** Trials of every task. */
  readonly tasks: readonly (readonly TaskTrial[])[];
  /** Other files by name, when the folder and the jobs' name are known. */
  readonly files: (
    folder: string,
    jobName: string,
  ) => Readonly<Record<string, string>>;
}

/** A submission that was written. */
export interface CreatedSubmission {
  /** Its folder. */
  readonly folder: string;
  /** Name of its jobs. */
  readonly jobName: string;
}

/**
 * Writes the folder of the next submission under another name, then renames it;
 * who submits the same sweep at the same time gets another number.
 */
export async function createSubmission(
  dataDirectory: string,
  name: string,
  { tasks, files }: SubmissionFiles,
): Promise<CreatedSubmission> {
  const parent = submissionsDirectory(dataDirectory, name);
  await Deno.mkdir(parent, { recursive: true });
  const outer = await Deno.makeTempDir({ dir: parent, prefix: ".new" });
  // In another folder, since a temporary one is closed to others on a cluster.
  const temporary = join(outer, "submission");
  const write = (file: string, text: string) =>
    writeFileAtomically(join(temporary, file), text);
  try {
    await Deno.mkdir(logsDirectory(temporary), { recursive: true });
    const numbered = tasks.map((trials, task) => ({ trials, task }));
    await mapConcurrently(
      numbered,
      ({ trials, task }) =>
        write(`tasks/${task}.json`, JSON.stringify(trials, null, 1) + "\n"),
    );
    const lines = tasks.map((trials) =>
      JSON.stringify(trials.map(({ id }) => id))
    );
    await write(TASKS, `[\n${lines.join(",\n")}\n]\n`);
    for (let number = 1 + ((await numbersIn(parent)).pop() ?? 0);; number++) {
      const folder = join(parent, String(number));
      const jobName = await jobNameOf(dataDirectory, name, number);
      for (const [file, text] of Object.entries(files(folder, jobName))) {
        await write(file, text);
      }
      try {
        await Deno.rename(temporary, folder);
        return { folder, jobName };
      } catch (error) {
        if (!(await numbersIn(parent)).includes(number)) throw error;
      }
    }
  } finally {
    await Deno.remove(outer, { recursive: true });
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Names of the jobs of every submission of a sweep, in order. */
export async function readJobNames(
  dataDirectory: string,
  name: string,
): Promise<string[]> {
  const numbers = await numbersIn(submissionsDirectory(dataDirectory, name));
  return await mapConcurrently(
    numbers,
    (number) => jobNameOf(dataDirectory, name, number),
  );
}

/**
 * Reads every submission of a sweep, in order.
 *
 * @throws {InputError} In one line, if a file of one is damaged.
 */
export async function readSubmissions(
  dataDirectory: string,
  name: string,
): Promise<Submission[]> {
  const parent = submissionsDirectory(dataDirectory, name);
  const numbers = await numbersIn(parent);
  return await mapConcurrently(numbers, async (number) => {
    const folder = join(parent, String(number));
    const reported = (await namesIn(join(folder, "reports")))
      .filter((file) => /^\d+\.json$/.test(file)).map(parseFloat);
    const reports = await mapConcurrently(reported, async (task) =>
      [
        task,
        await readStoredJson(reportPath(folder, task), REPORT),
      ] as const);
    return {
      number,
      jobName: await jobNameOf(dataDirectory, name, number),
      tasks: await readStoredJson(join(folder, TASKS), IDS),
      reports: new Map<number, TaskReport>(reports),
      cancelled: await readIfThere(join(folder, CANCELLED)) !== undefined,
    };
  });
}

/**
 * Reads the trials of a task.
 *
 * @throws {InputError} In one line, if its file is damaged or not there.
 */
export async function readTask(
  submission: string,
  task: number,
): Promise<TaskTrial[]> {
  return await readStoredJson(join(submission, "tasks", `${task}.json`), TASK);
}

/** Replaces the report of a task. */
export async function writeReport(
  submission: string,
  task: number,
  report: TaskReport,
): Promise<void> {
  await writeFileAtomically(
    reportPath(submission, task),
    JSON.stringify(report, null, 1) + "\n",
  );
}

/** Takes note that a submission was canceled, which Slurm soon forgets. */
export async function markCancelled(submission: string): Promise<void> {
  await writeFileAtomically(join(submission, CANCELLED), "");
}
