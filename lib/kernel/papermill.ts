/**
 * Cells that papermill injects.
 *
 * @module
 */

/** The first line of what papermill injects, whatever the language. */
const FIRST_LINE = /^# Parameters(?:\n|$)/;

/** Strings, and words that Python has for values. */
const TOKENS =
  /"(?:[^"\\]|\\.)*"|float\('(?:nan|-?inf)'\)|\b(?:True|False|None)\b/g;

const WORDS: Readonly<Record<string, string>> = {
  "True": "true",
  "False": "false",
  "None": "null",
  "float('nan')": "NaN",
  "float('inf')": "Infinity",
  "float('-inf')": "-Infinity",
};

/** A token of Python as one of TypeScript. */
function translate(token: string): string {
  if (!token.startsWith('"')) return WORDS[token];
  return token.replace(
    /\\(?:U([0-9a-fA-F]{8})|.)/g,
    (escape, code) => code === undefined ? escape : `\\u{${code}}`,
  );
}

/**
 * The cell that `papermill -l python` injects, in TypeScript; any other as it is.
 * papermill itself knows no TypeScript. Its values are numbers, texts, booleans, None,
 * lists and dictionaries of these; the names are those that a cell tagged
 * `parameters` has declared by `let`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromPapermill } from "./papermill.ts";
 *
 * assertEquals(
 *   fromPapermill("# Parameters\nquick = True\nseeds = [1, None]\n"),
 *   "// Parameters\nquick = true;\nseeds = [1, null];\nundefined",
 * );
 * ```
 */
export function fromPapermill(source: string): string {
  if (!FIRST_LINE.test(source)) return source;
  const lines = source.trimEnd().split("\n").map((line) => {
    if (line.startsWith("#")) return `//${line.slice(1)}`;
    return line === "" ? "" : `${line.replace(TOKENS, translate)};`;
  });
  return [...lines, "undefined"].join("\n");
}
