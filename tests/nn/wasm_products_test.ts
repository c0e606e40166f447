import { assertLessOrEqual } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  elementAddress,
  type Matrix,
  MemoryPlan,
} from "../../lib/nn/wasm/kernel_memory.ts";
import { instantiateKernels } from "../../lib/nn/wasm/kernels/kernels.ts";
import { wasmProducts } from "../../lib/nn/wasm/wasm_products.ts";

/** Shares of numbers that are not 0, and of rows that are not 0 everywhere. */
const SPARSITIES = {
  dense: [1, 1],
  rectified: [0.5, 1],
  "mostly silent": [0.5, 0.3],
  silent: [0, 0],
};
type Sparsity = keyof typeof SPARSITIES;

/** Products of one layer with given inputs and gradients, and what they must be. */
function layer(input: Sparsity, gradient: Sparsity) {
  const [inputs, outputs, states] = [45, 37, 19];
  const plan = new MemoryPlan(wasmProducts.layout);
  const w = plan.matrix(inputs, outputs, "row-major");
  const x = plan.matrix(inputs, states);
  const y = plan.matrix(outputs, states);
  const byY = plan.matrix(outputs, states);
  const byX = plan.matrix(inputs, states);
  const byW = plan.matrix(inputs, outputs, "row-major");
  const open = wasmProducts.plan(plan, { inputs, outputs, states });
  const memory = plan.allocate();
  const products = open(instantiateKernels(memory), memory);
  const floats = new Float32Array(memory.buffer);
  const stream = new RandomStream(1, `${input} ${gradient}`);
  // What pads a matrix must not matter.
  floats.fill(1e3);
  function fill(matrix: Matrix, [numbers, rows]: readonly number[]) {
    for (let row = 0; row < matrix.rows; row++) {
      const inUse = stream.uniform() < rows;
      for (let column = 0; column < matrix.columns; column++) {
        floats[elementAddress(matrix, row, column) / 4] =
          inUse && stream.uniform() < numbers ? 2 * stream.uniform() - 1 : 0;
      }
    }
  }
  fill(w, SPARSITIES.dense);
  fill(x, SPARSITIES[input]);
  fill(byY, SPARSITIES[gradient]);
  const at = (matrix: Matrix, row: number, column: number) =>
    floats[elementAddress(matrix, row, column) / 4];
  /** The largest error of a product, against sums in double precision. */
  function errorOf(
    product: Matrix,
    terms: number,
    term: (row: number, column: number, t: number) => number,
    floor = -Infinity,
  ): number {
    let largest = 0;
    for (let row = 0; row < product.rows; row++) {
      for (let column = 0; column < product.columns; column++) {
        let sum = 0;
        for (let t = 0; t < terms; t++) sum += term(row, column, t);
        const error = at(product, row, column) - Math.max(sum, floor);
        largest = Math.max(largest, Math.abs(error));
      }
    }
    return largest;
  }
  return {
    forward(rectified: boolean) {
      products.forward(w, x, y, states, rectified);
      const term = (j: number, s: number, i: number) =>
        at(w, i, j) * at(x, i, s);
      return errorOf(y, inputs, term, rectified ? 0 : -Infinity);
    },
    inputGradient() {
      products.inputGradient(w, byY, byX, states);
      return errorOf(byX, outputs, (i, s, j) => at(w, i, j) * at(byY, j, s));
    },
    weightGradient() {
      products.weightGradient(x, byY, byW, states);
      return errorOf(byW, states, (i, j, s) => at(x, i, s) * at(byY, j, s));
    },
  };
}

for (const input of Object.keys(SPARSITIES) as Sparsity[]) {
  for (const gradient of Object.keys(SPARSITIES) as Sparsity[]) {
    Deno.test(`products of ${input} inputs and ${gradient} gradients are exact`, () => {
      const products = layer(input, gradient);
      for (let round = 0; round < 2; round++) {
        assertLessOrEqual(products.forward(true), 1e-5);
        assertLessOrEqual(products.inputGradient(), 1e-5);
        assertLessOrEqual(products.weightGradient(), 1e-5);
        assertLessOrEqual(products.forward(false), 1e-5);
      }
    });
  }
}
