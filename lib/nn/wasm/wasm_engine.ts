/**
 * The default engine: everything in WebAssembly, no permission needed.
 *
 * @module
 */

import { createKernelLearner } from "./kernel_learner.ts";
import type { Engine } from "../types.ts";
import { wasmProducts } from "./wasm_products.ts";

/** Opens the engine. */
export function openWasmEngine(): Engine {
  return {
    name: wasmProducts.name,
    createLearner: (shape) => createKernelLearner(wasmProducts, shape),
  };
}
