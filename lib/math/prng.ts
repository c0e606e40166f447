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

/** The state of a freshly seeded Alea generator. */
function seedAlea(seed: string): RandomStreamState {
  const generator: unknown = seedrandom.alea(seed, { state: true } as object);
  return (generator as { state(): RandomStreamState }).state();
}

/** Multiplier of the recursion. */
const ALEA_MULTIPLIER = 2091639;

/**
 * Whether a generator can be in a state: the carry is below the multiplier, lagged
 * values have 32 bits, and it is none of the two states that give one number forever.
 */
function isReachable({ c, s0, s1, s2 }: RandomStreamState): boolean {
  const words = [s0, s1, s2].map((value) => value * 2 ** 32);
  const isWord = (word: number) =>
    Number.isInteger(word) && word >= 0 && word < 2 ** 32;
  const repeats = (carry: number, word: number) =>
    c === carry && words.every((one) => one === word);
  return Number.isInteger(c) && c >= 0 && c < ALEA_MULTIPLIER &&
    words.every(isWord) && !repeats(0, 0) &&
    !repeats(ALEA_MULTIPLIER - 1, 2 ** 32 - 1);
}

/**
 * The next number, in [0, 1) with 53 random bits: two steps of the recursion
 * s = fraction of M·s0 + c, c = whole of it.
 *
 * As c is below 2^-11, it all but never raises the whole: a processor does not
 * wait for it where the two are added in this order. No operation rounds.
 */
function nextDouble(state: Float64Array): number {
  let product = ALEA_MULTIPLIER * state[1];
  let whole = Math.floor(product);
  let high = product - whole + state[0] * 2 ** -32;
  if (high >= 1) {
    high -= 1;
    whole += 1;
  }
  product = ALEA_MULTIPLIER * state[2];
  let carry = Math.floor(product);
  let low = product - carry + whole * 2 ** -32;
  if (low >= 1) {
    low -= 1;
    carry += 1;
  }
  state[0] = carry;
  state[1] = state[3];
  state[2] = high;
  state[3] = low;
  return high + Math.floor(low * 2 ** 21) * 2 ** -53;
}

/** Fills `out` with what {@linkcode nextDouble} gives; the state stays in registers. */
function fillDoubles(
  state: Float64Array,
  out: Float64Array,
  count: number,
): void {
  let carry = state[0] * 2 ** -32;
  let s0 = state[1];
  let s1 = state[2];
  let s2 = state[3];
  for (let i = 0; i < count; i++) {
    let product = ALEA_MULTIPLIER * s0;
    let whole = Math.floor(product);
    let high = product - whole + carry;
    if (high >= 1) {
      high -= 1;
      whole += 1;
    }
    carry = whole * 2 ** -32;
    product = ALEA_MULTIPLIER * s1;
    whole = Math.floor(product);
    let low = product - whole + carry;
    if (low >= 1) {
      low -= 1;
      whole += 1;
    }
    carry = whole * 2 ** -32;
    s0 = s2;
    s1 = high;
    s2 = low;
    out[i] = high + Math.floor(low * 2 ** 21) * 2 ** -53;
  }
  state[0] = carry * 2 ** 32;
  state[1] = s0;
  state[2] = s1;
  state[3] = s2;
}

/*
 * The ziggurat (Marsaglia and Tsang 2000, with Doornik's 2005 care for the
 * bits): 128 layers of equal area cover the right half of exp(-x²/2). Layer i
 * reaches from 0 to edge i; what is inside edge i + 1 lies under the density
 * for certain. The lowest layer is a rectangle as wide as makes its area equal,
 * and stands for the tail too.
 */
const ZIGGURAT_LAYERS = 128;
/** Where the tail begins. */
const ZIGGURAT_TAIL = 3.442619855899;
/** Area of each layer. */
const ZIGGURAT_AREA = 9.91256303526217e-3;

function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x);
}

const ZIGGURAT_EDGES = (() => {
  const edges = new Float64Array(ZIGGURAT_LAYERS + 1);
  edges[0] = ZIGGURAT_AREA / normalDensity(ZIGGURAT_TAIL);
  edges[1] = ZIGGURAT_TAIL;
  for (let i = 2; i < ZIGGURAT_LAYERS; i++) {
    const height = normalDensity(edges[i - 1]) + ZIGGURAT_AREA / edges[i - 1];
    edges[i] = Math.sqrt(-2 * Math.log(height));
  }
  return edges;
})();

/** The density at every edge. */
const ZIGGURAT_HEIGHTS: Readonly<Float64Array> = ZIGGURAT_EDGES.map(
  normalDensity,
);

/** Edge i + 1 relative to edge i. */
const ZIGGURAT_INNER: Readonly<Float64Array> = ZIGGURAT_EDGES.map((edge, i) =>
  i < ZIGGURAT_LAYERS ? ZIGGURAT_EDGES[i + 1] / edge : 0
);

/** Places of {@linkcode RandomStream.fillNoise} are multiples of its inverse. */
const NOISE_PLACES = 2 ** 24;

/** Edges by which such multiples become numbers. */
const NOISE_EDGES: Readonly<Float64Array> = ZIGGURAT_EDGES.map((edge) =>
  edge / NOISE_PLACES
);

/**
 * A stream of pseudo-random numbers (Alea, Baagøe 2010).
 *
 * Seeds are hashed by `npm:seedrandom`, which also defines the numbers; the
 * recursion itself stands here, since calling the package's takes twice as long.
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
  /** c, s0, s1, s2: an array, since fields of an object would be boxed. */
  #state: Float64Array;

  /**
   * Opens the stream `name` of the root `seed`.
   *
   * @param seed Root seed of the trial, trace or scenario instance.
   * @param name What the numbers are for, for example `"fading"`.
   * @throws {RangeError} If the seed is neither a text nor a whole number below
   * 2^53, beyond which neighbors are one number and have one stream.
   */
  constructor(seed: number | string, name: string) {
    if (typeof seed !== "string" && !Number.isSafeInteger(seed)) {
      throw new RangeError(
        `Cannot open a random stream: seed must be a text or a whole number below 2^53, got ${seed}`,
      );
    }
    const { c, s0, s1, s2 } = seedAlea(`${seed}/${name}`);
    this.#state = Float64Array.of(c, s0, s1, s2);
  }

  /**
   * Opens a stream that continues where {@linkcode RandomStream.state} was read.
   *
   * @throws {RangeError} If no stream can be in that state.
   */
  static restore(state: RandomStreamState): RandomStream {
    if (!isReachable(state)) {
      throw new RangeError(
        `Cannot restore a random stream: its state must be one that a stream has had, got ${
          JSON.stringify(state)
        }`,
      );
    }
    const stream = new RandomStream("restored", "stream");
    stream.#state.set([state.c, state.s0, state.s1, state.s2]);
    return stream;
  }

  /** The state from which {@linkcode RandomStream.restore} continues. */
  state(): RandomStreamState {
    const [c, s0, s1, s2] = this.#state;
    return { c, s0, s1, s2 };
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  uniform(): number {
    return nextDouble(this.#state);
  }

  /**
   * Fills `out` with uniform numbers in [0, 1) with 53 random bits: those that as
   * many calls of {@linkcode RandomStream.uniform} would give, in less time.
   *
   * @param count How many numbers, from the first on; by default all.
   * @returns `out`.
   */
  fillUniform(out: Float64Array, count: number = out.length): Float64Array {
    fillDoubles(this.#state, out, count);
    return out;
  }

  /** A uniform integer in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /**
   * Fills `out` with independent standard normal numbers.
   *
   * Draws number by number and keeps nothing, so that it makes no difference
   * whether an array is filled at once or piece by piece.
   *
   * @returns `out`.
   */
  fillNormal<T extends Float32Array | Float64Array>(out: T): T {
    const state = this.#state;
    for (let i = 0; i < out.length; i++) {
      // Seven of the 53 random bits choose the layer, the others the place.
      const scaled = ZIGGURAT_LAYERS * nextDouble(state);
      const layer = Math.floor(scaled);
      const place = 2 * (scaled - layer) - 1;
      out[i] = Math.abs(place) < ZIGGURAT_INNER[layer]
        ? place * ZIGGURAT_EDGES[layer]
        : this.#normalNearEdge(layer, place);
    }
    return out;
  }

  /**
   * Fills `out` with independent standard normal numbers of single precision, in
   * less time than {@linkcode RandomStream.fillNormal}: for noise by the thousand.
   *
   * Four draws of the stream are the key of a xoshiro128** generator (Blackman
   * and Vigna 2021), which lasts for this call; so nothing is kept but the
   * stream's state, and filling piece by piece gives other numbers.
   *
   * @returns `out`.
   */
  fillNoise(out: Float32Array): Float32Array {
    let a = this.#word();
    let b = this.#word();
    let c = this.#word();
    let d = this.#word() | 1; // The key must not be all zero.
    const { length } = out;
    for (let i = 0; i < length; i++) {
      const scrambled = Math.imul(b, 5);
      const word = Math.imul(scrambled << 7 | scrambled >>> 25, 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = d << 11 | d >>> 21;
      // Seven bits choose the layer, the other 25 the place in (-1, 1).
      const layer = word & (ZIGGURAT_LAYERS - 1);
      const place = (word >> 7) + 0.5;
      out[i] = Math.abs(place) < NOISE_PLACES * ZIGGURAT_INNER[layer]
        ? place * NOISE_EDGES[layer]
        : this.#normalNearEdge(layer, place / NOISE_PLACES);
    }
    return out;
  }

  /** 32 random bits. */
  #word(): number {
    return Math.floor(2 ** 32 * this.uniform()) | 0;
  }

  /** The one in eighty draws that may lie outside the density. */
  #normalNearEdge(layer: number, place: number): number {
    while (true) {
      if (Math.abs(place) < ZIGGURAT_INNER[layer]) {
        return place * ZIGGURAT_EDGES[layer];
      }
      if (layer === 0) return Math.sign(place) * this.#normalTail();
      const x = place * ZIGGURAT_EDGES[layer];
      const low = ZIGGURAT_HEIGHTS[layer];
      const high = ZIGGURAT_HEIGHTS[layer + 1];
      if (low + this.uniform() * (high - low) < normalDensity(x)) return x;
      const scaled = ZIGGURAT_LAYERS * this.uniform();
      layer = Math.floor(scaled);
      place = 2 * (scaled - layer) - 1;
    }
  }

  /** A normal number beyond the outermost edge (Marsaglia 1964). */
  #normalTail(): number {
    while (true) {
      const beyond = -Math.log(1 - this.uniform()) / ZIGGURAT_TAIL;
      const bound = -Math.log(1 - this.uniform());
      if (2 * bound > beyond * beyond) return ZIGGURAT_TAIL + beyond;
    }
  }
}
