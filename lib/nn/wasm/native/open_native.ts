/**
 * Opens the native kernels where they are built and permitted.
 *
 * @module
 */

import { type NativeLibrary, openNativeLibrary } from "./native_kernels.ts";
import { hasNativeKernels, nativePath, nativeState } from "./native_file.ts";

/**
 * The native kernels, or `undefined` where there are none: on another system, not
 * built, built from other sources, damaged, or not permitted. All that follows from
 * it is the time that an update takes.
 */
export async function openNative(): Promise<NativeLibrary | undefined> {
  if (!hasNativeKernels()) return undefined;
  const path = nativePath();
  for (const name of ["ffi", "read"] as const) {
    const { state } = await Deno.permissions.query({ name, path });
    if (state !== "granted") return undefined;
  }
  if (await nativeState(path) !== "built") return undefined;
  try {
    return openNativeLibrary(path);
  } catch {
    // A file system, say, from which nothing may be executed.
    return undefined;
  }
}

/** The instructions that vectors of so many floats take. */
export function instructionSet(width: number): string {
  return width === 16 ? "AVX-512" : "AVX2";
}

/** What provenance and commands call the kernels. */
export function describeNative({ width }: NativeLibrary): string {
  return `native kernels (${instructionSet(width)})`;
}
