/**
 * `deno task reproduce --check`: a few rows of the committed tables, computed again.
 *
 * @module
 */

import { describeMachine } from "./machine.ts";
import {
  compareRow,
  drawRows,
  readCommittedRows,
} from "../claims/committed_rows.ts";
import { LabSources } from "../trials/lab_sources.ts";
import { findStaleTables } from "../studies/paper/table_sources.ts";
import { trialId } from "../trials/trial.ts";
import { InputError } from "../input/input_error.ts";
import type { EngineName } from "../nn/mod.ts";
import { runTrials } from "./run_trials.ts";
import { describeTables } from "./stale.ts";

/** How rows are drawn and computed. */
export interface CheckCommittedOptions {
  /** The folder of the tables. */
  readonly dataDirectory: string;
  /** Decides which rows are drawn. */
  readonly seed: number;
  /** Trials at a time. */
  readonly jobs: number;
  /** What computes the networks. */
  readonly engine: EngineName;
  /** Whether native kernels may be taken; by default so. */
  readonly native?: boolean;
  /** Stops the trials. */
  readonly signal: AbortSignal;
}

/** What a row is of, for people: its texts and whole numbers. */
function describeRow(row: object): string {
  return Object.entries(row)
    .filter(([key]) =>
      ["reading", "series", "users", "seed", "split", "episode"].includes(key)
    )
    .map(([key, value]) => `${key} ${value}`).join(", ");
}

/**
 * Draws rows of the committed tables, runs their trials in a folder that is removed
 * afterwards, and prints what is the same and what is not.
 *
 * @returns The exit code: 0 if every value of every row is the same to the last digit.
 */
export async function checkCommitted(
  count: number,
  { dataDirectory, seed, jobs, engine, native, signal }: CheckCommittedOptions,
): Promise<number> {
  const act = "check the committed tables";
  const tables = await readCommittedRows(dataDirectory, engine, act);
  const total = tables.flat().length;
  if (count > total) {
    throw new InputError(
      `Cannot ${act}: --check must be at most ${total}, the number of their rows, got ${count}`,
    );
  }
  const rows = drawRows(tables, count, seed);
  const names = [...new Set(rows.map(({ table }) => table))];
  const stale = await findStaleTables(
    dataDirectory,
    "paper",
    names,
    new LabSources(),
  );
  for (const line of describeTables(stale)) console.error(line);

  const folder = await Deno.makeTempDir({
    dir: dataDirectory,
    prefix: ".check-",
  });
  try {
    const trials = rows.map(({ trial }) => ({ trial, label: trialId(trial) }));
    const options = { dataDirectory: folder, jobs, native, signal };
    if (!await runTrials(trials, options)) return 1;
    let different = 0;
    for (const { table, place, row, trial, again } of rows) {
      const changed = compareRow(row, await again(folder));
      if (changed.length > 0) different++;
      console.log(
        `${table}.csv row ${place} (${describeRow(row)}), trial ${
          trialId(trial)
        }: ${
          changed.length === 0
            ? `the same, ${Object.keys(row).length} values`
            : "different"
        }`,
      );
      for (const { column, committed, now } of changed) {
        console.log(`  ${column}: ${committed} in the table, ${now} now`);
      }
    }
    const { cpu } = describeMachine();
    console.log(
      `${
        count - different
      } of ${count} rows are the same to the last digit, with the engine ${engine} on ${cpu}; --seed draws others.`,
    );
    return different === 0 ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
