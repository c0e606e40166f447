/**
 * Search spaces as data: which fields vary, and how their values are drawn.
 *
 * @module
 */

import { z } from "zod";
import { type Range, uniformIn } from "../../math/distributions.ts";
import { RandomStream } from "../../math/prng.ts";
import { InputError } from "../../input/input_error.ts";
import { objectSchema, rangeSchema } from "../../input/schema.ts";
import { canonicalJson } from "../../trials/trial.ts";

/** How the values of one field are drawn; both ends of a pair belong to it. */
export type Dimension =
  /** Evenly between two numbers. */
  | { readonly uniform: Range }
  /** Evenly between the logarithms of two numbers above 0. */
  | { readonly logUniform: Range }
  /** A whole number, each as likely. */
  | { readonly integer: Range }
  /** One of some values of any kind, each as likely. */
  | { readonly choice: readonly unknown[] };

/** The fields that vary, by key. */
export type SearchSpace = Readonly<Record<string, Dimension>>;

/** A value for every key of a space. */
export type Assignment = Readonly<Record<string, unknown>>;

const CHOICE_ERROR = "must be an array of at least 1 value";
const KINDS_ERROR =
  "must be an object with one of uniform, logUniform, integer, choice";

/** The form of a {@linkcode Dimension}. */
export const DIMENSION: z.ZodType<Dimension> = objectSchema({
  uniform: rangeSchema({}).optional()
    .describe("Evenly between two numbers [low, high]"),
  logUniform: rangeSchema({ minimum: 0, exclusive: true }).optional()
    .describe("Evenly between the logarithms of two numbers [low, high]"),
  integer: rangeSchema({ integer: true }).optional()
    .describe("A whole number from [low, high]"),
  choice: z.array(z.unknown(), { error: CHOICE_ERROR })
    .min(1, { error: CHOICE_ERROR }).optional().describe("One of some values"),
}, KINDS_ERROR.replace(/^must be /, "")).refine(
  (dimension) => Object.keys(dimension).length === 1,
  { error: KINDS_ERROR },
) as unknown as z.ZodType<Dimension>;

/**
 * Digits of drawn numbers: more would make configs hard to read and to repeat by
 * hand, and change no training for the better.
 */
const DIGITS = 6;

/** A number with few digits, still within the range. */
function rounded(value: number, [low, high]: Range): number {
  return Math.min(high, Math.max(low, Number(value.toPrecision(DIGITS))));
}

function drawValue(dimension: Dimension, stream: RandomStream): unknown {
  if ("uniform" in dimension) {
    return rounded(uniformIn(stream, dimension.uniform), dimension.uniform);
  }
  if ("logUniform" in dimension) {
    const [low, high] = dimension.logUniform;
    return rounded(
      Math.exp(uniformIn(stream, [Math.log(low), Math.log(high)])),
      dimension.logUniform,
    );
  }
  if ("integer" in dimension) {
    const [low, high] = dimension.integer;
    return low + stream.integer(high - low + 1);
  }
  return dimension.choice[stream.integer(dimension.choice.length)];
}

/**
 * Draws a value for every key. Every number has six significant digits.
 *
 * Each value has a stream of its own, which follows from seed, index and key: so a
 * further key does not change what the others get, nor a further assignment those
 * before it.
 *
 * @param seed Root of the search's random streams.
 * @param index Number of the draw.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { drawAssignment } from "./space.ts";
 *
 * const space = { tau: { logUniform: [1e-3, 1e-1] } } as const;
 * const { tau } = drawAssignment(space, 0, 0);
 * assert(Number(tau) >= 1e-3 && Number(tau) <= 1e-1);
 * ```
 */
export function drawAssignment(
  space: SearchSpace,
  seed: number,
  index: number,
): Assignment {
  return Object.fromEntries(
    Object.entries(space).map(([key, dimension]) => [
      key,
      drawValue(dimension, new RandomStream(seed, `tune/${index}/${key}`)),
    ]),
  );
}

/** How many values a dimension can give at most. */
function valuesIn(dimension: Dimension): number {
  if ("choice" in dimension) {
    return new Set(dimension.choice.map(canonicalJson)).size;
  }
  if ("integer" in dimension) {
    const [low, high] = dimension.integer;
    return high - low + 1;
  }
  const [low, high] = "uniform" in dimension
    ? dimension.uniform
    : dimension.logUniform;
  if (low === high) return 1;
  const decade = (value: number) => Math.floor(Math.log10(Math.abs(value)));
  if (low * high <= 0 || decade(low) !== decade(high)) return Infinity;
  // The ends themselves need not be rounded.
  return Math.floor((high - low) / 10 ** (decade(high) - DIGITS + 1)) + 3;
}

/** Draws in vain, for each assignment, before a space counts as used up. */
const PATIENCE = 100;

/**
 * Draws different assignments.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} If the space seems to have fewer.
 */
export function drawAssignments(
  space: SearchSpace,
  count: number,
  seed: number,
  act: string,
): Assignment[] {
  const drawn = new Map<string, Assignment>();
  const refuse = (most: number): never => {
    throw new InputError(
      `Cannot ${act}: configs must be at most the ${most} different ones in the space, got ${count}`,
    );
  };
  const most = Object.values(space).map(valuesIn).reduce((a, b) => a * b, 1);
  if (most < count) refuse(most);
  for (let index = 0; drawn.size < count; index++) {
    if (index === PATIENCE * count) refuse(drawn.size);
    const assignment = drawAssignment(space, seed, index);
    const key = canonicalJson(assignment);
    if (!drawn.has(key)) drawn.set(key, assignment);
  }
  return [...drawn.values()];
}
