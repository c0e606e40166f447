/**
 * The table of a sweep: a row for every finished trial.
 *
 * @module
 */

import { join } from "node:path";
import { writeFileAtomically } from "../files/write_file.ts";
import { DamagedTrialError, readTrial } from "../trials/check_trial.ts";
import { formatCsv } from "../trials/csv.ts";
import type { EvaluationRow } from "../trials/rows.ts";
import { METRIC_COLUMNS } from "./columns.ts";
import type { CellValue, Sweep, SweepTrial } from "./expand.ts";
import { rowsPath } from "./folder.ts";
import { trialsDirectory } from "../trials/store.ts";
import { mapConcurrently } from "../trials/map_concurrently.ts";

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

/** Everything that a trial is of, by full keys: so tables of sweeps can be joined. */
export function constantsOf(
  { config, method }: Pick<SweepTrial, "config" | "method">,
): Record<string, CellValue> {
  const { scenario, hyperparameters = {}, file, ...settings } = config;
  const entries = [
    ...Object.entries(settings).filter(([key]) =>
      key !== "method" && key !== "seed"
    ),
    ["scenario", scenario.name],
    ...file === undefined ? [] : [["file", file.sha256]],
    ...Object.entries(scenario.parameters).map(([key, value]) => [
      `parameters.${key}`,
      value,
    ]),
    ...Object.entries(scenario.assumptions).map(([key, value]) => [
      `assumptions.${key}`,
      value,
    ]),
    ...Object.entries(hyperparameters).map(([key, value]) => [
      `${method}.${key}`,
      value,
    ]),
  ] as [string, unknown][];
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      typeof value === "number" || typeof value === "string"
        ? value
        : JSON.stringify(value),
    ]),
  );
}

/**
 * Columns of a sweep's table: what varies, what was measured, and then all constants
 * of the trials that are not among these.
 */
export function columnsOf(sweep: Sweep): string[] {
  const first = [
    "trial",
    "method",
    ...sweep.columns,
    "seed",
    ...METRIC_COLUMNS,
  ];
  const constants = new Set(
    sweep.trials.flatMap((trial) => Object.keys(constantsOf(trial))),
  );
  return [...first, ...constants.difference(new Set(first))];
}

/**
 * Reads the row of a finished trial: its last evaluation on traces of a split.
 *
 * @throws {Deno.errors.NotFound} If it is not there.
 * @throws {DamagedTrialError} If its files are not what its manifest says.
 */
export async function readSweepRow(
  dataDirectory: string,
  trial: SweepTrial,
  split: EvaluationRow["split"] = "test",
): Promise<SweepRow> {
  const folder = join(trialsDirectory(dataDirectory), trial.id);
  return rowOf(trial, (await readTrial(folder)).lastEvaluation(split));
}

/** The row of a trial with an evaluation of it. */
export function rowOf(trial: SweepTrial, evaluation: EvaluationRow): SweepRow {
  const { id, config, method, values } = trial;
  const own = {
    trial: id,
    method,
    ...values,
    seed: config.seed,
    ...Object.fromEntries(METRIC_COLUMNS.map((key) => [key, evaluation[key]])),
  };
  // Twice: to come first, and to count.
  return { ...own, ...constantsOf(trial), ...own };
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
