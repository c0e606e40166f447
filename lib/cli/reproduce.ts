/**
 * `deno task reproduce`: the main job. Trains what the paper's figures need, runs
 * the notebooks that draw them, and shows ours beside the paper's numbers.
 *
 * @module
 */

import { join } from "node:path";
import { aggregateExperiment } from "../experiments/aggregate.ts";
import { aggregateBudget } from "../experiments/budget.ts";
import { runPool } from "../experiments/pool.ts";
import {
  EXPERIMENTS,
  type ProfileName,
  seriesTrials,
} from "../experiments/registry.ts";
import { isFinished, profileDirectory } from "../experiments/store.ts";
import { reportExperiment } from "../experiments/report.ts";
import {
  aggregateScalability,
  FIG06_07,
  scalabilityTrials,
} from "../experiments/scalability.ts";
import { scalabilityTable } from "../experiments/scalability_summary.ts";
import {
  reportedEpisodes,
  seriesOf,
  type TrialConfig,
  trialId,
} from "../experiments/trial.ts";
import { DEFAULT_ENGINE, type EngineName } from "../nn/mod.ts";
import { ENGINE_HELP, readEngine } from "./engine.ts";
import { FIGURE_NAMES } from "./figures.ts";
import { parseArguments, readCount, runMain } from "./main.ts";
import { runNotebooks } from "./notebooks.ts";
import { readProfile } from "./profile.ts";
import { formatSeconds, Progress } from "./progress.ts";
import { stopOnSignals } from "./signals.ts";
import { formatTable } from "./table.ts";

const HELP = `
Reproduces the paper's figures: trains, runs the notebooks, compares.

Usage: deno task reproduce [--profile quick|paper] [--jobs N] [--engine NAME]

  --profile  quick (default): fewer and shorter trials, minutes; results go to
             data/quick, figures/quick and notebooks/quick;
             paper: 800 episodes of 10 slots, 5 seeds; results go to data,
             figures and notebooks, whose files are committed
  --jobs     trials at a time; by default one per core
  ${ENGINE_HELP}

Finished trials are skipped. Ctrl-C stops; the same command continues.
Exit code: 0, or 1 if something failed or was stopped, or 2 if an argument is
not valid.
`;

const DATA = "data";
const FIGURES = "figures";
const NOTEBOOKS = "notebooks";

/** What a worker may do: read the checkout and packages, write results. */
function workerCommand(trial: TrialConfig): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-read",
      `--allow-write=${DATA}`,
      ...("engine" in trial && trial.engine === "blas" ? ["--allow-ffi"] : []),
      new URL("./trial_worker.ts", import.meta.url).href,
      DATA,
      JSON.stringify(trial),
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** The trials of a profile, each once, with what progress lines call them. */
function labelledTrials(
  profile: ProfileName,
  engine: EngineName,
): Map<TrialConfig, string> {
  const byId = new Map<string, [TrialConfig, string]>();
  const add = (trial: TrialConfig, figure: string, series: string) => {
    const id = trialId(trial);
    if (byId.has(id)) return;
    const { seed, scenario: { parameters: { numUsers } } } = trial;
    byId.set(id, [trial, `${figure} ${series} U=${numUsers} seed ${seed}`]);
  };
  for (const experiment of EXPERIMENTS) {
    for (const one of seriesTrials(experiment, profile, engine)) {
      add(one.trial, experiment.name, one.series);
    }
  }
  for (const trial of scalabilityTrials(FIG06_07, profile, engine)) {
    add(trial, "fig06_07", seriesOf(trial));
  }
  return new Map(byId.values());
}

async function runTrials(
  labels: ReadonlyMap<TrialConfig, string>,
  jobs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const trials = [...labels.keys()];
  const finished = await Promise.all(
    trials.map((trial) => isFinished(DATA, trial)),
  );
  const waiting = trials.filter((_, index) => !finished[index]);
  const skipped = trials.length - waiting.length;
  if (waiting.length === 0) {
    console.log(`All ${trials.length} trials are finished.`);
    return true;
  }
  console.log(
    `${trials.length} trials${
      skipped > 0 ? `, of which ${skipped} are finished` : ""
    }; ${Math.min(jobs, waiting.length)} at a time`,
  );
  const encoder = new TextEncoder();
  const progress = new Progress({
    total: waiting.reduce((sum, trial) => sum + reportedEpisodes(trial), 0),
    clock: () => performance.now(),
    interactive: Deno.stdout.isTerminal(),
    write: (text) => void Deno.stdout.writeSync(encoder.encode(text)),
  });
  const begun = new Set<TrialConfig>();
  const label = (trial: TrialConfig) => labels.get(trial);
  const failed = await runPool({
    trials: waiting,
    jobs,
    command: workerCommand,
    signal,
    onEpisode: (trial, row) => {
      if (!begun.has(trial)) progress.skip(row.episode - 1);
      begun.add(trial);
      progress.step(
        `${label(trial)} episode ${row.episode}/${reportedEpisodes(trial)}`,
      );
    },
    onFinished: (trial) => progress.say(`${label(trial)} finished`),
  });
  progress.stop();
  for (const { trial, reason } of failed) {
    console.error(`${label(trial)} failed: ${reason}`);
  }
  return failed.length === 0;
}

/**
 * Runs the notebooks; those of figures read the profile's data. What is executed is
 * saved in place for the paper profile, else in a copy.
 */
async function runProfileNotebooks(
  profile: ProfileName,
  signal: AbortSignal,
): Promise<boolean> {
  const path = (name: string) => join(NOTEBOOKS, `${name}.ipynb`);
  const outputFolder = profileDirectory(NOTEBOOKS, profile);
  const options = {
    signal,
    ...(outputFolder === NOTEBOOKS ? {} : { outputFolder }),
  };
  const quickstart = await runNotebooks([path("01_quickstart")], options);
  const figures = await runNotebooks(
    FIGURE_NAMES.map(path),
    { ...options, parameters: { profile } },
  );
  return quickstart === 0 && figures === 0;
}

/** Prints a heading and lines below it. */
function printPart(heading: string, lines: readonly string[]): void {
  console.log(`\n${heading}`);
  for (const line of lines) console.log(`  ${line}`);
}

/** Gathers the profile's tables, and prints what figures are drawn from. */
async function printResults(
  profile: ProfileName,
  engine: EngineName,
): Promise<void> {
  for (const experiment of EXPERIMENTS) {
    const rows = await aggregateExperiment(DATA, experiment, profile, engine);
    const { table, verdicts } = reportExperiment(experiment, rows);
    printPart(`${experiment.title} (${experiment.source})`, [
      ...formatTable(table),
      ...verdicts,
    ]);
  }
  const rows = await aggregateScalability(DATA, FIG06_07, profile, engine);
  await aggregateBudget(DATA, FIG06_07, profile, engine);
  for (const metric of ["hitRate", "objective"] as const) {
    printPart(
      `${FIG06_07.figures[metric]}: mean over seeds ± half its 95 % interval`,
      formatTable(scalabilityTable(rows, metric)),
    );
  }
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({
    help: HELP,
    options: {
      profile: { type: "string", default: "quick" },
      jobs: { type: "string" },
      engine: { type: "string", default: DEFAULT_ENGINE },
    },
    positionals: [0, 0],
  }, args);
  if (parsed === undefined) return 0;
  const profile = readProfile(parsed.values.profile);
  const jobs = parsed.values.jobs === undefined
    ? navigator.hardwareConcurrency
    : readCount("jobs", parsed.values.jobs, 1);

  const engine = await readEngine(parsed.values.engine);

  const startMs = performance.now();
  const signal = stopOnSignals();
  const trials = labelledTrials(profile, engine);
  const complete = await runTrials(trials, jobs, signal);
  if (signal.aborted) {
    console.log("Stopped. The same command continues from here.");
    return 1;
  }
  if (!complete) return 1;

  await printResults(profile, engine);
  if (!await runProfileNotebooks(profile, signal)) return 1;
  console.log("\nFigures:");
  for (const figure of FIGURE_NAMES) {
    const base = join(profileDirectory(FIGURES, profile), figure);
    console.log(`  ${base}.png, .svg and .vl.json`);
    const notebook = `${figure}.ipynb`;
    console.log(`  ${join(profileDirectory(NOTEBOOKS, profile), notebook)}`);
  }
  console.log(
    `Done in ${formatSeconds((performance.now() - startMs) / 1000)}.`,
  );
  return 0;
}

if (import.meta.main) await runMain(main);
