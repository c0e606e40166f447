/**
 * Errors that a user's input causes: one line that says what is wrong, where,
 * what is allowed and what was given.
 *
 * @module
 */

import type { z } from "zod";

/** An error in what a user gave; its message is all that the user needs. */
export class InputError extends Error {
  /** Name that distinguishes it from faults of the program. */
  override readonly name = "InputError";
}

const LONGEST_VALUE = 60;

/** A given value in a few characters. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) {
    if (value.length === 0) return "an empty array";
    const isPair = value.length === 2 &&
      value.every((one) => typeof one === "number");
    return isPair ? JSON.stringify(value) : `an array of ${value.length}`;
  }
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_VALUE
    ? `${text.slice(0, LONGEST_VALUE)}…`
    : text;
}

/** A path as it would be written in code: `slots[0].scenario.numUsers`. */
export function describePath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    const name = String(key);
    return /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  }).join("");
  return text === "" ? "the document" : text.replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

/** Number of single-character edits between two words (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(
        next[j - 1] + 1,
        row[j] + 1,
        row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length];
}

/** The candidate that is closest in spelling. */
export function nearestWord(
  word: string,
  candidates: readonly string[],
): string {
  return candidates.reduce((best, candidate) =>
    editDistance(word, candidate) < editDistance(word, best) ? candidate : best
  );
}

/** What {@linkcode parseInput} needs to word its errors. */
export interface ParseInputOptions {
  /** What could not be done, for example `"evaluate slots.json"`. */
  readonly act: string;
  /** Where the value stands in the document. */
  readonly path?: readonly PropertyKey[];
}

type Issue = z.core.$ZodIssue;

/** How far into the value an issue lies: a known form gets further. */
function depthOf(issue: Issue): number {
  return issue.path.length + (issue.code === "unrecognized_keys" ? 1 : 0);
}

/**
 * What to tell of all that is wrong: unknown keys come before missing ones, since
 * a misspelt key is both. Of a value that may have several forms, the form counts
 * that the value gets furthest in, if it gets anywhere in one.
 */
function firstIssue(issues: readonly Issue[]): Issue {
  const issue = issues.find((one) => one.code === "unrecognized_keys") ??
    issues[0];
  if (issue.code !== "invalid_union") return issue;
  const deepest = issue.errors.filter((form) => form.length > 0)
    .map(firstIssue)
    .reduce<Issue | undefined>(
      (best, one) =>
        depthOf(one) > (best === undefined ? 0 : depthOf(best)) ? one : best,
      undefined,
    );
  return deepest === undefined
    ? issue
    : { ...deepest, path: [...issue.path, ...deepest.path] };
}

/**
 * Checks a value that comes from outside against a schema whose messages read
 * `must be …`.
 *
 * @throws {InputError} `Cannot <act>: <path> must be <condition>, got <value>`,
 * for the first thing that is wrong.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  options: ParseInputOptions,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = firstIssue(result.error.issues);
  const base = options.path ?? [];
  if (issue.code === "unrecognized_keys") {
    const path = [...issue.path, issue.keys[0]];
    throw new InputError(
      `Cannot ${options.act}: ${describePath([...base, ...path])} ${
        issue.message || "must be a known key"
      }, got ${describeValue(valueAt(value, path))}`,
    );
  }
  throw new InputError(
    `Cannot ${options.act}: ${
      describePath([...base, ...issue.path])
    } ${issue.message}, got ${describeValue(valueAt(value, issue.path))}`,
  );
}

/**
 * Reads JSON text.
 *
 * @throws {InputError} In one line, if the text is not JSON (which has no NaN
 * and no Infinity).
 */
export function parseJson(text: string, act: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, " ");
    throw new InputError(
      `Cannot ${act}: the document must be valid JSON, got ${
        text.trim() === "" ? "nothing" : `an error: ${reason}`
      }`,
    );
  }
}
