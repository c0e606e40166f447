/**
 * Claims: what one process at a time may do, by a locked file. The system lets go
 * of a lock when its process ends, however it ends; no claim outlives its holder.
 *
 * @module
 */

import { dirname } from "node:path";

/** Something that this process alone may do until it is released. */
export interface Claim {
  /** Removes the file and lets others claim it. */
  readonly release: () => Promise<void>;
}

/** Whether an open file is still what a path leads to. */
async function isAt(file: Deno.FsFile, path: string): Promise<boolean> {
  try {
    const [own, other] = await Promise.all([file.stat(), Deno.stat(path)]);
    return own.ino === other.ino && own.dev === other.dev;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Claims what a file stands for; makes the file and its folder if need be.
 *
 * Locks are advisory (`flock`): they bind processes that ask for them. On a folder
 * that several machines share they bind across machines if its file system does
 * so, as NFS 4 does.
 *
 * @returns The claim, or `undefined` if another process has it.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { tryClaim } from "./claim.ts";
 *
 * const path = `${await Deno.makeTempDir()}/trial.lock`;
 * const claim = await tryClaim(path);
 * assertEquals(await tryClaim(path), undefined);
 * await claim?.release();
 * const next = await tryClaim(path);
 * assert(next);
 * await next.release();
 * ```
 */
export async function tryClaim(path: string): Promise<Claim | undefined> {
  await Deno.mkdir(dirname(path), { recursive: true });
  for (;;) {
    const file = await Deno.open(path, { create: true, write: true });
    try {
      if (!await file.tryLock(true)) {
        file.close();
        return undefined;
      }
      if (await isAt(file, path)) {
        return {
          release: async () => {
            // Removed while it is locked: whoever waits for the lock then finds
            // that the path leads elsewhere.
            await Deno.remove(path).catch(() => {});
            file.close();
          },
        };
      }
    } catch (error) {
      file.close();
      throw error;
    }
    // Its holder removed it between opening and locking.
    file.close();
  }
}

/** Whether some process has a claim now; looks without claiming. */
export async function isClaimed(path: string): Promise<boolean> {
  try {
    using file = await Deno.open(path, { read: true });
    return !await file.tryLock(false);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
