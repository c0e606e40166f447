/**
 * Files that are never half there.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";

/**
 * Writes a file under another name, then renames it, so that nobody ever finds
 * half of it; makes its folder if it is missing.
 *
 * @throws {Deno.errors.PermissionDenied} And other errors of writing; then
 * nothing is left behind.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${Deno.pid}.tmp`);
  try {
    await (typeof content === "string"
      ? Deno.writeTextFile(temporary, content)
      : Deno.writeFile(temporary, content));
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}
