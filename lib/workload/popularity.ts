/**
 * Popularity of AIGC services (Section 3.1): a Markov chain over Zipf exponents.
 *
 * @module
 */

import { categorical } from "../math/distributions.ts";
import type { RandomStream } from "../math/prng.ts";

/**
 * Eq. 1: the next popularity state, drawn from row `current` of P.
 *
 * @param transition P, `[K][K]` with rows that sum to 1.
 * @param current Index of the present state.
 * @returns Index of the next state.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RandomStream } from "../math/prng.ts";
 * import { nextPopularity } from "./popularity.ts";
 *
 * const alternating = [[0, 1], [1, 0]];
 * const stream = new RandomStream(0, "popularity");
 * assertEquals(nextPopularity(alternating, 0, stream), 1);
 * ```
 */
export function nextPopularity(
  transition: readonly (readonly number[])[],
  current: number,
  stream: RandomStream,
): number {
  return categorical(stream, transition[current]);
}
