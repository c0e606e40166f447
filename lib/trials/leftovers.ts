/**
 * What processes that were killed leave in the trials' folder.
 *
 * @module
 */

import { join } from "node:path";
import { tryLock } from "../files/lock.ts";
import { namesIn, trialsDirectory } from "./store.ts";

const LOCK = ".lock";
const CHECKPOINT = ".checkpoint";
const TEMPORARY = ".tmp";

/** The trial that a name in the trials' folder belongs to. */
export function ownerOf(name: string): string {
  return name.replace(/^\./, "").split(".")[0];
}

async function removeAll(folder: string, names: readonly string[]) {
  for (const name of names) {
    await Deno.remove(join(folder, name), { recursive: true }).catch(
      (error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      },
    );
  }
}

/**
 * Removes half-written files of trials that nobody runs, and checkpoints and locks
 * of finished ones. Checkpoints of trials that are not finished stay: they continue
 * from there.
 *
 * @param trials Identities; what belongs to others is left alone.
 */
export async function removeLeftovers(
  dataDirectory: string,
  trials: ReadonlySet<string>,
): Promise<void> {
  const folder = trialsDirectory(dataDirectory);
  const names = await namesIn(folder);
  const finished = new Set(names.filter((name) => trials.has(name)));
  const leftovers = names.filter((name) =>
    trials.has(ownerOf(name)) && (
      name.endsWith(LOCK) || name.endsWith(TEMPORARY) ||
      (name.endsWith(CHECKPOINT) && finished.has(ownerOf(name)))
    )
  );
  for (const [trial, own] of Map.groupBy(leftovers, ownerOf)) {
    const lock = await tryLock(join(folder, trial + LOCK));
    if (lock === undefined) continue;
    try {
      await removeAll(folder, own.filter((name) => !name.endsWith(LOCK)));
    } finally {
      await lock.release();
    }
  }
}
