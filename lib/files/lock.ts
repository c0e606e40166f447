/**
 * Locks: what one process at a time may do, by a locked file. The system lets go of a
 * lock when its process ends, however it ends.
 *
 * @module
 */

import { dirname } from "node:path";

/** Something that this process alone may do until it is released. */
export interface Lock {
  /** Removes the file and lets others lock it. */
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

/** How a file is locked; `undefined` if its file system has no locks. */
export type LockFile = (file: Deno.FsFile) => Promise<boolean | undefined>;

/** ENOLCK, ENOSYS and EOPNOTSUPP of Linux, EOPNOTSUPP of macOS. */
const NO_LOCKS = /\(os error (37|38|95|102)\)/;

const lockFile: LockFile = async (file) => {
  try {
    return await file.tryLock(true);
  } catch (error) {
    if (NO_LOCKS.test((error as Error).message)) return undefined;
    throw error;
  }
};

/** Writes who has a lock, as far as there is room on the disk. */
async function sign(file: Deno.FsFile): Promise<void> {
  try {
    await file.truncate();
    await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  } catch {
    // The system's lock counts, not what is written.
  }
}

/**
 * Locks what a file stands for; makes the file and its folder if need be. While
 * it is locked, it holds the number of the process.
 *
 * Locks are advisory (`flock`): they bind processes that ask for them. On a folder
 * that several machines share they bind across machines if its file system does
 * so, as NFS 4 does. Where a file system has no locks at all, everybody gets the
 * lock: what is locked must then bear being done twice.
 *
 * @param lockOf Locks a file; by default the system does.
 * @returns The lock, or `undefined` if another process has it.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { tryLock } from "./lock.ts";
 *
 * const path = `${await Deno.makeTempDir()}/trial.lock`;
 * const lock = await tryLock(path);
 * assertEquals(await tryLock(path), undefined);
 * await lock?.release();
 * const next = await tryLock(path);
 * assert(next);
 * await next.release();
 * ```
 */
export async function tryLock(
  path: string,
  lockOf: LockFile = lockFile,
): Promise<Lock | undefined> {
  await Deno.mkdir(dirname(path), { recursive: true });
  for (;;) {
    const file = await Deno.open(path, { create: true, write: true });
    try {
      if (await lockOf(file) === false) {
        file.close();
        return undefined;
      }
      if (await isAt(file, path)) {
        await sign(file);
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

/** Whether some process has a lock now; looks without locking. */
export async function isLocked(path: string): Promise<boolean> {
  try {
    using file = await Deno.open(path, { read: true });
    return !await file.tryLock(false);
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof Deno.errors.NotFound || NO_LOCKS.test(message)) {
      return false;
    }
    throw error;
  }
}

/** Number of the process that has a lock, or had it last. */
export async function readHolder(path: string): Promise<string> {
  try {
    return /^\d+\n$/.exec(await Deno.readTextFile(path))?.[0].trim() ??
      "unknown";
  } catch {
    return "unknown";
  }
}
