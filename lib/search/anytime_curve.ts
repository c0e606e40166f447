/**
 * How good a search is at any budget.
 *
 * @module
 */

/**
 * The best value after each number of evaluated points: a step function, kept as
 * its steps.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AnytimeCurve } from "./anytime_curve.ts";
 *
 * const curve = new AnytimeCurve();
 * [5, 7, 3].forEach((value, index) => curve.add(index + 1, value));
 * assertEquals([0, 1, 2, 3, 9].map((count) => curve.bestAfter(count)), [
 *   Infinity,
 *   5,
 *   5,
 *   3,
 *   3,
 * ]);
 * ```
 */
export class AnytimeCurve {
  #evaluated: number[] = [];
  #best: number[] = [];

  /** The best value of all; Infinity before the first finite one. */
  get best(): number {
    return this.#best.at(-1) ?? Infinity;
  }

  /** The steps: numbers of evaluated points at which the best value fell. */
  get steps(): readonly {
    readonly evaluated: number;
    readonly best: number;
  }[] {
    return this.#evaluated.map((evaluated, k) => ({
      evaluated,
      best: this.#best[k],
    }));
  }

  /** Adds the value of point number `evaluated`; whether it is the best so far. */
  add(evaluated: number, value: number): boolean {
    if (!(value < this.best)) return false;
    this.#evaluated.push(evaluated);
    this.#best.push(value);
    return true;
  }

  /** The best value of the first `evaluated` points; Infinity if there is none. */
  bestAfter(evaluated: number): number {
    const next = this.#evaluated.findIndex((step) => step > evaluated);
    const last = (next < 0 ? this.#evaluated.length : next) - 1;
    return last < 0 ? Infinity : this.#best[last];
  }

  /** The steps as arrays, for saving. */
  arrays(): { curveEvaluated: Float64Array; curveBest: Float64Array } {
    return {
      curveEvaluated: Float64Array.from(this.#evaluated),
      curveBest: Float64Array.from(this.#best),
    };
  }

  /** Takes over what {@linkcode AnytimeCurve.arrays} gave. */
  restore(arrays: Readonly<Record<string, Float64Array>>): void {
    this.#evaluated = [...arrays.curveEvaluated];
    this.#best = [...arrays.curveBest];
  }
}
