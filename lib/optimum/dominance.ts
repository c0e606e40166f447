/**
 * Models that no best set of a {@linkcode CacheProblem} holds.
 *
 * @module
 */

import type { CacheProblem } from "./relaxation.ts";

/**
 * What must be cached before each model: bytes of all models that save at least as
 * much, load no more and take no more room. A set that holds a model without one of
 * these is no better than the set that exchanges the two.
 */
export class Dominance {
  readonly #problem: Pick<CacheProblem, "load" | "saving" | "bytes">;
  /** Bytes of the models that are better, length D. */
  readonly #betterBytes: Float64Array;
  /** How many models of lower index are equal, length D. */
  readonly #equalBefore: Int32Array;
  /** How many models of higher index are equal, length D. */
  readonly #equalAfter: Int32Array;

  /** Compares all models, O(D²). */
  constructor(problem: Pick<CacheProblem, "load" | "saving" | "bytes">) {
    const { load, saving, bytes } = problem;
    const count = load.length;
    this.#problem = problem;
    this.#betterBytes = new Float64Array(count);
    this.#equalBefore = new Int32Array(count);
    this.#equalAfter = new Int32Array(count);
    for (let m = 0; m < count; m++) {
      for (let other = 0; other < count; other++) {
        if (
          saving[other] < saving[m] || load[other] > load[m] ||
          bytes[other] > bytes[m]
        ) continue;
        if (
          saving[other] > saving[m] || load[other] < load[m] ||
          bytes[other] < bytes[m]
        ) this.#betterBytes[m] += bytes[other];
        else if (other < m) this.#equalBefore[m]++;
        else if (other > m) this.#equalAfter[m]++;
      }
    }
  }

  /**
   * 1 for the models that need not be looked at: they save nothing, or do not fit
   * with all that is at least as good. Of equal models those count as better that
   * the search chooses first.
   *
   * @param cost What the search orders models by.
   */
  excluded(capacityBytes: number, cost: Float64Array): Uint8Array {
    const { saving, bytes } = this.#problem;
    return Uint8Array.from(cost, (one, m) => {
      const equal = one < 0 ? this.#equalBefore[m] : this.#equalAfter[m];
      const neededBytes = this.#betterBytes[m] + (equal + 1) * bytes[m];
      return saving[m] <= 0 || neededBytes > capacityBytes * (1 + 1e-9) ? 1 : 0;
    });
  }
}
