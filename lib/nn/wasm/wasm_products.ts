/**
 * The matrix products of the wasm engine.
 *
 * @module
 */

import {
  type Matrix,
  type MemoryPlan,
  roundUp,
  rowsFrom,
} from "./kernel_memory.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { MatrixProducts, ProductBackend } from "./matrix_products.ts";

/** The share of entries up to which lists are faster than dense products. */
const SPARSE_SHARE = 0.95;

/** The share of columns up to which a gradient is computed without the others. */
const FEW_COLUMNS = 0.75;

/**
 * Products by the kernels of `product.as`, which multiply AᵀB for a row-major A
 * and a B in panels, and by those of `sparse.as`, which leave out the zeros of a
 * factor; both have the same bits.
 *
 * A rectifier is silent for every second state at first, and many are for all
 * states at hand later, in critics after some training more than half.
 */
export const wasmProducts: ProductBackend = {
  name: "wasm",
  layout: "panels",
  plan(plan, { inputs, outputs, states }) {
    const width = Math.max(inputs, outputs);
    const weightsTransposed = plan.matrix(outputs, inputs, "row-major");
    const gradientInPanels = plan.matrix(states, outputs, "panels");
    const compactGradient = plan.matrix(inputs, outputs, "row-major");
    const byState = plan.matrix(states, width, "row-major");
    const columnList = plan.vector(outputs + 4);
    const lists = planLists(plan, width, states);
    return (kernels) => {
      const { multiply, transpose, listInUse, transposeRows, spreadColumns } =
        onMatrices(kernels);
      const { listColumns, listRows, sum } = onLists(kernels, lists);

      /** C ← max(AᵀB, floor), for B and C with one column a state. */
      function throughLayer(
        a: Matrix,
        b: Matrix,
        c: Matrix,
        rows: number,
        states: number,
        floor = -Infinity,
      ): void {
        if (listColumns(b, states, a) < SPARSE_SHARE) {
          sum(states, a, byState, rows, floor);
          transpose(rowsFrom(byState, 0, states), c, rows);
        } else {
          multiply(a, b, c, rows, states, b.rows, floor);
        }
      }

      /** ∂W by lists of X, without outputs that are silent for all states. */
      function gradientByInputs(
        { rows }: Matrix,
        byOutput: Matrix,
        byWeights: Matrix,
        states: number,
      ): void {
        const columns = listInUse(byOutput, states, columnList);
        if (columns > FEW_COLUMNS * byOutput.rows) {
          transpose(byOutput, byState, states);
          sum(rows, byState, byWeights, byOutput.rows);
        } else {
          transposeRows(byOutput, columnList, columns, byState, states);
          sum(rows, byState, compactGradient, columns);
          const compact = rowsFrom(compactGradient, 0, rows);
          spreadColumns(compact, byWeights, columnList, columns);
        }
      }

      return {
        forward(weights, input, output, states, rectified) {
          const floor = rectified ? 0 : -Infinity;
          throughLayer(weights, input, output, weights.columns, states, floor);
        },
        inputGradient(weights, byOutput, byInput, states) {
          const { rows, columns } = weights;
          transpose(weights, weightsTransposed, columns);
          throughLayer(weightsTransposed, byOutput, byInput, rows, states);
        },
        weightGradient(input, byOutput, byWeights, states) {
          const { rows } = input;
          const columns = byOutput.rows;
          if (listRows(input, states, byState) < SPARSE_SHARE) {
            gradientByInputs(input, byOutput, byWeights, states);
            return;
          }
          transpose(input, byState, states);
          if (listRows(byOutput, states, byState) < SPARSE_SHARE) {
            sum(columns, byState, weightsTransposed, rows);
            const turned = rowsFrom(weightsTransposed, 0, columns);
            transpose(turned, byWeights, rows);
          } else {
            transpose(byOutput, gradientInPanels, states);
            multiply(
              byState,
              gradientInPanels,
              byWeights,
              rows,
              columns,
              states,
            );
          }
        },
      } satisfies MatrixProducts;
    };
  },
};

/** The dense kernels, given matrices. */
export function onMatrices(kernels: Kernels) {
  return {
    /** C ← max(AᵀB, floor) for `rows` and `columns` of C, and `inner` of A and B. */
    multiply: (
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
      ),
    /** T ← Sᵀ for some columns of S. */
    transpose: (source: Matrix, target: Matrix, columns: number) =>
      kernels.transpose(
        source.address,
        source.panelStep,
        source.rowStep,
        target.address,
        target.panelStep,
        target.rowStep,
        source.rows,
        columns,
      ),
    /** Lists the rows that are in use in some columns; returns their number. */
    listInUse: (
      { address, panelStep, rows }: Matrix,
      columns: number,
      list: number,
    ) => kernels.rowsInUse(address, panelStep, rows, columns, list),
    /** T ← Sᵀ for the rows of a list and some columns of S. */
    transposeRows: (
      source: Matrix,
      list: number,
      count: number,
      target: Matrix,
      columns: number,
    ) =>
      kernels.transposeRows(
        source.address,
        source.panelStep,
        list,
        count,
        target.address,
        target.panelStep,
        target.rowStep,
        columns,
      ),
    /** T ← S in the columns of a list, 0 elsewhere. */
    spreadColumns: (
      source: Matrix,
      target: Matrix,
      list: number,
      count: number,
    ) =>
      kernels.spreadColumns(
        source.address,
        source.rowStep,
        target.address,
        target.rowStep,
        list,
        count,
        source.rows,
      ),
  };
}

/** Where lists are, see `sparse.as`. */
export interface Lists {
  /** Address of the first. */
  readonly address: number;
  /** Address of the words that say where they end. */
  readonly ends: number;
  /** Bytes of a list that has all rows, and of one that has all states. */
  readonly steps: { readonly rows: number; readonly states: number };
}

/** Plans a list for every two of so many rows, or for every two states. */
export function planLists(
  plan: MemoryPlan,
  rows: number,
  states: number,
): Lists {
  const [height, width] = [roundUp(rows), roundUp(states)];
  return {
    address: plan.vector(2 * height * width),
    ends: plan.vector(Math.max(height, width) / 2),
    steps: { rows: 16 * height, states: 16 * width },
  };
}

/** The kernels of `sparse.as`, given matrices and a place for lists. */
export function onLists(kernels: Kernels, { address, ends, steps }: Lists) {
  let step = 0;
  function list(
    kernel: Kernels["listColumns"],
    { address: from, panelStep, rows }: Matrix,
    columns: number,
    { rowStep }: Matrix,
    listStep: number,
  ): number {
    step = listStep;
    return kernel(from, panelStep, rows, columns, rowStep, address, step, ends);
  }
  return {
    /**
     * Lists, for every two columns of a matrix, the rows of A that they need;
     * returns what share of all these are.
     */
    listColumns: (matrix: Matrix, columns: number, a: Matrix): number =>
      list(kernels.listColumns, matrix, columns, a, steps.rows) /
      (matrix.rows * roundUp(columns) / 2),
    /** The same for every two rows of a matrix. */
    listRows: (matrix: Matrix, columns: number, a: Matrix): number =>
      list(kernels.listRows, matrix, columns, a, steps.states) /
      (columns * Math.ceil(matrix.rows / 2)),
    /** Rows of C ← max(Σ number · row of A, floor) over the lists. */
    sum: (
      rows: number,
      a: Matrix,
      c: Matrix,
      columns: number,
      floor = -Infinity,
    ) =>
      kernels.sparseProduct(
        address,
        step,
        ends,
        rows,
        a.address,
        c.address,
        c.rowStep,
        columns,
        floor,
      ),
  };
}
