/**
 * `deno task sweep --slurm`: trials as the tasks of a job array.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  readMaxArraySize,
  readQueue,
  requireSlurm,
} from "../studies/slurm/commands.ts";
import {
  ARRAY_SCRIPT,
  submissionsDirectory,
  TABLE_SCRIPT,
} from "../studies/slurm/folder.ts";
import { configFlags } from "../trials/checkout.ts";
import { InputError } from "../input/input_error.ts";
import type { LabSources } from "../trials/lab_sources.ts";
import { parseSlurmOptions } from "../studies/slurm/options.ts";
import { quoteForShell } from "../studies/slurm/script.ts";
import type { TrialPhase } from "../studies/slurm/status.ts";
import {
  planSubmission,
  type SubmissionPlan,
  submitPlan,
} from "../studies/slurm/submit.ts";
import { readSweepStatus } from "../studies/slurm/sweep_status.ts";
import type { SweepConfig } from "../studies/config.ts";
import type { Sweep, SweepTrial } from "../studies/expand.ts";
import { readMeasuredTrials } from "../studies/forecast.ts";
import { readCount } from "./command.ts";
import {
  folderAround,
  permissionFlags,
  type Permissions,
} from "../trials/permissions.ts";
import { acceptedLine, settleStale, type StaleChoice } from "./stale.ts";

/** A sweep on a cluster. */
export interface ClusterSweep {
  /** The sweep. */
  readonly sweep: Sweep;
  /** Its config, with everything that the command line changed. */
  readonly config: SweepConfig;
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** The arguments that select the sweep, for commands that are advised. */
  readonly selection: readonly string[];
}

/** What the command line says of how to submit. */
export interface SubmitOptions extends StaleChoice {
  /** The code of today; by default what is in the checkout. */
  readonly sources?: LabSources;
  /** Most tasks at a time. */
  readonly "max-parallel"?: string;
  /** Trials of a task. */
  readonly "trials-per-task"?: string;
  /** Options of `sbatch`. */
  readonly "slurm-option"?: readonly string[];
  /** Whether to submit those trials alone that failed before. */
  readonly "only-failed"?: boolean;
  /** Whether to print the script instead. */
  readonly "dry-run"?: boolean;
  /** Milliseconds after which a trial has failed. */
  readonly timeoutMs?: number;
  /** Least milliseconds between checkpoints. */
  readonly checkpointLeastMs?: number;
  /** Whether native kernels may be taken. */
  readonly native: boolean;
}

/** A command that goes on with a sweep. */
export function commandOf(
  { selection }: ClusterSweep,
  ...added: string[]
): string {
  return ["deno task sweep", ...selection.map(quoteForShell), ...added]
    .join(" ");
}

/** Where Deno keeps packages; nodes read them there, and need no network. */
async function readDenoDirectory(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
    stdin: "null",
    stderr: "null",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

/** A command that runs a script of this folder with these permissions. */
function denoCommand(script: string, permissions: Permissions): string[] {
  return [
    ...[Deno.execPath(), "run", "--cached-only", ...configFlags()],
    ...permissionFlags(permissions),
    fileURLToPath(new URL(script, import.meta.url)),
  ];
}

function optionalCount(name: string, text: string | undefined) {
  return text === undefined ? undefined : readCount(name, text, 1);
}

/** What a submission asks Slurm. */
interface SlurmState {
  /** Reads the jobs of these names. */
  readonly readQueue: typeof readQueue;
  /** Reads how many tasks an array may have at most. */
  readonly readMaxTasks: () => Promise<number>;
}

/** Slurm's own default of MaxArraySize. */
const DEFAULT_MAX_ARRAY_SIZE = 1001;

/** Scripts can be printed where there is no Slurm, and nothing else be done. */
async function readSlurmState(isDryRun: boolean): Promise<SlurmState> {
  try {
    await requireSlurm("submit");
    return { readQueue, readMaxTasks: readMaxArraySize };
  } catch (error) {
    if (!isDryRun || !(error instanceof InputError)) throw error;
    console.log(
      `No Slurm answers here: the scripts are for one with an empty queue and arrays of up to ${DEFAULT_MAX_ARRAY_SIZE} tasks, which is its default`,
    );
    return {
      readQueue: () => Promise.resolve([]),
      readMaxTasks: () => Promise.resolve(DEFAULT_MAX_ARRAY_SIZE),
    };
  }
}

const PHASES_TO_SUBMIT: readonly TrialPhase[] = ["new", "failed", "cancelled"];

/** The trials to submit: unfinished ones that are not in the queue. */
async function selectTrials(
  { sweep, dataDirectory }: ClusterSweep,
  onlyFailed: boolean,
  { readQueue }: SlurmState,
): Promise<SweepTrial[]> {
  const { trials } = await readSweepStatus(dataDirectory, sweep, readQueue);
  const phases = onlyFailed ? ["failed"] : PHASES_TO_SUBMIT;
  const count = (phase: TrialPhase) =>
    trials.filter((trial) => trial.phase === phase).length;
  const queued = count("pending") + count("running");
  console.log(
    `${sweep.name}: ${trials.length} trials, of which ${
      count("done")
    } are finished and ${queued} in the queue`,
  );
  return sweep.trials.filter((_, index) =>
    phases.includes(trials[index].phase)
  );
}

async function planOf(
  cluster: ClusterSweep,
  trials: readonly SweepTrial[],
  options: SubmitOptions,
  { readMaxTasks }: SlurmState,
): Promise<SubmissionPlan> {
  const { sweep, config, dataDirectory } = cluster;
  const seconds = [options.timeoutMs, options.checkpointLeastMs]
    .map((ms) => ms === undefined ? "none" : `${ms / 1000}`);
  const write = [dataDirectory];
  const read = sweep.trials.flatMap(({ config: { file } }) =>
    file === undefined ? [] : [folderAround(file.path)]
  );
  return planSubmission(trials.map(({ id, config }) => ({ id, config })), {
    name: sweep.name,
    config,
    checkout: Deno.cwd(),
    taskCommand: [
      ...denoCommand("./slurm_task.ts", {
        read,
        write,
        run: [Deno.execPath()],
        env: ["SLURM_ARRAY_JOB_ID", "SLURMD_NODENAME"],
      }),
      ...[dataDirectory, sweep.name, ...seconds, `${options.native}`],
    ],
    tableCommand: [
      ...denoCommand("./slurm_table.ts", { read, write, run: ["squeue"] }),
      dataDirectory,
    ],
    environment: { DENO_DIR: await readDenoDirectory(), NO_COLOR: "1" },
    slurmOptions: parseSlurmOptions(options["slurm-option"] ?? []),
    measured: await readMeasuredTrials(dataDirectory),
    maxTasks: await readMaxTasks(),
    maxParallel: optionalCount("max-parallel", options["max-parallel"]),
    trialsPerTask: optionalCount(
      "trials-per-task",
      options["trials-per-task"],
    ),
  });
}

function printScripts(
  { sweep, dataDirectory }: ClusterSweep,
  plan: SubmissionPlan,
): void {
  const folder = join(
    submissionsDirectory(dataDirectory, sweep.name),
    "NUMBER",
  );
  const files = plan.files(folder, `${sweep.name}-NUMBER`);
  for (const file of [ARRAY_SCRIPT, TABLE_SCRIPT]) {
    console.log(`--- ${join(folder, file)}\n${files[file]}`);
  }
}

/** Submits a sweep's unfinished trials, or prints how; returns the exit code. */
export async function submitSweep(
  cluster: ClusterSweep,
  options: SubmitOptions,
): Promise<number> {
  const { sweep, dataDirectory } = cluster;
  const slurm = await readSlurmState(options["dry-run"] ?? false);
  if (!options["dry-run"]) {
    const accepted = await settleStale(sweep.trials.map(({ id }) => id), {
      dataDirectory,
      choice: options,
      sources: options.sources,
    });
    if (accepted === undefined) return 1;
    for (const line of acceptedLine(accepted)) console.log(line);
  }
  const onlyFailed = options["only-failed"] ?? false;
  const trials = await selectTrials(cluster, onlyFailed, slurm);
  if (trials.length === 0) {
    console.log("Nothing to submit.");
    return 0;
  }
  const plan = await planOf(cluster, trials, options, slurm);
  if (plan.unmeasured > 0) {
    console.log(
      `${plan.unmeasured} of the ${trials.length} trials are the first of their kind: each asks for an hour and 2 GiB (--slurm-option time=... and mem=... ask for other)`,
    );
  }
  if (options["dry-run"]) {
    printScripts(cluster, plan);
    return 0;
  }
  const { folder, array, table } = await submitPlan(dataDirectory, plan);
  console.log(
    `Submitted ${trials.length} trials as the ${plan.tasks.length} tasks of job ${array}.`,
  );
  console.log(
    typeof table === "number"
      ? `Job ${table} follows and writes the table.`
      : `No job follows: ${table}; in the end ${
        commandOf(cluster)
      } writes the table.`,
  );
  console.log(`Scripts and logs: ${folder}`);
  console.log(`How far it is: ${commandOf(cluster, "--status")}`);
  console.log(`To cancel it: ${commandOf(cluster, "--cancel")}`);
  return 0;
}
