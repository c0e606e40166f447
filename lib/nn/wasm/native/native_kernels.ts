/**
 * The kernels compiled from C, called on the memory of a learner.
 *
 * @module
 */

import type { Kernels } from "../kernels/kernels.ts";

/** Parameters behind the memory's: addresses, steps and counts, then factors. */
function takes<const Result extends "void" | "u32">(
  integers: number,
  floats: number,
  result: Result,
) {
  return {
    parameters: [
      "buffer",
      ...Array<"u32">(integers).fill("u32"),
      ...Array<"f32">(floats).fill("f32"),
    ] as ("buffer" | "u32" | "f32")[],
    result,
  } as const;
}

const OF_ANY_WIDTH = {
  product: takes(10, 1, "void"),
  sparseProduct: takes(8, 1, "void"),
  adamStep: takes(5, 7, "void"),
  softUpdate: takes(3, 2, "void"),
};

const OF_ONE_WIDTH = {
  productOfColumn: takes(8, 1, "void"),
  listColumns: takes(8, 0, "u32"),
  listRows: takes(8, 0, "u32"),
  transpose: takes(8, 0, "void"),
  rowsInUse: takes(5, 0, "u32"),
  transposeRows: takes(8, 0, "void"),
  spreadColumns: takes(7, 0, "void"),
  rectify: takes(2, 0, "void"),
  rectifierSlope: takes(6, 0, "void"),
  hyperbolicTangent: takes(4, 0, "void"),
  tangentSlope: takes(6, 0, "void"),
  headValues: takes(7, 0, "void"),
  headInputGradient: takes(7, 0, "void"),
  headWeightGradient: takes(7, 0, "void"),
  statesFromRows: takes(6, 0, "void"),
  statesToRows: takes(6, 0, "void"),
};

type Symbols = Record<
  keyof typeof OF_ANY_WIDTH | keyof typeof OF_ONE_WIDTH,
  // deno-lint-ignore no-explicit-any
  (memory: Uint8Array, ...values: number[]) => any
>;

/** A library of kernels that is open. */
export interface NativeLibrary {
  /** Floats in its vectors: 8 with AVX2, 16 with AVX-512. */
  readonly width: number;
  /** The kernels, on a memory that never grows. */
  readonly onMemory: (memory: WebAssembly.Memory) => Kernels;
}

/**
 * Opens a library that `deno task build:native` has made.
 *
 * @param widest The widest vectors to use; by default those of the processor.
 * @returns `undefined` if this processor does not have AVX2.
 * @throws {Error} If ffi is not permitted, or the file is no such library.
 */
export function openNativeLibrary(
  path: string,
  widest = 16,
): NativeLibrary | undefined {
  const width = Math.min(widest, nativeWidth(path));
  if (width === 0) return undefined;
  const sized = Object.fromEntries(
    Object.entries(OF_ANY_WIDTH).map(([name, definition]) => [
      name,
      { name: `${name}_${width}`, ...definition },
    ]),
  );
  const { symbols } = Deno.dlopen(path, { ...sized, ...OF_ONE_WIDTH });
  return {
    width,
    onMemory: (memory) => bind(symbols as unknown as Symbols, memory),
  };
}

/**
 * Floats in the vectors that this processor takes from a library; 0 without AVX2.
 *
 * @throws {Error} If ffi is not permitted, or the file is no such library.
 */
export function nativeWidth(path: string): number {
  const library = Deno.dlopen(path, {
    width: { parameters: [], result: "u32" },
  });
  const width = library.symbols.width();
  library.close();
  return width;
}

/** One function a kernel: V8 calls a library fast where it knows what it calls. */
function bind(symbols: Symbols, memory: WebAssembly.Memory): Kernels {
  // A pointer would take a permission for all libraries, and ten times as long.
  const base = new Uint8Array(memory.buffer);
  return {
    product: (a, b, c, d, e, f, g, h, i, j, k) =>
      symbols.product(base, a, b, c, d, e, f, g, h, i, j, k),
    productOfColumn: (a, b, c, d, e, f, g, h, i) =>
      symbols.productOfColumn(base, a, b, c, d, e, f, g, h, i),
    listColumns: (a, b, c, d, e, f, g, h) =>
      symbols.listColumns(base, a, b, c, d, e, f, g, h),
    listRows: (a, b, c, d, e, f, g, h) =>
      symbols.listRows(base, a, b, c, d, e, f, g, h),
    sparseProduct: (a, b, c, d, e, f, g, h, i) =>
      symbols.sparseProduct(base, a, b, c, d, e, f, g, h, i),
    transpose: (a, b, c, d, e, f, g, h) =>
      symbols.transpose(base, a, b, c, d, e, f, g, h),
    rowsInUse: (a, b, c, d, e) => symbols.rowsInUse(base, a, b, c, d, e),
    transposeRows: (a, b, c, d, e, f, g, h) =>
      symbols.transposeRows(base, a, b, c, d, e, f, g, h),
    spreadColumns: (a, b, c, d, e, f, g) =>
      symbols.spreadColumns(base, a, b, c, d, e, f, g),
    rectify: (a, b) => symbols.rectify(base, a, b),
    rectifierSlope: (a, b, c, d, e, f) =>
      symbols.rectifierSlope(base, a, b, c, d, e, f),
    hyperbolicTangent: (a, b, c, d) =>
      symbols.hyperbolicTangent(base, a, b, c, d),
    tangentSlope: (a, b, c, d, e, f) =>
      symbols.tangentSlope(base, a, b, c, d, e, f),
    headValues: (a, b, c, d, e, f, g) =>
      symbols.headValues(base, a, b, c, d, e, f, g),
    headInputGradient: (a, b, c, d, e, f, g) =>
      symbols.headInputGradient(base, a, b, c, d, e, f, g),
    headWeightGradient: (a, b, c, d, e, f, g) =>
      symbols.headWeightGradient(base, a, b, c, d, e, f, g),
    adamStep: (a, b, c, d, e, f, g, h, i, j, k, l) =>
      symbols.adamStep(base, a, b, c, d, e, f, g, h, i, j, k, l),
    softUpdate: (a, b, c, d, e) => symbols.softUpdate(base, a, b, c, d, e),
    statesFromRows: (a, b, c, d, e, f) =>
      symbols.statesFromRows(base, a, b, c, d, e, f),
    statesToRows: (a, b, c, d, e, f) =>
      symbols.statesToRows(base, a, b, c, d, e, f),
  };
}
