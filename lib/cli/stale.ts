/**
 * What commands do that would use finished trials of other code than today's:
 * nothing, unless they are told to take them or to run them again.
 *
 * @module
 */

import { join } from "node:path";
import { LabSources } from "../trials/lab_sources.ts";
import {
  describeStale,
  findStale,
  listFiles,
  NO_RECORD,
  unionOfFiles,
} from "../trials/stale.ts";
import type { StaleTable } from "../studies/paper/table_sources.ts";
import { setTrialAside } from "../trials/aside.ts";
import { InputError } from "../input/input_error.ts";

/** What the command line says of stale trials; see `STALE_OPTIONS`. */
export interface StaleChoice {
  /** Whether to use them as they are. */
  readonly "accept-stale"?: boolean;
  /** Whether to run them again. */
  readonly "rerun-stale"?: boolean;
}

/** What {@linkcode settleStale} looks at. */
export interface SettleStaleOptions {
  /** The folder `data`. */
  readonly dataDirectory: string;
  /** What the command line says. */
  readonly choice: StaleChoice;
  /** The code of today; by default what is in the checkout. */
  readonly sources?: LabSources;
}

/** The lines of a help text that tell of `STALE_OPTIONS`. */
export const STALE_HELP =
  `Finished trials that other code made (an edited lib/agents/td3.ts makes those of
td3 stale) stop the command, which names the files, before anything is run:
  --accept-stale       uses them as they are
  --rerun-stale        moves them to data/stale and runs them again`;

/**
 * Refuses to both take stale trials and run them again.
 *
 * @throws {InputError} If both are asked for.
 */
export function checkStaleChoice(choice: StaleChoice): void {
  if (!choice["accept-stale"] || !choice["rerun-stale"]) return;
  throw new InputError(
    "Cannot read the arguments: --rerun-stale must be left out beside --accept-stale, got both",
  );
}

/** The line of a summary that tells of stale trials in it; none if there are none. */
export function acceptedLine(accepted: number): string[] {
  return accepted === 0 ? [] : [
    accepted === 1
      ? "1 of these trials is stale: other code made it (--accept-stale)."
      : `${accepted} of these trials are stale: other code made them (--accept-stale).`,
  ];
}

/**
 * Finds stale ones among trials, and does with them what the command line says.
 *
 * @param ids Identities of the trials that a command would use.
 * @returns How many stale ones are used as they are, or `undefined` if the command
 * must stop, which is then said.
 */
export async function settleStale(
  ids: readonly string[],
  { dataDirectory, choice, sources = new LabSources() }: SettleStaleOptions,
): Promise<number | undefined> {
  const stale = await findStale(
    dataDirectory,
    [...new Set(ids)],
    sources,
  );
  if (stale.length === 0) return 0;
  if (choice["accept-stale"]) return stale.length;
  for (const line of describeStale(stale)) console.error(line);
  if (!choice["rerun-stale"]) {
    console.error(
      "Nothing was run. To use them as they are: --accept-stale; to run them again: --rerun-stale",
    );
    return undefined;
  }
  for (const { id } of stale) {
    if (await setTrialAside(dataDirectory, id, "stale") !== undefined) continue;
    console.error(
      `Cannot run ${id} again: it must not be in use, got a process that has locked or moved it`,
    );
    return undefined;
  }
  console.log(`They are now in ${join(dataDirectory, "stale")}`);
  return 0;
}

/** What is to be said of stale tables: a line for each way of being so. */
export function describeTables(stale: readonly StaleTable[]): string[] {
  const known = stale.filter(({ files }) => files !== undefined);
  const unknown = stale.filter(({ files }) => files === undefined);
  const list = (tables: readonly StaleTable[]) =>
    tables.map(({ table }) => `${table}.csv`).join(", ");
  return [
    ...known.length === 0 ? [] : [
      `${list(known)} of other code than today's: ${
        listFiles(unionOfFiles(known.map(({ files }) => files!)))
      }`,
    ],
    ...unknown.length === 0 ? [] : [`${list(unknown)}: ${NO_RECORD}`],
  ];
}
