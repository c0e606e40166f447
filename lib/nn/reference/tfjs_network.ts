/**
 * Parameters that TensorFlow.js differentiates and plain arrays optimize.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { layerSpans, parameterCount } from "../layers.ts";
import { adamStep, softUpdate } from "../optimization.ts";
import type { AdamState } from "../types.ts";

/**
 * One or more networks of the same layer widths: a flat array of parameters
 * and the tensors that mirror it.
 *
 * The arithmetic of Adam and of the soft update is done on the arrays: the
 * dozen small tensor operations that either takes would cost more.
 */
export class TfjsNetwork {
  #count: number;
  #parameters: Float32Array;
  /** Views of kernels and biases, in the order of the parameters. */
  #views: Float32Array[] = [];
  #shapes: number[][] = [];
  #tensors: tf.Tensor[] = [];
  #steps = 0;
  #firstMoment = new Float32Array(0);
  #secondMoment = new Float32Array(0);

  /**
   * Makes networks of zeros.
   *
   * @param sizes Layer widths, input and output included.
   * @param count Networks.
   */
  constructor(sizes: readonly number[], count: number) {
    const length = parameterCount(sizes);
    this.#count = count;
    this.#parameters = new Float32Array(count * length);
    for (let network = 0; network < count; network++) {
      const own = this.#parameters.subarray(network * length);
      for (const { inputs, outputs, kernel, bias, end } of layerSpans(sizes)) {
        this.#views.push(own.subarray(kernel, bias), own.subarray(bias, end));
        this.#shapes.push([inputs, outputs], [outputs]);
      }
    }
    this.#upload();
  }

  /** Kernels and biases of all networks, in the order of the parameters. */
  get tensors(): tf.Tensor[] {
    return this.#tensors;
  }

  /** `tensors`, or tensors in their order, network by network. */
  perNetwork(tensors: tf.Tensor[] = this.#tensors): tf.Tensor[][] {
    const each = tensors.length / this.#count;
    return Array.from(
      { length: this.#count },
      (_, network) => tensors.slice(network * each, (network + 1) * each),
    );
  }

  /** A copy of the parameters. */
  readParameters(): Float32Array {
    return this.#parameters.slice();
  }

  /** Overwrites the parameters. */
  writeParameters(values: Float32Array): void {
    checkLength("parameters", values, this.#parameters.length);
    this.#parameters.set(values);
    this.#upload();
  }

  /** A copy of Adam's state. */
  readOptimizer(): AdamState {
    this.#allocateMoments();
    return {
      steps: this.#steps,
      firstMoment: this.#firstMoment.slice(),
      secondMoment: this.#secondMoment.slice(),
    };
  }

  /** Overwrites Adam's state. */
  writeOptimizer(state: AdamState): void {
    checkLength("first moments", state.firstMoment, this.#parameters.length);
    checkLength("second moments", state.secondMoment, this.#parameters.length);
    this.#steps = state.steps;
    this.#firstMoment = state.firstMoment.slice();
    this.#secondMoment = state.secondMoment.slice();
  }

  /**
   * One Adam step of all networks.
   *
   * @param gradients As {@linkcode TfjsNetwork.tensors}; disposed of.
   */
  descend(gradients: tf.Tensor[], learningRate: number): void {
    this.#allocateMoments();
    this.#steps++;
    this.#views.forEach((parameters, i) => {
      const start = (parameters.byteOffset - this.#parameters.byteOffset) / 4;
      const end = start + parameters.length;
      adamStep({
        parameters,
        gradient: gradients[i].dataSync<"float32">(),
        firstMoment: this.#firstMoment.subarray(start, end),
        secondMoment: this.#secondMoment.subarray(start, end),
        learningRate,
        step: this.#steps,
      });
    });
    tf.dispose(gradients);
    this.#upload();
  }

  /** The soft update towards `online` (Eqs. 23 and 27). */
  softUpdateFrom(online: TfjsNetwork, tau: number): void {
    softUpdate(this.#parameters, online.#parameters, tau);
    this.#upload();
  }

  /** Disposes of the tensors. */
  dispose(): void {
    tf.dispose(this.#tensors);
    this.#tensors = [];
  }

  /** Target networks are never optimized and carry no moments. */
  #allocateMoments(): void {
    if (this.#firstMoment.length > 0) return;
    this.#firstMoment = new Float32Array(this.#parameters.length);
    this.#secondMoment = new Float32Array(this.#parameters.length);
  }

  #upload(): void {
    tf.dispose(this.#tensors);
    this.#tensors = this.#views.map((values, i) =>
      tf.keep(tf.tensor(values, this.#shapes[i]))
    );
  }
}

function checkLength(
  what: string,
  values: Float32Array,
  expected: number,
): void {
  if (values.length === expected) return;
  throw new RangeError(
    `Cannot write ${what}: their number must be ${expected}, got ${values.length}`,
  );
}
