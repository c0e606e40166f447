/**
 * `deno task claims`: judges the paper's claims, by default and under the readings
 * of what it leaves open, whose trials it runs.
 *
 * @module
 */

import { join } from "node:path";
import {
  aggregateReadings,
  describeGrid,
  describeNeeds,
  type FigureRows,
  judgeClaims,
  judgeReadings,
  readFigureRows,
  READINGS,
  readingsMatrix,
  readingTrials,
  VERDICT_SIGNS,
} from "../claims/mod.ts";
import type { Judgement } from "../claims/mod.ts";
import type { ProfileName } from "../studies/paper/registry.ts";
import { profileDirectory } from "../studies/paper/paper_tables.ts";
import type { LabSources } from "../trials/lab_sources.ts";
import { readGitClean } from "../trials/provenance.ts";
import { recordTableSources } from "../studies/paper/table_sources.ts";
import { seriesOf, trialId } from "../trials/trial.ts";
import { CLAIMS_FIGURE } from "../figures/experiments.ts";
import { notebookOf } from "./figures.ts";
import { InputError } from "../input/input_error.ts";
import { formatSeconds } from "../studies/progress_text.ts";
import { ENGINE_HELP } from "./engine.ts";
import { parseArguments, runMain } from "./command.ts";
import { runNotebooks } from "./notebooks.ts";
import { labelTrial, readRunOptions, runTrials } from "./run_trials.ts";
import { stopOnSignals } from "./signals.ts";
import { acceptedLine, settleStale, STALE_HELP } from "./stale.ts";
import { formatTable } from "./table.ts";
import { CLAIMS } from "./project_tasks.ts";

const HELP = `
Judges the paper's claims by the figures' results, and under other readings of
what the paper leaves open, whose trials it runs.

Usage: deno task claims [--profile NAME] [--jobs N] [--engine NAME]
                        [--native on|off] [--accept-stale | --rerun-stale]

  --profile  quick (default): short trials with few users and seeds, minutes;
             paper: as long as the figures', about half an hour on 2 cores;
             smoke: a minute, to see that all works;
             deno task reproduce must have run with the same profile
  --jobs     trials at a time; by default one per core
  ${ENGINE_HELP}

${STALE_HELP}

Finished trials are skipped. Ctrl-C stops; the same command continues.
Exit code: 0, or 1 if something failed or was stopped or is stale, or 2 if an argument is
not valid or the figures' tables are not there.
`;

const FIGURES = "figures";
const NOTEBOOKS = "notebooks";
const NOTEBOOK = notebookOf(CLAIMS_FIGURE);

/** Where the command reads and writes. */
export interface ClaimsFolders {
  /** The folder of tables and trials; by default `data`. */
  readonly data?: string;
  /** The code of today; by default what is in the checkout. */
  readonly sources?: LabSources;
}

async function readFigures(
  data: string,
  profile: ProfileName,
): Promise<FigureRows> {
  try {
    return await readFigureRows(data, profile);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(
      `Cannot judge the claims: ${
        profileDirectory(data, profile)
      } must hold the figures' tables (deno task reproduce --profile ${profile} writes them), got none`,
    );
  }
}

/** A judgement in two lines: the claim with its verdict, and why. */
function describeJudgement(
  { claim, interval, seeds, verdict, reason }: Judgement,
): string[] {
  const measured = interval === undefined
    ? ""
    : `${claim.measure}: ${interval.estimate.toFixed(2)} (${
      interval.lower.toFixed(2)
    } to ${interval.upper.toFixed(2)}) ${claim.unit}, ${seeds} seeds; `;
  return [
    `${VERDICT_SIGNS[verdict]} ${verdict}: ${claim.text} (${claim.place})`,
    `    ${measured}${reason}`,
  ];
}

function print(heading: string, lines: readonly string[]): void {
  console.log(`\n${heading}`);
  for (const line of lines) console.log(`  ${line}`);
}

/** The command; returns its exit code. */
export async function main(
  args: string[],
  { data = "data", sources }: ClaimsFolders = {},
): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...CLAIMS }, args);
  if (parsed === undefined) return 0;
  const run = await readRunOptions(parsed.values);
  const { profile, jobs, engine, native, choice } = run;
  const startMs = performance.now();
  const signal = stopOnSignals();
  const figures = await readFigures(data, profile);
  const readings = READINGS.flatMap((reading) =>
    readingTrials(reading, profile, engine)
  );
  const accepted = await settleStale(
    readings.map(({ trial }) => trialId(trial)),
    { dataDirectory: data, choice, sources },
  );
  if (accepted === undefined) return 1;
  print(
    "The claims under the ledger's defaults, with 95 % intervals:",
    judgeClaims(figures).flatMap(describeJudgement),
  );
  console.log("\nTrials of other readings:");
  const complete = await runTrials(
    readings.map(({ reading, trial }) =>
      labelTrial(trial, reading.key, seriesOf(trial))
    ),
    {
      dataDirectory: data,
      jobs,
      native,
      gitClean: await readGitClean(),
      signal,
    },
  );
  if (!complete) return 1;
  const rows = await aggregateReadings(data, profile, engine);
  await recordTableSources(data, profile, {
    readings: readings.map(({ trial }) => trial),
  });
  const cells = judgeReadings(figures, rows);
  for (const grid of ["figures", "short"] as const) {
    const first = READINGS.find((reading) => reading.grid === grid)!;
    print(
      `${
        describeGrid(first, profile)
      }; in brackets what a reading leaves as it was:`,
      formatTable(readingsMatrix(cells, grid)),
    );
  }
  print("Which readings claims need:", describeNeeds(cells));
  console.log("");
  const outputFolder = profileDirectory(NOTEBOOKS, profile);
  const failures = await runNotebooks([join(NOTEBOOKS, `${NOTEBOOK}.ipynb`)], {
    signal,
    parameters: { profile, save: true },
    ...(outputFolder === NOTEBOOKS ? {} : { outputFolder }),
  });
  if (failures > 0) return 1;
  const figure = join(profileDirectory(FIGURES, profile), CLAIMS_FIGURE);
  console.log(`  ${figure}.png, .svg and .vl.json`);
  console.log(`  ${join(outputFolder, `${NOTEBOOK}.ipynb`)}`);
  for (const line of acceptedLine(accepted)) console.log(line);
  console.log(
    `Done in ${formatSeconds((performance.now() - startMs) / 1000)}.`,
  );
  return 0;
}

if (import.meta.main) await runMain(main);
