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
  const temporary = join(folder, `.${basename(path)}.${Deno.pid}.tmp`);
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
