import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  elementAddress,
  type Matrix,
  MemoryPlan,
} from "../../lib/nn/wasm/kernel_memory.ts";
import {
  buildKernels,
  kernelsModule,
} from "../../lib/nn/wasm/kernels/build.ts";
import {
  instantiateKernels,
  type Kernels,
} from "../../lib/nn/wasm/kernels/kernels.ts";
import {
  onLists,
  onMatrices,
  planLists,
} from "../../lib/nn/wasm/wasm_products.ts";

Deno.test("kernels_base64.ts is what its source compiles to", async () => {
  const committed = await Deno.readTextFile(
    new URL("../../lib/nn/wasm/kernels/kernels_base64.ts", import.meta.url),
  );
  assertEquals(kernelsModule(await buildKernels()), committed);
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

// Columns of a sparse product come in strips of up to three panels.
const SIZES = [[1, 1, 1], [4, 8, 3], [26, 9, 5], [20, 13, 8], [61, 21, 34]];

for (const [rows, columns, inner] of SIZES) {
  for (const floor of [-Infinity, 0]) {
    Deno.test(`product multiplies AᵀB for ${rows} × ${columns} over ${inner}, no less than ${floor}`, () => {
      const plan = new MemoryPlan("panels");
      const a = plan.matrix(inner, rows, "row-major");
      const b = plan.matrix(inner, columns);
      const c = plan.matrix(rows, columns);
      const { kernels, get } = open(plan, a, b);
      const { multiply } = onMatrices(kernels);
      multiply(a, b, c, rows, columns, inner, floor);
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

  Deno.test(`sparing zeros and all columns but one changes no bit of ${rows} × ${columns} over ${inner}`, () => {
    const plan = new MemoryPlan("panels");
    const a = plan.matrix(inner, rows, "row-major");
    const b = plan.matrix(inner, columns);
    const bTransposed = plan.matrix(columns, inner);
    const all = plan.matrix(rows, columns);
    const [byColumns, byRows] = [0, 1].map(() =>
      plan.matrix(columns, rows, "row-major")
    );
    const column = plan.matrix(rows, 1);
    const lists = planLists(
      plan,
      Math.max(inner, columns),
      Math.max(inner, columns),
    );
    const { kernels, floats, get } = open(plan, a, b);
    // The first two columns need a third of the rows, others two thirds.
    for (let t = 0; t < inner; t++) {
      for (let k = 0; k < columns; k++) {
        if (k > 1 && t % 3 === 1 || t % 3 === 2 && k % 2 === 0) continue;
        if (columns > 1) floats[elementAddress(b, t, k) / 4] = 0;
      }
    }
    const { multiply, transpose } = onMatrices(kernels);
    const { listColumns, listRows, sum } = onLists(kernels, lists);
    multiply(a, b, all, rows, columns, inner, 0);
    transpose(b, bTransposed, columns);
    const byColumnsShare = listColumns(b, columns, a);
    sum(columns, a, byColumns, rows, 0);
    const byRowsShare = listRows(bTransposed, inner, a);
    sum(columns, a, byRows, rows, 0);
    if (columns > 8) {
      assertLessOrEqual(byColumnsShare, 0.7);
      assertLessOrEqual(byRowsShare, 0.7);
    }
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
        assertEquals(get(byColumns, k, row), get(all, row, k));
        assertEquals(get(byRows, k, row), get(all, row, k));
      }
    }
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

Deno.test("what pads a matrix is in no list", () => {
  const [rows, columns] = [5, 11];
  const plan = new MemoryPlan("panels");
  const source = plan.matrix(rows, columns);
  const factor = plan.matrix(columns, 1, "row-major");
  const lists = planLists(plan, rows, columns);
  const { kernels, floats } = open(plan);
  const begin = source.address / 4;
  floats.fill(1, begin, begin + source.panelStep / 2);
  assertEquals(onLists(kernels, lists).listRows(source, columns, factor), 1);
  const words = new Uint32Array(floats.buffer);
  const [first, second, third] = words.subarray(lists.ends / 4);
  const { steps: { states: step }, address } = lists;
  assertEquals(
    [first, second, third],
    [0, 1, 2].map((list) => address + list * step + 16 * columns),
  );
  assertEquals(words[first / 4 - 1], (columns - 1) * factor.rowStep);
});

Deno.test("rows in use are listed, turned over, and spread to their places", () => {
  const [rows, columns] = [11, 13];
  const plan = new MemoryPlan("panels");
  const source = plan.matrix(rows, columns);
  const turned = plan.matrix(columns, rows, "row-major");
  const target = plan.matrix(columns, rows, "row-major");
  const list = plan.vector(rows + 4);
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
  const { listInUse, transposeRows, spreadColumns } = onMatrices(kernels);
  const count = listInUse(source, columns, list);
  assertEquals(
    [...words.subarray(list / 4, list / 4 + count)],
    [1, 4, 7, 10].map((row) => 32 * row),
  );
  transposeRows(source, list, count, turned, columns);
  for (let column = 0; column < columns; column++) {
    [1, 4, 7, 10].forEach((row, k) =>
      assertEquals(get(turned, column, k), get(source, row, column))
    );
  }
  spreadColumns(turned, target, list, count);
  for (let row = 0; row < columns; row++) {
    for (let column = 0; column < rows; column++) {
      const expected = isUsed(column) ? get(source, column, row) : 0;
      assertEquals(get(target, row, column), expected);
    }
  }
  floats.fill(0, source.address / 4, list / 4);
  assertEquals(listInUse(source, columns, list), 0);
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
