/**
 * The code behind the tables in `data/`: beside them stands which modules made the
 * trials that they were gathered from.
 *
 * @module
 */

import { join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../../files/write_file.ts";
import { readTrial } from "../../trials/check_trial.ts";
import {
  type LabSources,
  type SourceRecord,
  type TrialCode,
  uniteSources,
} from "../../trials/lab_sources.ts";
import type { ProfileName } from "./registry.ts";
import { codeOf, compareSources, type StaleFile } from "../../trials/stale.ts";
import { exists, trialDirectory } from "../../trials/store.ts";
import { profileDirectory } from "./paper_tables.ts";
import { readStoredJson, STORED_TEXT } from "../../trials/stored_json.ts";
import { mapConcurrently } from "../../trials/map_concurrently.ts";
import type { TrialConfig } from "../../trials/trial.ts";

/** The code behind a table. */
export interface TableSources {
  /** Methods and engines of its trials, each once. */
  readonly code: readonly TrialCode[];
  /**
   * Modules of its trials. Where trials have several sums for one, all stand there
   * in order; `null` if a trial does not say what code made it.
   */
  readonly sources: SourceRecord | null;
}

const SCHEMA = z.record(
  z.string(),
  z.object({
    code: z.array(
      z.object({ method: STORED_TEXT, engine: STORED_TEXT.optional() }, {
        error: "must be an object with method",
      }),
      { error: "must be an array" },
    ),
    sources: z.record(z.string(), STORED_TEXT, {
      error: "must be an object of sums, or null",
    }).nullable(),
  }, { error: "must be an object with code, sources" }),
  { error: "must be an object" },
) satisfies z.ZodType<Record<string, TableSources>>;

/** File of the code behind a profile's tables. */
export function tableSourcesPath(
  dataDirectory: string,
  profile: ProfileName,
): string {
  return join(profileDirectory(dataDirectory, profile), "sources.json");
}

async function sourcesOfTrials(
  dataDirectory: string,
  trials: readonly TrialConfig[],
): Promise<TableSources> {
  const records = await mapConcurrently(
    trials,
    async (trial) =>
      (await readTrial(trialDirectory(dataDirectory, trial))).sources(),
  );
  const code = new Map(
    trials.map(codeOf).map((one) => [`${one.method} ${one.engine ?? ""}`, one]),
  );
  return {
    code: [...code].sort(([a], [b]) => a < b ? -1 : 1).map(([, one]) => one),
    sources: records.includes(undefined)
      ? null
      : uniteSources(records.filter((record) => record !== undefined)),
  };
}

async function readTableSources(
  dataDirectory: string,
  profile: ProfileName,
): Promise<Record<string, TableSources>> {
  const path = tableSourcesPath(dataDirectory, profile);
  return await exists(path) ? await readStoredJson(path, SCHEMA) : {};
}

/**
 * Writes down which code is behind tables that were just gathered; what stands
 * there of other tables stays.
 *
 * @param tables The trials of every table, by the name of its file without `.csv`.
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 * @throws {DamagedTrialError} If one is damaged.
 * @throws {InputError} If what stands there already is damaged.
 */
export async function recordTableSources(
  dataDirectory: string,
  profile: ProfileName,
  tables: Readonly<Record<string, readonly TrialConfig[]>>,
): Promise<void> {
  const all = await readTableSources(dataDirectory, profile);
  for (const [table, trials] of Object.entries(tables)) {
    all[table] = await sourcesOfTrials(dataDirectory, trials);
  }
  const ordered = Object.entries(all).sort(([a], [b]) => a < b ? -1 : 1);
  await writeFileAtomically(
    tableSourcesPath(dataDirectory, profile),
    JSON.stringify(Object.fromEntries(ordered), null, 1) + "\n",
  );
}

/** A table that other code than today's made, or perhaps made. */
export interface StaleTable {
  /** Name of its file without `.csv`. */
  readonly table: string;
  /** What differs; `undefined` if nothing says what code made it. */
  readonly files: readonly StaleFile[] | undefined;
}

/**
 * The stale ones among tables of a profile.
 *
 * @throws {InputError} If the file that tells is damaged.
 */
export async function findStaleTables(
  dataDirectory: string,
  profile: ProfileName,
  tables: readonly string[],
  sources: LabSources,
): Promise<StaleTable[]> {
  const all = await readTableSources(dataDirectory, profile);
  const found = await Promise.all(tables.map(async (table) => {
    const then = all[table];
    if (then === undefined || then.sources === null) {
      return [{ table, files: undefined }];
    }
    const now = uniteSources(
      await Promise.all(then.code.map((code) => sources.of(code))),
    );
    const files = compareSources(then.sources, now);
    return files.length === 0 ? [] : [{ table, files }];
  }));
  return found.flat();
}
