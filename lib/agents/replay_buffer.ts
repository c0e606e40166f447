/**
 * Experience replay (Lin 1992): the experience pool C of Algorithm 1.
 *
 * @module
 */

import { InputError, parseInput } from "../input/input_error.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import type { RandomStream } from "../math/prng.ts";
import type { Minibatch } from "../nn/mod.ts";
import { NotFiniteError, requireFiniteNumbers } from "./not_finite_error.ts";

/** Shape of a {@linkcode ReplayBuffer}. */
export interface ReplayBufferOptions {
  /** Most transitions kept. */
  readonly capacity: number;
  /** Length of an observation. */
  readonly observationSize: number;
  /** Length of an action. */
  readonly actionSize: number;
}

const COUNT = numberSchema({ minimum: 1, integer: true });

const OPTIONS = objectSchema(
  { capacity: COUNT, observationSize: COUNT, actionSize: COUNT },
  "an object of options",
);

/** A transition as it is stored: reward scaled, end of episode decided. */
export interface StoredTransition {
  /** s(t). */
  readonly observation: Float32Array;
  /** a(t). */
  readonly action: Float32Array;
  /** r(t), scaled. */
  readonly reward: number;
  /** s(t+1). */
  readonly nextObservation: Float32Array;
  /** Whether nothing after s(t+1) counts. */
  readonly terminated: boolean;
}

/** The content of a {@linkcode ReplayBuffer}. */
export interface ReplayBufferState {
  /** Transitions ever stored. */
  readonly stored: number;
  /** The rows in use, in the order of memory. */
  readonly rows: Float32Array;
}

/**
 * A ring of transitions: once full, each new one overwrites the oldest.
 *
 * A transition is one row [observation | action | reward | terminated | next
 * observation] of 32-bit floats. The whole ring is reserved at once; the
 * operating system provides memory as rows are first written.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ReplayBuffer } from "./replay_buffer.ts";
 *
 * const buffer = new ReplayBuffer({
 *   capacity: 2,
 *   observationSize: 1,
 *   actionSize: 1,
 * });
 * for (const reward of [1, 2, 3]) {
 *   buffer.store({
 *     observation: new Float32Array([0]),
 *     action: new Float32Array([0]),
 *     reward,
 *     nextObservation: new Float32Array([0]),
 *     terminated: false,
 *   });
 * }
 * assertEquals(buffer.size, 2);
 * assertEquals([...buffer.save().rows], [0, 0, 3, 0, 0, 0, 0, 2, 0, 0]);
 * ```
 */
export class ReplayBuffer {
  #options: ReplayBufferOptions;
  #width: number;
  #rows: Float32Array;
  #stored = 0;

  /**
   * Makes an empty ring.
   *
   * @throws {InputError} If an option is missing, unknown or no positive integer.
   */
  constructor(options: ReplayBufferOptions) {
    parseInput(OPTIONS, options, { act: "create a replay buffer" });
    this.#options = options;
    this.#width = 2 * options.observationSize + options.actionSize + 2;
    this.#rows = new Float32Array(options.capacity * this.#width);
  }

  /** Transitions kept. */
  get size(): number {
    return Math.min(this.#stored, this.#options.capacity);
  }

  /**
   * Stores a transition.
   *
   * @throws {InputError} If an array has a wrong length.
   * @throws {NotFiniteError} If a number is not finite once it has 32 bits, as those
   * from 3.4e38 on: learning from it would spoil every parameter. Nothing is stored.
   */
  store(transition: StoredTransition): void {
    const { observationSize, actionSize, capacity } = this.#options;
    const { observation, action, reward, nextObservation } = transition;
    checkVector("observation", observation, observationSize);
    checkVector("action", action, actionSize);
    checkNumber("reward", reward);
    checkVector("nextObservation", nextObservation, observationSize);
    const row = this.#row(this.#stored % capacity);
    row.set(observation);
    row.set(action, observationSize);
    row[observationSize + actionSize] = reward;
    row[observationSize + actionSize + 1] = Number(transition.terminated);
    row.set(nextObservation, observationSize + actionSize + 2);
    this.#stored++;
  }

  /**
   * Fills the sampled arrays of `batch` with transitions drawn uniformly with
   * replacement.
   *
   * @throws {RangeError} If nothing is stored.
   */
  sample(batch: Minibatch, stream: RandomStream): void {
    if (this.size === 0) {
      throw new RangeError(
        "Cannot sample: the replay buffer must not be empty",
      );
    }
    const { observationSize, actionSize } = this.#options;
    const { observation, action, nextObservation } = batch;
    const rows = this.#rows;
    for (let e = 0; e < batch.size; e++) {
      const start = stream.integer(this.size) * this.#width;
      const actionStart = start + observationSize;
      const reward = actionStart + actionSize;
      const next = reward + 2;
      for (let i = 0; i < observationSize; i++) {
        observation[e * observationSize + i] = rows[start + i];
        nextObservation[e * observationSize + i] = rows[next + i];
      }
      for (let i = 0; i < actionSize; i++) {
        action[e * actionSize + i] = rows[actionStart + i];
      }
      batch.reward[e] = rows[reward];
      batch.terminated[e] = rows[reward + 1];
    }
  }

  /** A copy of the content. */
  save(): ReplayBufferState {
    return {
      stored: this.#stored,
      rows: this.#rows.slice(0, this.size * this.#width),
    };
  }

  /**
   * Replaces the content.
   *
   * @throws {RangeError} If the rows are not those of a ring of this shape.
   * @throws {NotFiniteError} If a number in them is not finite.
   */
  restore(state: ReplayBufferState): void {
    const size = Math.min(state.stored, this.#options.capacity);
    if (state.rows.length !== size * this.#width) {
      throw new RangeError(
        `Cannot restore the replay buffer: its rows must have ${
          size * this.#width
        } numbers, got ${state.rows.length}`,
      );
    }
    requireFiniteNumbers(
      state.rows,
      { act: "restore the replay buffer", places: [] },
      (i) => `rows[${i}]`,
    );
    this.#rows.set(state.rows);
    this.#stored = state.stored;
  }

  #row(index: number): Float32Array {
    return this.#rows.subarray(index * this.#width, (index + 1) * this.#width);
  }
}

function checkNumber(name: string, value: number): void {
  // What is stored counts: 1e39 is infinite in 32 bits.
  if (Number.isFinite(Math.fround(value))) return;
  throw new NotFiniteError({
    act: "store a transition",
    quantity: name,
    value,
    places: [],
    hint: "transitions are stored in 32 bits, up to 3.4e38",
  });
}

function checkVector(
  name: string,
  values: ArrayLike<number>,
  length: number,
): void {
  if (values.length !== length) {
    throw new InputError(
      `Cannot store a transition: ${name} must have ${length} numbers, got ${values.length}`,
    );
  }
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(Math.fround(values[i]))) continue;
    checkNumber(`${name}[${i}]`, values[i]);
  }
}
