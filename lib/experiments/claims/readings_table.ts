/**
 * What is run for the readings, and the table of what comes of it.
 *
 * @module
 */

import { writeFileAtomically } from "../../files/write_file.ts";
import { checkComplete, readTable, rowError } from "../../input/csv.ts";
import { DEFAULT_ENGINE, type EngineName } from "../../nn/mod.ts";
import { LEARNERS } from "../../methods/mod.ts";
import { deriveScenario } from "../../scenario/scenario.ts";
import { readTrial } from "../check_trial.ts";
import { formatCsv } from "../csv.ts";
import type { ProfileName } from "../registry.ts";
import { READING_COLUMNS, type ReadingRow } from "../rows.ts";
import {
  bySeries,
  FIG06_07,
  type ScalabilityExperiment,
  scalabilityTrials,
  type TrialKey,
  trialKeys,
} from "../scalability.ts";
import { tablePath, trialDirectory } from "../store.ts";
import { mapConcurrently } from "../sweep/map_concurrently.ts";
import { isTraining, seriesOf, type TrialConfig } from "../trial.ts";
import { PAPER_METHODS } from "./claims.ts";
import { type Reading, READINGS, SHORT_DEFAULT_READING } from "./readings.ts";
import { finalReturn } from "./final_returns.ts";

/** Numbers of users and how many seeds each has. */
export interface GridPoint {
  /** Number of users U. */
  readonly users: number;
  /** Seeds 0, 1, … */
  readonly seeds: number;
}

/** Claims under readings: what is run. */
export interface ReadingStudy {
  /** The experiment whose trials the readings change. */
  readonly scalability: ScalabilityExperiment;
  /** The readings. */
  readonly readings: readonly Reading[];
  /** Where costly readings are judged, by trials as long as the experiment's. */
  readonly shortGrid: Readonly<Record<ProfileName, readonly GridPoint[]>>;
}

/**
 * Every reading of Figs. 6 and 7. The short grid has the ends of the figures and
 * Table 3's U = 10, which Fig. 5 is trained with, and few seeds.
 */
export const READING_STUDY: ReadingStudy = {
  scalability: FIG06_07,
  readings: READINGS,
  shortGrid: {
    smoke: [{ users: 5, seeds: 2 }, { users: 10, seeds: 2 }],
    quick: [{ users: 10, seeds: 3 }, { users: 30, seeds: 3 }],
    paper: [
      { users: 5, seeds: 3 },
      { users: 10, seeds: 4 },
      { users: 30, seeds: 3 },
    ],
  },
};

/** The grid of a reading. */
export function gridOf(
  study: ReadingStudy,
  reading: Reading,
  profile: ProfileName,
): GridPoint[] {
  if (reading.grid === "short") return [...study.shortGrid[profile]];
  const { userCounts, seeds } = study.scalability.profiles[profile];
  return userCounts.map((users) => ({ users, seeds: seeds.length }));
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
  study: ReadingStudy,
  reading: Reading,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): ReadingTrial[] {
  const { scalability } = study;
  const methods = reading.key === SHORT_DEFAULT_READING
    ? PAPER_METHODS
    : reading.changes;
  const experiment = {
    ...scalability,
    scenario: deriveScenario(scalability.scenario, {
      assumptions: reading.assumptions ?? {},
    }),
    methods,
    ...reading.hyperparameters === undefined
      ? {}
      : { hyperparameters: reading.hyperparameters },
  };
  return gridOf(study, reading, profile).flatMap(({ users, seeds }) => {
    const point = {
      ...scalability.profiles[profile],
      userCounts: [users],
      seeds: Array.from({ length: seeds }, (_, seed) => seed),
    };
    const profiles = { ...scalability.profiles, [profile]: point };
    return scalabilityTrials({ ...experiment, profiles }, profile, engine)
      .map((trial) => ({ reading, trial }));
  });
}

/** File of the readings' results. */
export function readingsPath(
  dataDirectory: string,
  profile: ProfileName,
): string {
  return tablePath(dataDirectory, profile, "readings");
}

async function readReadingRow(
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
  study: ReadingStudy,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<ReadingRow[]> {
  const read = await mapConcurrently(
    study.readings.flatMap((reading) =>
      readingTrials(study, reading, profile, engine)
    ),
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
  study: ReadingStudy,
  profile: ProfileName,
  act = "read the readings",
): Promise<ReadingRow[]> {
  const source = { act, path: readingsPath(dataDirectory, profile) };
  const rows = await readTable(READING_COLUMNS, source);
  const expected = study.readings.flatMap((reading) =>
    trialKeys(
      readingTrials(study, reading, profile).map(({ trial }) => trial),
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
