/**
 * The sets of models that fit on a server.
 *
 * @module
 */

import { InputError } from "../input/input_error.ts";

/** Sets up to which an episode is planned. */
const MOST_SETS = 2 ** 18;
/** Models whose sets are numbers to which `|` and `^` apply. */
const MOST_MODELS = 30;

function refuse(what: string, most: number): never {
  throw new InputError(
    `Cannot plan the episode: ${what} of a server must be at most ${most}, got more`,
  );
}

/**
 * Every set of some models that fits, the empty one first and each after its
 * `parent`. Whatever is left of a set when a model goes is one of them, too.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CacheSets } from "./cache_sets.ts";
 *
 * const sets = new CacheSets(Float64Array.of(2, 3, 4), 6);
 * // None, {0}, {0, 1}, {0, 2}, {1}, {2}.
 * assertEquals(sets.count, 6);
 * assertEquals([...sets.last], [-1, 0, 1, 2, 1, 2]);
 * assertEquals([...sets.parent], [-1, 0, 1, 1, 0, 0]);
 * // Those that hold model 1, and what is left of them without it.
 * assertEquals([...sets.holding[1]], [2, 4]);
 * assertEquals([...sets.without[1]], [1, 0]);
 * ```
 */
export class CacheSets {
  /** Number of sets. */
  readonly count: number;
  /** Each set without its last model, −1 for the empty one; length `count`. */
  readonly parent: Int32Array;
  /** The last model of each set, −1 for the empty one; length `count`. */
  readonly last: Int32Array;
  /** The sets that hold each model. */
  readonly holding: readonly Int32Array[];
  /** What is left of them without the model. */
  readonly without: readonly Int32Array[];

  /**
   * Lists the sets.
   *
   * @param bytes Size of each model.
   * @param capacityBytes What a set may add up to.
   * @throws {InputError} If there are more than 262144, or models more than 30.
   */
  constructor(bytes: Float64Array, capacityBytes: number) {
    const masks: number[] = [];
    const parents: number[] = [];
    const lasts: number[] = [];
    const place = new Map<number, number>();
    const visit = (
      mask: number,
      parent: number,
      last: number,
      used: number,
    ) => {
      const index = masks.length;
      if (index === MOST_SETS) refuse("the sets of models that fit", MOST_SETS);
      place.set(mask, index);
      masks.push(mask);
      parents.push(parent);
      lasts.push(last);
      for (let m = last + 1; m < bytes.length; m++) {
        const sum = used + bytes[m];
        if (sum <= capacityBytes) visit(mask | (1 << m), index, m, sum);
      }
    };
    if (bytes.length > MOST_MODELS) refuse("the models", MOST_MODELS);
    visit(0, -1, -1, 0);
    this.count = masks.length;
    this.parent = Int32Array.from(parents);
    this.last = Int32Array.from(lasts);
    this.holding = Array.from(
      bytes,
      (_, m) =>
        Int32Array.from(
          masks.flatMap((mask, i) => (mask >> m) & 1 ? [i] : []),
        ),
    );
    this.without = this.holding.map((sets, m) =>
      sets.map((set) => place.get(masks[set] ^ (1 << m))!)
    );
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
