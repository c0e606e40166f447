/**
 * Kernels on matrices: what is left beside the matrix products.
 *
 * @module
 */

import { type Matrix, type MatrixLayout, roundUp } from "./kernel_memory.ts";
import type { Kernels } from "./kernels/kernels.ts";

/** Kernels of one memory. */
export class KernelOperations {
  #layout: MatrixLayout;
  #kernels: Kernels;
  #memory: Float32Array;

  /** Binds the kernels to the layout of the matrices that they will see. */
  constructor(layout: MatrixLayout, kernels: Kernels, memory: Float32Array) {
    this.#layout = layout;
    this.#kernels = kernels;
    this.#memory = memory;
  }

  /** Applies tanh to every element. */
  hyperbolicTangent(matrix: Matrix, states: number): void {
    const { bytes, runs } = this.#runs(matrix, states);
    this.#kernels.hyperbolicTangent(
      matrix.address,
      this.#runStep(matrix),
      bytes,
      runs,
    );
  }

  /** Turns the derivative by an activation's output into that by its input. */
  slope(
    kernel: "rectifierSlope" | "tangentSlope",
    gradient: Matrix,
    output: Matrix,
    states: number,
  ): void {
    const { bytes, runs } = this.#runs(gradient, states);
    this.#kernels[kernel](
      gradient.address,
      this.#runStep(gradient),
      output.address,
      this.#runStep(output),
      bytes,
      runs,
    );
  }

  /** values ← weightsᵀ features, for a vector of weights. */
  headValues(
    features: Matrix,
    weights: Matrix,
    values: number,
    states: number,
  ): void {
    this.#kernels.headValues(
      features.address,
      features.panelStep,
      features.rowStep,
      weights.address,
      values,
      weights.rows,
      states,
    );
  }

  /** The mean of the values. */
  mean(values: number, states: number): number {
    const start = values / 4;
    let sum = 0;
    for (let i = start; i < start + states; i++) sum += this.#memory[i];
    return sum / states;
  }

  /** Derivative by the features, from that by the values. */
  headInputGradient(
    byFeatures: Matrix,
    weights: Matrix,
    byValues: number,
    states: number,
  ): void {
    this.#kernels.headInputGradient(
      byFeatures.address,
      byFeatures.panelStep,
      byFeatures.rowStep,
      weights.address,
      byValues,
      weights.rows,
      states,
    );
  }

  /** Derivative by the weights, from that by the values. */
  headWeightGradient(
    features: Matrix,
    byWeights: Matrix,
    byValues: number,
    states: number,
  ): void {
    this.#kernels.headWeightGradient(
      features.address,
      features.panelStep,
      features.rowStep,
      byWeights.address,
      byValues,
      byWeights.rows,
      states,
    );
  }

  /**
   * Copies one row a state into the columns of a matrix.
   *
   * @param staging Where values that lie outside the memory are put first.
   */
  readStates(
    values: Float32Array,
    staging: number,
    matrix: Matrix,
    states: number,
  ): void {
    const inside = this.#contains(values);
    if (!inside) this.#memory.set(values, staging / 4);
    this.#kernels.statesFromRows(
      inside ? values.byteOffset : staging,
      matrix.address,
      matrix.panelStep,
      matrix.rowStep,
      matrix.rows,
      states,
    );
  }

  /** The way back from {@linkcode KernelOperations.readStates}. */
  writeStates(
    matrix: Matrix,
    staging: number,
    values: Float32Array,
    states: number,
  ): void {
    const inside = this.#contains(values);
    this.#kernels.statesToRows(
      inside ? values.byteOffset : staging,
      matrix.address,
      matrix.panelStep,
      matrix.rowStep,
      matrix.rows,
      states,
    );
    if (!inside) this.copyOut(staging, values);
  }

  /** Copies numbers from an address on. */
  copyOut(address: number, values: Float32Array): void {
    for (let i = 0; i < values.length; i++) {
      values[i] = this.#memory[address / 4 + i];
    }
  }

  /** The contiguous pieces of what a matrix has of some states. */
  #runs({ rows }: Matrix, states: number): { bytes: number; runs: number } {
    const panels = roundUp(states) / 8;
    return this.#layout === "panels"
      ? { bytes: 32 * rows, runs: panels }
      : { bytes: 32 * panels, runs: rows };
  }

  /** Bytes from one piece to the next. */
  #runStep({ panelStep, rowStep }: Matrix): number {
    return this.#layout === "panels" ? panelStep : rowStep;
  }

  #contains(values: Float32Array): boolean {
    return values.buffer === this.#memory.buffer;
  }
}
