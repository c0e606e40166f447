/**
 * The 0/1 knapsack.
 *
 * @module
 */

import { bestSet } from "./best_sets.ts";
import { Dominance } from "./dominance.ts";
import { scaleBytes } from "./relaxation.ts";
import { EffortPool } from "./search_effort.ts";

/** A filled knapsack. */
export interface Knapsack {
  /** 1 for the items that are in, else 0. */
  readonly chosen: Uint8Array;
  /** Value of the items. */
  readonly value: number;
  /** What no set that fits is worth more than. */
  readonly upperBound: number;
}

/** Steps of the search for all knapsacks. */
const EFFORT = 500_000;

/**
 * The items of largest value that fit into each of some knapsacks, by branch and
 * bound (a {@linkcode bestSet} without a square).
 *
 * Items that are no better than others are left out beforehand, so that equal ones
 * cost nothing. The search ends after a fixed number of steps; where that is too
 * early, the best set found is returned, and `upperBound` is above its value.
 *
 * @param value Value of each item.
 * @param size Size of each item.
 * @param capacities Room in each knapsack.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fillKnapsacks } from "./knapsack.ts";
 *
 * // The densest item alone would leave too much room.
 * const [{ chosen, value }] = fillKnapsacks(
 *   Float64Array.of(6, 5, 5),
 *   Float64Array.of(6, 5, 5),
 *   [10],
 * );
 * assertEquals([...chosen], [0, 1, 1]);
 * assertEquals(value, 10);
 * ```
 */
export function fillKnapsacks(
  value: Float64Array,
  size: Float64Array,
  capacities: ArrayLike<number>,
): Knapsack[] {
  const items = {
    load: new Float64Array(value.length),
    saving: value,
    loadWeight: 0,
  };
  const pool = new EffortPool(EFFORT, capacities.length);
  let dominance: Dominance | undefined;
  return Array.from(capacities, (capacity) => {
    const effort = pool.take();
    const { chosen, bound, lowerBound } = bestSet(
      { ...items, ...scaleBytes(size, capacity) },
      { steps: 1, boundOf: (_chosen, _load, saving) => -saving },
      {
        effort,
        exclude: (cost) => {
          dominance ??= new Dominance({ ...items, bytes: size });
          return dominance.excluded(capacity, cost);
        },
      },
    );
    pool.giveBack(effort);
    return { chosen, value: -bound, upperBound: -lowerBound };
  });
}
