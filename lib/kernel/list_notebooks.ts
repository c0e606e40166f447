/**
 * The notebooks of a folder.
 *
 * @module
 */

import { join } from "node:path";
import { InputError } from "../input/input_error.ts";

/**
 * Lists the notebooks of a folder by name, without hidden ones.
 *
 * @throws {InputError} If the folder cannot be read or holds none.
 */
export async function listNotebooks(folder: string): Promise<string[]> {
  let names: string[];
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    names = entries.map((entry) => entry.name);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new InputError(
      `Cannot list notebooks: ${folder} must be a readable folder, got ${reason}`,
    );
  }
  const notebooks = names
    .filter((name) => name.endsWith(".ipynb") && !name.startsWith("."));
  if (notebooks.length === 0) {
    throw new InputError(
      `Cannot list notebooks: ${folder} must hold at least one, got none`,
    );
  }
  return notebooks.sort().map((name) => join(folder, name));
}
