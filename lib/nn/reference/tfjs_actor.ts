/**
 * The actor in TensorFlow.js.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { meanOf } from "../../math/sample.ts";
import { actorSizes } from "../layers.ts";
import type { TfjsCritics } from "./tfjs_critics.ts";
import { TfjsNetwork } from "./tfjs_network.ts";
import { matrix, perceptron } from "./tfjs_operations.ts";
import type { Actor, LearnerShape } from "../types.ts";

/** π: observation → tanh action. */
export class TfjsActor extends TfjsNetwork implements Actor {
  #observationSize: number;
  #critics: TfjsCritics;

  /** Makes an actor of zeros that learns from the first of `critics`. */
  constructor(shape: LearnerShape, critics: TfjsCritics) {
    super(actorSizes(shape), 1);
    this.#observationSize = shape.observationSize;
    this.#critics = critics;
  }

  /** Evaluates the policy. */
  act(observations: Float32Array, actions: Float32Array): void {
    tf.tidy(() => {
      const observation = matrix(observations, this.#observationSize);
      actions.set(policy(observation, this.tensors).dataSync<"float32">());
    });
  }

  /** One Adam step down −1/E Σ Q_θ1(s, π_Φ(s)), which is up Eq. 22. */
  ascend(observations: Float32Array, learningRate: number): number {
    let mean = NaN;
    const gradients = tf.tidy(() => {
      const observation = matrix(observations, this.#observationSize);
      const [critic] = this.#critics.perNetwork();
      const loss = (...parameters: tf.Tensor[]): tf.Scalar => {
        const pair: tf.Tensor2D = tf.concat([
          observation,
          policy(observation, parameters),
        ], 1);
        const value = perceptron(pair, critic, "parameters");
        mean = meanOf(value.dataSync<"float32">());
        return tf.neg(tf.mean(value));
      };
      return tf.grads(loss)(this.tensors);
    });
    this.descend(gradients, learningRate);
    return -mean;
  }
}

function policy(observation: tf.Tensor2D, parameters: tf.Tensor[]) {
  return tf.tanh(perceptron(observation, parameters, "input"));
}
