/**
 * JSON documents, read strictly.
 *
 * @module
 */

import { describePath, InputError } from "./input_error.ts";
import { readText } from "./text.ts";

/** How deep arrays and objects of a document may be nested. */
const DEEPEST = 64;

/** A text or a mark of structure; between them stand numbers and white space. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

interface Level {
  /** Keys so far of an object; an array has none. */
  readonly keys?: Set<string>;
  /** The present key, or the present index. */
  at: PropertyKey;
  /** Whether the next text of an object is a key. */
  expectsKey: boolean;
}

/**
 * Refuses what `JSON.parse` lets pass: a key that stands twice in an object, of
 * which it drops the first without a word, and nesting without end.
 *
 * @param text Valid JSON.
 */
function checkStructure(text: string, act: string): void {
  const levels: Level[] = [];
  const refuse = (condition: string, got: string): never => {
    const path = describePath(levels.slice(0, -1).map(({ at }) => at));
    throw new InputError(
      `Cannot ${act}: ${path} must ${condition}, got ${got}`,
    );
  };
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === "{" || token === "[") {
      const keys = token === "{" ? new Set<string>() : undefined;
      levels.push({ keys, at: 0, expectsKey: keys !== undefined });
      if (levels.length > DEEPEST) {
        levels.length = 1;
        refuse(`be nested at most ${DEEPEST} deep`, "more");
      }
    } else if (token === "}" || token === "]") {
      levels.pop();
    } else if (token === ",") {
      if (level!.keys === undefined) (level!.at as number)++;
      else level!.expectsKey = true;
    } else if (level?.expectsKey) {
      const key: string = JSON.parse(token);
      if (level.keys!.has(key)) {
        refuse("have every key once", `${JSON.stringify(key)} twice`);
      }
      level.keys!.add(key);
      level.at = key;
      level.expectsKey = false;
    }
  }
}

/**
 * Reads JSON text.
 *
 * @throws {InputError} In one line, if the text is not JSON (which has no NaN
 * and no Infinity), an object has a key twice, or nesting is deeper than 64.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { parseJson } from "./json.ts";
 *
 * assertEquals(parseJson('{"seeds": "0-9"}', "read it"), { seeds: "0-9" });
 * assertThrows(
 *   () => parseJson('{"a": {"b": 1, "b": 2}}', "read it"),
 *   Error,
 *   'Cannot read it: a must have every key once, got "b" twice',
 * );
 * ```
 */
export function parseJson(text: string, act: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, " ");
    throw new InputError(
      `Cannot ${act}: the document must be valid JSON, got ${
        text.trim() === "" ? "nothing" : `an error: ${reason}`
      }`,
    );
  }
  checkStructure(text, act);
  return value;
}

/**
 * Reads a JSON file, or standard input for `-`.
 *
 * @throws {InputError} As {@linkcode readText} and {@linkcode parseJson}.
 */
export async function readJson(path: string, act: string): Promise<unknown> {
  return parseJson(await readText(path, act), act);
}
