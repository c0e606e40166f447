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
import { NO_ROOM, onMatrices } from "../../lib/nn/wasm_products.ts";

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
      const { multiply } = onMatrices(kernels);
      multiply(a, b, c, rows, columns, inner, NO_ROOM, floor);
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

  Deno.test(`sparing rows of zeros and all columns but one changes no bit of ${rows} × ${columns} over ${inner}`, () => {
    const plan = new MemoryPlan("panels");
    const a = plan.matrix(inner, rows, "row-major");
    const b = plan.matrix(inner, columns);
    const [all, packed] = [
      plan.matrix(rows, columns),
      plan.matrix(rows, columns),
    ];
    const column = plan.matrix(rows, 1);
    const room = plan.vector(9 * (inner + 1));
    const { kernels, floats, get } = open(plan, a, b);
    // Two of three rows are 0 in the first panel, positive or negative.
    for (let t = 0; t < inner; t++) {
      for (let k = 0; k < Math.min(8, columns) && t % 3 !== 1; k++) {
        floats[elementAddress(b, t, k) / 4] = k % 2 ? 0 : -0;
      }
    }
    const { multiply } = onMatrices(kernels);
    multiply(a, b, all, rows, columns, inner, NO_ROOM, 0);
    multiply(a, b, packed, rows, columns, inner, room, 0);
    kernels.productOfColumn(
      a.address,
      a.rowStep,
      b.address,
      b.rowStep,
      column.address,
      column.rowStep,
      rows,
      inner,
      0,
    );
    for (let row = 0; row < rows; row++) {
      assertEquals(get(column, row, 0), get(all, row, 0));
      for (let k = 0; k < columns; k++) {
        assertEquals(get(packed, row, k), get(all, row, k));
      }
    }
    // The last panel's last row was packed last.
    const last = floats[room / 4 + 8 * (inner - 1) + (columns - 1) % 8];
    if (columns > 8) assertEquals(last, get(b, inner - 1, columns - 1));
  });

  Deno.test(`transpose turns ${rows} × ${columns} over`, () => {
    const plan = new MemoryPlan("panels");
    const source = plan.matrix(rows, columns);
    const target = plan.matrix(columns, rows);
    const { kernels, get } = open(plan, source);
    onMatrices(kernels).transpose(source, target, columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        assertEquals(get(target, column, row), get(source, row, column));
      }
    }
  });
}

Deno.test("rows in use are listed, turned over, and spread to their places", () => {
  const [rows, columns] = [11, 13];
  const plan = new MemoryPlan("panels");
  const source = plan.matrix(rows, columns);
  const turned = plan.matrix(columns, rows, "row-major");
  const target = plan.matrix(columns + 2, rows, "row-major");
  const list = plan.vector(rows + 4);
  const everyColumn = plan.vector(columns + 4);
  const { kernels, floats, get } = open(plan, source, target);
  const words = new Uint32Array(floats.buffer);
  // Row 4 has its only number in the last column, and a -0 beside.
  const isUsed = (row: number) => row % 3 === 1;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (isUsed(row) && (row !== 4 || column === columns - 1)) continue;
      floats[elementAddress(source, row, column) / 4] = column % 2 ? 0 : -0;
    }
  }
  const { listRows, transposeRows, spread } = onMatrices(kernels);
  const count = listRows(source, columns, list);
  assertEquals(
    [...words.subarray(list / 4, list / 4 + count)],
    [1, 4, 7, 10].map((row) => 32 * row),
  );
  transposeRows(source, list, count, turned, columns);
  for (let column = 0; column < columns; column++) {
    [1, 4, 7, 10].forEach((row, k) =>
      assertEquals(get(turned, column, k), get(source, row, column))
    );
    words[everyColumn / 4 + column] = 32 * (column + 2);
  }
  // What was turned over goes two rows below its place: 0 above, and between.
  spread(turned, target, [everyColumn, columns, list, count]);
  for (let row = 0; row < target.rows; row++) {
    for (let column = 0; column < rows; column++) {
      const expected = row < 2 || !isUsed(column)
        ? 0
        : get(source, column, row - 2);
      assertEquals(get(target, row, column), expected);
    }
  }
  floats.fill(0, source.address / 4, list / 4);
  assertEquals(listRows(source, columns, list), 0);
});

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
