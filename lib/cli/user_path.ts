/**
 * Paths as users write them, relative to where they stand; `deno task` runs in the
 * root of the checkout wherever it is called from.
 *
 * @module
 */

import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { readLaunch } from "./launched.ts";

/** Where a path is from, and where it is to lead from. */
export interface UserPathOptions {
  /** The folder that the user stands in; by default what the launcher says. */
  readonly folder?: string;
  /** The root of the checkout; by default the folder that the command runs in. */
  readonly root?: string;
}

/** Words are names of presets and configs wherever there are such. */
const WORD = /^[\w-]+$/;

/** Whether a text is a name, where a name or a path may stand. */
export function isName(text: string): boolean {
  return WORD.test(text) && text !== "-";
}

/** The module of a method, where that or a trial's folder may stand. */
const MODULE = /\.[cm]?[jt]s$/;

/** Whether a text leads to a module, where a module or a folder may stand. */
export function isModule(text: string): boolean {
  return MODULE.test(text);
}

/** The path from one folder to another, or the whole one if it leads outside. */
function pathFrom(folder: string, path: string): string {
  const within = relative(folder, path);
  if (within === "") return ".";
  if (within === ".." || within.startsWith(`..${sep}`) || isAbsolute(within)) {
    return path;
  }
  return WORD.test(within) ? `.${sep}${within}` : within;
}

/**
 * What leads from the root of the checkout to a path that a user wrote: relative
 * where that lies inside, absolute elsewhere. Absolute paths and `-` stay.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { userPath } from "./user_path.ts";
 *
 * const options = { root: "/lab", folder: "/lab/study" };
 * assertEquals(userPath("world.json", options), "study/world.json");
 * assertEquals(userPath("../world.json", options), "world.json");
 * assertEquals(userPath("../../world.json", options), "/world.json");
 * ```
 */
export function userPath(
  path: string,
  { folder = readLaunch()?.folder, root = Deno.cwd() }: UserPathOptions = {},
): string {
  const stays = path === "-" || path === "" || isAbsolute(path);
  if (stays || folder === undefined || folder === root) return path;
  return pathFrom(root, join(folder, path));
}

/** A path of the checkout as the user would write it, for commands to advise. */
export function pathForUser(
  path: string,
  { folder = readLaunch()?.folder, root = Deno.cwd() }: UserPathOptions = {},
): string {
  const stays = path === "-" || isAbsolute(path);
  if (stays || folder === undefined || folder === root) return path;
  const shown = relative(folder, resolve(root, path)) || ".";
  return WORD.test(shown) ? `.${sep}${shown}` : shown;
}
