/**
 * The set of models that is best to hold, where squares only add to costs.
 *
 * @module
 */

import { costAlone, type SetForm } from "./set_form.ts";

/** Which set to look for. */
export interface HeldSetProblem {
  /** The cost of a set, with squares of weights ≥ 0. */
  readonly form: SetForm;
  /** What each model costs besides, its load if it is not held yet, length M. */
  readonly loading: Float64Array;
  /** S_m in byte, length M. */
  readonly modelBytes: Float64Array;
  /** What the set may add up to. */
  readonly capacityBytes: number;
}

/** A depth-first search over models in order of gain per byte. */
class HeldSetSearch {
  /** The models that gain something alone, the densest first. */
  readonly #models: readonly number[];
  readonly #gain: Float64Array;
  readonly #bytes: Float64Array;
  readonly #squares: readonly {
    readonly weight: number;
    readonly root: Float64Array;
  }[];
  /** Sums over the chosen models, one a square. */
  readonly #sums: Float64Array;
  readonly #chosen: Uint8Array;
  best: readonly number[] = [];
  #bestGain = 0;

  constructor({ form, loading, modelBytes, capacityBytes }: HeldSetProblem) {
    const gainOf = (m: number) => -costAlone(form, m) - loading[m];
    const density = (m: number) => gainOf(m) / modelBytes[m];
    this.#models = Array.from(modelBytes.keys())
      .filter((m) => gainOf(m) > 0 && modelBytes[m] <= capacityBytes)
      .sort((a, b) => density(b) - density(a) || a - b);
    this.#gain = Float64Array.from(this.#models, gainOf);
    this.#bytes = Float64Array.from(this.#models, (m) => modelBytes[m]);
    this.#squares = form.squares.filter(({ weight }) => weight > 0)
      .map(({ weight, root }) => ({
        weight,
        root: Float64Array.from(this.#models, (m) => root[m]),
      }));
    this.#sums = new Float64Array(this.#squares.length);
    this.#chosen = new Uint8Array(this.#models.length);
    this.#search(0, 0, capacityBytes);
  }

  /** What model i gains next to those that are chosen. */
  #added(i: number): number {
    let gain = this.#gain[i];
    for (let r = 0; r < this.#sums.length; r++) {
      const { weight, root } = this.#squares[r];
      gain -= 2 * weight * root[i] * this.#sums[r];
    }
    return gain;
  }

  /** What models from the i-th on gain at most: as parts alone, or all of them. */
  #bound(first: number, roomBytes: number): number {
    let parts = 0;
    let all = 0;
    let room = roomBytes;
    for (let i = first; i < this.#gain.length; i++) {
      const part = Math.min(1, room / this.#bytes[i]);
      parts += part * this.#gain[i];
      room -= part * this.#bytes[i];
      if (this.#bytes[i] <= roomBytes) all += Math.max(0, this.#added(i));
    }
    return Math.min(parts, all);
  }

  #search(i: number, gain: number, roomBytes: number): void {
    if (gain > this.#bestGain) {
      this.#bestGain = gain;
      this.best = this.#models.filter((_, k) => this.#chosen[k] === 1);
    }
    if (i === this.#models.length) return;
    if (gain + this.#bound(i, roomBytes) <= this.#bestGain) return;
    const added = this.#added(i);
    if (added > 0 && this.#bytes[i] <= roomBytes) {
      this.#chosen[i] = 1;
      this.#squares.forEach(({ root }, r) => this.#sums[r] += root[i]);
      this.#search(i + 1, gain + added, roomBytes - this.#bytes[i]);
      this.#squares.forEach(({ root }, r) => this.#sums[r] -= root[i]);
      this.#chosen[i] = 0;
    }
    this.#search(i + 1, gain, roomBytes);
  }
}

/**
 * The set of least form(X) + Σ_X loading that fits, by branch and bound: a model that
 * gains nothing next to some others gains nothing next to more.
 *
 * @returns Its models in rising order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bestHeldSet } from "./held_set.ts";
 *
 * const problem = {
 *   form: {
 *     linear: Float64Array.of(-6, -5, -5),
 *     squares: [{ weight: 1, root: Float64Array.of(1, 1, 1) }],
 *   },
 *   loading: new Float64Array(3),
 *   modelBytes: Float64Array.of(6, 5, 5),
 *   capacityBytes: 10,
 * };
 * // 6 − 1 is less than 5 + 5 − 2².
 * assertEquals(bestHeldSet(problem), [1, 2]);
 * const loading = Float64Array.of(0, 1, 1);
 * assertEquals(bestHeldSet({ ...problem, loading }), [0]);
 * ```
 */
export function bestHeldSet(problem: HeldSetProblem): number[] {
  return [...new HeldSetSearch(problem).best].sort((a, b) => a - b);
}
