/**
 * The experiment behind Figs. 6 and 7: every method with more and more users.
 *
 * @module
 */

import { writeFileAtomically } from "../../files/write_file.ts";
import { checkComplete, readTable, type TableSource } from "../../input/csv.ts";
import { DEFAULT_ENGINE, type EngineName } from "../../nn/mod.ts";
import { readTrial } from "../../trials/check_trial.ts";
import { formatCsv } from "../../trials/csv.ts";
import {
  paperTrials,
  type ProfileName,
  type ScalabilityExperiment,
} from "./registry.ts";
import {
  type RowOrigin,
  SCALABILITY_COLUMNS,
  type ScalabilityRow,
} from "../../trials/rows.ts";
import { requireFeasible } from "./require_feasible.ts";
import { tablePath } from "./paper_tables.ts";
import { trialDirectory } from "../../trials/store.ts";
import { mapConcurrently } from "../../trials/map_concurrently.ts";
import { seriesOf, type TrialConfig, trialId } from "../../trials/trial.ts";

/** The trials of the experiment: every method, number of users and seed. */
export function scalabilityTrials(
  experiment: ScalabilityExperiment,
  profile: ProfileName,
  engine?: EngineName,
): TrialConfig[] {
  return paperTrials(experiment, profile, engine).map(({ config }) => config);
}

/** File that the experiment's figures are drawn from. */
export function scalabilityPath(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
): string {
  return tablePath(dataDirectory, profile, experiment.table);
}

/** What a trial's row is of. */
export type TrialKey = RowOrigin & Pick<ScalabilityRow, "users">;

/** What the rows of trials in tables are of, in their order. */
export function trialKeys(trials: readonly TrialConfig[]): TrialKey[] {
  return bySeries(trials.map((trial) => ({
    series: seriesOf(trial),
    users: trial.scenario.parameters.numUsers,
    seed: trial.seed,
  })));
}

/** Rows in the order of tables: series by series. */
export function bySeries<Row extends RowOrigin>(rows: readonly Row[]): Row[] {
  return [...Map.groupBy(rows, ({ series }) => series).values()].flat();
}

/**
 * What a finished trial achieves on its test traces.
 *
 * @throws {InputError} If it broke a constraint of Eq. 18.
 */
export async function readTestRow(
  dataDirectory: string,
  trial: TrialConfig,
): Promise<ScalabilityRow> {
  const finished = await readTrial(trialDirectory(dataDirectory, trial));
  const { split: _split, episode: _episode, ...means } = requireFeasible(
    finished.lastEvaluation(),
    trialId(trial),
  );
  return {
    series: seriesOf(trial),
    users: trial.scenario.parameters.numUsers,
    seed: trial.seed,
    ...means,
  };
}

/**
 * Gathers the finished trials of the experiment and writes a row for each, ordered
 * by method, number of users and seed.
 *
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 * @throws {DamagedTrialError} If one is damaged.
 */
export async function aggregateScalability(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<ScalabilityRow[]> {
  const trials = scalabilityTrials(experiment, profile, engine);
  const rows = bySeries(
    await mapConcurrently(trials, (trial) => readTestRow(dataDirectory, trial)),
  );
  await writeFileAtomically(
    scalabilityPath(dataDirectory, experiment, profile),
    formatCsv(rows, SCALABILITY_COLUMNS),
  );
  return rows;
}

/**
 * Reads what {@linkcode aggregateScalability} wrote.
 *
 * @param act What the caller is doing, for error messages.
 * @throws {Deno.errors.NotFound} If the table is not there.
 * @throws {InputError} With row and column, if a cell is not what its column holds;
 * and if the rows are not one for every method, number of users and seed.
 */
export async function readScalability(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
  act: string = `read ${experiment.table}`,
): Promise<ScalabilityRow[]> {
  const path = scalabilityPath(dataDirectory, experiment, profile);
  const source: TableSource = { act, path };
  const rows = await readTable(SCALABILITY_COLUMNS, source);
  const expected = trialKeys(scalabilityTrials(experiment, profile));
  checkComplete<TrialKey>(rows, expected, source);
  return rows;
}
