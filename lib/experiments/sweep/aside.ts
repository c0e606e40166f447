/**
 * Making room for a trial to be run again, without losing what there is of it.
 *
 * @module
 */

import { join } from "node:path";
import { tryClaim } from "../../files/claim.ts";
import { exists, setAside } from "../store.ts";
import { trialsDirectory } from "./folder.ts";

/**
 * Moves a damaged trial aside, so that a sweep runs it again.
 *
 * @returns Where it is now, or `undefined` if another process has moved it.
 */
export async function setTrialAside(
  dataDirectory: string,
  id: string,
): Promise<string | undefined> {
  const path = join(trialsDirectory(dataDirectory), id);
  const claim = await tryClaim(`${path}.lock`);
  if (claim === undefined) return undefined;
  try {
    return await exists(path) ? await setAside(dataDirectory, path) : undefined;
  } finally {
    await claim.release();
  }
}
