/**
 * Everything that a sweep's trials measured, as Parquet files.
 *
 * @module
 */

import { join } from "node:path";
import {
  type ParquetColumns,
  type ParquetType,
  writeParquet,
} from "../files/parquet.ts";
import { type FinishedTrial, readTrial } from "../trials/check_trial.ts";
import { EPISODE_COLUMNS, EVALUATION_COLUMNS } from "../trials/rows.ts";
import { isTraining } from "../trials/trial.ts";
import { METRIC_COLUMNS } from "./columns.ts";
import type { CellValue, Sweep, SweepTrial } from "./expand.ts";
import { sweepDirectory } from "./folder.ts";
import { trialsDirectory } from "../trials/store.ts";
import type { SweepRow } from "./sweep_table.ts";

/** The narrowest type that all values of a column have. */
function typeOf(values: readonly CellValue[]): ParquetType {
  const given = values.filter((value) => value !== "");
  if (given.some((value) => typeof value === "string")) return "string";
  return given.every((value) => Number.isSafeInteger(value)) ? "int" : "double";
}

/** Values of a column that holds texts and numbers become texts. */
function cellOf(value: CellValue, type: ParquetType): CellValue | null {
  if (value === "") return null;
  return type === "string" ? String(value) : value;
}

/** Which trial a row is of, with the types of these columns. */
class Origins {
  readonly columns: ParquetColumns;
  readonly #varying: ParquetColumns;

  constructor({ columns, trials }: Sweep) {
    this.#varying = Object.fromEntries(
      columns.map((column) => [
        column,
        typeOf(trials.map(({ values }) => values[column])),
      ]),
    );
    this.columns = {
      trial: "string",
      method: "string",
      ...this.#varying,
      seed: "int",
    };
  }

  of(
    { id, config, method, values }: SweepTrial,
  ): Record<string, CellValue | null> {
    return {
      trial: id,
      method,
      ...Object.fromEntries(
        Object.entries(this.#varying).map(([column, type]) => [
          column,
          cellOf(values[column], type),
        ]),
      ),
      seed: config.seed,
    };
  }
}

function columnsOf(
  names: readonly string[],
  type: ParquetType,
): ParquetColumns {
  return Object.fromEntries(names.map((name) => [name, type]));
}

/** Rows of every trial, one after another. */
async function* rowsOf(
  dataDirectory: string,
  trials: readonly SweepTrial[],
  read: (trial: FinishedTrial) => readonly object[],
  origins: Origins,
): AsyncGenerator<Record<string, unknown>> {
  for (const trial of trials) {
    const origin = origins.of(trial);
    const folder = join(trialsDirectory(dataDirectory), trial.id);
    for (const row of read(await readTrial(folder))) {
      yield { ...origin, ...row };
    }
  }
}

/**
 * Writes three files beside a sweep's table: `rows.parquet` is that table,
 * `evaluations.parquet` has every evaluation on validation and test traces, and
 * `episodes.parquet` every training episode.
 *
 * @param rows Rows of the sweep's table, by trial; other trials are left out.
 * @returns Paths of the files.
 * @throws {DamagedTrialError} If a trial's files are not what its manifest says.
 */
export async function writeSweepParquet(
  dataDirectory: string,
  sweep: Sweep,
  rows: ReadonlyMap<string, SweepRow>,
): Promise<string[]> {
  const origins = new Origins(sweep);
  const finished = sweep.trials.filter(({ id }) => rows.has(id));
  const folder = sweepDirectory(dataDirectory, sweep.name);
  const paths = ["rows", "evaluations", "episodes"]
    .map((name) => join(folder, `${name}.parquet`));
  const read = (
    trials: readonly SweepTrial[],
    rowsOfTrial: (trial: FinishedTrial) => readonly object[],
  ) => rowsOf(dataDirectory, trials, rowsOfTrial, origins);
  // First what reads every trial, and so finds damaged ones.
  await writeParquet(paths[1], read(finished, (trial) => trial.evaluations()), {
    ...origins.columns,
    ...columnsOf(Object.keys(EVALUATION_COLUMNS), "double"),
    split: "string",
    episode: "int",
    violations: "int",
  });
  await writeParquet(
    paths[2],
    read(
      finished.filter(({ config }) => isTraining(config)),
      (trial) => trial.episodes(),
    ),
    {
      ...origins.columns,
      ...columnsOf(Object.keys(EPISODE_COLUMNS), "double"),
      episode: "int",
    },
  );
  await writeParquet(
    paths[0],
    finished.map((trial) => ({ ...rows.get(trial.id), ...origins.of(trial) })),
    {
      ...origins.columns,
      ...columnsOf(METRIC_COLUMNS, "double"),
      violations: "int",
    },
  );
  return paths;
}
