/**
 * The row before a downlink that could interrupt what it sends.
 *
 * @module
 */

/**
 * Least sum of completion times on one machine that may interrupt jobs: shortest
 * remaining first (Schrage 1968). Interrupting is what the downlink cannot do, so
 * that the sum is a lower bound for it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PreemptiveRow } from "./preemptive_row.ts";
 *
 * // The short job interrupts the long one: done at 3 and 6.
 * const row = new PreemptiveRow(Float64Array.of(5, 1));
 * assertEquals(row.completionSum(Float64Array.of(0, 2)), 9);
 * ```
 */
export class PreemptiveRow {
  readonly #duration: Float64Array;
  readonly #remaining: Float64Array;
  /** Jobs by release, kept between calls: the next order is often near. */
  readonly #byRelease: Int32Array;
  /** Released jobs, the one with the least that remains at the root. */
  readonly #heap: Int32Array;

  /** Prepares jobs that take the given times. */
  constructor(duration: Float64Array) {
    this.#duration = duration;
    this.#remaining = new Float64Array(duration.length);
    this.#byRelease = Int32Array.from(duration.keys());
    this.#heap = new Int32Array(duration.length);
  }

  /**
   * The sum of the completion times; Infinity if a job never starts or ends.
   *
   * @param release When each job can start.
   */
  completionSum(release: Float64Array): number {
    const count = release.length;
    const remaining = this.#remaining;
    const heap = this.#heap;
    const order = this.#byRelease;
    for (let i = 0; i < count; i++) {
      remaining[i] = this.#duration[i];
      if (release[i] === Infinity || remaining[i] === Infinity) return Infinity;
      const job = order[i];
      let k = i - 1;
      while (k >= 0 && release[order[k]] > release[job]) {
        order[k + 1] = order[k];
        k--;
      }
      order[k + 1] = job;
    }
    let released = 0;
    let size = 0;
    let now = 0;
    let sum = 0;
    while (released < count || size > 0) {
      while (released < count && release[order[released]] <= now) {
        this.#rise(order[released++], size++);
      }
      const nextRelease = released < count
        ? release[order[released]]
        : Infinity;
      if (size === 0) {
        now = nextRelease;
        continue;
      }
      const job = heap[0];
      if (now + remaining[job] <= nextRelease) {
        now += remaining[job];
        sum += now;
        this.#sink(heap[--size], size);
      } else {
        remaining[job] -= nextRelease - now;
        now = nextRelease;
      }
    }
    return sum;
  }

  /** Whether a job goes before another; ties by index. */
  #before(job: number, other: number): boolean {
    const difference = this.#remaining[job] - this.#remaining[other];
    return difference < 0 || (difference === 0 && job < other);
  }

  #rise(job: number, place: number): void {
    const heap = this.#heap;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#before(job, heap[parent])) break;
      heap[place] = heap[parent];
      place = parent;
    }
    heap[place] = job;
  }

  /** Puts a job in the place of the root of a heap of a size. */
  #sink(job: number, size: number): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!this.#before(heap[child], job)) break;
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = job;
  }
}
