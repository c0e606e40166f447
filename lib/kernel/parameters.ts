/**
 * Parameters of a notebook, after papermill's convention: a cell tagged
 * `parameters` declares them with their defaults, a run may set them anew.
 *
 * @module
 */

import { NotebookInputError } from "./errors.ts";
import type { JsonValue } from "./outputs.ts";

/** Values by the names of the variables that take them. */
export type NotebookParameters = Readonly<Record<string, JsonValue>>;

/** Tag of the cell that declares the parameters. */
export const PARAMETERS_TAG = "parameters";

/** Tag of the cell that sets them. */
export const INJECTED_TAG = "injected-parameters";

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * Reads `name=value`. A value that is JSON is taken as such, any other as text.
 *
 * @throws {NotebookInputError} If there is no `=` or the name is no identifier.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseParameter } from "./parameters.ts";
 *
 * assertEquals(parseParameter("episodes=20"), ["episodes", 20]);
 * assertEquals(parseParameter("profile=quick"), ["profile", "quick"]);
 * ```
 */
export function parseParameter(text: string): [string, JsonValue] {
  const [name] = text.split("=", 1);
  if (name === text || !IDENTIFIER.test(name)) {
    throw new NotebookInputError(
      `Cannot read the parameter: it must be NAME=VALUE, got ${text}`,
    );
  }
  const value = text.slice(name.length + 1);
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}

/** The statement that sets a parameter. */
export function assignment(name: string, value: JsonValue): string {
  return `${name} = ${JSON.stringify(value)};`;
}
