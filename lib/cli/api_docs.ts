/**
 * The last step of `deno task docs:api`: `deno doc --html` knows neither the name of
 * the package nor how to lead from its first page to those of the subpaths.
 *
 * @module
 */

import { join } from "node:path";
import lab from "../../deno.json" with { type: "json" };

/** Where `deno task docs:api` writes. */
const FOLDER = "docs/api";

/** The package's subpaths as the reference calls them, `.` first. */
const SUBPATHS: readonly string[] = Object.keys(lab.exports)
  .map((subpath) => subpath.replace(/^\.\//, ""));

/**
 * A page whose imports are those that users write.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nameImports } from "./api_docs.ts";
 *
 * assertEquals(
 *   nameImports("import { EdgeEnv } from &quot;env&quot;;"),
 *   "import { EdgeEnv } from &quot;@edgeaigc/lab/env&quot;;",
 * );
 * ```
 */
export function nameImports(page: string): string {
  return page.replaceAll(
    /\bfrom &quot;([\w/]+|\.)&quot;;/g,
    (text, subpath: string) =>
      SUBPATHS.includes(subpath)
        ? `from &quot;${join(lab.name, subpath).replaceAll("\\", "/")}&quot;;`
        : text,
  );
}

/**
 * The first page, where names of subpaths lead to their pages.
 *
 * @throws {Error} If it does not name one of them.
 */
export function linkSubpaths(page: string): string {
  return SUBPATHS.filter((subpath) => subpath !== ".").reduce(
    (text, subpath) => {
      const name = `<code>${lab.name}/${subpath}</code>`;
      if (!text.includes(name)) {
        throw new Error(
          `Cannot link the reference: lib/mod.ts must name every subpath, got no ${lab.name}/${subpath}`,
        );
      }
      return text.replace(name, `<a href="${subpath}/index.html">${name}</a>`);
    },
    page,
  );
}

async function* pagesIn(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* pagesIn(path);
    else if (entry.name.endsWith(".html")) yield path;
  }
}

if (import.meta.main) {
  const first = join(FOLDER, "index.html");
  for await (const path of pagesIn(FOLDER)) {
    const page = await Deno.readTextFile(path);
    const named = nameImports(page);
    const done = path === first ? linkSubpaths(named) : named;
    if (done !== page) await Deno.writeTextFile(path, done);
  }
}
