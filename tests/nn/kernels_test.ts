import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  elementAddress,
  type Matrix,
  MemoryPlan,
} from "../../lib/nn/kernel_memory.ts";
import { buildKernels } from "../../lib/nn/kernels/build.ts";
import {
  instantiateKernels,
  type Kernels,
} from "../../lib/nn/kernels/kernels.ts";

Deno.test("kernels.wasm is what its source compiles to", async () => {
  const committed = await Deno.readFile(
    new URL("../../lib/nn/kernels/kernels.wasm", import.meta.url),
  );
  assertEquals(await buildKernels(), committed);
});

/** Opens a plan and fills its matrices with random numbers. */
function open(plan: MemoryPlan, ...matrices: Matrix[]) {
  const memory = plan.allocate();
  const floats = new Float32Array(memory.buffer);
  const stream = new RandomStream(1, "kernels");
  const at = (matrix: Matrix, row: number, column: number) =>
    elementAddress(matrix, row, column) / 4;
  for (const matrix of matrices) {
    for (let row = 0; row < matrix.rows; row++) {
      for (let column = 0; column < matrix.columns; column++) {
        floats[at(matrix, row, column)] = 2 * stream.uniform() - 1;
      }
    }
  }
  const kernels: Kernels = instantiateKernels(memory);
  const get = (matrix: Matrix, row: number, column: number) =>
    floats[at(matrix, row, column)];
  return { kernels, floats, get };
}

for (const [rows, columns, inner] of [[1, 1, 1], [4, 8, 3], [13, 21, 34]]) {
  for (const floor of [-Infinity, 0]) {
    Deno.test(`product multiplies AᵀB for ${rows} × ${columns} over ${inner}, no less than ${floor}`, () => {
      const plan = new MemoryPlan("panels");
      const a = plan.matrix(inner, rows, "row-major");
      const b = plan.matrix(inner, columns);
      const c = plan.matrix(rows, columns);
      const { kernels, get } = open(plan, a, b);
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
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          let sum = 0;
          for (let t = 0; t < inner; t++) {
            sum += get(a, t, row) * get(b, t, column);
          }
          const expected = Math.max(sum, floor);
          const error = Math.abs(get(c, row, column) - expected);
          assertLessOrEqual(error, 1e-6 * inner);
        }
      }
    });
  }

  Deno.test(`transpose turns ${rows} × ${columns} over`, () => {
    const plan = new MemoryPlan("panels");
    const source = plan.matrix(rows, columns);
    const target = plan.matrix(columns, rows);
    const { kernels, get } = open(plan, source);
    kernels.transpose(
      source.address,
      source.panelStep,
      source.rowStep,
      target.address,
      target.panelStep,
      target.rowStep,
      rows,
      columns,
    );
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        assertEquals(get(target, column, row), get(source, row, column));
      }
    }
  });
}

Deno.test("hyperbolicTangent is exact to two units of the last place", () => {
  const plan = new MemoryPlan("panels");
  const count = 1 << 14;
  const address = plan.vector(count);
  const { kernels, floats } = open(plan);
  const x = floats.subarray(address / 4, address / 4 + count);
  const stream = new RandomStream(2, "tanh");
  // Magnitudes from 1e-10 to 100, both signs, and the ends.
  x.forEach((_, i) =>
    x[i] = (i % 2 ? 1 : -1) * 10 ** (12 * stream.uniform() - 10)
  );
  x.set([0, -0, Infinity, -Infinity, 3e38, 1e-45, 9, 9.5, -9.5]);
  const expected = Float64Array.from(x, Math.tanh);
  kernels.hyperbolicTangent(address, 0, 4 * count, 1);
  let largest = 0;
  x.forEach((value, i) => {
    assert(Math.abs(value) <= 1);
    if (expected[i] === 0) return assertEquals(value, expected[i]);
    const error = Math.abs(value - expected[i]);
    if (Math.abs(expected[i]) < 1e-30) return assertLessOrEqual(error, 1e-44);
    largest = Math.max(largest, error / Math.abs(expected[i]));
  });
  assertLessOrEqual(largest, 2 * 2 ** -23);
});
