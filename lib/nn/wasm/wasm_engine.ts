/**
 * The default engine: WebAssembly, no permission needed; where they are built and
 * permitted, the same kernels in the processor's widest vectors.
 *
 * @module
 */

import { createKernelLearner } from "./kernel_learner.ts";
import { describeNative, openNative } from "./native/open_native.ts";
import type { Engine, EngineOptions } from "../types.ts";
import { wasmProducts } from "./wasm_products.ts";

/** Opens the engine. */
export async function openWasmEngine(
  { native = true }: EngineOptions = {},
): Promise<Engine> {
  const library = native ? await openNative() : undefined;
  return {
    name: wasmProducts.name,
    library: library && describeNative(library),
    createLearner: (shape) =>
      createKernelLearner(wasmProducts, shape, library?.onMemory),
  };
}
