/**
 * Which kernels OpenBLAS takes, and which it had better take.
 *
 * OpenBLAS looks at the processor once, when it is loaded. A version that is older
 * than the processor may not know it, and then takes kernels of 2004, Prescott's,
 * without a word: they are three times slower.
 *
 * @module
 */

import { instantiateKernels } from "./kernels/kernels.ts";

/** Kernels without fused multiply-adds, in OpenBLAS's words. */
const OLD_KERNELS = [
  "Katmai",
  "Coppermine",
  "Northwood",
  "Prescott",
  "Banias",
  "Core2",
  "Penryn",
  "Dunnington",
  "Nehalem",
  "Sandybridge",
  "Athlon",
  "Opteron",
  "Opteron_SSE3",
  "Barcelona",
  "Nano",
  "Atom",
  "Bobcat",
];

/**
 * The kernels that OpenBLAS should take instead of those that it has taken, or
 * `undefined` if these are not older than the processor.
 *
 * @param core What it has taken, as `openblas_get_corename` says.
 * @param processor Whether it fuses multiplications with additions, and whether it
 * is known to have AVX-512.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { betterCore } from "./blas_kernels.ts";
 *
 * const processor = { fuses: true, hasAvx512: true };
 * assertEquals(betterCore("Prescott", processor), "SkylakeX");
 * assertEquals(betterCore("Cooperlake", processor), undefined);
 * ```
 */
export function betterCore(
  core: string,
  { fuses, hasAvx512 }: {
    readonly fuses: boolean;
    readonly hasAvx512: boolean;
  },
): string | undefined {
  if (!fuses || !OLD_KERNELS.includes(core)) return undefined;
  return hasAvx512 ? "SkylakeX" : "Haswell";
}

/**
 * Whether the processor rounds a · b + c once, as all with AVX2 do: asked of the
 * kernels, whose multiply-adds are the processor's.
 */
export function fusesMultiplyAdd(): boolean {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const numbers = new Float32Array(memory.buffer);
  const [target, online] = [1024, 2048];
  // (1 + 2⁻¹²)² − (1 + 2⁻¹¹) is 2⁻²⁴, and 0 if the square is rounded before.
  const near = 1 + 2 ** -12;
  numbers[target / 4] = 1 + 2 ** -11;
  numbers[online / 4] = near;
  instantiateKernels(memory).softUpdate(target, online, 16, near, -1);
  return numbers[target / 4] !== 0;
}
