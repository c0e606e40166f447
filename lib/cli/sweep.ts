/**
 * `deno task sweep`: runs many trials, and continues whatever was interrupted.
 *
 * @module
 */

import { type MetricName, METRICS } from "../studies/metrics.ts";
import { type SweepConfig, sweepJsonSchema } from "../studies/config.ts";
import { LabSources } from "../trials/lab_sources.ts";
import { readGitClean } from "../trials/provenance.ts";
import { enginesOf, type Sweep } from "../studies/expand.ts";
import { verifySweep, verifyTrials } from "../studies/verify.ts";
import { InputError } from "../input/input_error.ts";
import { requireEngine } from "./engine.ts";
import {
  type Arguments,
  parseArguments,
  readChoice,
  runMain,
} from "./command.ts";
import { readNative, sayNative } from "./native.ts";
import { stopOnSignals } from "./signals.ts";
import { checkStaleChoice, settleStale, STALE_HELP } from "./stale.ts";
import { printConfigs, printPlan, printTrials } from "./sweep_list.ts";
import {
  orSystemError,
  readData,
  readJobs,
  readMilliseconds,
  readRunning,
  readSelection,
  type SweepMainOptions,
} from "./sweep_options.ts";
import { runAndReport } from "./sweep_run.ts";
import { type ClusterSweep, submitSweep } from "./sweep_slurm.ts";
import { cancelSweep, showStatus } from "./sweep_status.ts";
import { SWEEP } from "./study_tasks.ts";
import { reportVerification } from "./sweep_verify.ts";
import { openEventFiles } from "./tensorboard.ts";
import { main as tune } from "./tune.ts";
import { isName, pathForUser } from "./user_path.ts";

const HELP = `
Runs the trials of a config that are not finished, and writes their table.

Usage: deno task sweep CONFIG [options]
       deno task sweep tune CONFIG [options]   (searches hyperparameters; see
                                               deno task sweep tune --help)

  CONFIG  a JSON file, or one of those that come with the project (--list)

What to run
  --set KEY=VALUE,...  another value, or several that multiply into the grid:
                       users=5,10, episodes=100, td3.discount=0,0.99,
                       parameters.serverGpus=[25,30]; may be given again
  --seeds LIST         such as 0-9 or 0-4,7
  --methods LIST       such as td3,./mine.ts
  --profile NAME       what the study has otherwise under that name
  --only-failed        those trials alone that failed before

How to run
  -j, --jobs N         trials at a time; by default one per core
  --timeout SECONDS    a trial that takes longer has failed
  --checkpoint SECONDS least time between a trial's checkpoints; by default 10
  --native on|off      whether to take native kernels where they are built (on by
                       default); results are the same to the bit
  --fail-fast          the first failure stops the others
  --data FOLDER        where results are; by default data

${STALE_HELP}

What to write
  --metric NAME        what methods are compared by in the end: objective
                       (default), episodeReturn or hitRate
  --parquet            Parquet files of all rows, for DuckDB, pandas and Polars
  --tensorboard DIR    TensorBoard's event files, a run for every trial, which
                       grow while the trials run

What to look at instead of running
  --dry-run            the trials and how long they will take
  --list               the trials, how far each is and which are stale; without
                       CONFIG the configs that come with the project
  --verify             checks every byte of the trials, and names stale ones;
                       without CONFIG of all; with --repair damaged ones are
                       moved to data/damaged
  --schema             the JSON Schema of configs

On a Slurm cluster
  --slurm              submits the trials as a job array, which later jobs of
                       the same command leave alone; with --dry-run prints its
                       script, with --only-failed those that failed
  --max-parallel N     tasks at a time
  --trials-per-task N  by default few, and more where they are short
  --slurm-option KEY=VALUE
                       an option of sbatch, such as partition=short, account=me,
                       time=02:00:00; may be given again
  --status             how far the trials are, and why they wait or failed
  --cancel             takes them off the queue

Ctrl-C stops; the same command continues. Several sweeps may run on one folder.
Exit code: 0, or 1 if something failed, is damaged or was stopped, or if stale
trials stopped it, or 2 if the config or an argument is not valid.
`;

const OPTIONS = SWEEP.options;

type SweepArguments = Arguments<typeof OPTIONS>;

function readMetric(text: string): MetricName {
  return readChoice("--metric", Object.keys(METRICS) as MetricName[], text);
}

/** The arguments that say which trials are meant, and where. */
function selectionOf({ values, positionals }: SweepArguments): string[] {
  const { set = [], seeds, methods, profile, data } = values;
  return [
    ...positionals.map((one) => isName(one) ? one : pathForUser(one)),
    ...set.flatMap((text) => ["--set", text]),
    ...seeds === undefined ? [] : ["--seeds", seeds],
    ...methods === undefined ? [] : ["--methods", methods],
    ...profile === undefined ? [] : ["--profile", profile],
    ...data === OPTIONS.data.default ? [] : ["--data", pathForUser(data)],
  ];
}

/** What an option is for, where it would otherwise have no effect. */
function refuseOptions(
  { values }: SweepArguments,
  names: readonly (keyof typeof OPTIONS)[],
  condition: string,
): void {
  const name = names.find((name) => values[name] !== undefined);
  if (name === undefined) return;
  throw new InputError(
    `Cannot read the arguments: --${name} must be ${condition}, got ${
      values[name]
    }`,
  );
}

/** Options that each say to do something else than to run trials. */
const ACTIONS = [
  "schema",
  "list",
  "dry-run",
  "verify",
  "status",
  "cancel",
] as const;

/** Refuses options of which one would have no effect beside another. */
function refuseTogether(args: SweepArguments): void {
  const { values } = args;
  checkStaleChoice(values);
  const [first, ...others] = ACTIONS.filter((name) => values[name]);
  // With --slurm a dry run prints the script.
  refuseOptions(args, others, `left out beside --${first}`);
  if (first !== "verify") refuseOptions(args, ["repair"], "beside --verify");
  if (first === undefined) return;
  const aside = `left out beside --${first}`;
  const here = ["accept-stale", "rerun-stale", "tensorboard"] as const;
  refuseOptions(args, here, aside);
  const running = ["only-failed", "parquet", "fail-fast"] as const;
  const onCluster = first === "dry-run" || values.slurm;
  refuseOptions(args, onCluster ? [] : running, aside);
}

/** What concerns a cluster, if that is asked for; returns the exit code. */
async function runOnCluster(
  read: { readonly config: SweepConfig; readonly sweep: Sweep },
  args: SweepArguments,
  options: SweepMainOptions,
): Promise<number | undefined> {
  const { values } = args;
  const cluster: ClusterSweep = {
    ...read,
    dataDirectory: readData(values.data),
    selection: selectionOf(args),
  };
  if (values.status) return await showStatus(cluster);
  if (values.cancel) return await cancelSweep(cluster);
  if (values.slurm) {
    refuseOptions(
      args,
      ["jobs", "fail-fast", "parquet", "tensorboard"],
      "left out beside --slurm",
    );
    return await submitSweep(cluster, {
      ...values,
      native: readNative(values),
      sources: options.sources,
      timeoutMs: readMilliseconds("--timeout", values.timeout),
      checkpointLeastMs: readMilliseconds("--checkpoint", values.checkpoint),
    });
  }
  refuseOptions(
    args,
    ["max-parallel", "trials-per-task", "slurm-option"],
    "beside --slurm",
  );
  return undefined;
}

/** What to look at when no config is named. */
async function lookAtAll(
  { values }: SweepArguments,
  { sources = new LabSources() }: SweepMainOptions,
): Promise<number> {
  if (values.list) {
    await printConfigs();
    return 0;
  }
  if (values.verify) {
    return await reportVerification(
      await verifyTrials(values.data, sources),
      values,
    );
  }
  throw new InputError(
    "Cannot read the arguments: there must be a config, got none (see --help, --list)",
  );
}

async function run(
  sweep: Sweep,
  args: readonly string[],
  { values }: SweepArguments,
  options: SweepMainOptions,
): Promise<number> {
  const metric = readMetric(values.metric);
  const engines = enginesOf(sweep);
  const native = readNative(values);
  const running = readRunning(
    { ...values, native },
    options,
    await readGitClean(),
  );
  const events = await openEventFiles(values.tensorboard, values.data);
  for (const engine of engines) await requireEngine(engine);
  const accepted = await settleStale(sweep.trials.map(({ id }) => id), {
    dataDirectory: values.data,
    choice: values,
    sources: options.sources,
  });
  if (accepted === undefined) return 1;
  await sayNative(native, engines);
  return await runAndReport(sweep, {
    ...running,
    args,
    accepted,
    metric,
    parquet: values.parquet ?? false,
    ...events === undefined ? {} : { events },
    failFast: values["fail-fast"] ?? false,
    onlyFailed: values["only-failed"] ?? false,
    signal: stopOnSignals(),
  });
}

/** Looks at a sweep instead of running it, if that is asked for. */
async function lookAt(
  sweep: Sweep,
  { values }: SweepArguments,
  { sources = new LabSources() }: SweepMainOptions,
): Promise<number | undefined> {
  const { data } = values;
  if (values["dry-run"]) {
    await printPlan(sweep, data, readJobs(values.jobs));
    return 0;
  }
  if (values.list) {
    await printTrials(sweep, data, sources);
    return 0;
  }
  if (!values.verify) return undefined;
  return await reportVerification(
    await verifySweep(data, sweep, sources),
    values,
  );
}

/** The command; returns its exit code. */
export async function main(
  args: string[],
  options: SweepMainOptions = {},
): Promise<number> {
  if (args[0] === "tune") return await tune(args.slice(1), options);
  const parsed = parseArguments(
    { help: HELP, ...SWEEP },
    args,
  );
  if (parsed === undefined) return 0;
  refuseTogether(parsed);
  if (parsed.values.schema) {
    console.log(JSON.stringify(sweepJsonSchema(), null, 1));
    return 0;
  }
  if (parsed.positionals.length === 0) return await lookAtAll(parsed, options);
  const read = await readSelection(parsed);
  return await orSystemError(
    "run the sweep",
    async () =>
      await runOnCluster(read, parsed, options) ??
        await lookAt(read.sweep, parsed, options) ??
        await run(read.sweep, args, parsed, options),
  );
}

if (import.meta.main) await runMain(main);
