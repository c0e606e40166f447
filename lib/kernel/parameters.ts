/**
 * Parameters of a notebook, after papermill's convention: a cell tagged
 * `parameters` declares them with their defaults, a run may set them anew.
 *
 * @module
 */

import { z } from "zod";
import { InputError, parseInput } from "../input/input_error.ts";
import { parseJson } from "../input/json.ts";
import type { JsonValue } from "./outputs.ts";

/** Values by the names of the variables that take them. */
export type NotebookParameters = Readonly<Record<string, JsonValue>>;

/** Tag of the cell that declares the parameters. */
export const PARAMETERS_TAG = "parameters";

/** Tag of the cell that sets them. */
export const INJECTED_TAG = "injected-parameters";

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

const NAME = z.string({ error: "must be text" })
  .regex(IDENTIFIER, { error: "must be a name that a variable can have" });

const JSON_VALUE = z.json();

const VALUE = z.custom<JsonValue>(
  (value) => JSON_VALUE.safeParse(value).success,
  {
    error: "must be what JSON can hold: finite numbers, text, arrays, objects",
  },
);

/**
 * Reads `name=value`. A value that is JSON is taken as such, any other as text.
 *
 * @throws {InputError} If there is no `=`, the name is no identifier, or the value
 * is JSON with a key twice or a number beyond all limits.
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
    throw new InputError(
      `Cannot read the parameter: it must be NAME=VALUE, got ${text}`,
    );
  }
  const value = text.slice(name.length + 1);
  try {
    JSON.parse(value);
  } catch {
    return [name, value];
  }
  const json = parseJson(value, `read the parameter ${name}`) as JsonValue;
  return [name, checkParameter(name, json)];
}

/**
 * Checks a parameter that is to be set; returns its value.
 *
 * @throws {InputError} If the name is no identifier or JSON cannot hold the value.
 */
export function checkParameter(name: string, value: JsonValue): JsonValue {
  const act = `set the parameter ${name}`;
  parseInput(NAME, name, { act, path: ["name"] });
  return parseInput(VALUE, value, { act, path: [name] });
}

/** The statement that sets a parameter. */
export function assignment(name: string, value: JsonValue): string {
  return `${name} = ${JSON.stringify(value)};`;
}
