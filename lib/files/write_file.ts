/**
 * Files that are never half there, even after a power failure.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";

/** Writes all of the bytes; one call to the system may take only some. */
export async function writeAll(
  file: Deno.FsFile,
  bytes: Uint8Array,
): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}

/** Writes a file and waits until it is on the disk. */
export async function writeFileDurably(
  path: string,
  content: string | Uint8Array,
): Promise<void> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  using file = await Deno.open(path, {
    write: true,
    create: true,
    truncate: true,
  });
  await writeAll(file, bytes);
  await file.sync();
}

/** Waits until the names in a folder are on the disk, where a system can do so. */
export async function syncDirectory(path: string): Promise<void> {
  try {
    using folder = await Deno.open(path);
    await folder.sync();
  } catch {
    // Windows opens no folders; names are then written when the system likes.
  }
}

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${Deno.pid}.tmp`);
}

/**
 * Lets `write` make a file under another name, then renames it, so that nobody ever
 * finds half of it; makes its folder if it is missing.
 *
 * @throws {Deno.errors.PermissionDenied} And other errors of writing; then
 * nothing is left behind.
 */
export async function replaceFile(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  await Deno.mkdir(folder, { recursive: true });
  const temporary = temporaryName(path);
  try {
    await write(temporary);
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
  await syncDirectory(folder);
}

/**
 * Writes a file whole or not at all, as {@linkcode replaceFile} does.
 *
 * @throws {Deno.errors.PermissionDenied} And other errors of writing; then
 * nothing is left behind.
 */
export function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
): Promise<void> {
  return replaceFile(path, (temporary) => writeFileDurably(temporary, content));
}

/** Refuses a path that no file can be renamed to. */
async function refuseDirectory(path: string): Promise<void> {
  const { isDirectory } = await Deno.lstat(path)
    .catch(() => ({ isDirectory: false }));
  if (!isDirectory) return;
  throw new Deno.errors.IsADirectory(
    `Is a directory (os error 21): write '${path}'`,
  );
}

/**
 * Writes several files of one kind together: all are on the disk under other names
 * before the first gets its own, so that nobody finds some of today next to some of
 * yesterday, unless the system stops between two renames.
 *
 * @param files Contents by path; folders are made if they are missing.
 * @throws {Deno.errors.PermissionDenied} And other errors of writing; then
 * nothing is left behind.
 */
export async function writeFilesTogether(
  files: Iterable<readonly [path: string, content: string | Uint8Array]>,
): Promise<void> {
  const staged: { path: string; temporary: string }[] = [];
  try {
    for (const [path, content] of files) {
      await Deno.mkdir(dirname(path), { recursive: true });
      const temporary = temporaryName(path);
      staged.push({ path, temporary });
      await writeFileDurably(temporary, content);
    }
    for (const { path } of staged) await refuseDirectory(path);
    // Without a pause in which a signal could end the process.
    for (const { path, temporary } of staged) {
      Deno.renameSync(temporary, path);
    }
  } catch (error) {
    for (const { temporary } of staged) {
      await Deno.remove(temporary).catch(() => {});
    }
    throw error;
  }
  for (const folder of new Set(staged.map(({ path }) => dirname(path)))) {
    await syncDirectory(folder);
  }
}
