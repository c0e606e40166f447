/**
 * The machine's BLAS through Deno's foreign function interface.
 *
 * @module
 */

const SYMBOLS = {
  cblas_sgemm: {
    parameters: [
      "i32", // order
      "i32", // transposeA
      "i32", // transposeB
      "i32", // m
      "i32", // n
      "i32", // k
      "f32", // alpha
      "pointer", // a
      "i32", // lda
      "pointer", // b
      "i32", // ldb
      "f32", // beta
      "pointer", // c
      "i32", // ldc
    ],
    result: "void",
  },
  openblas_set_num_threads: {
    parameters: ["i32"],
    result: "void",
    optional: true,
  },
  openblas_get_config: { parameters: [], result: "pointer", optional: true },
  // macOS 15 and later; 1 is BLAS_THREADING_SINGLE_THREADED.
  BLASSetThreading: { parameters: ["i32"], result: "i32", optional: true },
} as const satisfies Deno.ForeignLibraryInterface;

/** An open library. */
export type BlasLibrary = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];

/**
 * What OpenBLAS says of itself, with the kernels that it has chosen for this
 * processor, or was told to take by `OPENBLAS_CORETYPE`; nothing for others.
 */
export function describeBlas(library: BlasLibrary): string | undefined {
  const text = library.openblas_get_config?.();
  return text ? Deno.UnsafePointerView.getCString(text).trim() : undefined;
}

/** Where OpenBLAS is on Linux, and Accelerate on macOS; names before paths. */
const CANDIDATES: Partial<Record<typeof Deno.build.os, readonly string[]>> = {
  linux: [
    "libopenblas.so.0",
    "libopenblas.so",
    "libopenblasp.so.0",
    "libcblas.so.3",
    "libblas.so.3",
  ],
  darwin: [
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ],
};

/**
 * Opens a BLAS and keeps it to one thread: trials run one to a core.
 *
 * @throws {Error} If none is found or permitted; the message has one line.
 */
export function openBlasLibrary(): BlasLibrary {
  const candidates = CANDIDATES[Deno.build.os] ?? [];
  let permitted = true;
  for (const candidate of candidates) {
    try {
      const { symbols } = Deno.dlopen(candidate, SYMBOLS);
      symbols.openblas_set_num_threads?.(1);
      symbols.BLASSetThreading?.(1);
      return symbols;
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) permitted = false;
    }
  }
  if (!permitted) {
    throw new Error(
      "Cannot open the blas engine: calling a library must be permitted, as with --allow-ffi",
    );
  }
  throw new Error(
    `Cannot open the blas engine: a BLAS must be installed, looked for ${
      candidates.join(", ") || "none on this system"
    } (on Debian: apt install libopenblas0-pthread)`,
  );
}
