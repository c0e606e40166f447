/**
 * What population-based searches share: asking for points, telling values, the
 * best point, the anytime curve, and saving all of it.
 *
 * @module
 */

import { InputError, parseInput } from "../input/input_error.ts";
import { ROOT_SCHEMA } from "../input/seeds.ts";
import { RandomStream, type RandomStreamState } from "../math/prng.ts";
import { AnytimeCurve } from "./anytime_curve.ts";
import { drawPoints } from "./operators.ts";
import type { SearchSpace } from "./problem.ts";

/** Points that a search wants to know the values of. */
export interface Batch {
  /** The points, row after row; valid until values are told. */
  readonly points: Float64Array;
  /** Number of points. */
  readonly count: number;
}

/** A saved search: plain JSON beside named arrays. */
export interface SearchState {
  /** Which algorithm. */
  readonly algorithm: string;
  /** Points evaluated. */
  readonly evaluated: number;
  /** Generations completed. */
  readonly generation: number;
  /** Points of the present generation whose values are known. */
  readonly cursor: number;
  /** Random streams by purpose. */
  readonly streams: Readonly<Record<string, RandomStreamState>>;
  /** Populations, values and whatever else the algorithm remembers. */
  readonly arrays: Readonly<Record<string, Float64Array>>;
}

/**
 * A search by generations of points, driven from outside: `ask` for points,
 * `tell` their values, any number of points at a time.
 *
 * How the points are split into batches, and saving and restoring in between,
 * never changes what a search finds.
 */
export abstract class PopulationSearch {
  /** Name of the algorithm. */
  abstract readonly algorithm: string;
  /** Points of a generation. */
  readonly populationSize: number;
  /** The box that is searched. */
  readonly space: SearchSpace;
  /** The best point so far, length D; zeros before the first value. */
  readonly bestPoint: Float64Array;
  /** Best value after each number of points. */
  readonly curve: AnytimeCurve = new AnytimeCurve();
  /** The present generation, `[populationSize][D]`. */
  protected readonly points: Float64Array;
  /** Its values, as far as they are known. */
  protected readonly values: Float64Array;
  readonly #streams = new Map<string, RandomStream>();
  #evaluated = 0;
  #generation = 0;
  #cursor = 0;

  /**
   * Draws the first generation, uniformly from the box.
   *
   * @param seed Root seed of the search.
   * @param purposes Names of the random streams that the algorithm draws from.
   * @throws {InputError} If the seed is none.
   */
  constructor(
    space: SearchSpace,
    populationSize: number,
    seed: number | string,
    purposes: readonly string[],
  ) {
    parseInput(ROOT_SCHEMA, seed, { act: "create a search", path: ["seed"] });
    this.space = space;
    this.populationSize = populationSize;
    this.bestPoint = new Float64Array(space.dimension);
    this.points = new Float64Array(populationSize * space.dimension);
    this.values = new Float64Array(populationSize).fill(Infinity);
    for (const purpose of purposes) {
      this.#streams.set(purpose, new RandomStream(seed, purpose));
    }
    drawPoints(space, new RandomStream(seed, "first-points"), this.points);
  }

  /** Points evaluated so far. */
  get evaluated(): number {
    return this.#evaluated;
  }

  /** Generations completed so far. */
  get generation(): number {
    return this.#generation;
  }

  /** The best value so far; Infinity before the first finite one. */
  get bestValue(): number {
    return this.curve.best;
  }

  /**
   * The next points to evaluate: at most `limit`, all of one generation.
   *
   * @throws {InputError} If the limit is no whole number of at least 1.
   */
  ask(limit: number = Infinity): Batch {
    if (!(limit >= 1 && (Number.isInteger(limit) || limit === Infinity))) {
      throw new InputError(
        `Cannot ask: limit must be a whole number of at least 1, got ${limit}`,
      );
    }
    const { dimension } = this.space;
    const count = Math.min(limit, this.populationSize - this.#cursor);
    const start = this.#cursor * dimension;
    return {
      points: this.points.subarray(start, start + count * dimension),
      count,
    };
  }

  /**
   * Takes the values of the first `count` points of the last `ask`.
   *
   * Infinity is the worst value; NaN is none, and says that the objective is wrong.
   *
   * @throws {InputError} If there are more values than points, fewer than `count`, or
   * one is NaN.
   */
  tell(values: Float64Array, count: number = values.length): void {
    const most = Math.min(values.length, this.populationSize - this.#cursor);
    if (!(Number.isInteger(count) && count >= 0 && count <= most)) {
      throw new InputError(
        `Cannot tell: count must be a whole number from 0 to ${most}, got ${count}`,
      );
    }
    const { dimension } = this.space;
    for (let k = 0; k < count; k++) {
      const value = values[k];
      if (typeof value !== "number" || Number.isNaN(value)) {
        throw new InputError(
          `Cannot tell: values[${k}], of point ${
            this.#evaluated + 1
          }, must be a number, or Infinity for the worst, got ${value}`,
        );
      }
      this.values[this.#cursor] = value;
      const start = this.#cursor * dimension;
      this.#cursor++;
      this.#evaluated++;
      if (this.curve.add(this.#evaluated, value)) {
        this.bestPoint.set(this.points.subarray(start, start + dimension));
      }
    }
    if (this.#cursor < this.populationSize) return;
    this.#generation++;
    this.#cursor = this.advance();
  }

  /** Everything that the search continues from. */
  state(): SearchState {
    return {
      algorithm: this.algorithm,
      evaluated: this.#evaluated,
      generation: this.#generation,
      cursor: this.#cursor,
      streams: Object.fromEntries(
        [...this.#streams].map(([name, stream]) => [name, stream.state()]),
      ),
      arrays: {
        ...Object.fromEntries(
          Object.entries(this.#arrays()).map(([name, values]) => [
            name,
            values.slice(),
          ]),
        ),
        ...this.curve.arrays(),
      },
    };
  }

  /**
   * Continues from a state of a search with the same space and options.
   *
   * @throws {RangeError} If the state belongs to another algorithm or size.
   */
  restore(state: SearchState): void {
    if (state.algorithm !== this.algorithm) {
      throw new RangeError(
        `Cannot restore a search: algorithm must be ${this.algorithm}, got ${state.algorithm}`,
      );
    }
    const arrays = Object.entries(this.#arrays());
    for (const [name, { length }] of arrays) {
      if (state.arrays[name]?.length === length) continue;
      throw new RangeError(
        `Cannot restore a search: arrays.${name} must have length ${length}, got ${
          state.arrays[name]?.length
        }`,
      );
    }
    for (const [name, values] of arrays) values.set(state.arrays[name]);
    for (const name of this.#streams.keys()) {
      this.#streams.set(name, RandomStream.restore(state.streams[name]));
    }
    this.curve.restore(state.arrays);
    this.#evaluated = state.evaluated;
    this.#generation = state.generation;
    this.#cursor = state.cursor;
  }

  /**
   * Replaces the generation, all of whose values are known, by the next one.
   *
   * @returns How many of its first points keep values that are known already.
   */
  protected abstract advance(): number;

  /** What the algorithm remembers beside the generation, by name. */
  protected abstract memory(): Record<string, Float64Array>;

  /** The stream of a purpose. */
  protected stream(purpose: string): RandomStream {
    const stream = this.#streams.get(purpose);
    if (stream === undefined) throw new Error(`No stream "${purpose}"`);
    return stream;
  }

  #arrays(): Record<string, Float64Array> {
    return {
      points: this.points,
      values: this.values,
      bestPoint: this.bestPoint,
      ...this.memory(),
    };
  }
}
