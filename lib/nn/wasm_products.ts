/**
 * The matrix products of the wasm engine.
 *
 * @module
 */

import type { Matrix } from "./kernel_memory.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { MatrixProducts, ProductBackend } from "./matrix_products.ts";

/** Instead of room for rows in use: all rows are taken. */
export const NO_ROOM = 0;
/** Bytes of that room for one row: eight numbers and a word. */
const ROOM_PER_ROW = 36;

/** The share of a weight gradient from which on it is computed as a whole. */
const WHOLE_SHARE = 0.75;

/**
 * Products by the kernels of `product.as`, which multiply AᵀB for a row-major A
 * and a B in panels.
 *
 * Forward, that is what is wanted of weights and input as they lie; backward,
 * one or both factors are transposed first, which costs little beside.
 *
 * Many rectifiers are silent for all states at hand, in critics after some
 * training more than half. Sums leave them out, and gradients by their weights
 * are known to be 0; neither changes a bit of the results.
 */
export const wasmProducts: ProductBackend = {
  name: "wasm",
  layout: "panels",
  plan(plan, { inputs, outputs, states }) {
    const weightsTransposed = plan.matrix(outputs, inputs, "row-major");
    const inputTransposed = plan.matrix(states, inputs, "row-major");
    const gradientTransposed = plan.matrix(states, outputs, "panels");
    const compactGradient = plan.matrix(inputs, outputs, "row-major");
    const [inputList, outputList] = [inputs, outputs].map((rows) =>
      plan.vector(rows + 4)
    );
    const room = plan.vector(
      ROOM_PER_ROW / 4 * (Math.max(inputs, outputs) + 1),
    );
    return (kernels) => {
      const { multiply, transpose, listRows, transposeRows, spread } =
        onMatrices(kernels);
      return {
        forward(weights, input, output, states, rectified) {
          const { rows, columns } = weights;
          const floor = rectified ? 0 : -Infinity;
          multiply(weights, input, output, columns, states, rows, room, floor);
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
            room,
          );
        },
        weightGradient(input, byOutput, byWeights, states) {
          const rows = listRows(input, states, inputList);
          const columns = listRows(byOutput, states, outputList);
          const whole = input.rows * byOutput.rows;
          const [a, b] = [inputTransposed, gradientTransposed];
          if (rows * columns > WHOLE_SHARE * whole) {
            transpose(input, a, states);
            transpose(byOutput, b, states);
            const { rows } = input;
            multiply(a, b, byWeights, rows, byOutput.rows, states, NO_ROOM);
          } else {
            transposeRows(input, inputList, rows, a, states);
            transposeRows(byOutput, outputList, columns, b, states);
            multiply(a, b, compactGradient, rows, columns, states, NO_ROOM);
            const lists = [inputList, rows, outputList, columns] as const;
            spread(compactGradient, byWeights, lists);
          }
        },
      } satisfies MatrixProducts;
    };
  },
};

/** The kernels of `product.as` and `transposition.as`, given matrices. */
export function onMatrices(kernels: Kernels) {
  return {
    /**
     * C ← max(AᵀB, floor) for `rows` and `columns` of C, and `inner` of A and B.
     *
     * @param room For B's rows that are in use, or `NO_ROOM`.
     */
    multiply: (
      a: Matrix,
      b: Matrix,
      c: Matrix,
      rows: number,
      columns: number,
      inner: number,
      room: number,
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
        room,
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
    listRows: (
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
    /** T ← S in the rows of one list and the columns of another, 0 elsewhere. */
    spread: (
      source: Matrix,
      target: Matrix,
      lists: readonly [
        rowList: number,
        rowCount: number,
        columnList: number,
        columnCount: number,
      ],
    ) =>
      kernels.spread(
        source.address,
        source.rowStep,
        target.address,
        target.rowStep,
        ...lists,
        target.rows,
      ),
  };
}
