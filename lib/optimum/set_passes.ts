/**
 * Passes of dynamic programs over sets of cached models.
 *
 * A change of sets is a way through two passes, a model at a time: one in which models
 * go, one in which they are loaded. Whatever is left of a set that fits does so, too.
 *
 * @module
 */

import type { CacheSets } from "./cache_sets.ts";

/** The sets, as far as passes look at them. */
export type PassSets = Pick<CacheSets, "holding" | "without">;

/**
 * Lowers the cost of each set without a model to that of the set with it and a price.
 *
 * @param price What the step costs.
 * @param cost One number a set.
 * @param from Where each cost comes from, which goes with it.
 */
export function stepWithout(
  { holding, without }: PassSets,
  m: number,
  price: number,
  cost: Float64Array,
  from?: Int32Array,
): void {
  step(holding[m], without[m], price, cost, from);
}

/** As {@linkcode stepWithout}, from each set without the model to the one with it. */
export function stepWith(
  { holding, without }: PassSets,
  m: number,
  price: number,
  cost: Float64Array,
  from?: Int32Array,
): void {
  step(without[m], holding[m], price, cost, from);
}

function step(
  origins: readonly number[],
  ends: readonly number[],
  price: number,
  cost: Float64Array,
  from: Int32Array | undefined,
): void {
  for (let k = 0; k < ends.length; k++) {
    const [origin, end] = [origins[k], ends[k]];
    const other = cost[origin] + price;
    if (!(other < cost[end])) continue;
    cost[end] = other;
    if (from !== undefined) from[end] = from[origin];
  }
}

/** From the costs of the sets before to the least of what is left when models go. */
export function dropModels(
  sets: PassSets,
  cost: Float64Array,
  from?: Int32Array,
): void {
  for (let m = 0; m < sets.holding.length; m++) {
    stepWithout(sets, m, 0, cost, from);
  }
}

/**
 * From the costs of the sets before a slot to those of its sets, loads included.
 *
 * @param loading What loading each model costs.
 */
export function passForward(
  sets: PassSets,
  loading: Float64Array,
  cost: Float64Array,
): void {
  dropModels(sets, cost);
  loading.forEach((price, m) => stepWith(sets, m, price, cost));
}

/**
 * From the costs of the sets of a slot and of all that follows to those of the sets
 * before it, loads included: the same changes, the other way round.
 *
 * @param loading What loading each model costs.
 * @param choice The set that follows each set.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CacheSets } from "./cache_sets.ts";
 * import { passBackward } from "./set_passes.ts";
 *
 * // None, or the one model: whoever holds nothing pays 1 to be where it costs 3.
 * const sets = new CacheSets(Float64Array.of(1), 1);
 * const cost = Float64Array.of(5, 3);
 * const choice = Int32Array.of(0, 1);
 * passBackward(sets, Float64Array.of(1), cost, choice);
 * assertEquals([[...cost], [...choice]], [[4, 3], [1, 1]]);
 * ```
 */
export function passBackward(
  sets: PassSets,
  loading: Float64Array,
  cost: Float64Array,
  choice?: Int32Array,
): void {
  loading.forEach((price, m) => stepWithout(sets, m, price, cost, choice));
  loading.forEach((_, m) => stepWith(sets, m, 0, cost, choice));
}
