/**
 * The budget ledger: what every method spends for what it achieves.
 *
 * @module
 */

import { join } from "node:path";
import { writeFileAtomically } from "../files/write_file.ts";
import { DEFAULT_ENGINE, type EngineName } from "../nn/mod.ts";
import { formatCsv, parseCsv } from "./csv.ts";
import type { ProfileName } from "./registry.ts";
import { BUDGET_COLUMNS, type BudgetRow } from "./rows.ts";
import {
  type ScalabilityExperiment,
  scalabilityTrials,
} from "./scalability.ts";
import { tablePath, trialDirectory } from "./store.ts";
import type { TrialTimings } from "./timings.ts";
import { seriesOf, type TrialConfig } from "./trial.ts";

/** File of a profile's budgets. */
export function budgetPath(
  dataDirectory: string,
  profile: ProfileName,
): string {
  return tablePath(dataDirectory, profile, "budget");
}

/** A clock means no more digits than these. */
function roundTime(seconds: number): number {
  return Number(seconds.toPrecision(4));
}

async function readBudgetOf(
  dataDirectory: string,
  trial: TrialConfig,
): Promise<BudgetRow> {
  const directory = trialDirectory(dataDirectory, trial);
  const read = async (name: string) =>
    JSON.parse(await Deno.readTextFile(join(directory, name)));
  const { slotEvaluations }: { slotEvaluations: number } = await read(
    "manifest.json",
  );
  const { trainingSeconds, decisionLatencyS }: TrialTimings = await read(
    "provenance.json",
  );
  return {
    series: seriesOf(trial),
    users: trial.scenario.parameters.numUsers,
    seed: trial.seed,
    slotEvaluations,
    trainingSeconds: roundTime(trainingSeconds),
    decisionLatencyS: roundTime(decisionLatencyS),
  };
}

/**
 * Gathers what the finished trials of an experiment cost, and writes a row for
 * each, ordered as the table of what they achieve.
 *
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 */
export async function aggregateBudget(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<BudgetRow[]> {
  const trials = scalabilityTrials(experiment, profile, engine);
  const read = await Promise.all(
    trials.map((trial) => readBudgetOf(dataDirectory, trial)),
  );
  const rows = [...Map.groupBy(read, ({ series }) => series).values()].flat();
  await writeFileAtomically(
    budgetPath(dataDirectory, profile),
    formatCsv(rows, BUDGET_COLUMNS),
  );
  return rows;
}

/** Reads what {@linkcode aggregateBudget} wrote. */
export async function readBudget(
  dataDirectory: string,
  profile: ProfileName,
): Promise<BudgetRow[]> {
  return parseCsv<BudgetRow>(
    await Deno.readTextFile(budgetPath(dataDirectory, profile)),
    BUDGET_COLUMNS,
  );
}
