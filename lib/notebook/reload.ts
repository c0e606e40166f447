/**
 * Importing a module anew after an edit.
 *
 * @module
 */

import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { hashModules, isOfLab } from "../trials/module_graph.ts";
import { isLocal } from "../trials/module_text.ts";
import { check, TEXT } from "./check.ts";

/**
 * Imports a module of one's own as it is now: in a notebook, an edited file without
 * a restart of the kernel.
 *
 * Deno keeps every module by its address, so the address here changes with what the
 * file and the local modules that it imports hold. If nothing has changed, the module
 * is the one that was imported before. Packages and the lab's own modules are never
 * loaded twice. What an earlier cell has made of the old module stays as it is.
 *
 * Local modules are those that are imported by `./`, `../`, `/` or `file:`; of those
 * that are imported later, by an `import()` in a function, the old ones stay.
 *
 * @param path The file, relative to the working directory, which is the notebook's
 * folder.
 * @returns What the module exports.
 * @throws {InputError} If there is no such file, or none that a local import names.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { reload } from "./reload.ts";
 *
 * const file = await Deno.makeTempFile({ suffix: ".ts" });
 * await Deno.writeTextFile(file, "export const decay = 0.5;");
 * assertEquals((await reload(file)).decay, 0.5);
 * await Deno.writeTextFile(file, "export const decay = 0.9;");
 * assertEquals((await reload(file)).decay, 0.9);
 * await Deno.remove(file);
 * ```
 */
export async function reload<Module = Record<string, unknown>>(
  path: string,
): Promise<Module> {
  const act = "reload the module";
  check(TEXT, path, act, "path");
  const suffix = `?sha256=${await hashModules(path, { act })}`;
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const isOurs = context.parentURL?.endsWith(suffix) &&
        isLocal(specifier) && resolved.url.startsWith("file:") &&
        !isOfLab(fileURLToPath(resolved.url));
      return isOurs ? { ...resolved, url: resolved.url + suffix } : resolved;
    },
  });
  try {
    return await import(`${pathToFileURL(resolve(path))}${suffix}`);
  } finally {
    hooks.deregister();
  }
}
