/**
 * Where a sweep keeps what is its own, and what stands in the trials' folder.
 *
 * @module
 */

import { join } from "node:path";
import { namesIn, trialsDirectory } from "../trials/store.ts";
import type { Sweep } from "./expand.ts";

/** Folder of a sweep's table, logs and failures. */
export function sweepDirectory(dataDirectory: string, name: string): string {
  return join(dataDirectory, "sweeps", name);
}

/** File of a sweep's table: a row for every finished trial. */
export function rowsPath(dataDirectory: string, name: string): string {
  return join(sweepDirectory(dataDirectory, name), "rows.csv");
}

/** File of what a trial's workers said. */
export function logPath(
  dataDirectory: string,
  name: string,
  trial: string,
): string {
  return join(sweepDirectory(dataDirectory, name), "logs", `${trial}.log`);
}

/** How far a trial is. */
export type TrialState = "finished" | "begun" | "waiting";

/** How far every trial of a sweep is, by id; from one look at the folder. */
export async function readStates(
  dataDirectory: string,
  sweep: Sweep,
): Promise<Map<string, TrialState>> {
  const names = new Set(await namesIn(trialsDirectory(dataDirectory)));
  return new Map(
    sweep.trials.map(({ id }) => [
      id,
      names.has(id)
        ? "finished"
        : names.has(`${id}.checkpoint`)
        ? "begun"
        : "waiting",
    ]),
  );
}
