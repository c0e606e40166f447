/**
 * What is run for the readings, and the table of what comes of it.
 *
 * @module
 */

import { writeFileAtomically } from "../files/write_file.ts";
import { checkComplete, readTable, rowError } from "../input/csv.ts";
import { DEFAULT_ENGINE, type EngineName } from "../nn/mod.ts";
import { LEARNERS } from "../methods/mod.ts";
import { readTrial } from "../trials/check_trial.ts";
import { formatCsv } from "../trials/csv.ts";
import {
  FIG06_07,
  profiled,
  type ProfileName,
} from "../studies/paper/registry.ts";
import { expandSweep } from "../studies/expand.ts";
import { READING_COLUMNS, type ReadingRow } from "../trials/rows.ts";
import {
  bySeries,
  scalabilityTrials,
  type TrialKey,
  trialKeys,
} from "../studies/paper/scalability.ts";
import { tablePath } from "../studies/paper/paper_tables.ts";
import { trialDirectory } from "../trials/store.ts";
import { mapConcurrently } from "../trials/map_concurrently.ts";
import { isTraining, seriesOf, type TrialConfig } from "../trials/trial.ts";
import { partOf, type Reading, READINGS } from "./readings.ts";
import { finalReturn } from "./final_returns.ts";

/** Numbers of users and how many seeds each has. */
export interface GridPoint {
  /** Number of users U. */
  readonly users: number;
  /** Seeds 0, 1, … */
  readonly seeds: number;
}

/** A trial, and the reading that it is run for. */
export interface ReadingTrial {
  /** The reading. */
  readonly reading: Reading;
  /** The trial. */
  readonly trial: TrialConfig;
}

/**
 * The trials of a reading: methods whose trials it changes, on its grid. Those of
 * the defaults on the short grid are among the trials of Figs. 6 and 7.
 */
export function readingTrials(
  reading: Reading,
  profile: ProfileName,
  engine?: EngineName,
): ReadingTrial[] {
  const study = partOf(
    reading,
    (study) => profiled(study, profile, engine),
  );
  if (study === undefined) return [];
  return expandSweep(study, `run ${study.name}`).trials.map(({ config }) => ({
    reading,
    trial: config,
  }));
}

/** The grid of a reading; that of the figures if it runs no trials. */
export function gridOf(reading: Reading, profile: ProfileName): GridPoint[] {
  const own = readingTrials(reading, profile).map(({ trial }) => trial);
  const trials = own.length > 0 ? own : scalabilityTrials(FIG06_07, profile);
  const byUsers = Map.groupBy(
    trials,
    ({ scenario }) => scenario.parameters.numUsers,
  );
  return Array.from(byUsers, ([users, trials]) => ({
    users,
    seeds: new Set(trials.map(({ seed }) => seed)).size,
  }));
}

/** File of the readings' results. */
export function readingsPath(
  dataDirectory: string,
  profile: ProfileName,
): string {
  return tablePath(dataDirectory, profile, "readings");
}

/** The row of a finished trial under a reading. */
export async function readReadingRow(
  dataDirectory: string,
  { reading, trial }: ReadingTrial,
): Promise<ReadingRow> {
  const finished = await readTrial(trialDirectory(dataDirectory, trial));
  const { objective, hitRateOwnServer, hitRateAnyServer, cacheUtilization } =
    finished.lastEvaluation();
  return {
    reading: reading.key,
    series: seriesOf(trial),
    users: trial.scenario.parameters.numUsers,
    seed: trial.seed,
    objective,
    hitRateOwnServer,
    hitRateAnyServer,
    cacheUtilization,
    trainingReturn: isTraining(trial) ? finalReturn(finished.episodes()) : null,
  };
}

/**
 * Gathers the finished trials of all readings and writes a row for each, ordered by
 * reading, method, number of users and seed.
 *
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 * @throws {DamagedTrialError} If one is damaged.
 */
export async function aggregateReadings(
  dataDirectory: string,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
  readings: readonly Reading[] = READINGS,
): Promise<ReadingRow[]> {
  const read = await mapConcurrently(
    readings.flatMap((reading) => readingTrials(reading, profile, engine)),
    (trial) => readReadingRow(dataDirectory, trial),
  );
  const rows = [...Map.groupBy(read, ({ reading }) => reading).values()]
    .flatMap(bySeries);
  await writeFileAtomically(
    readingsPath(dataDirectory, profile),
    formatCsv(rows, READING_COLUMNS),
  );
  return rows;
}

/**
 * Reads what {@linkcode aggregateReadings} wrote.
 *
 * @param act What the caller is doing, for error messages.
 * @throws {Deno.errors.NotFound} If the table is not there.
 * @throws {InputError} With row and column, if a cell is not what its column holds;
 * and if the rows are not one for every reading, method, number of users and seed.
 */
export async function readReadings(
  dataDirectory: string,
  profile: ProfileName,
  act = "read the readings",
  readings: readonly Reading[] = READINGS,
): Promise<ReadingRow[]> {
  const source = { act, path: readingsPath(dataDirectory, profile) };
  const rows = await readTable(READING_COLUMNS, source);
  const expected = readings.flatMap((reading) =>
    trialKeys(
      readingTrials(reading, profile).map(({ trial }) => trial),
    ).map((key) => ({ reading: reading.key, ...key }))
  );
  checkComplete<TrialKey & Pick<ReadingRow, "reading">>(rows, expected, source);
  const learners = LEARNERS.map(({ label }) => label);
  rows.forEach(({ series, trainingReturn }, index) => {
    const isTrained = learners.includes(series);
    if (isTrained === (trainingReturn !== null)) return;
    throw rowError(
      source,
      index + 2,
      `, column trainingReturn must be ${
        isTrained ? "a finite number" : "empty"
      } for ${series}, got ${trainingReturn ?? "nothing"}`,
    );
  });
  return rows;
}
