/**
 * Checks of what cells pass, for nobody checks the types of a cell.
 *
 * @module
 */

import {
  describePath,
  describeValue,
  InputError,
} from "../input/input_error.ts";

/** What a value must be, and whether it is. */
export interface Rule {
  /** Reads `must be …`. */
  readonly condition: string;
  /** Whether a value keeps to it. */
  readonly holds: (value: unknown) => boolean;
}

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** Text, also empty. */
export const TEXT: Rule = {
  condition: "must be text",
  holds: (value) => typeof value === "string",
};

/** A function. */
export const FUNCTION: Rule = {
  condition: "must be a function",
  holds: (value) => typeof value === "function",
};

/** An object, not an array. */
export const OBJECT: Rule = {
  condition: "must be an object",
  holds: (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value),
};

/** A number above 0. */
export const POSITIVE: Rule = {
  condition: "must be a finite number above 0",
  holds: (value) => isNumber(value) && value > 0,
};

/** A number of milliseconds, steps or the like. */
export const AMOUNT: Rule = {
  condition: "must be a finite number of at least 0",
  holds: (value) => isNumber(value) && value >= 0,
};

/** The rule for what may be left out. */
export function optional(rule: Rule): Rule {
  return {
    ...rule,
    holds: (value) => value === undefined || rule.holds(value),
  };
}

/**
 * Checks a value by a rule. It needs no package, so that notebooks anywhere can
 * import this folder.
 *
 * @throws {InputError} `Cannot <act>: <path> <condition>, got <value>`.
 */
export function check(
  rule: Rule,
  value: unknown,
  act: string,
  ...path: readonly PropertyKey[]
): void {
  if (rule.holds(value)) return;
  throw new InputError(
    `Cannot ${act}: ${describePath(path)} ${rule.condition}, got ${
      describeValue(value)
    }`,
  );
}

/** Checks an object's properties by their rules. */
export function checkObject(
  rules: Readonly<Record<string, Rule>>,
  value: object,
  act: string,
  ...path: readonly PropertyKey[]
): void {
  check(OBJECT, value, act, ...path);
  for (const [key, rule] of Object.entries(rules)) {
    check(rule, Reflect.get(value, key), act, ...path, key);
  }
}

/** How deep what is shown may be nested. */
const DEEPEST = 64;

/**
 * Refuses what JSON would drop or change without a word: numbers that are not
 * finite become `null`, circles have no end.
 *
 * @throws {InputError} With the path of the first such value.
 */
export function checkJson(
  value: unknown,
  act: string,
  path: readonly PropertyKey[],
): void {
  const refuse = (condition: string, got: string): never => {
    throw new InputError(
      `Cannot ${act}: ${describePath(path)} must be ${condition}, got ${got}`,
    );
  };
  if (typeof value === "number" && !Number.isFinite(value)) {
    refuse("a finite number or null", String(value));
  }
  if (typeof value === "bigint" || typeof value === "function") {
    refuse("what JSON can hold", `a ${typeof value}`);
  }
  if (typeof value !== "object" || value === null) return;
  if (path.length > DEEPEST) {
    refuse(`nested at most ${DEEPEST} deep`, "more");
  }
  if (ArrayBuffer.isView(value) || "toJSON" in value) return;
  for (const [key, inner] of Object.entries(value)) {
    checkJson(inner, act, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
