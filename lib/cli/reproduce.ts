/**
 * `deno task reproduce`: the main job. Trains what the paper's figures need, runs
 * the notebooks that draw them, and shows ours beside the paper's numbers.
 *
 * @module
 */

import { join } from "node:path";
import { aggregateExperiment } from "../studies/paper/aggregate.ts";
import { aggregateBudget } from "../studies/paper/budget.ts";
import {
  EXPERIMENTS,
  FIG06_07,
  lengthsOf,
  type ProfileName,
  seriesTrials,
} from "../studies/paper/registry.ts";
import { profileDirectory } from "../studies/paper/paper_tables.ts";
import { reportExperiment } from "../studies/paper/report.ts";
import {
  aggregateScalability,
  scalabilityTrials,
} from "../studies/paper/scalability.ts";
import { scalabilityTable } from "../studies/paper/scalability_summary.ts";
import { readGitClean } from "../trials/provenance.ts";
import { recordTableSources } from "../studies/paper/table_sources.ts";
import { seriesOf, type TrialConfig, trialId } from "../trials/trial.ts";
import type { EngineName } from "../nn/mod.ts";
import { formatSeconds } from "../studies/progress_text.ts";
import { ENGINE_HELP } from "./engine.ts";
import { figuresByDefault, notebookOf, tablesOf } from "./figures.ts";
import { parseArguments, readCount, readSeed, runMain } from "./command.ts";
import { runNotebooks } from "./notebooks.ts";
import {
  type LabeledTrial,
  labelTrial,
  readRunOptions,
  runTrials,
} from "./run_trials.ts";
import { checkCommitted } from "./reproduce_check.ts";
import { stopOnSignals } from "./signals.ts";
import { acceptedLine, settleStale, STALE_HELP } from "./stale.ts";
import { formatTable } from "./table.ts";
import { REPRODUCE } from "./project_tasks.ts";

const HELP = `
Reproduces the paper's figures: trains, runs the notebooks, compares.

Usage: deno task reproduce [--profile NAME] [--jobs N] [--engine NAME]
                           [--native on|off] [--accept-stale | --rerun-stale]
       deno task reproduce --check N [--seed S] [--jobs N] [--engine NAME]

  --profile  quick (default): fewer and shorter trials, minutes; results go to
             data/quick, figures/quick and notebooks/quick;
             paper: 800 episodes of 10 slots, 5 seeds; results go to data,
             figures and notebooks, whose files are committed;
             smoke: a minute, to see that all works; its numbers say nothing
  --jobs     trials at a time; by default one per core
  ${ENGINE_HELP}
  --check    runs the trials behind N rows of the committed tables again, drawn by
             the seed S (by default 0), and compares every value; for a reviewer
             with two minutes. Rows of budget.csv, which measure time, are not drawn

${STALE_HELP}

Finished trials are skipped. Ctrl-C stops; the same command continues.
Exit code: 0, or 1 if something failed or was stopped or is stale, or 2 if an argument is
not valid.
`;

const DATA = "data";
const FIGURES = "figures";
const NOTEBOOKS = "notebooks";

/** The trials of a profile's figures. */
function trialsOfFigures(
  profile: ProfileName,
  engine: EngineName,
): LabeledTrial[] {
  return [
    ...EXPERIMENTS.flatMap((experiment) =>
      seriesTrials(experiment, profile, engine).map(({ trial, series }) =>
        labelTrial(trial, experiment.study.name, series)
      )
    ),
    ...scalabilityTrials(FIG06_07, profile, engine).map((trial) =>
      labelTrial(trial, "fig06_07", seriesOf(trial))
    ),
  ];
}

/** The trials that every table of a profile is gathered from. */
function trialsOfTables(
  profile: ProfileName,
  engine: EngineName,
): Record<string, TrialConfig[]> {
  const scalability = scalabilityTrials(FIG06_07, profile, engine);
  return {
    ...Object.fromEntries(
      EXPERIMENTS.flatMap((experiment) => {
        const trials = seriesTrials(experiment, profile, engine)
          .map(({ trial }) => trial);
        return tablesOf(experiment).map((table) => [table, trials]);
      }),
    ),
    [FIG06_07.table]: scalability,
    budget: scalability,
  };
}

/**
 * Runs the notebooks of figures. What is executed is saved in place for the paper
 * profile, else in a copy.
 */
async function runFigureNotebooks(
  figures: readonly string[],
  profile: ProfileName,
  signal: AbortSignal,
): Promise<boolean> {
  const outputFolder = profileDirectory(NOTEBOOKS, profile);
  const failures = await runNotebooks(
    figures.map((name) => join(NOTEBOOKS, `${notebookOf(name)}.ipynb`)),
    {
      signal,
      parameters: { profile, save: true },
      ...(outputFolder === NOTEBOOKS ? {} : { outputFolder }),
    },
  );
  return failures === 0;
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
    const { seeds, episodes } = lengthsOf(experiment, profile);
    const heading =
      `${experiment.study.title} (${experiment.source}), ${profile} profile: ${seeds.length} seeds, ${episodes} episodes`;
    printPart(heading, [...formatTable(table), ...verdicts]);
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
  const parsed = parseArguments({ help: HELP, ...REPRODUCE }, args);
  if (parsed === undefined) return 0;
  const run = await readRunOptions(parsed.values);
  const { profile, jobs, engine, native, choice } = run;
  const { check, seed } = parsed.values;
  if (check !== undefined) {
    return await checkCommitted(readCount("check", check, 1), {
      ...{ seed: readSeed(seed), jobs, engine, native, dataDirectory: DATA },
      signal: stopOnSignals(),
    });
  }

  const startMs = performance.now();
  const signal = stopOnSignals();
  const trials = trialsOfFigures(profile, engine);
  const accepted = await settleStale(
    trials.map(({ trial }) => trialId(trial)),
    { dataDirectory: DATA, choice },
  );
  if (accepted === undefined) return 1;
  const complete = await runTrials(trials, {
    dataDirectory: DATA,
    jobs,
    native,
    gitClean: await readGitClean(),
    signal,
  });
  if (!complete) return 1;

  await printResults(profile, engine);
  await recordTableSources(DATA, profile, trialsOfTables(profile, engine));
  if (profile !== "paper") {
    console.log(
      `\nThe ${profile} profile has shorter runs and fewer seeds than the paper; verdicts may differ from those of --profile paper, which docs/results.md shows.`,
    );
  }
  const figures = await figuresByDefault(DATA, profile);
  if (!await runFigureNotebooks(figures, profile, signal)) return 1;
  console.log(`\nTables are in ${profileDirectory(DATA, profile)}. Figures:`);
  const notebooks = profileDirectory(NOTEBOOKS, profile);
  for (const figure of figures) {
    const base = join(profileDirectory(FIGURES, profile), figure);
    console.log(`  ${base}.png, .svg and .vl.json`);
    console.log(`  ${join(notebooks, `${notebookOf(figure)}.ipynb`)}`);
  }
  console.log("deno task claims judges the paper's claims.");
  for (const line of acceptedLine(accepted)) console.log(line);
  console.log(
    `Done in ${formatSeconds((performance.now() - startMs) / 1000)}.`,
  );
  return 0;
}

if (import.meta.main) await runMain(main);
