/**
 * The three matrix products of a fully connected layer, and the WebAssembly
 * kernels that compute them.
 *
 * @module
 */

import type { Matrix, MatrixLayout, MemoryPlan } from "./kernel_memory.ts";
import type { Kernels } from "./kernels/kernels.ts";

/**
 * The products of a layer with weights W, inputs × outputs, for inputs X and
 * outputs Y with one column a state.
 *
 * Weights are row-major, inputs and outputs in the layout of the backend. Results
 * may be written beyond their rows and columns, up to multiples of 5 and 8.
 */
export interface MatrixProducts {
  /** Y ← Wᵀ X, or max(Wᵀ X, 0) where it is `rectified`. */
  forward(
    weights: Matrix,
    input: Matrix,
    output: Matrix,
    states: number,
    rectified: boolean,
  ): void;
  /** ∂X ← W ∂Y. */
  inputGradient(
    weights: Matrix,
    byOutput: Matrix,
    byInput: Matrix,
    states: number,
  ): void;
  /** ∂W ← X ∂Yᵀ. */
  weightGradient(
    input: Matrix,
    byOutput: Matrix,
    byWeights: Matrix,
    states: number,
  ): void;
}

/** The largest sizes that products must handle. */
export interface ProductLimits {
  /** Inputs of a layer, the bias's included. */
  readonly inputs: number;
  /** Outputs of a layer. */
  readonly outputs: number;
  /** Columns of inputs and outputs. */
  readonly states: number;
}

/** A way to compute {@linkcode MatrixProducts}. */
export interface ProductBackend {
  /** Name of the engine. */
  readonly name: string;
  /** The layout of matrices with one column a state. */
  readonly layout: MatrixLayout;
  /** Plans working memory; what it returns opens the products once it is there. */
  plan(
    plan: MemoryPlan,
    limits: ProductLimits,
  ): (kernels: Kernels, memory: WebAssembly.Memory) => MatrixProducts;
}

/**
 * Products by the kernels of `product.as`, which multiply AᵀB for a row-major A
 * and a B in panels.
 *
 * Forward, that is what is wanted of weights and input as they lie; backward,
 * one or both factors are transposed first, which costs little beside.
 */
export const wasmProducts: ProductBackend = {
  name: "wasm",
  layout: "panels",
  plan(plan, { inputs, outputs, states }) {
    const weightsTransposed = plan.matrix(outputs, inputs, "row-major");
    const inputTransposed = plan.matrix(states, inputs, "row-major");
    const gradientTransposed = plan.matrix(states, outputs, "panels");
    return (kernels) => {
      const multiply = (
        a: Matrix,
        b: Matrix,
        c: Matrix,
        rows: number,
        columns: number,
        inner: number,
        floor = -Infinity,
      ) =>
        kernels.product(
          a.address,
          a.rowStep,
          b.address,
          b.panelStep,
          c.address,
          c.panelStep,
          c.rowStep,
          rows,
          columns,
          inner,
          floor,
        );
      const transpose = (source: Matrix, target: Matrix, columns: number) =>
        kernels.transpose(
          source.address,
          source.panelStep,
          source.rowStep,
          target.address,
          target.panelStep,
          target.rowStep,
          source.rows,
          columns,
        );
      return {
        forward(weights, input, output, states, rectified) {
          const { rows, columns } = weights;
          const floor = rectified ? 0 : undefined;
          multiply(weights, input, output, columns, states, rows, floor);
        },
        inputGradient(weights, byOutput, byInput, states) {
          const { rows, columns } = weights;
          transpose(weights, weightsTransposed, columns);
          multiply(
            weightsTransposed,
            byOutput,
            byInput,
            rows,
            states,
            columns,
          );
        },
        weightGradient(input, byOutput, byWeights, states) {
          transpose(input, inputTransposed, states);
          transpose(byOutput, gradientTransposed, states);
          multiply(
            inputTransposed,
            gradientTransposed,
            byWeights,
            input.rows,
            byOutput.rows,
            states,
          );
        },
      };
    };
  },
};
