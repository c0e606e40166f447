/**
 * The three matrix products of a fully connected layer.
 *
 * @module
 */

import type { Matrix, MatrixLayout, MemoryPlan } from "./kernel_memory.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { EngineName } from "../engine_name.ts";

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
  readonly name: EngineName;
  /** The layout of matrices with one column a state. */
  readonly layout: MatrixLayout;
  /** Plans working memory; what it returns opens the products once it is there. */
  plan(
    plan: MemoryPlan,
    limits: ProductLimits,
  ): (kernels: Kernels, memory: WebAssembly.Memory) => MatrixProducts;
}

/**
 * Products with a way of their own for one state: acting needs the product of a
 * matrix and a vector, for which all else would prepare at length.
 */
export function quickForOneState(
  products: MatrixProducts,
  kernels: Kernels,
): MatrixProducts {
  return {
    ...products,
    forward(weights, input, output, states, rectified) {
      if (states > 1) {
        products.forward(weights, input, output, states, rectified);
      } else {
        kernels.productOfColumn(
          weights.address,
          weights.rowStep,
          input.address,
          input.rowStep,
          output.address,
          output.rowStep,
          weights.columns,
          weights.rows,
          rectified ? 0 : -Infinity,
        );
      }
    },
  };
}
