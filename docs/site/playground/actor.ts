/**
 * A trained actor without an engine: a forward pass in plain TypeScript, since
 * phones may lack the relaxed SIMD that the lab's kernels need.
 *
 * @module
 */

import type { SitePolicy } from "../../../lib/cli/site_data.ts";
import type { Decider } from "../../../lib/env/mod.ts";

/** Numbers of 4 bytes from base64. */
function floatsOf(base64: string): Float32Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return new Float32Array(bytes.buffer);
}

/**
 * π_Φ(s): ReLU in hidden layers, tanh at the end.
 *
 * @param sizes Widths of the layers, input and output included.
 * @param parameters Layer after layer: kernel `inputs` × `outputs`, row by row, bias.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { forward } from "./actor.ts";
 *
 * // Hidden: max(0, 2·0.5 − 0.5) = 0.5; output: tanh(1·0.5 + 0).
 * const parameters = Float32Array.of(2, -0.5, 1, 0);
 * const [action] = forward([1, 1, 1], parameters, Float32Array.of(0.5));
 * assertAlmostEquals(action, Math.tanh(0.5), 1e-7);
 * ```
 */
export function forward(
  sizes: readonly number[],
  parameters: Float32Array,
  observation: Float32Array,
): Float32Array {
  let input: Float64Array = Float64Array.from(observation);
  let at = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    const [inputs, outputs] = [sizes[layer - 1], sizes[layer]];
    const bias = at + inputs * outputs;
    const output = Float64Array.from(
      parameters.subarray(bias, bias + outputs),
    );
    for (let i = 0; i < inputs; i++) {
      const x = input[i];
      if (x === 0) continue;
      const row = at + i * outputs;
      for (let o = 0; o < outputs; o++) output[o] += x * parameters[row + o];
    }
    const isLast = layer === sizes.length - 1;
    for (let o = 0; o < outputs; o++) {
      output[o] = isLast ? Math.tanh(output[o]) : Math.max(0, output[o]);
    }
    input = output;
    at = bias + outputs;
  }
  return Float32Array.from(input);
}

/** A policy of the site as a decider. */
export function openActor({ sizes, choices, weights }: SitePolicy): Decider {
  const parameters = floatsOf(weights);
  return {
    choices,
    decide: ({ observation }) => forward(sizes, parameters, observation),
  };
}
