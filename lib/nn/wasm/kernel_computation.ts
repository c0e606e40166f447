/**
 * Forward and backward passes on WebAssembly kernels, gradients by hand.
 *
 * Matrices have one column a state. A layer's input starts with a row of ones,
 * so that the bias is one more row of the weights. The critics' input is
 * [1 | observation | action]: the actor reads its beginning, and writes the
 * action where the critics read it.
 *
 * @module
 */

import {
  elementAddress,
  type Matrix,
  type MatrixLayout,
  type MemoryPlan,
  roundUp,
  rowsFrom,
} from "./kernel_memory.ts";
import type { KernelNetwork, Layers } from "./kernel_network.ts";
import { KernelOperations } from "./kernel_operations.ts";
import type { Kernels } from "./kernels/kernels.ts";
import {
  type MatrixProducts,
  type ProductBackend,
  quickForOneState,
} from "./matrix_products.ts";
import type { LearnerShape, Regression } from "../types.ts";

/** Forward and backward passes, on activations that all networks share. */
export class KernelComputation {
  #shape: LearnerShape;
  /** [1 | observation | action]. */
  #input: Matrix;
  /** [1 | outputs] of the ReLU layers. */
  #actorHidden: Matrix[];
  #criticHidden: Matrix[];
  /** Derivatives by the outputs of the ReLU layers. */
  #hiddenGradient: Matrix[];
  /** Derivative by the action, before the slope of tanh and after it. */
  #actionGradient: Matrix;
  #values: number;
  #valueGradient: number;
  /** For arrays of the caller's that lie elsewhere. */
  #staging: { observations: number; actions: number };
  #openProducts: ReturnType<ProductBackend["plan"]>;
  #layout: MatrixLayout;
  #operations!: KernelOperations;
  #products!: MatrixProducts;
  #memory!: Float32Array;

  /** Plans activations and working memory. */
  constructor(plan: MemoryPlan, backend: ProductBackend, shape: LearnerShape) {
    const { observationSize, actionSize, hiddenSizes, batchSize } = shape;
    const inputs = 1 + observationSize + actionSize;
    const hidden = () =>
      hiddenSizes.map((width) => plan.matrix(1 + width, batchSize));
    this.#shape = shape;
    this.#layout = plan.layout;
    this.#input = plan.matrix(inputs, batchSize);
    this.#actorHidden = hidden();
    this.#criticHidden = hidden();
    this.#hiddenGradient = hiddenSizes.map((width) =>
      plan.matrix(width, batchSize)
    );
    this.#actionGradient = plan.matrix(actionSize, batchSize);
    this.#values = plan.vector(roundUp(batchSize));
    this.#valueGradient = plan.vector(roundUp(batchSize));
    this.#staging = {
      observations: plan.vector(batchSize * observationSize),
      actions: plan.vector(batchSize * actionSize),
    };
    this.#openProducts = backend.plan(plan, {
      inputs: Math.max(inputs, ...hiddenSizes.map((width) => 1 + width)),
      outputs: Math.max(actionSize, ...hiddenSizes),
      states: batchSize,
    });
  }

  /** Connects with the memory that was planned. */
  open(kernels: Kernels, memory: WebAssembly.Memory): void {
    this.#memory = new Float32Array(memory.buffer);
    this.#operations = new KernelOperations(
      this.#layout,
      kernels,
      this.#memory,
    );
    this.#products = quickForOneState(
      this.#openProducts(kernels, memory),
      kernels,
    );
    const inputs = [this.#input, ...this.#actorHidden, ...this.#criticHidden];
    for (const input of inputs) {
      for (let state = 0; state < this.#shape.batchSize; state++) {
        this.#memory[elementAddress(input, 0, state) / 4] = 1;
      }
    }
  }

  /** π of every observation. */
  act(
    actor: KernelNetwork,
    observations: Float32Array,
    actions: Float32Array,
  ): void {
    const states = this.#takeObservations(observations);
    this.#policy(actor.parameters[0], states);
    this.#operations.writeStates(
      this.#actionRows(),
      this.#staging.actions,
      actions,
      states,
    );
  }

  /** Q of every observation and action, by every critic. */
  values(
    critics: KernelNetwork,
    observations: Float32Array,
    actions: Float32Array,
    values: readonly Float32Array[],
  ): void {
    const states = this.#takeObservations(observations);
    this.#takeActions(actions, states);
    critics.parameters.forEach((layers, i) => {
      this.#value(layers, states);
      this.#operations.copyOut(this.#values, values[i]);
    });
  }

  /** One step of every critic down the mean of (Q − target)². */
  regress(
    critics: KernelNetwork,
    observations: Float32Array,
    actions: Float32Array,
    targets: Float32Array,
    learningRate: number,
  ): Regression[] {
    const states = this.#takeObservations(observations);
    this.#takeActions(actions, states);
    const hidden = this.#criticHidden;
    critics.beginStep(learningRate);
    return critics.parameters.map((layers, i) => {
      this.#value(layers, states);
      const value = this.#operations.mean(this.#values, states);
      let loss = 0;
      for (let state = 0; state < states; state++) {
        const error = this.#memory[this.#values / 4 + state] - targets[state];
        loss += error * error / states;
        this.#memory[this.#valueGradient / 4 + state] = 2 * error / states;
      }
      this.#clearFrom(states);
      this.#headBackward(layers, states, critics.gradient[i].at(-1));
      critics.descend(i, layers.length - 1);
      this.#backward(layers, this.#input, hidden, states, critics, i);
      return { loss, value };
    });
  }

  /** One step of the actor up the mean of Q₁(s, π(s)); returns −1 times that. */
  ascend(
    actor: KernelNetwork,
    critics: KernelNetwork,
    observations: Float32Array,
    learningRate: number,
  ): number {
    const states = this.#takeObservations(observations);
    const [policy] = actor.parameters;
    const [byPolicy] = actor.gradient;
    const [critic] = critics.parameters;
    const input = this.#observationRows();
    const features = this.#policy(policy, states);
    this.#value(critic, states);
    const loss = -this.#operations.mean(this.#values, states);
    const start = this.#valueGradient / 4;
    this.#memory.fill(-1 / states, start, start + states);
    this.#clearFrom(states);

    this.#headBackward(critic, states);
    this.#backward(critic, this.#input, this.#criticHidden, states);
    const action = this.#actionGradient;
    if (critic.length > 1) {
      const { observationSize, actionSize } = this.#shape;
      const weights = rowsFrom(critic[0], 1 + observationSize, actionSize);
      const [byFirst] = this.#hiddenGradient;
      this.#products.inputGradient(weights, byFirst, action, states);
    }
    this.#operations.slope("tangentSlope", action, this.#actionRows(), states);

    const last = policy.length - 1;
    const hidden = this.#actorHidden;
    actor.beginStep(learningRate);
    this.#products.weightGradient(features, action, byPolicy[last], states);
    if (last > 0) {
      this.#throughLayer(policy[last], action, hidden, last - 1, states);
    }
    actor.descend(0, last);
    this.#backward(policy, input, hidden, states, actor);
    return loss;
  }

  /** [1 | observation], the actor's input. */
  #observationRows(): Matrix {
    return rowsFrom(this.#input, 0, 1 + this.#shape.observationSize);
  }

  /** The action in the critics' input. */
  #actionRows(): Matrix {
    return rowsFrom(this.#input, 1 + this.#shape.observationSize);
  }

  /** Writes π into the input's action rows; returns the last layer's input. */
  #policy(layers: Layers, states: number): Matrix {
    const input = this.#observationRows();
    const features = this.#forward(layers, input, this.#actorHidden, states);
    const output = this.#actionRows();
    this.#products.forward(layers.at(-1)!, features, output, states, false);
    this.#operations.hyperbolicTangent(output, states);
    return features;
  }

  /** Writes Q of the input into the values. */
  #value(layers: Layers, states: number): void {
    const hidden = this.#criticHidden;
    const features = this.#forward(layers, this.#input, hidden, states);
    const weights = layers.at(-1)!;
    this.#operations.headValues(features, weights, this.#values, states);
  }

  /** The ReLU layers; returns the last layer's input. */
  #forward(
    layers: Layers,
    input: Matrix,
    hidden: readonly Matrix[],
    states: number,
  ): Matrix {
    let from = input;
    for (let layer = 0; layer + 1 < layers.length; layer++) {
      const to = rowsFrom(hidden[layer], 1);
      this.#products.forward(layers[layer], from, to, states, true);
      from = hidden[layer];
    }
    return from;
  }

  /**
   * From the derivative by a critic's value to that by its last ReLU layer,
   * or, where there is none, by the action; and by the head's weights.
   */
  #headBackward(layers: Layers, states: number, byWeights?: Matrix): void {
    const weights = layers.at(-1)!;
    const last = layers.length - 2;
    const features = last < 0 ? this.#input : this.#criticHidden[last];
    const byFeatures = last < 0
      ? this.#actionGradient
      : this.#hiddenGradient[last];
    const byValue = this.#valueGradient;
    if (byWeights) {
      this.#operations.headWeightGradient(
        features,
        byWeights,
        byValue,
        states,
      );
    }
    const used = rowsFrom(weights, weights.rows - byFeatures.rows);
    this.#operations.headInputGradient(byFeatures, used, byValue, states);
    if (last < 0) return;
    const outputs = rowsFrom(features, 1);
    this.#operations.slope("rectifierSlope", byFeatures, outputs, states);
  }

  /**
   * From the derivative by the last ReLU layer to those by the ones before;
   * where something is `trained`, its network `index` descends on the way.
   */
  #backward(
    layers: Layers,
    input: Matrix,
    hidden: readonly Matrix[],
    states: number,
    trained?: KernelNetwork,
    index = 0,
  ): void {
    for (let layer = layers.length - 2; layer >= 0; layer--) {
      const gradient = this.#hiddenGradient[layer];
      if (trained) {
        this.#products.weightGradient(
          layer === 0 ? input : hidden[layer - 1],
          gradient,
          trained.gradient[index][layer],
          states,
        );
      }
      if (layer > 0) {
        this.#throughLayer(layers[layer], gradient, hidden, layer - 1, states);
      }
      trained?.descend(index, layer);
    }
  }

  /** From the derivative by a layer's output to that by the ReLU before it. */
  #throughLayer(
    weights: Matrix,
    byOutput: Matrix,
    hidden: readonly Matrix[],
    before: number,
    states: number,
  ): void {
    const byInput = this.#hiddenGradient[before];
    this.#products.inputGradient(
      rowsFrom(weights, 1),
      byOutput,
      byInput,
      states,
    );
    const outputs = rowsFrom(hidden[before], 1);
    this.#operations.slope("rectifierSlope", byInput, outputs, states);
  }

  /** Copies observations into the input; returns their number. */
  #takeObservations(observations: Float32Array): number {
    const { observationSize } = this.#shape;
    const states = observations.length / observationSize;
    const rows = rowsFrom(this.#input, 1, observationSize);
    this.#operations.readStates(
      observations,
      this.#staging.observations,
      rows,
      states,
    );
    return states;
  }

  #takeActions(actions: Float32Array, states: number): void {
    this.#operations.readStates(
      actions,
      this.#staging.actions,
      this.#actionRows(),
      states,
    );
  }

  /** States that pad the batch have no part in any gradient. */
  #clearFrom(states: number): void {
    const start = this.#valueGradient / 4;
    this.#memory.fill(0, start + states, start + roundUp(states));
  }
}
