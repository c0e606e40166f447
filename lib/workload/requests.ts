/**
 * Model service requests (Section 3.1): which model, how much data.
 *
 * @module
 */

import { categorical, type Range, uniformIn } from "../math/distributions.ts";
import type { RandomStream } from "../math/prng.ts";

/**
 * Eq. 2: probabilities of the models under a Zipf law,
 * P{Z = m} = m^-γ / Σ_i i^-γ with m counted from 1.
 *
 * @param numModels M.
 * @param exponent γ; 0 gives equal probabilities.
 * @returns Probabilities, length M; entry 0 belongs to the most popular model.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { requestProbabilities } from "./requests.ts";
 *
 * // 1 and 1/2, normalized.
 * assertAlmostEquals(requestProbabilities(2, 1)[0], 2 / 3);
 * ```
 */
export function requestProbabilities(
  numModels: number,
  exponent: number,
): Float64Array {
  const weights = new Float64Array(numModels);
  let total = 0;
  for (let index = 0; index < numModels; index++) {
    weights[index] = (index + 1) ** -exponent;
    total += weights[index];
  }
  for (let index = 0; index < numModels; index++) weights[index] /= total;
  return weights;
}

/** Draws the model that each of `numUsers` users requests: Z(t), length U. */
export function drawRequests(
  numUsers: number,
  probabilities: Float64Array,
  stream: RandomStream,
): Int32Array {
  const requests = new Int32Array(numUsers);
  for (let user = 0; user < numUsers; user++) {
    requests[user] = categorical(stream, probabilities);
  }
  return requests;
}

/** Draws d_i^in(t): `count` sizes from one range, in the unit of the range. */
export function drawInputSizes(
  count: number,
  range: Range,
  stream: RandomStream,
): Float64Array {
  const sizes = new Float64Array(count);
  for (let i = 0; i < count; i++) sizes[i] = uniformIn(stream, range);
  return sizes;
}

/**
 * Draws d_i^out(t): the range follows from the type of the requested model.
 *
 * @param requestedModel Z(t), length U.
 * @param modelType Type of each model, length M.
 * @param rangeOfType Range of each type, in the unit of the result.
 */
export function drawOutputSizes(
  requestedModel: Int32Array,
  modelType: Int32Array,
  rangeOfType: readonly Range[],
  stream: RandomStream,
): Float64Array {
  const sizes = new Float64Array(requestedModel.length);
  for (let user = 0; user < sizes.length; user++) {
    const range = rangeOfType[modelType[requestedModel[user]]];
    sizes[user] = uniformIn(stream, range);
  }
  return sizes;
}
