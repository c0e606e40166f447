/**
 * Where the lab is, and the folder of a user's own that its commands may run in.
 *
 * @module
 */

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Name of the lab as a package, by which code outside the checkout imports it. */
export const LAB_PACKAGE = "@edgeaigc/lab";

/** Absolute path of the checkout that this module is of, with a final separator. */
export const CHECKOUT: string = fileURLToPath(
  new URL("../../", import.meta.url),
);

/** Whether what a module imports is the lab, whose code trials record by itself. */
export function isLabPackage(specifier: string): boolean {
  return new RegExp(`^(jsr:/?)?${LAB_PACKAGE}([/@]|$)`).test(specifier);
}

/** A folder's config; `undefined` if it has none, or may not be read. */
function readConfig(
  folder: string,
): { path: string; text: string } | undefined {
  for (const name of ["deno.json", "deno.jsonc"]) {
    const path = join(folder, name);
    try {
      return { path, text: Deno.readTextFileSync(path) };
    } catch (error) {
      if (
        error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.NotCapable
      ) continue;
      throw error;
    }
  }
}

/**
 * The config of a user's own folder, which links the lab: the nearest from a folder
 * upward.
 *
 * @param from By default the folder that the process runs in.
 * @returns `undefined` within the checkout, or if the nearest config has no `links`.
 */
export function ownConfig(from: string = Deno.cwd()): string | undefined {
  for (let folder = resolve(from);; folder = dirname(folder)) {
    if (join(folder, "/") === CHECKOUT) return undefined;
    const config = readConfig(folder);
    if (config !== undefined) {
      return config.text.includes('"links"') ? config.path : undefined;
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * The flags that let a script of the lab run in a user's own folder: Deno takes its
 * config from where the script lies, and so would know neither the packages that the
 * user's modules import nor the user's lock.
 *
 * @param from By default the folder that the process runs in.
 * @returns No flags where no config is that links the lab.
 */
export function configFlags(from?: string): string[] {
  const config = ownConfig(from);
  // Deno warns that the lab has `links` of its own, which do not count there.
  return config === undefined ? [] : ["--quiet", `--config=${config}`];
}
