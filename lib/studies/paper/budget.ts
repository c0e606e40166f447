/**
 * The budget ledger: what every method spends for what it achieves.
 *
 * @module
 */

import { writeFileAtomically } from "../../files/write_file.ts";
import { checkComplete, readTable } from "../../input/csv.ts";
import { DEFAULT_ENGINE, type EngineName } from "../../nn/mod.ts";
import { readTrial } from "../../trials/check_trial.ts";
import { formatCsv } from "../../trials/csv.ts";
import type { ProfileName, ScalabilityExperiment } from "./registry.ts";
import { BUDGET_COLUMNS, type BudgetRow } from "../../trials/rows.ts";
import {
  bySeries,
  scalabilityTrials,
  type TrialKey,
  trialKeys,
} from "./scalability.ts";
import { tablePath } from "./paper_tables.ts";
import { trialDirectory } from "../../trials/store.ts";
import { mapConcurrently } from "../../trials/map_concurrently.ts";
import { seriesOf, type TrialConfig } from "../../trials/trial.ts";

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
  const finished = await readTrial(trialDirectory(dataDirectory, trial));
  const { trainingSeconds, decisionLatencyS } = finished.timings();
  return {
    series: seriesOf(trial),
    users: trial.scenario.parameters.numUsers,
    seed: trial.seed,
    slotEvaluations: finished.manifest.slotEvaluations,
    trainingSeconds: roundTime(trainingSeconds),
    decisionLatencyS: roundTime(decisionLatencyS),
  };
}

/**
 * Gathers what the finished trials of an experiment cost, and writes a row for
 * each, ordered as the table of what they achieve.
 *
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 * @throws {DamagedTrialError} If one is damaged.
 */
export async function aggregateBudget(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<BudgetRow[]> {
  const trials = scalabilityTrials(experiment, profile, engine);
  const rows = bySeries(
    await mapConcurrently(
      trials,
      (trial) => readBudgetOf(dataDirectory, trial),
    ),
  );
  await writeFileAtomically(
    budgetPath(dataDirectory, profile),
    formatCsv(rows, BUDGET_COLUMNS),
  );
  return rows;
}

/**
 * Reads what {@linkcode aggregateBudget} wrote.
 *
 * @throws {Deno.errors.NotFound} If the table is not there.
 * @throws {InputError} With row and column, if a cell is not what its column holds;
 * and if the rows are not one for every method, number of users and seed.
 */
export async function readBudget(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
): Promise<BudgetRow[]> {
  const path = budgetPath(dataDirectory, profile);
  const source = { act: "read the budgets", path };
  const rows = await readTable(BUDGET_COLUMNS, source);
  const expected = trialKeys(scalabilityTrials(experiment, profile));
  checkComplete<TrialKey>(rows, expected, source);
  return rows;
}
