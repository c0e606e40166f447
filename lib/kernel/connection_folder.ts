/**
 * Hidden folders of connection files, each of which a runner holds by a lock.
 *
 * @module
 */

import { join } from "node:path";
import { type Lock, tryLock } from "../files/lock.ts";
import { InputError } from "../input/input_error.ts";
import { OUTPUT_FILE } from "./preamble.ts";

const PREFIX = ".kernel-";
const LOCK_FILE = "lock";
const CONNECTION_FILE = "connection.json";

/** A folder that holds a connection file. */
export interface ConnectionFolder {
  /** Path of the connection file. */
  readonly file: string;
  /** Removes the folder, as far as it is still there; may be called again. */
  readonly remove: () => Promise<void>;
}

async function lockFolder(folder: string): Promise<Lock | undefined> {
  try {
    return await tryLock(join(folder, LOCK_FILE));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Removes the connection file and outputs that nobody has read. */
async function removeFiles(folder: string): Promise<void> {
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (name !== CONNECTION_FILE && !name.startsWith(OUTPUT_FILE)) continue;
      await Deno.remove(join(folder, name));
    }
  } catch {
    // The guard has removed the folder.
  }
}

/** Removes a folder if it is empty. */
async function removeEmpty(folder: string): Promise<void> {
  await Deno.remove(folder).catch(() => {
    // Gone, or somebody has put something there.
  });
}

/**
 * Removes connection folders in `folder` whose runners have been killed together
 * with what would have removed them. One that a runner holds, or that has other
 * files, stays.
 */
export async function sweepConnectionFolders(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory || !name.startsWith(PREFIX)) continue;
    const path = join(folder, name);
    const lock = await lockFolder(path);
    if (lock === undefined) continue;
    await removeFiles(path);
    await lock.release();
    await removeEmpty(path);
  }
}

/**
 * Makes a folder with a connection file, readable for its owner alone, in
 * `folder`, and sweeps up those of runners that are gone.
 *
 * @throws {InputError} If that is not possible.
 */
export async function makeConnectionFolder(
  folder: string,
  content: string,
): Promise<ConnectionFolder> {
  try {
    await sweepConnectionFolders(folder);
    for (;;) {
      const path = await Deno.makeTempDir({ dir: folder, prefix: PREFIX });
      const lock = await lockFolder(path);
      // Another runner has taken the new folder for an old one.
      if (lock === undefined) continue;
      const file = join(path, CONNECTION_FILE);
      await Deno.writeTextFile(file, content, { mode: 0o600 });
      let isHeld = true;
      const remove = async () => {
        if (!isHeld) return;
        isHeld = false;
        await removeFiles(path);
        await lock.release();
        await removeEmpty(path);
      };
      return { file, remove };
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw new InputError(
      `Cannot start a kernel: ${folder} must be a folder that can be written to, got ${
        (error as Error).message
      }`,
    );
  }
}
