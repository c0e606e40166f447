/**
 * The critics in TensorFlow.js.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { criticSizes } from "../layers.ts";
import { TfjsNetwork } from "./tfjs_network.ts";
import { meanOf } from "../../math/sample.ts";
import { matrix, perceptron } from "./tfjs_operations.ts";
import type { Critics, LearnerShape, Regression } from "../types.ts";

/** Q_θ1 and, for TD3, Q_θ2: [observation | action] → value. */
export class TfjsCritics extends TfjsNetwork implements Critics {
  #shape: LearnerShape;

  /** Makes critics of zeros. */
  constructor(shape: LearnerShape) {
    super(criticSizes(shape), shape.criticCount);
    this.#shape = shape;
  }

  /** Evaluates every critic. */
  values(
    observations: Float32Array,
    actions: Float32Array,
    values: readonly Float32Array[],
  ): void {
    tf.tidy(() => {
      const pair = this.#pair(observations, actions);
      this.perNetwork().forEach((critic, i) => {
        const value = perceptron(pair, critic, "input");
        values[i].set(value.dataSync<"float32">());
      });
    });
  }

  /**
   * One Adam step down the sum of the losses (Eq. 26); no critic's loss
   * depends on another's parameters.
   *
   * @returns The losses and mean values.
   */
  regress(
    observations: Float32Array,
    actions: Float32Array,
    targets: Float32Array,
    learningRate: number,
  ): Regression[] {
    const regressions: Regression[] = [];
    const gradients = tf.tidy(() => {
      const pair = this.#pair(observations, actions);
      const target = matrix(targets, 1);
      const loss = (...parameters: tf.Tensor[]): tf.Scalar =>
        tf.addN(
          this.perNetwork(parameters).map((critic) => {
            const value = perceptron(pair, critic, "input");
            const error = tf.sub(value, target);
            const own: tf.Scalar = tf.mean(tf.square(error));
            regressions.push({
              loss: own.dataSync<"float32">()[0],
              value: meanOf(value.dataSync<"float32">()),
            });
            return own;
          }),
        );
      return tf.grads(loss)(this.tensors);
    });
    this.descend(gradients, learningRate);
    return regressions;
  }

  #pair(observations: Float32Array, actions: Float32Array): tf.Tensor2D {
    return tf.concat([
      matrix(observations, this.#shape.observationSize),
      matrix(actions, this.#shape.actionSize),
    ], 1);
  }
}
