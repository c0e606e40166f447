/**
 * The rows of the committed tables, each with the trial that it is of.
 *
 * @module
 */

import { RandomStream } from "../math/prng.ts";
import type { EngineName } from "../nn/mod.ts";
import {
  readExperiment,
  readTrialRows,
  trialsBySeries,
} from "../studies/paper/aggregate.ts";
import { EXPERIMENTS, FIG06_07 } from "../studies/paper/registry.ts";
import {
  readScalability,
  readTestRow,
  scalabilityTrials,
} from "../studies/paper/scalability.ts";
import { seriesOf, type TrialConfig } from "../trials/trial.ts";
import { READINGS } from "./readings.ts";
import {
  readingTrials,
  readReadingRow,
  readReadings,
} from "./readings_table.ts";

/** A row of a table, and how to get it again. */
export interface CommittedRow {
  /** Name of the table's file without `.csv`. */
  readonly table: string;
  /** The row's place in the file, from 1, the head. */
  readonly place: number;
  /** What the table says. */
  readonly row: object;
  /** The trial that it is of. */
  readonly trial: TrialConfig;
  /** The same row from a folder in which the trial is finished. */
  readonly again: (dataDirectory: string) => Promise<object>;
}

/** A column whose value is another now. */
export interface ChangedValue {
  /** The column. */
  readonly column: string;
  /** What the table says. */
  readonly committed: unknown;
  /** What comes out now. */
  readonly now: unknown;
}

const PROFILE = "paper";

/** What a row is of, as text. */
function keyOf(...parts: readonly (string | number)[]): string {
  return parts.join("\n");
}

/** The rows of a table in their order, each with what it is of. */
function rowsOf<Row extends object>(
  table: string,
  rows: readonly Row[],
  origin: (row: Row) => Pick<CommittedRow, "trial" | "again">,
): CommittedRow[] {
  return rows.map((row, index) => ({
    ...{ table, place: index + 2, row },
    ...origin(row),
  }));
}

async function experimentRows(
  dataDirectory: string,
  engine: EngineName,
  act: string,
): Promise<CommittedRow[][]> {
  const tables = await Promise.all(EXPERIMENTS.map(async (experiment) => {
    const rows = await readExperiment(dataDirectory, experiment, PROFILE, act);
    const origins = new Map(
      trialsBySeries(experiment, PROFILE, engine)
        .map((one) => [keyOf(one.series, one.trial.seed), one]),
    );
    const originOf = (row: { series: string; seed: number }) =>
      origins.get(keyOf(row.series, row.seed))!;
    const curves = rowsOf(experiment.figure, rows.curves, (row) => {
      const origin = originOf(row);
      return {
        trial: origin.trial,
        again: async (folder) =>
          (await readTrialRows(folder, origin)).curves[row.episode - 1],
      };
    });
    const name = `${experiment.study.name}_evaluations`;
    const evaluations = rowsOf(name, rows.evaluations, (row) => {
      const origin = originOf(row);
      return {
        trial: origin.trial,
        again: async (folder) =>
          (await readTrialRows(folder, origin)).evaluations.find((one) =>
            one.split === row.split && one.episode === row.episode
          )!,
      };
    });
    return [curves, evaluations];
  }));
  return tables.flat();
}

async function scalabilityRows(
  dataDirectory: string,
  engine: EngineName,
  act: string,
): Promise<CommittedRow[]> {
  const rows = await readScalability(dataDirectory, FIG06_07, PROFILE, act);
  const trials = new Map(
    scalabilityTrials(FIG06_07, PROFILE, engine).map((trial) => [
      keyOf(seriesOf(trial), trial.scenario.parameters.numUsers, trial.seed),
      trial,
    ]),
  );
  return rowsOf(FIG06_07.table, rows, ({ series, users, seed }) => {
    const trial = trials.get(keyOf(series, users, seed))!;
    return { trial, again: (folder) => readTestRow(folder, trial) };
  });
}

async function readingRows(
  dataDirectory: string,
  engine: EngineName,
  act: string,
): Promise<CommittedRow[]> {
  const rows = await readReadings(dataDirectory, PROFILE, act);
  const origins = new Map(
    READINGS.flatMap((reading) => readingTrials(reading, PROFILE, engine))
      .map((one) => {
        const { seed, scenario: { parameters: { numUsers } } } = one.trial;
        const series = seriesOf(one.trial);
        return [keyOf(one.reading.key, series, numUsers, seed), one];
      }),
  );
  return rowsOf("readings", rows, ({ reading, series, users, seed }) => {
    const origin = origins.get(keyOf(reading, series, users, seed))!;
    return {
      trial: origin.trial,
      again: (folder) => readReadingRow(folder, origin),
    };
  });
}

/**
 * Every row of the tables of the paper profile that one trial decides, by table. Rows
 * of `budget.csv` are left out, which measure time.
 *
 * @param act What the caller is doing, for error messages.
 * @throws {InputError} If a table is damaged or not whole.
 * @throws {Deno.errors.NotFound} If one is not there.
 */
export async function readCommittedRows(
  dataDirectory: string,
  engine: EngineName,
  act: string,
): Promise<CommittedRow[][]> {
  return [
    ...await experimentRows(dataDirectory, engine, act),
    await scalabilityRows(dataDirectory, engine, act),
    await readingRows(dataDirectory, engine, act),
  ];
}

/**
 * Draws rows: first a table, each as likely, then one of its rows that was not drawn.
 *
 * @param count At most the number of rows.
 */
export function drawRows(
  tables: readonly (readonly CommittedRow[])[],
  count: number,
  seed: number,
): CommittedRow[] {
  const stream = new RandomStream(seed, "committed-rows");
  const drawn = new Set<CommittedRow>();
  while (drawn.size < count) {
    const table = tables[stream.integer(tables.length)];
    drawn.add(table[stream.integer(table.length)]);
  }
  return [...drawn];
}

/** The columns of a row that are not, to the last digit, what they were. */
export function compareRow(committed: object, now: object): ChangedValue[] {
  const values = new Map(Object.entries(now));
  return Object.entries(committed)
    .filter(([column, value]) => !Object.is(value, values.get(column)))
    .map(([column, value]) => ({
      ...{ column, committed: value, now: values.get(column) },
    }));
}
