/**
 * The hash of a module with all that it is made of.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { InputError } from "../input/input_error.ts";
import { CHECKOUT, isLabPackage, ownConfig } from "./checkout.ts";
import { isLocal, isModule, isPackage, readModuleText } from "./module_text.ts";

/** The lab's own modules. */
const LAB = join(CHECKOUT, "lib/");

/** Whether a file is one of the lab's own modules. */
export function isOfLab(path: string): boolean {
  return path.startsWith(LAB);
}

/** The file that a specifier names in a module, or `undefined` if it names none. */
function resolveFrom(module: string, specifier: string): string | undefined {
  try {
    // In a URL, "%", "#" and "?" have a meaning of their own, as in an import.
    return fileURLToPath(new URL(specifier, pathToFileURL(module)));
  } catch {
    return undefined;
  }
}

/** The bytes of a file, or `undefined` if there is none. */
async function readIfFile(
  path: string,
  act: string,
): Promise<Uint8Array | undefined> {
  try {
    // A device or a pipe may have no end.
    return (await Deno.stat(path)).isFile
      ? await Deno.readFile(path)
      : undefined;
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory ||
      error instanceof Deno.errors.FilesystemLoop ||
      error instanceof Deno.errors.InvalidData
    ) return undefined;
    if (error instanceof Deno.errors.NotCapable) {
      throw new InputError(
        `Cannot ${act}: ${path} must be a readable file, in the folder of the study or method or in one next to it, got no permission`,
      );
    }
    const [reason] = (error as Error).message.split("\n");
    throw new InputError(
      `Cannot ${act}: ${path} must be a readable file, got ${reason}`,
    );
  }
}

/**
 * The `deno.lock` of a module's folder, or else of the user's own folder around it,
 * or else of the checkout. No other: whoever plans a trial and whoever runs it must
 * find the same.
 */
async function readLock(
  folder: string,
  act: string,
): Promise<Uint8Array | undefined> {
  const config = ownConfig(folder);
  const own = config === undefined ? [] : [dirname(config)];
  for (const place of [folder, ...own, CHECKOUT]) {
    const lock = await readIfFile(join(place, "deno.lock"), act);
    if (lock !== undefined) return lock;
  }
  return undefined;
}

function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Where {@linkcode hashModules} hashes. */
export interface HashModulesOptions {
  /** What the caller is doing, for error messages. */
  readonly act: string;
}

/**
 * SHA-256 over a module and all that it is made of, as lower-case hex:
 *
 * - the file, and every local module that it imports, statically or by a literal
 *   `import("./…")`, for its types alone too, and what these import;
 * - every file, such as a table or weights, that one of them names by a text in
 *   quotes which leads there from the module's folder: `"./table.json"` or, with an
 *   ending, `"table.json"`;
 * - the `deno.lock` of the file's folder, or else of the user's own folder that links
 *   the lab, or else of the lab, if another package than the lab is imported: `npm:…`,
 *   `jsr:…`, `https:…`, or a name of an import map.
 *
 * Left out are the lab's own modules, whose version trials record themselves. Not
 * seen is what no text in quotes names whole: a computed `import(name)`, a path that
 * is put together, a file that a name of an import map leads to.
 *
 * The hash says what the files are and where they lie to each other: neither the
 * folder that they lie in nor the order of imports changes it.
 *
 * @param path The module.
 * @throws {InputError} If it is no file, or a local module that is imported is none.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 * import { hashModules } from "./module_graph.ts";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/a.ts`, 'import "./b.ts";');
 * await Deno.writeTextFile(`${folder}/b.ts`, "export const b = 1;");
 * const before = await hashModules(`${folder}/a.ts`, { act: "hash" });
 * await Deno.writeTextFile(`${folder}/b.ts`, "export const b = 2;");
 * assertNotEquals(await hashModules(`${folder}/a.ts`, { act: "hash" }), before);
 * await Deno.writeTextFile(`${folder}/b.ts`, "export const b = 1;");
 * assertEquals(await hashModules(`${folder}/a.ts`, { act: "hash" }), before);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function hashModules(
  path: string,
  { act }: HashModulesOptions,
): Promise<string> {
  const root = resolve(path);
  const folder = dirname(root);
  // Names are as a URL has them, so that every system gives the same hash.
  const nameOf = (file: string) => relative(folder, file).replaceAll("\\", "/");
  const found = new Map<string, string>();
  const modules: [file: string, text: string][] = [];
  const take = async (file: string): Promise<boolean> => {
    const bytes = await readIfFile(file, act);
    if (bytes === undefined) return false;
    found.set(file, sha256(bytes));
    // Whatever the root is called, it is a module.
    if (file === root || isModule(file)) {
      modules.push([file, new TextDecoder().decode(bytes)]);
    }
    return true;
  };
  if (!await take(root)) {
    throw new InputError(`Cannot ${act}: ${path} must be a file, got none`);
  }
  let needsLock = false;
  // The list grows while it is walked.
  for (const [module, text] of modules) {
    const { imports, literals } = readModuleText(text);
    needsLock ||= imports.some((one) => isPackage(one) && !isLabPackage(one));
    const local = new Set(imports.filter(isLocal));
    for (const specifier of [...local, ...literals]) {
      const file = resolveFrom(module, specifier);
      if (file === undefined || isOfLab(file) || found.has(file)) continue;
      if (await take(file) || !local.has(specifier)) continue;
      const importer = join(dirname(path), nameOf(module));
      throw new InputError(
        `Cannot ${act}: ${specifier}, which ${importer} imports, must be a file, got none`,
      );
    }
  }
  const lock = needsLock ? await readLock(folder, act) : undefined;
  const lines = [...found].map(([file, hash]) => `${hash} ${nameOf(file)}`);
  if (lock !== undefined) lines.push(`${sha256(lock)} lock`);
  return sha256(lines.sort().join("\n"));
}
