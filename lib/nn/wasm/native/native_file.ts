/**
 * The file of native kernels: where it is, and whether it may be opened.
 *
 * @module
 */

import { cachePath } from "../cache_path.ts";

/** What the kernels are compiled from; the first includes the others. */
export const NATIVE_SOURCES = [
  "kernels.c",
  "vectors.h",
  "products.h",
  "optimization.h",
  "of_one_width.h",
] as const;

/** How: no contraction, since `a * b + c` is rounded twice in WebAssembly too. */
export const NATIVE_FLAGS = [
  "-O3",
  "-ffp-contract=off",
  "-fno-strict-aliasing",
  "-fvisibility=hidden",
  "-fPIC",
  "-shared",
] as const;

const SUM_BYTES = 32;

/** Whether there are native kernels for this system and kind of processor. */
export function hasNativeKernels(): boolean {
  return "Deno" in globalThis && Deno.build.os === "linux" &&
    Deno.build.arch === "x86_64" && import.meta.url.startsWith("file:");
}

/**
 * The library's path, in the checkout's cache. One file serves all processors of a
 * kind: it holds the kernels for AVX2 and for AVX-512.
 */
export function nativePath(): string {
  return cachePath(`kernels-${Deno.build.os}-${Deno.build.arch}.so`);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** A sum of the sources and of how they are compiled. */
export async function sourcesSum(): Promise<Uint8Array> {
  const texts = await Promise.all(
    NATIVE_SOURCES.map((name) =>
      Deno.readTextFile(new URL(name, import.meta.url))
    ),
  );
  const all = JSON.stringify([...texts, ...NATIVE_FLAGS]);
  return await sha256(new TextEncoder().encode(all));
}

function join(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/**
 * A library as it is kept: behind it the sum of its sources, which says whether it
 * is of today, and a sum of all of that, since the system would die of a file that
 * was cut off.
 */
export async function sealLibrary(library: Uint8Array): Promise<Uint8Array> {
  const named = join(library, await sourcesSum());
  return join(named, await sha256(named));
}

/** What there is of native kernels. */
export type NativeState =
  /** They can be opened. */
  | "built"
  /** There is no file. */
  | "missing"
  /** The file was made from other sources. */
  | "outdated"
  /** The file was cut off or changed, or cannot be read. */
  | "damaged"
  /** They are not for this system. */
  | "unsupported";

/** Looks whether the library can be opened; it reads the checkout and opens nothing. */
export async function nativeState(
  path: string = nativePath(),
): Promise<NativeState> {
  if (!hasNativeKernels()) return "unsupported";
  let file: Uint8Array<ArrayBuffer>;
  try {
    file = await Deno.readFile(path);
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "missing" : "damaged";
  }
  const matches = (at: number, sum: Uint8Array) =>
    sum.every((byte, i) => file[at + i] === byte);
  const end = file.length - SUM_BYTES;
  if (end < SUM_BYTES || !matches(end, await sha256(file.slice(0, end)))) {
    return "damaged";
  }
  return matches(end - SUM_BYTES, await sourcesSum()) ? "built" : "outdated";
}
