/**
 * The search over caches: a knapsack whose objective is a convex function of one
 * sum, by branch and bound.
 *
 * @module
 */

import {
  bestMultipliers,
  type CacheProblem,
  mostThatFit,
  type SeparableBound,
  separableBound,
  separableBounds,
  withPrices,
} from "./relaxation.ts";
import { RunningBound } from "./running_bound.ts";
import type { SearchEffort } from "./search_effort.ts";

/** A second bound that every set obeys. */
export interface LinearBound extends SeparableBound {
  /** 1 for the models that `increase` does not depend on once they are chosen. */
  readonly harmless: Uint8Array;
  /** What a call of `increase` takes, in steps of a search. */
  readonly steps: number;
  /**
   * How much higher the bound is for all sets that agree with `chosen` on the
   * models that are not open, both of length D: the more, the fewer are open.
   */
  increase(chosen: Uint8Array, open: Uint8Array): number;
}

/** What {@linkcode searchCaches} asks of its caller. */
export interface CacheVisitor {
  /** Bound from which on a set is of no interest. */
  readonly limit: number;
  /** What a visit takes, in steps of a search. */
  readonly steps: number;
  /** Is called for sets whose bound is below the limit, which it may lower. */
  visit(chosen: Uint8Array, load: number, saving: number): void;
}

/** How {@linkcode searchCaches} goes. */
export interface CacheSearchOptions {
  /** How far it may go. */
  readonly effort: SearchEffort;
  /** A second bound, if there is one. */
  readonly linearBound?: LinearBound;
  /**
   * 1 for the models that no set of interest holds, length D.
   *
   * @param cost What models are ordered by.
   */
  readonly exclude?: (cost: Float64Array) => Uint8Array;
}

/** Nodes after which it is worth while to prepare more bounds. */
const SIMPLE_NODES = 500;
/** What rounding can add to a sum of bytes, and to a number of models. */
const ROUNDING = 1e-12;
const FIT_TOLERANCE = 1e-9;

/** The state of a search. */
class CacheSearch {
  readonly #problem: CacheProblem;
  readonly #visitor: CacheVisitor;
  readonly #options: CacheSearchOptions;
  /** What each model adds to the bound of the root's multipliers. */
  readonly #cost: Float64Array;
  /** Models in the order of decisions. */
  readonly #order: Int32Array;
  readonly #chosen: Uint8Array;
  readonly #open: Uint8Array;
  readonly #excluded: Uint8Array;
  /** Whether the second choice at a depth was made. */
  readonly #second: Uint8Array;
  /** Sums over the chosen models, and least values from a depth on. */
  readonly #bound: Float64Array;
  readonly #boundOfRest: Float64Array;
  readonly #bytes: Float64Array;
  readonly #leastBytes: Float64Array;
  readonly #load: Float64Array;
  readonly #saving: Float64Array;
  readonly #increase: Float64Array;
  /** All bounds but the first, and those of them that `increase` adds to. */
  #bounds: readonly RunningBound[] = [];
  #linear: readonly RunningBound[] = [];
  #nodes = 0;
  #depth = 0;

  constructor(
    problem: CacheProblem,
    visitor: CacheVisitor,
    options: CacheSearchOptions,
  ) {
    const count = problem.load.length;
    const multipliers = bestMultipliers(problem);
    const { constant, added } = separableBound(problem, multipliers);
    this.#problem = problem;
    this.#visitor = visitor;
    this.#options = options;
    this.#cost = added;
    // The clearest decisions first: a wrong one then costs the bound most.
    this.#order = Int32Array.from(
      Array.from(added.keys())
        .sort((a, b) => Math.abs(added[b]) - Math.abs(added[a]) || a - b),
    );
    this.#chosen = new Uint8Array(count);
    this.#open = new Uint8Array(count).fill(1);
    this.#excluded = new Uint8Array(count);
    this.#second = new Uint8Array(count + 1);
    const perDepth = () => new Float64Array(count + 1);
    this.#bound = perDepth();
    this.#boundOfRest = perDepth();
    this.#bytes = perDepth();
    this.#leastBytes = perDepth();
    this.#load = perDepth();
    this.#saving = perDepth();
    this.#increase = perDepth();
    this.#bound[0] = constant;
    for (let k = count - 1; k >= 0; k--) {
      this.#boundOfRest[k] = this.#boundOfRest[k + 1] +
        Math.min(0, added[this.#order[k]]);
    }
    this.#setLeastBytes();
  }

  /** Goes through the tree; returns a bound on what was left out. */
  run(): number {
    do {
      if (!this.#options.effort.use(1 + this.#bounds.length)) {
        return this.#boundOfOpenNodes();
      }
      if (++this.#nodes === SIMPLE_NODES) this.#prepare();
      if (this.#isOfInterest()) {
        if (this.#canGrow()) {
          this.#second[this.#depth] = 0;
          if (!this.#decide(this.#prefers())) this.#turn();
          continue;
        }
        this.#visit();
      }
      if (!this.#goBack()) return Infinity;
    } while (true);
  }

  /** The choice at the present depth that is made first. */
  #prefers(): 0 | 1 {
    return this.#cost[this.#order[this.#depth]] < 0 ? 1 : 0;
  }

  /** Whether a model may follow that fits. */
  #canGrow(): boolean {
    const used = this.#bytes[this.#depth];
    return this.#depth < this.#order.length &&
      used + this.#leastBytes[this.#depth] <= this.#problem.capacityBytes;
  }

  /** Goes on with a choice; false if it is not possible. */
  #decide(choice: 0 | 1): boolean {
    const depth = this.#depth;
    const model = this.#order[depth];
    const { bytes, capacityBytes, load, saving } = this.#problem;
    if (
      choice === 1 && (this.#excluded[model] === 1 ||
        this.#bytes[depth] + bytes[model] > capacityBytes)
    ) return false;
    this.#chosen[model] = choice;
    this.#open[model] = 0;
    const next = depth + 1;
    this.#bound[next] = this.#bound[depth];
    this.#bytes[next] = this.#bytes[depth];
    this.#load[next] = this.#load[depth];
    this.#saving[next] = this.#saving[depth];
    if (choice === 1) {
      this.#bound[next] += this.#cost[model];
      this.#bytes[next] += bytes[model];
      this.#load[next] += load[model];
      this.#saving[next] += saving[model];
    }
    for (const bound of this.#bounds) bound.decide(depth, choice);
    this.#depth = next;
    return true;
  }

  /** Makes the second choice at the present depth; false if it is not possible. */
  #turn(): boolean {
    const first = this.#prefers();
    this.#second[this.#depth] = 1;
    return this.#decide(first === 1 ? 0 : 1);
  }

  /** Turns to the last choice that is open; false if there is none. */
  #goBack(): boolean {
    while (this.#depth > 0) {
      const model = this.#order[--this.#depth];
      this.#chosen[model] = 0;
      this.#open[model] = 1;
      if (this.#second[this.#depth] === 0 && this.#turn()) return true;
    }
    return false;
  }

  /** How many models can follow at most. */
  #roomFor(): number {
    const { capacityBytes } = this.#problem;
    const least = this.#leastBytes[this.#depth];
    const roomBytes = capacityBytes * (1 + ROUNDING) - this.#bytes[this.#depth];
    const most = Math.floor(roomBytes / least + FIT_TOLERANCE);
    // Not a number where models take no room.
    return most < this.#order.length ? most : this.#order.length;
  }

  /** Whether a set below the present node can be below the limit. */
  #isOfInterest(): boolean {
    const { limit } = this.#visitor;
    const depth = this.#depth;
    if (this.#bound[depth] + this.#boundOfRest[depth] >= limit) return false;
    const most = this.#roomFor();
    if (this.#largest(this.#bounds, most) >= limit) return false;
    const { linearBound, effort } = this.#options;
    if (linearBound === undefined || this.#linear.length === 0) return true;
    const linear = this.#largest(this.#linear, most);
    if (depth > 0) {
      // Decisions only ever raise it.
      this.#increase[depth] = this.#increase[depth - 1];
      if (linear + this.#increase[depth] >= limit) return false;
      const model = this.#order[depth - 1];
      if (this.#chosen[model] === 1 && linearBound.harmless[model] === 1) {
        return true;
      }
    }
    effort.use(linearBound.steps);
    this.#increase[depth] = linearBound.increase(this.#chosen, this.#open);
    return !(linear + this.#increase[depth] >= limit);
  }

  /** The largest of some bounds at the present node. */
  #largest(bounds: readonly RunningBound[], most: number): number {
    let largest = -Infinity;
    for (const one of bounds) {
      largest = Math.max(largest, one.at(this.#depth, most));
    }
    return largest;
  }

  /** Shows the present set to the visitor. */
  #visit(): void {
    const depth = this.#depth;
    if (this.#bound[depth] >= this.#visitor.limit) return;
    this.#options.effort.use(this.#visitor.steps);
    this.#visitor.visit(this.#chosen, this.#load[depth], this.#saving[depth]);
  }

  #setLeastBytes(): void {
    const order = this.#order;
    this.#leastBytes[order.length] = Infinity;
    for (let k = order.length - 1; k >= 0; k--) {
      this.#leastBytes[k] = Math.min(
        this.#leastBytes[k + 1],
        this.#excluded[order[k]] === 1
          ? Infinity
          : this.#problem.bytes[order[k]],
      );
    }
  }

  /** Excludes models, and brings more bounds to where the search is. */
  #prepare(): void {
    const { exclude, linearBound } = this.#options;
    const { bytes, capacityBytes } = this.#problem;
    if (exclude !== undefined) {
      this.#excluded.set(exclude(this.#cost));
      this.#setLeastBytes();
    }
    const most = mostThatFit(
      bytes.filter((_, m) => this.#excluded[m] === 0),
      capacityBytes * (1 + FIT_TOLERANCE),
    );
    const running = (bound: SeparableBound) =>
      new RunningBound(bound, this.#order, this.#excluded, most);
    const square = separableBounds(this.#problem, most).map(running);
    this.#linear = linearBound === undefined
      ? []
      : withPrices(this.#problem, linearBound, most).map(running);
    this.#bounds = [...this.#linear, ...square];
    for (let depth = 0; depth < this.#depth; depth++) {
      const choice = this.#chosen[this.#order[depth]];
      for (const bound of this.#bounds) bound.decide(depth, choice);
    }
  }

  /** The least bound of the present node and of the choices that are open. */
  #boundOfOpenNodes(): number {
    let least = Infinity;
    do {
      const bound = Math.max(
        this.#bound[this.#depth] + this.#boundOfRest[this.#depth],
        this.#largest(this.#bounds, this.#roomFor()),
      );
      least = Math.min(least, bound);
    } while (this.#goBack());
    return least;
  }
}

/**
 * Visits every set of models that fits and whose bound is below the visitor's
 * limit, promising ones first. The bound never exceeds a·(Σ f)² − Σ s, nor that of
 * any set that is reached through it.
 *
 * @returns What no set is below that was not visited for lack of effort; Infinity
 * if the search came to its end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { searchCaches } from "./cache_search.ts";
 * import { SearchEffort } from "./search_effort.ts";
 *
 * // Two models that save 10 and 3, of which one fits.
 * const visitor = {
 *   limit: 0,
 *   steps: 1,
 *   best: [0, 0],
 *   visit(chosen: Uint8Array, load: number, saving: number) {
 *     const value = load * load - saving;
 *     if (value >= visitor.limit) return;
 *     visitor.limit = value;
 *     visitor.best = [...chosen];
 *   },
 * };
 * searchCaches({
 *   load: Float64Array.of(1, 1),
 *   saving: Float64Array.of(10, 3),
 *   bytes: Float64Array.of(6, 6),
 *   capacityBytes: 8,
 *   loadWeight: 1,
 * }, visitor, { effort: new SearchEffort(100) });
 * assertEquals(visitor.limit, -9);
 * assertEquals(visitor.best, [1, 0]);
 * ```
 */
export function searchCaches(
  problem: CacheProblem,
  visitor: CacheVisitor,
  options: CacheSearchOptions,
): number {
  return new CacheSearch(problem, visitor, options).run();
}
