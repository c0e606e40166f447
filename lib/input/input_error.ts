/**
 * Errors that a user's input causes: one line that says what is wrong, where,
 * what is allowed and what was given.
 *
 * @module
 */

import type { z } from "zod";

/** What a terminal would act on, or nobody would see: controls and directions. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\p{Surrogate}/gu;

/**
 * A text that a terminal shows as it is: control characters, line ends and marks
 * of direction are escaped, as in `\\u001b`.
 */
export function printable(text: string): string {
  return text.replaceAll(
    UNPRINTABLE,
    (one) => `\\u${one.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );
}

/** A text of at most `length` characters and an ellipsis. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

/** Longest message, in characters. */
const LONGEST_MESSAGE = 1000;

/** An error in what a user gave; its message is all that the user needs. */
export class InputError extends Error {
  /** Name that distinguishes it from faults of the program. */
  override readonly name = "InputError";

  /** Keeps the message to one line that every terminal can show. */
  constructor(message: string) {
    super(printable(cut(message, LONGEST_MESSAGE)));
  }
}

const LONGEST_VALUE = 200;

/** Longest key of a path, in characters. */
const LONGEST_KEY = 60;

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // What has no JSON: a circle, a bigint, nesting without end.
    return Object.prototype.toString.call(value);
  }
}

/** A given value in a few characters. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const { length } = value as unknown as ArrayLike<unknown>;
    if (length === 0) return "an empty array";
    const isPair = Array.isArray(value) && length === 2 &&
      value.every((one) => typeof one === "number");
    return isPair ? `[${value}]` : `an array of ${length}`;
  }
  if (typeof value === "number") return String(value);
  if (typeof value === "function") return "a function";
  if (value instanceof Promise) return "a promise";
  return printable(cut(jsonOf(value), LONGEST_VALUE));
}

/** A path as it would be written in code: `slots[0].scenario.numUsers`. */
export function describePath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    const name = printable(cut(String(key), LONGEST_KEY));
    return /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  }).join("");
  return text === "" ? "the document" : text.replace(/^\./, "");
}

/** The part of a value to which a path leads; `undefined` where it ends early. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
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
 * a misspelled key is both. Of a value that may have several forms, the form counts
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
