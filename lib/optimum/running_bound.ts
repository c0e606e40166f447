/**
 * A separable bound on the way through a search.
 *
 * @module
 */

import type { SeparableBound } from "./relaxation.ts";

/** Models whose number a bound counts; if more fit, all may follow. */
const COUNTED = 32;
/** What rounding can add to a bound, as a part of the sum of its terms. */
const ROUNDING = 1e-12;

/**
 * A {@linkcode SeparableBound} of the nodes of a search that decides models in a
 * fixed order: what was chosen so far, and the least that can follow.
 */
export class RunningBound {
  /** Cost of each model in the order of the search, length D. */
  readonly #cost: Float64Array;
  /** Constant and chosen costs at each depth, length D + 1. */
  readonly #sum: Float64Array;
  /** `[depth][k]`: the sum of the k least costs from a depth on. */
  readonly #least: Float64Array;
  readonly #width: number;

  /**
   * Prepares a bound.
   *
   * @param order Models in the order of the search.
   * @param excluded 1 for the models that no set of interest holds.
   * @param most How many models fit at most.
   */
  constructor(
    { constant, added }: SeparableBound,
    order: Int32Array,
    excluded: Uint8Array,
    most: number,
  ) {
    const count = order.length;
    const width = Math.min(COUNTED, most, count) + 1;
    this.#width = width;
    this.#cost = Float64Array.from(
      order,
      (m) => excluded[m] === 1 ? Infinity : added[m],
    );
    this.#sum = new Float64Array(count + 1);
    this.#least = new Float64Array((count + 1) * width);
    const few: number[] = [];
    let all = 0;
    let magnitude = Math.abs(constant);
    for (let k = count - 1; k >= 0; k--) {
      const cost = this.#cost[k];
      if (cost < Infinity) magnitude += Math.abs(cost);
      if (cost < 0) {
        all += cost;
        let place = few.length;
        while (place > 0 && few[place - 1] > cost) place--;
        few.splice(place, 0, cost);
        if (few.length >= width) few.pop();
      }
      let sum = 0;
      for (let n = 0; n < width; n++) {
        this.#least[k * width + n] = sum;
        sum += few[n] ?? 0;
      }
      if (most > COUNTED) this.#least[k * width + width - 1] = all;
    }
    this.#sum[0] = constant - ROUNDING * magnitude;
  }

  /** Takes note of whether the model at a depth was chosen. */
  decide(depth: number, chosen: number): void {
    this.#sum[depth + 1] = this.#sum[depth] +
      (chosen === 1 ? this.#cost[depth] : 0);
  }

  /** The bound of all sets that are reached from a depth by at most `most` models. */
  at(depth: number, most: number): number {
    const column = Math.min(most, this.#width - 1);
    return this.#sum[depth] + this.#least[depth * this.#width + column];
  }
}
