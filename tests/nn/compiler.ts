/**
 * Whether native kernels can be built here, for tests that build them.
 *
 * @module
 */

import { hasNativeKernels } from "../../lib/nn/wasm/native/native_file.ts";

async function runs(compiler: string): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(compiler, {
      args: ["--version"],
    }).output();
    return success;
  } catch {
    return false;
  }
}

/** Whether this is a system for native kernels, with a C compiler. */
export const canBuildNative = hasNativeKernels() &&
  (await Promise.all(["cc", "gcc", "clang"].map(runs))).includes(true);

if (!canBuildNative) {
  console.warn("Tests that compile native kernels are ignored: no C compiler.");
}
