/**
 * The compiled kernels.
 *
 * @module
 */

/** `kernels.wasm`, compiled and not yet instantiated. */
export const kernelsModule: WebAssembly.Module;
