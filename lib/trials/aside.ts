/**
 * Making room for a trial to be run again, without losing what there is of it.
 *
 * @module
 */

import { join } from "node:path";
import { tryLock } from "../files/lock.ts";
import { DamagedTrialError, readTrial } from "./check_trial.ts";
import { exists, setAside, trialsDirectory } from "./store.ts";

/**
 * Moves a damaged or stale trial aside, so that a sweep runs it again.
 *
 * @param kind What it is, which names the folder that it is moved to.
 * @returns Where it is now, or `undefined` if another process has moved it.
 */
export async function setTrialAside(
  dataDirectory: string,
  id: string,
  kind: "damaged" | "stale" = "damaged",
): Promise<string | undefined> {
  const path = join(trialsDirectory(dataDirectory), id);
  const lock = await tryLock(`${path}.lock`);
  if (lock === undefined) return undefined;
  try {
    return await exists(path)
      ? await setAside(dataDirectory, path, kind)
      : undefined;
  } finally {
    await lock.release();
  }
}

/**
 * Whether a trial is finished and every file of it is whole. A damaged one is moved
 * aside, so that it is run again.
 *
 * @param onNote Called with a line about what is damaged, and where it is now.
 */
export async function isWhole(
  dataDirectory: string,
  id: string,
  onNote: (line: string) => void,
): Promise<boolean> {
  const folder = join(trialsDirectory(dataDirectory), id);
  try {
    await readTrial(folder);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (!(error instanceof DamagedTrialError)) throw error;
    const aside = await setTrialAside(dataDirectory, id);
    const moved = aside === undefined ? "" : `; it is now ${aside}`;
    onNote(`${id} is run again: ${error.problem}${moved}`);
    return false;
  }
}
