/**
 * Multilayer perceptrons as flat parameter arrays.
 *
 * @module
 */

import type { RandomStream } from "../math/prng.ts";
import type { LearnerShape } from "./types.ts";

/** Where one fully connected layer lies in a flat parameter array. */
export interface LayerSpan {
  /** Width of the layer's input. */
  readonly inputs: number;
  /** Width of the layer's output. */
  readonly outputs: number;
  /** Offset of the kernel, `inputs` × `outputs`, row-major. */
  readonly kernel: number;
  /** Offset of the bias, `outputs`. */
  readonly bias: number;
  /** Offset of what follows the layer. */
  readonly end: number;
}

/** Layer widths of the actor: observation → hidden → action. */
export function actorSizes(shape: LearnerShape): number[] {
  return [shape.observationSize, ...shape.hiddenSizes, shape.actionSize];
}

/** Layer widths of a critic: [observation | action] → hidden → value. */
export function criticSizes(shape: LearnerShape): number[] {
  const { observationSize, actionSize, hiddenSizes } = shape;
  return [observationSize + actionSize, ...hiddenSizes, 1];
}

/**
 * The layers of a network, from input to output.
 *
 * @param sizes Layer widths, input and output included.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { layerSpans } from "./layers.ts";
 *
 * assertEquals(layerSpans([2, 3, 1]), [
 *   { inputs: 2, outputs: 3, kernel: 0, bias: 6, end: 9 },
 *   { inputs: 3, outputs: 1, kernel: 9, bias: 12, end: 13 },
 * ]);
 * ```
 */
export function layerSpans(sizes: readonly number[]): LayerSpan[] {
  let offset = 0;
  return sizes.slice(1).map((outputs, layer) => {
    const inputs = sizes[layer];
    const kernel = offset;
    const bias = kernel + inputs * outputs;
    offset = bias + outputs;
    return { inputs, outputs, kernel, bias, end: offset };
  });
}

/** The number of parameters of a network with these layer widths. */
export function parameterCount(sizes: readonly number[]): number {
  return layerSpans(sizes).at(-1)!.end;
}

/**
 * Fresh parameters: kernels and biases uniform in ±1/√inputs, as in PyTorch's
 * `nn.Linear`, which the reference code of TD3 (Fujimoto 2018) relies on.
 *
 * @param stream A stream of the network's own: networks that share one at the
 * same position are equal, and equal twin critics stay equal for ever.
 */
export function initialParameters(
  sizes: readonly number[],
  stream: RandomStream,
): Float32Array {
  const parameters = new Float32Array(parameterCount(sizes));
  for (const { inputs, kernel, end } of layerSpans(sizes)) {
    const bound = 1 / Math.sqrt(inputs);
    for (let i = kernel; i < end; i++) {
      parameters[i] = bound * (2 * stream.uniform() - 1);
    }
  }
  return parameters;
}
