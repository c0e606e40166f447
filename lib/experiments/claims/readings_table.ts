/**
 * What is run for the readings, and the table of what comes of it.
 *
 * @module
 */

import { join } from "node:path";
import type { HitRates } from "../../env/hit_rate.ts";
import { writeFileAtomically } from "../../files/write_file.ts";
import { DEFAULT_ENGINE, type EngineName } from "../../nn/mod.ts";
import { deriveScenario } from "../../scenario/scenario.ts";
import { formatCsv, parseCsv } from "../csv.ts";
import type { ProfileName } from "../registry.ts";
import {
  EPISODE_COLUMNS,
  type EpisodeRow,
  HIT_RATE_COLUMNS,
  type RowOrigin,
} from "../rows.ts";
import {
  FIG06_07,
  readTestRow,
  type ScalabilityExperiment,
  scalabilityTrials,
} from "../scalability.ts";
import { tablePath, trialDirectory } from "../store.ts";
import {
  type Algorithm,
  isPolicyTrial,
  type PolicyName,
  type TrialConfig,
} from "../trial.ts";
import { PAPER_METHODS, type PaperMethod } from "./claims.ts";
import { type Reading, READINGS, SHORT_DEFAULT_READING } from "./readings.ts";
import { finalReturn } from "./final_returns.ts";

/** What a method achieves under a reading, with so many users and one seed. */
export interface ReadingRow extends RowOrigin, HitRates {
  /** Key of the reading. */
  readonly reading: string;
  /** Number of users U. */
  readonly users: number;
  /** Mean of G(t) over the slots of the test traces (Eq. 18a). */
  readonly objective: number;
  /** Mean return of the last fifth of training; null where nothing is trained. */
  readonly trainingReturn: number | null;
}

/** Columns of `readings.csv`. */
const READING_COLUMNS = [
  "reading",
  "series",
  "users",
  "seed",
  "objective",
  ...HIT_RATE_COLUMNS,
  "trainingReturn",
] as const satisfies readonly (keyof ReadingRow)[];

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

function isLearner(method: PaperMethod): method is Algorithm & PaperMethod {
  return method === "td3" || method === "ddpg";
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
      assumptions: reading.assumptions,
    }),
    algorithms: methods.filter(isLearner),
    policies: methods.filter((one): one is PolicyName & PaperMethod =>
      !isLearner(one)
    ),
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
  const test = await readTestRow(dataDirectory, trial);
  const path = join(trialDirectory(dataDirectory, trial), "episodes.csv");
  const trainingReturn = isPolicyTrial(trial) ? null : finalReturn(
    parseCsv<EpisodeRow>(await Deno.readTextFile(path), EPISODE_COLUMNS),
  );
  const { series, users, seed, objective } = test;
  const { hitRateOwnServer, hitRateAnyServer, cacheUtilization } = test;
  return {
    reading: reading.key,
    series,
    users,
    seed,
    objective,
    hitRateOwnServer,
    hitRateAnyServer,
    cacheUtilization,
    trainingReturn,
  };
}

/**
 * Gathers the finished trials of all readings and writes a row for each, ordered by
 * reading, method, number of users and seed.
 *
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 */
export async function aggregateReadings(
  dataDirectory: string,
  study: ReadingStudy,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<ReadingRow[]> {
  const parts = await Promise.all(study.readings.map(async (reading) => {
    const trials = readingTrials(study, reading, profile, engine);
    const rows = await Promise.all(
      trials.map((trial) => readReadingRow(dataDirectory, trial)),
    );
    return [...Map.groupBy(rows, ({ series }) => series).values()].flat();
  }));
  const rows = parts.flat();
  await writeFileAtomically(
    readingsPath(dataDirectory, profile),
    formatCsv(rows, READING_COLUMNS),
  );
  return rows;
}

/** Reads what {@linkcode aggregateReadings} wrote. */
export async function readReadings(
  dataDirectory: string,
  profile: ProfileName,
): Promise<ReadingRow[]> {
  return parseCsv<ReadingRow>(
    await Deno.readTextFile(readingsPath(dataDirectory, profile)),
    READING_COLUMNS,
  );
}
