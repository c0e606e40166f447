/**
 * What the text of a module names: other modules, packages, files.
 *
 * Nothing here parses TypeScript. Too much is found rather than too little: a text
 * in quotes counts wherever it stands, since what is found beyond need costs nothing
 * but a file more in a hash.
 *
 * @module
 */

import { extname } from "node:path";

/** What a module names. */
export interface ModuleText {
  /** What it imports, exports from, or imports by a literal `import("…")`. */
  readonly imports: readonly string[];
  /** Every text in quotes that may be the path of a file. */
  readonly literals: readonly string[];
}

const MODULE = /^\.[cm]?[jt]sx?$/;

/** Whether a file is one that may import others, by the ending of its name. */
export function isModule(path: string): boolean {
  return MODULE.test(extname(path));
}

/**
 * What stands between two quotes. The lookahead takes nothing away from the next
 * match: a quote in a comment or in a regular expression cannot shift the pairs.
 */
const QUOTED = /(?=(["'`])((?:(?!\1)[^\n])+)\1)/g;

/** A path that says where it is, or a name with an ending. */
const PATH = /^(\.\.?\/.|[^\s:]+\.\w+$)/;

/** Texts and comments. */
const TEXT_OR_COMMENT =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`|\/\/[^\n]*|\/\*[^]*?\*\//g;

/** `import x from "…"`, `export * from "…"`, `import "…"` and `import("…")`. */
const IMPORT =
  /(?:^|[^\w$.])(?:from|import)\s*(?:\(\s*)?(?:"([^"\n]+)"|'([^'\n]+)'|`([^`$\n]+)`)/g;

/**
 * Reads what a module names.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readModuleText } from "./module_text.ts";
 *
 * const { imports, literals } = readModuleText(
 *   'import { a } from "./a.ts";\n// import "./b.ts";\nread("c.json", "d");\n',
 * );
 * assertEquals(imports, ["./a.ts"]);
 * assertEquals(literals, ["./a.ts", "./b.ts", "c.json"]);
 * ```
 */
export function readModuleText(text: string): ModuleText {
  // No specifier has quotes in it: such a text is code that is not run here.
  const code = text.replaceAll(
    TEXT_OR_COMMENT,
    (match) => /^\/|^.[^]*["'`][^]*.$/.test(match) ? " " : match,
  );
  return {
    imports: [...code.matchAll(IMPORT)]
      .map(([, double, single, back]) => double ?? single ?? back),
    literals: [...text.matchAll(QUOTED)].map(([, , literal]) => literal)
      .filter((literal) => PATH.test(literal)),
  };
}

/** Whether what is imported is a file on this machine. */
export function isLocal(specifier: string): boolean {
  return /^(\.\.?\/|\/|file:)/.test(specifier);
}

/** Whether what is imported is a package or comes from afar: `npm:…`, `zod`. */
export function isPackage(specifier: string): boolean {
  return !isLocal(specifier) && !/^(node|data|blob|ext):/.test(specifier);
}
