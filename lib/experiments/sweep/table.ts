/**
 * The table of a sweep: a row for every finished trial.
 *
 * @module
 */

import { join } from "node:path";
import { writeFileAtomically } from "../../files/write_file.ts";
import { DamagedTrialError, readTrial } from "../check_trial.ts";
import { formatCsv } from "../csv.ts";
import type { EvaluationRow } from "../rows.ts";
import { METRIC_COLUMNS } from "./columns.ts";
import type { CellValue, Sweep, SweepTrial } from "./expand.ts";
import { rowsPath, trialsDirectory } from "./folder.ts";
import { mapConcurrently } from "./map_concurrently.ts";

/**
 * What a trial came to on held-out traces, beside what the sweep varies; null where a
 * time is infinite.
 */
export type SweepRow = Readonly<Record<string, CellValue | null>>;

/** Rows of a sweep's trials, and those that have none because they are damaged. */
export interface SweepRows {
  /** Rows by trial. */
  readonly rows: Map<string, SweepRow>;
  /** What is wrong with damaged trials. */
  readonly damaged: Map<string, string>;
}

/** Columns of a sweep's table. */
export function columnsOf(sweep: Sweep): string[] {
  return ["trial", "method", ...sweep.columns, "seed", ...METRIC_COLUMNS];
}

/**
 * Reads the row of a finished trial: its last evaluation on traces of a split.
 *
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {DamagedTrialError} If its files are not what its manifest says.
 */
export async function readSweepRow(
  dataDirectory: string,
  { id, config, method, values }: SweepTrial,
  split: EvaluationRow["split"] = "test",
): Promise<SweepRow> {
  const trial = await readTrial(join(trialsDirectory(dataDirectory), id));
  const last = trial.lastEvaluation(split);
  return {
    trial: id,
    method,
    ...values,
    seed: config.seed,
    ...Object.fromEntries(METRIC_COLUMNS.map((key) => [key, last[key]])),
  };
}

/**
 * Reads the rows of finished trials, and finds damaged ones; what is not there any
 * more has neither.
 */
export async function readSweepRows(
  dataDirectory: string,
  trials: readonly SweepTrial[],
  split?: EvaluationRow["split"],
): Promise<SweepRows> {
  const rows = new Map<string, SweepRow>();
  const damaged = new Map<string, string>();
  await mapConcurrently(trials, async (trial) => {
    try {
      rows.set(trial.id, await readSweepRow(dataDirectory, trial, split));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      if (!(error instanceof DamagedTrialError)) throw error;
      damaged.set(trial.id, error.problem);
    }
  });
  return { rows, damaged };
}

/** A sweep's table as CSV, in the order of its trials. */
export function formatSweepTable(
  sweep: Sweep,
  rows: ReadonlyMap<string, SweepRow>,
): string {
  const ordered = sweep.trials.map(({ id }) => rows.get(id))
    .filter((row) => row !== undefined);
  return formatCsv(ordered, columnsOf(sweep));
}

/** Whether a file has a text. */
async function holds(path: string, text: string): Promise<boolean> {
  try {
    return await Deno.readTextFile(path) === text;
  } catch {
    return false;
  }
}

/** Writes a sweep's table, unless it is there already; returns its path. */
export async function writeSweepTable(
  dataDirectory: string,
  sweep: Sweep,
  rows: ReadonlyMap<string, SweepRow>,
): Promise<string> {
  const path = rowsPath(dataDirectory, sweep.name);
  const table = formatSweepTable(sweep, rows);
  if (!await holds(path, table)) await writeFileAtomically(path, table);
  return path;
}
