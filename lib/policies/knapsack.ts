/**
 * The 0/1 knapsack.
 *
 * @module
 */

import { searchCaches } from "./cache_search.ts";

/**
 * The set of items of largest value that fits, by branch and bound (a
 * {@linkcode searchCaches} without a square).
 *
 * @param value Value of each item.
 * @param size Size of each item.
 * @param capacity Room for items.
 * @returns 1 for the items of the set, else 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { knapsack } from "./knapsack.ts";
 *
 * // The densest item alone would leave too much room.
 * const chosen = knapsack(
 *   Float64Array.of(6, 5, 5),
 *   Float64Array.of(6, 5, 5),
 *   10,
 * );
 * assertEquals([...chosen], [0, 1, 1]);
 * ```
 */
export function knapsack(
  value: Float64Array,
  size: Float64Array,
  capacity: number,
): Uint8Array {
  const best = new Uint8Array(value.length);
  const visitor = {
    limit: Infinity,
    visit(chosen: Uint8Array, _load: number, saving: number) {
      if (-saving >= visitor.limit) return;
      visitor.limit = -saving;
      best.set(chosen);
    },
  };
  searchCaches({
    load: new Float64Array(value.length),
    saving: value,
    bytes: size,
    capacityBytes: capacity,
    loadWeight: 0,
  }, visitor);
  return best;
}
