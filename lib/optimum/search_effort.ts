/**
 * How far searches may go: counted, not timed, so that results repeat.
 *
 * @module
 */

/** What a search may use: steps of some 30 ns. */
export class SearchEffort {
  #left: number;

  /** Allows a number of steps. */
  constructor(steps: number) {
    this.#left = steps;
  }

  /** Steps that are left, at least 0. */
  get left(): number {
    return Math.max(0, this.#left);
  }

  /** Uses steps; returns whether there were as many. */
  use(steps: number): boolean {
    this.#left -= steps;
    return this.#left >= 0;
  }
}

/**
 * Effort for several searches: half of it in equal parts, which nobody can take
 * from the others, and half for those who need more.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { EffortPool } from "./search_effort.ts";
 *
 * const pool = new EffortPool(400, 2);
 * const first = pool.take();
 * assertEquals(first.left, 100 + 200);
 * first.use(250);
 * pool.giveBack(first);
 * assertEquals(pool.take().left, 100 + 50);
 * ```
 */
export class EffortPool {
  readonly #part: number;
  #common: number;

  /** Divides steps between a number of searches. */
  constructor(steps: number, searches: number) {
    this.#part = Math.floor(steps / (2 * searches));
    this.#common = steps - searches * this.#part;
  }

  /** The effort of the next search. */
  take(): SearchEffort {
    return new SearchEffort(this.#part + this.#common);
  }

  /** Returns what a search has left, but its part. */
  giveBack(effort: SearchEffort): void {
    this.#common = Math.min(this.#common, effort.left);
  }
}
