/**
 * Parameters of networks in a learner's memory.
 *
 * @module
 */

import {
  elementAddress,
  type Matrix,
  type MemoryPlan,
} from "./kernel_memory.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { layerSpans, parameterCount } from "../layers.ts";
import { ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON } from "../optimization.ts";
import type { AdamState } from "../types.ts";

/**
 * The layers of one network, from input to output.
 *
 * A layer's matrix has a first row for the bias, whose input is the constant 1,
 * and one row an input; it has one column an output, and is row-major.
 */
export type Layers = readonly Matrix[];

/** What {@linkcode KernelNetwork} is planned from. */
export interface KernelNetworkOptions {
  /** Layer widths, input and output included. */
  readonly sizes: readonly number[];
  /** Networks. */
  readonly count: number;
  /** Whether the last layer has one output and its weights are a vector. */
  readonly valueHead: boolean;
  /** Whether there are gradients and moments. */
  readonly trained: boolean;
}

/**
 * One or more networks of the same layer widths: one block of memory with all
 * parameters, and three of the same arrangement for gradient and moments.
 */
export class KernelNetwork {
  /** Parameters, network by network. */
  readonly parameters: readonly Layers[];
  /** Gradient, arranged as the parameters. */
  readonly gradient: readonly Layers[];
  #address: number;
  /** Bytes of one block. */
  #bytes: number;
  /** Per parameter in the documented order, its place in a block, in floats. */
  #places: Int32Array;
  #trained: boolean;
  /** Per layer, the bytes that its parameters take up in a block. */
  #layerBytes: number[];
  #steps = 0;
  #stepSize = 0;
  #secondScale = 0;
  #kernels!: Kernels;
  #memory!: Float32Array;

  /** Plans networks of zeros. */
  constructor(plan: MemoryPlan, options: KernelNetworkOptions) {
    const { sizes, count, valueHead, trained } = options;
    const block = () =>
      Array.from(
        { length: count },
        () =>
          layerSpans(sizes).map(({ inputs, outputs }, layer) =>
            valueHead && layer === sizes.length - 2
              ? plan.column(1 + inputs)
              : plan.matrix(1 + inputs, outputs, "row-major")
          ),
      );
    this.#trained = trained;
    this.#address = plan.end;
    this.parameters = block();
    this.#bytes = plan.end - this.#address;
    this.#layerBytes = this.parameters[0].map(({ rows, rowStep }) =>
      16 * Math.ceil(rows * rowStep / 16)
    );
    this.gradient = trained ? block() : [];
    if (trained) plan.vector(2 * this.#bytes / 4);

    this.#places = new Int32Array(count * parameterCount(sizes));
    let next = 0;
    for (const network of this.parameters) {
      layerSpans(sizes).forEach(({ inputs, outputs }, layer) => {
        for (let input = 0; input <= inputs; input++) {
          const row = input === inputs ? 0 : 1 + input;
          for (let output = 0; output < outputs; output++) {
            const address = elementAddress(network[layer], row, output);
            this.#places[next++] = (address - this.#address) / 4;
          }
        }
      });
    }
  }

  /** Connects the networks with the memory that was planned. */
  open(kernels: Kernels, memory: WebAssembly.Memory): void {
    this.#kernels = kernels;
    this.#memory = new Float32Array(memory.buffer);
  }

  /** A copy of the parameters. */
  readParameters(): Float32Array {
    return this.#read(0);
  }

  /** Overwrites the parameters. */
  writeParameters(values: Float32Array): void {
    this.#write("parameters", 0, values);
  }

  /** A copy of Adam's state. */
  readOptimizer(): AdamState {
    return {
      steps: this.#steps,
      firstMoment: this.#read(2),
      secondMoment: this.#read(3),
    };
  }

  /** Overwrites Adam's state. */
  writeOptimizer(state: AdamState): void {
    this.#write("first moments", 2, state.firstMoment);
    this.#write("second moments", 3, state.secondMoment);
    this.#steps = state.steps;
  }

  /** Starts an Adam step; every layer then {@linkcode KernelNetwork.descend}s. */
  beginStep(learningRate: number): void {
    this.#steps++;
    this.#stepSize = learningRate / (1 - ADAM_BETA1 ** this.#steps);
    this.#secondScale = 1 / (1 - ADAM_BETA2 ** this.#steps);
  }

  /**
   * The Adam step of one layer down its gradient: best as soon as the gradient
   * is there and the weights have been used, while the cache holds both.
   */
  descend(network: number, layer: number): void {
    const { address } = this.parameters[network][layer];
    this.#kernels.adamStep(
      address,
      address + this.#bytes,
      address + 2 * this.#bytes,
      address + 3 * this.#bytes,
      this.#layerBytes[layer],
      ADAM_BETA1,
      1 - ADAM_BETA1,
      ADAM_BETA2,
      1 - ADAM_BETA2,
      ADAM_EPSILON,
      this.#stepSize,
      this.#secondScale,
    );
  }

  /** The soft update towards `online` (Eqs. 23 and 27). */
  softUpdateFrom(online: KernelNetwork, tau: number): void {
    this.#kernels.softUpdate(
      this.#address,
      online.#address,
      this.#bytes,
      tau,
      1 - tau,
    );
  }

  /** Reads the parameters' block (0), or that of a moment (2, 3). */
  #read(block: number): Float32Array {
    const start = (this.#address + block * this.#bytes) / 4;
    const places = this.#places;
    const memory = this.#memory;
    const values = new Float32Array(places.length);
    // Ten times as fast as Float32Array.from, and checkpoints read a million.
    for (let i = 0; i < places.length; i++) {
      values[i] = memory[start + places[i]];
    }
    return values;
  }

  #write(what: string, block: number, values: Float32Array): void {
    if (values.length !== this.#places.length) {
      throw new RangeError(
        `Cannot write ${what}: their number must be ${this.#places.length}, got ${values.length}`,
      );
    }
    const start = (this.#address + block * this.#bytes) / 4;
    this.#places.forEach((at, i) => this.#memory[start + at] = values[i]);
  }
}
