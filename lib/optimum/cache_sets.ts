/**
 * The sets of models that fit on a server.
 *
 * @module
 */

import { InputError } from "../input/input_error.ts";

/** Sets up to which an episode is planned: all of 20 models. */
const MOST_SETS = 2 ** 20;

/**
 * How many models can be taken, in the order given, so that no more than so many sets
 * of them fit.
 *
 * @param bytes Size of each model.
 * @param capacityBytes What a set may add up to.
 * @param most Number of sets, at least 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fewModels } from "./cache_sets.ts";
 *
 * // None, {0}, {1}, {0, 1}; with model 2 there would be {2} and {0, 2}, too.
 * assertEquals(fewModels(Float64Array.of(2, 3, 4), 6, 5), 2);
 * ```
 */
export function fewModels(
  bytes: Float64Array,
  capacityBytes: number,
  most: number,
): number {
  const used = new Float64Array(most);
  let sets = 1;
  for (let m = 0; m < bytes.length; m++) {
    const before = sets;
    for (let set = 0; set < before; set++) {
      const sum = used[set] + bytes[m];
      if (sum > capacityBytes) continue;
      if (sets === most) return m;
      used[sets++] = sum;
    }
  }
  return bytes.length;
}

/**
 * Every set of some models that fits, the empty one first and each after all of its
 * subsets: whatever is left of a set when a model goes is one of them, too.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CacheSets } from "./cache_sets.ts";
 *
 * const sets = new CacheSets(Float64Array.of(2, 3, 4), 6);
 * // None, {0}, {1}, {0, 1}, {2}, {0, 2}.
 * assertEquals(sets.last, [-1, 0, 1, 1, 2, 2]);
 * assertEquals(sets.parent, [-1, 0, 0, 1, 0, 1]);
 * // Those that hold model 0, and what is left of them without it.
 * assertEquals(sets.holding[0], [1, 3, 5]);
 * assertEquals(sets.without[0], [0, 2, 4]);
 * assertEquals(sets.modelsOf(5), [0, 2]);
 * ```
 */
export class CacheSets {
  /** Each set without its last model, −1 for the empty one. */
  readonly parent: readonly number[];
  /** The last model of each set, −1 for the empty one. */
  readonly last: readonly number[];
  /** The sets that hold each model. */
  readonly holding: readonly (readonly number[])[];
  /** What is left of them without the model. */
  readonly without: readonly (readonly number[])[];
  #joined: readonly Int32Array[] | undefined;

  /**
   * Lists the sets.
   *
   * @param bytes Size of each model.
   * @param capacityBytes What a set may add up to.
   * @throws {InputError} If there are more than 1048576.
   */
  constructor(bytes: Float64Array, capacityBytes: number) {
    const [parent, last, usedBytes] = [[-1], [-1], [0]];
    const larger = Array.from(bytes, (size, m) => {
      const joined = new Int32Array(parent.length).fill(-1);
      for (let set = 0; set < joined.length; set++) {
        const sum = usedBytes[set] + size;
        if (sum > capacityBytes) continue;
        joined[set] = parent.length;
        parent.push(set);
        last.push(m);
        usedBytes.push(sum);
      }
      if (parent.length <= MOST_SETS) return joined;
      throw new InputError(
        `Cannot plan the episode: the sets of models that fit on a server must be at most ${MOST_SETS}, got more`,
      );
    });
    const holding = Array.from(bytes, (): number[] => []);
    const without = Array.from(bytes, (): number[] => []);
    larger.forEach((joined, m) => {
      for (let other = 0; other < m; other++) {
        const earlier = holding[other].length;
        for (let k = 0; k < earlier; k++) {
          const set = joined[holding[other][k]];
          if (set < 0) continue;
          holding[other].push(set);
          without[other].push(joined[without[other][k]]);
        }
      }
      for (let set = 0; set < joined.length; set++) {
        if (joined[set] < 0) continue;
        holding[m].push(joined[set]);
        without[m].push(set);
      }
    });
    this.parent = parent;
    this.last = last;
    this.holding = holding;
    this.without = without;
  }

  /** `[model][set]`: each set with the model, −1 if it does not fit or is held. */
  get joined(): readonly Int32Array[] {
    return this.#joined ??= this.holding.map((sets, m) => {
      const joined = new Int32Array(this.count).fill(-1);
      this.without[m].forEach((set, k) => joined[set] = sets[k]);
      return joined;
    });
  }

  /** Number of sets. */
  get count(): number {
    return this.parent.length;
  }

  /** The models of a set, in rising order. */
  modelsOf(set: number): number[] {
    const models: number[] = [];
    for (let rest = set; rest > 0; rest = this.parent[rest]) {
      models.unshift(this.last[rest]);
    }
    return models;
  }
}
