/**
 * Methods from files: a module of one's own whose default export is a method.
 *
 * @module
 */

import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { describeValue, InputError } from "../input/input_error.ts";
import { type Method, METHOD_NAMES, requireMethod } from "../methods/mod.ts";
import { hashModules, isOfLab } from "./module_graph.ts";

export { hashModules, type HashModulesOptions } from "./module_graph.ts";

/** Where a method comes from, and what it was made of. */
export interface MethodFile {
  /** The module, from the root of the file system. */
  readonly path: string;
  /** Hash of the module and all that it is made of; see {@linkcode hashModules}. */
  readonly sha256: string;
}

/** A method and its file. */
export interface LoadedMethod {
  /** The method, checked. */
  readonly method: Method;
  /** Where it comes from. */
  readonly file: MethodFile;
}

/** How {@linkcode loadMethodFile} loads. */
export interface LoadMethodFileOptions {
  /** What the caller is doing, for error messages; by default `load <path>`. */
  readonly act?: string;
}

const FILE = /^\.{0,2}\/|\.[cm]?[jt]s$/;

/** Whether a text leads to a file instead of being a method's name. */
export function isMethodFile(text: string): boolean {
  return FILE.test(text);
}

/** A place in a file: its address, and line and column. */
export const PLACE = /(file:\/\/[^\s?#)"']+)(?:\?[^\s:)"']*)?:(\d+:\d+)/g;

/** An address of a file. */
const ADDRESS = /file:\/\/[^\s?#)"']+(?:\?[\w=]*)?/g;

/** What went wrong in a user's module, in a line, with the place if it is known. */
function describeFault(error: unknown, path: string): string {
  const nameOf = (address: string) => {
    const file = fileURLToPath(address.replace(/\?.*$/, ""));
    return file === resolve(path)
      ? path
      : join(dirname(path), relative(dirname(resolve(path)), file));
  };
  if (!(error instanceof Error)) return `${describeValue(error)} thrown`;
  const message = stripVTControlCharacters(error.message);
  const [first] = message.split("\n");
  // Deno says the place of what it cannot load in the message, and V8 that of what
  // is thrown in the stack. The lab's modules stand in the stack as well, but it is
  // the user's where something can be done.
  const [, address, place] = [
    ...message.matchAll(PLACE),
    ...stripVTControlCharacters(error.stack ?? "").matchAll(PLACE),
  ].find(([, address]) => !isOfLab(fileURLToPath(address))) ?? [];
  const text = first.replace(/ at file:\/\/\S+$/, "")
    .replaceAll(ADDRESS, nameOf);
  // What cannot be parsed is a TypeError to Deno, whose message names the true kind.
  const isNamed = /^[A-Z]\w*Error: /.test(text) || "code" in error;
  return `${isNamed ? "" : `${error.name}: `}${text}${
    address === undefined ? "" : ` at ${nameOf(address)}:${place}`
  }`;
}

/**
 * Loads a method: the default export of a TypeScript or JavaScript module.
 *
 * Types are not checked, but the method's form is, as far as a value shows it: name,
 * label, functions, and hyperparameters, which are entries of the ledger.
 *
 * A file that has been edited is loaded anew, in the same process too. The modules
 * that it imports are not: Deno keeps every module by its address. After an edit of
 * one of those, start another process (in a notebook, restart the kernel), or the
 * method runs with what they were before, under the hash of what they are now. What
 * is read with `Deno.readTextFile` while the file is loaded is always read anew.
 *
 * @param path The file.
 * @throws {InputError} In one line: if the file or a module that it imports is not
 * there, cannot be parsed, or throws while it is loaded, with its line and column as
 * far as Deno tells them; if the default export is no method; if it has the name of
 * one that comes with the project; if the file changes while it is loaded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { loadMethodFile } from "./method_file.ts";
 * import { play } from "./play.ts";
 *
 * const { method } = await loadMethodFile(
 *   "lib/cli/new/methods/lfu.ts",
 * );
 * const world = { scenario: SMALL_SCENARIO, seeds: 0, testEpisodes: 2 };
 * const [{ series, violations }] = await play(method, world);
 * assertEquals([series, violations], ["LFU", 0]);
 * ```
 */
export async function loadMethodFile(
  path: string,
  { act }: LoadMethodFileOptions = {},
): Promise<LoadedMethod> {
  const where = act === undefined ? `load ${path}` : `${act}: ${path}`;
  const hash = () => hashModules(path, { act: act ?? `load ${path}` });
  const refuse = (rest: string): never => {
    throw new InputError(`Cannot ${where}: ${rest}`);
  };
  const file = { path: resolve(path), sha256: await hash() };
  // Deno keeps every module by its address, so that the address must change with
  // what is there.
  const address = `${pathToFileURL(file.path)}?sha256=${file.sha256}`;
  let module: { readonly default?: unknown };
  try {
    module = await import(address);
  } catch (error) {
    return refuse(describeFault(error, path));
  }
  if (await hash() !== file.sha256) {
    refuse("the file must not change while it is loaded, got another sha256");
  }
  if (module.default === undefined) {
    const names = Object.keys(module).join(", ");
    refuse(
      `the module must have a method as its default export, got ${
        names === "" ? "no export" : `the exports ${names}`
      }`,
    );
  }
  const method = requireMethod(module.default, where);
  if (METHOD_NAMES.includes(method.name)) {
    refuse(
      `method.name must be another than those of the project's methods, ${
        METHOD_NAMES.join(", ")
      }, got "${method.name}"`,
    );
  }
  return { method, file };
}

/**
 * Refuses a method file that is no longer what it was, or what it imports or reads.
 *
 * @throws {InputError} If it differs, or is not there.
 */
export async function requireUnchanged(
  { path, sha256 }: MethodFile,
  { act }: { readonly act: string },
): Promise<void> {
  const present = await hashModules(path, { act });
  if (present === sha256) return;
  throw new InputError(
    `Cannot ${act}: ${path} must be as it was when the trial was planned (sha256 ${sha256}), got ${present}`,
  );
}
