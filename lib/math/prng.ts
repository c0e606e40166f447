/**
 * Named, seeded random streams that can be saved and restored.
 *
 * Every source of randomness in the project draws from a stream of its own, so
 * that one more draw in one place never shifts the numbers of another.
 *
 * @module
 */

import seedrandom from "seedrandom";

/** The saved state of a {@linkcode RandomStream}: plain JSON. */
export interface RandomStreamState {
  /** Carry of the multiply-with-carry generator, an integer. */
  readonly c: number;
  /** First lagged value, in [0, 1). */
  readonly s0: number;
  /** Second lagged value, in [0, 1). */
  readonly s1: number;
  /** Third lagged value, in [0, 1). */
  readonly s2: number;
}

interface AleaGenerator {
  (): number;
  double(): number;
  state(): RandomStreamState;
}

function openAlea(
  seed: string,
  state: true | RandomStreamState,
): AleaGenerator {
  return seedrandom.alea(seed, { state } as object) as unknown as AleaGenerator;
}

/**
 * A stream of pseudo-random numbers (Alea, Baagøe 2010, from `npm:seedrandom`).
 *
 * Streams with different names are independent for every practical purpose;
 * streams with the same seed and name give the same numbers on every machine.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RandomStream } from "./prng.ts";
 *
 * const stream = new RandomStream(7, "requests");
 * stream.uniform();
 * const saved = stream.state();
 * const next = stream.uniform();
 * assertEquals(RandomStream.restore(saved).uniform(), next);
 * ```
 */
export class RandomStream {
  #generator: AleaGenerator;

  /**
   * Opens the stream `name` of the root `seed`.
   *
   * @param seed Root seed of the trial, trace or scenario instance.
   * @param name What the numbers are for, for example `"fading"`.
   */
  constructor(seed: number | string, name: string) {
    this.#generator = openAlea(`${seed}/${name}`, true);
  }

  /** Opens a stream that continues where {@linkcode RandomStream.state} was read. */
  static restore(state: RandomStreamState): RandomStream {
    const stream = new RandomStream("restored", "stream");
    stream.#generator = openAlea("", state);
    return stream;
  }

  /** The state from which {@linkcode RandomStream.restore} continues. */
  state(): RandomStreamState {
    return { ...this.#generator.state() };
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  uniform(): number {
    return this.#generator.double();
  }

  /** A uniform integer in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /**
   * Fills `out` with independent standard normal numbers (Box and Muller 1958).
   *
   * Draws in pairs, so that nothing is kept between calls: an odd length
   * throws the last number of its last pair away.
   *
   * @returns `out`.
   */
  fillNormal<T extends Float32Array | Float64Array>(out: T): T {
    for (let i = 0; i < out.length; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      out[i] = radius * Math.cos(angle);
      if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
    }
    return out;
  }
}
