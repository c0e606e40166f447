/**
 * Seeds: one limit at every entrance, and lists of them as people write them.
 *
 * @module
 */

import * as z from "zod";
import { parseInput } from "./input_error.ts";
import { numberSchema } from "./schema.ts";

/** Largest seed: so that a million episodes of each have numbers of their own. */
export const LARGEST_SEED = 1_000_000_000;

/** What a seed must be. */
export const SEED_SCHEMA = numberSchema({
  minimum: 0,
  maximum: LARGEST_SEED,
  integer: true,
});

/** What the root of random streams must be: a seed, or a text made of several. */
export const ROOT_SCHEMA: z.ZodType<number | string> = z.union([
  z.string(),
  SEED_SCHEMA,
], { error: `must be a text or a whole number from 0 to ${LARGEST_SEED}` });

/**
 * Checks the seed of a trial, an instance or a policy.
 *
 * @param path What the caller calls it, for the error message.
 * @throws {InputError} If it is no whole number from 0 to {@linkcode LARGEST_SEED}.
 */
export function checkSeed(value: unknown, act: string, path = "seed"): number {
  return parseInput(SEED_SCHEMA, value, { act, path: [path] });
}

/**
 * What a seed of one episode must be: every whole number that is exact, for the
 * million episodes of each trial's seed have numbers of their own.
 */
export const EPISODE_SEED_SCHEMA = numberSchema({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  integer: true,
});

/**
 * Checks the seed of an episode.
 *
 * @throws {InputError} If it is no whole number from 0 to 2^53 − 1.
 */
export function checkEpisodeSeed(value: unknown, act: string): number {
  return parseInput(EPISODE_SEED_SCHEMA, value, { act, path: ["seed"] });
}

/** Most seeds of a sweep. */
export const MOST_SEEDS = 100_000;

/** What a text of seeds looks like. */
export const SEEDS_PATTERN = /^\d+(-\d+)?(,\d+(-\d+)?)*$/;

/** What seeds must be, for messages. */
export const SEEDS_CONDITION =
  `must be different seeds from 0 to ${LARGEST_SEED}, such as "0-9" or "0-4,7" (at most ${MOST_SEEDS})`;

/**
 * Reads seeds and ranges of seeds, ends included.
 *
 * @returns The seeds in the order of the text, or `undefined` if the text is
 * none of seeds, a range falls, a seed is there twice, or there are too many.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseSeeds } from "./seeds.ts";
 *
 * assertEquals(parseSeeds("0-3,7"), [0, 1, 2, 3, 7]);
 * assertEquals(parseSeeds("3-1"), undefined);
 * ```
 */
export function parseSeeds(text: string): number[] | undefined {
  if (!SEEDS_PATTERN.test(text)) return undefined;
  const seeds = new Set<number>();
  for (const part of text.split(",")) {
    const [first, last = first] = part.split("-").map(Number);
    if (last < first || last > LARGEST_SEED) return undefined;
    if (last - first >= MOST_SEEDS - seeds.size) return undefined;
    for (let seed = first; seed <= last; seed++) {
      if (seeds.has(seed)) return undefined;
      seeds.add(seed);
    }
  }
  return [...seeds];
}
