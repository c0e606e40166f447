/**
 * Pieces of schemas with messages that read `must be …`; their metadata is what
 * zod's `toJSONSchema` writes of them.
 *
 * @module
 */

import * as z from "zod";
import { nearestWord } from "./input_error.ts";

/**
 * Largest magnitude of a quantity. Products of a few quantities then neither
 * overflow into `0·∞` nor into `∞/∞`, so that no outcome of a slot is NaN.
 */
export const LARGEST_QUANTITY = 1e30;

/** Least quantity that something is divided by. */
export const SMALLEST_DIVISOR = 1e-30;

/** Most of anything that is counted. */
export const LARGEST_COUNT = 1e6;

/** Bounds of a number. */
export interface NumberBounds {
  /** Least allowed value. */
  readonly minimum?: number;
  /** Largest allowed value. */
  readonly maximum?: number;
  /** Whether the least value itself is not allowed. */
  readonly exclusive?: boolean;
  /** Whether only whole numbers are allowed. */
  readonly integer?: boolean;
}

function describeBounds(bounds: NumberBounds): string {
  const { minimum = -Infinity, maximum = Infinity, exclusive, integer } =
    bounds;
  const kind = integer ? "a whole number" : "a finite number";
  if (minimum === -Infinity && maximum === Infinity) return `must be ${kind}`;
  if (maximum === Infinity) {
    return exclusive
      ? `must be ${kind} above ${minimum}`
      : `must be ${kind} of at least ${minimum}`;
  }
  return `must be ${kind} from ${minimum} to ${maximum}`;
}

/** A finite number within bounds. */
export function numberSchema(bounds: NumberBounds = {}): z.ZodType<number> {
  const { minimum = -Infinity, maximum = Infinity, exclusive, integer } =
    bounds;
  return z.custom<number>(
    (value) =>
      typeof value === "number" && Number.isFinite(value) &&
      (!integer || Number.isInteger(value)) &&
      (exclusive ? value > minimum : value >= minimum) && value <= maximum,
    { error: describeBounds(bounds) },
  ).meta({
    type: integer ? "integer" : "number",
    ...(minimum === -Infinity
      ? {}
      : { [exclusive ? "exclusiveMinimum" : "minimum"]: minimum }),
    ...(maximum === Infinity ? {} : { maximum }),
  });
}

/** An array of exactly `length` items. */
export function arraySchema<Item extends z.ZodType>(
  item: Item,
  length: number,
  what: string,
): z.ZodType<z.output<Item>[]> {
  const error = `must be an array of ${length} (${what})`;
  return z.array(item, { error }).length(length, { error });
}

/** A pair `[low, high]` with low ≤ high. */
export function rangeSchema(
  bounds: NumberBounds,
): z.ZodType<readonly [number, number]> {
  const error = "must be a pair [low, high] with low ≤ high";
  const item = numberSchema(bounds);
  return z.tuple([item, item], { error }).refine(
    ([low, high]) => low <= high,
    { error },
  );
}

/** One of a few words. */
export function choiceSchema<const K extends string>(
  options: readonly K[],
): z.ZodType<K> {
  return z.custom<K>((value) => options.includes(value as K), {
    error: `must be one of ${options.map((one) => `"${one}"`).join(", ")}`,
  }).meta({ type: "string", enum: [...options] });
}

/**
 * An object with exactly these keys; a misspelled key is told the nearest one.
 *
 * @param hints What is said of some keys that are not allowed.
 */
export function objectSchema<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  what: string,
  hints: Readonly<Record<string, string>> = {},
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" && Object.keys(shape).length > 0
        ? hints[issue.keys[0]] ??
          `must be a known key (nearest: ${
            nearestWord(String(issue.keys[0]), Object.keys(shape))
          })`
        : `must be ${what}`,
  });
}

/** A whole number of things: users, slots, episodes. */
export const COUNT = numberSchema({
  minimum: 1,
  maximum: LARGEST_COUNT,
  integer: true,
});

/** A power or a power density in dBm: 1e-103 to 1e97 watt. */
export const DECIBEL = numberSchema({ minimum: -1000, maximum: 1000 });

/** Bounds of a quantity that something is divided by. */
export const POSITIVE_BOUNDS: NumberBounds = {
  minimum: SMALLEST_DIVISOR,
  maximum: LARGEST_QUANTITY,
};

/** A quantity that something is divided by. */
export const POSITIVE = numberSchema(POSITIVE_BOUNDS);

/** A quantity that may be 0. */
export const NOT_NEGATIVE = numberSchema({
  minimum: 0,
  maximum: LARGEST_QUANTITY,
});

/** A quantity of either sign. */
export const QUANTITY = numberSchema({
  minimum: -LARGEST_QUANTITY,
  maximum: LARGEST_QUANTITY,
});
