/**
 * The machine's BLAS through Deno's foreign function interface.
 *
 * @module
 */

/** The variable by which OpenBLAS takes other kernels. */
export const CORE_VARIABLE = "OPENBLAS_CORETYPE";

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
  openblas_get_corename: { parameters: [], result: "pointer", optional: true },
  // macOS 15 and later; 1 is BLAS_THREADING_SINGLE_THREADED.
  BLASSetThreading: { parameters: ["i32"], result: "i32", optional: true },
} as const satisfies Deno.ForeignLibraryInterface;

/** An open library. */
export type BlasLibrary = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];

type OpenLibrary = Deno.DynamicLibrary<typeof SYMBOLS>;

function textOf(call: (() => Deno.PointerValue) | null | undefined) {
  const text = call?.();
  return text ? Deno.UnsafePointerView.getCString(text).trim() : undefined;
}

/** The kernels that OpenBLAS has taken; nothing for others. */
export function coreOf(library: BlasLibrary): string | undefined {
  return textOf(library.openblas_get_corename);
}

/**
 * What OpenBLAS says of itself, with the kernels that it has taken; nothing for
 * others.
 */
export function describeBlas(library: BlasLibrary): string | undefined {
  return textOf(library.openblas_get_config);
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

/** Options of {@linkcode openBlasLibrary}. */
export interface OpenBlasOptions {
  /**
   * The kernels to open OpenBLAS again with, given those that it has taken by
   * itself; `undefined` to let these be.
   */
  readonly coreInstead?: (core: string) => string | undefined;
}

/**
 * Opens OpenBLAS again, with other kernels: it looks for them when it is loaded. What
 * a user has set in the environment counts, and without permission to set anything
 * there the library stays as it is.
 */
function openAgain(
  path: string,
  library: OpenLibrary,
  core: string | undefined,
): OpenLibrary {
  if (core === undefined) return library;
  const { state } = Deno.permissions.querySync({
    name: "env",
    variable: CORE_VARIABLE,
  });
  if (state !== "granted" || Deno.env.get(CORE_VARIABLE)) return library;
  library.close();
  Deno.env.set(CORE_VARIABLE, core);
  try {
    return Deno.dlopen(path, SYMBOLS);
  } finally {
    Deno.env.delete(CORE_VARIABLE);
  }
}

/**
 * Opens a BLAS and keeps it to one thread: trials run one to a core.
 *
 * @throws {Error} If none is found or permitted; the message has one line.
 */
export function openBlasLibrary(
  { coreInstead = () => undefined }: OpenBlasOptions = {},
): BlasLibrary {
  const candidates = CANDIDATES[Deno.build.os] ?? [];
  let permitted = true;
  for (const candidate of candidates) {
    try {
      const found = Deno.dlopen(candidate, SYMBOLS);
      const core = coreOf(found.symbols);
      const { symbols } = openAgain(
        candidate,
        found,
        core === undefined ? undefined : coreInstead(core),
      );
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
