/**
 * Operators on points that lie row after row in one array.
 *
 * @module
 */

import type { RandomStream } from "../math/prng.ts";
import type { SearchSpace } from "./problem.ts";

/** Fills `points` with rows that are uniform in the box. */
export function drawPoints(
  { dimension, lower, upper }: SearchSpace,
  stream: RandomStream,
  points: Float64Array,
): void {
  for (let k = 0; k < points.length; k++) {
    const d = k % dimension;
    points[k] = lower[d] + (upper[d] - lower[d]) * stream.uniform();
  }
}

/** `value` brought into [low, high]. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/**
 * Tournament selection (Goldberg and Deb 1991): the best of `size` rows that are
 * drawn with replacement; of equal ones the first drawn.
 *
 * @returns Index of the winner.
 */
export function tournament(
  values: Float64Array,
  size: number,
  stream: RandomStream,
): number {
  let winner = stream.integer(values.length);
  for (let k = 1; k < size; k++) {
    const rival = stream.integer(values.length);
    if (values[rival] < values[winner]) winner = rival;
  }
  return winner;
}

/** Components whose coins are in one draw: two of 30 bits for each. */
const COMPONENTS_PER_DRAW = 15;

/** What {@linkcode simulatedBinaryCrossover} writes in, so that nothing is allocated. */
export interface CrossoverScratch {
  /** Components that are crossed. */
  readonly crossed: Int32Array;
  /** A random number of each. */
  readonly uniforms: Float64Array;
  /** What β is a power of, for u up to 1/2 and beyond. */
  readonly sides: Float64Array;
}

/** Room for {@linkcode simulatedBinaryCrossover}. */
export function crossoverScratch(): CrossoverScratch {
  return {
    crossed: new Int32Array(COMPONENTS_PER_DRAW),
    uniforms: new Float64Array(COMPONENTS_PER_DRAW),
    sides: new Float64Array(2),
  };
}

/**
 * Simulated binary crossover (Deb and Agrawal 1995) of two rows, in place.
 *
 * Each component is crossed with probability 1/2: the pair is spread about its
 * mean by β, where β = (2u)^(1/(η+1)) for u ≤ 1/2, else (1/(2(1−u)))^(1/(η+1)),
 * and brought back into the box. The two components then change places with
 * probability 1/2, so that children mix their parents.
 *
 * @param points Where both rows lie.
 * @param first Where the first row starts.
 * @param second Where the second row starts.
 * @param eta η: the larger, the closer children stay to their parents.
 */
export function simulatedBinaryCrossover(
  { dimension, lower, upper }: SearchSpace,
  points: Float64Array,
  first: number,
  second: number,
  eta: number,
  stream: RandomStream,
  { crossed, uniforms, sides }: CrossoverScratch = crossoverScratch(),
): void {
  const exponent = 1 / (eta + 1);
  // Coins are no branches, half of which a processor would guess wrong.
  for (let start = 0; start < dimension; start += COMPONENTS_PER_DRAW) {
    const end = Math.min(start + COMPONENTS_PER_DRAW, dimension);
    const coins = stream.integer(2 ** (2 * COMPONENTS_PER_DRAW));
    let count = 0;
    for (let d = start, rest = coins; d < end; d++, rest >>= 2) {
      const a = points[first + d];
      const b = points[second + d];
      // Parents change places before they are crossed, which is symmetric.
      const shift = (rest >> 1 & 1) * (second - first);
      points[first + d + shift] = a;
      points[second + d - shift] = b;
      crossed[count] = d;
      count += rest & +(a !== b);
    }
    stream.fillUniform(uniforms, count);
    for (let k = 0; k < count; k++) {
      const u = uniforms[k];
      sides[0] = 2 * u;
      sides[1] = 1 / (2 * (1 - u));
      const beta = sides[+(u > 0.5)] ** exponent;
      const d = crossed[k];
      const a = points[first + d];
      const b = points[second + d];
      const mean = (a + b) / 2;
      const spread = beta * (b - a) / 2;
      points[first + d] = clamp(mean - spread, lower[d], upper[d]);
      points[second + d] = clamp(mean + spread, lower[d], upper[d]);
    }
  }
}

/**
 * Polynomial mutation (Deb and Goyal 1996) of a row, in place: a component moves
 * by δ of its range, δ = (2u)^(1/(η+1)) − 1 for u < 1/2, else
 * 1 − (2(1−u))^(1/(η+1)), and is brought back into the box.
 *
 * @param points Where the row lies.
 * @param row Where it starts.
 * @param probability Chance of each component, in [0, 1].
 * @param eta η: the larger, the smaller the moves.
 */
export function polynomialMutation(
  { dimension, lower, upper }: SearchSpace,
  points: Float64Array,
  row: number,
  probability: number,
  eta: number,
  stream: RandomStream,
): void {
  if (probability === 0) return;
  const exponent = 1 / (eta + 1);
  // The gaps between mutated components are geometric: one draw for each of them
  // instead of one for every component.
  const logStay = Math.log1p(-probability);
  const gap = () => Math.floor(Math.log1p(-stream.uniform()) / logStay);
  for (let d = gap(); d < dimension; d += 1 + gap()) {
    const u = stream.uniform();
    const delta = u < 0.5
      ? (2 * u) ** exponent - 1
      : 1 - (2 * (1 - u)) ** exponent;
    const moved = points[row + d] + delta * (upper[d] - lower[d]);
    points[row + d] = clamp(moved, lower[d], upper[d]);
  }
}
