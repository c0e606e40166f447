/**
 * Checks of what cells pass, for nobody checks the types of a cell.
 *
 * @module
 */

import { z } from "zod";
import { describePath, InputError } from "../input/input_error.ts";
import { numberSchema } from "../input/schema.ts";

/** Text, also empty. */
export const TEXT = z.string({ error: "must be text" });

/** A function. */
export const FUNCTION = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === "function",
  { error: "must be a function" },
);

/** An object, not an array. */
export const OBJECT = z.custom<object>(
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value),
  { error: "must be an object" },
);

/** A number above 0. */
export const POSITIVE = numberSchema({ minimum: 0, exclusive: true });

/** A number of milliseconds, steps or the like. */
export const AMOUNT = numberSchema({ minimum: 0 });

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
