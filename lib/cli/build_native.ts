/**
 * `deno task build:native`: compiles the kernels of the wasm engine for this kind of
 * processor.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { tryLock } from "../files/lock.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { InputError } from "../input/input_error.ts";
import {
  hasNativeKernels,
  NATIVE_FLAGS,
  NATIVE_SOURCES,
  nativePath,
  nativeState,
  sealLibrary,
} from "../nn/wasm/native/native_file.ts";
import { nativeWidth } from "../nn/wasm/native/native_kernels.ts";
import { instructionSet } from "../nn/wasm/native/open_native.ts";
import { orSystemError } from "./sweep_options.ts";
import { parseArguments, runMain } from "./command.ts";
import { BUILD_NATIVE } from "./project_tasks.ts";
import { COMPILERS } from "./task_parts.ts";

const HELP = `
Compiles the kernels of the wasm engine from C, for AVX2 and AVX-512. Training then
takes about half of the time; its results are the same to the bit.

Usage: deno task build:native

It runs the first of cc, gcc and clang that is installed, and writes to .cache.

Exit code: 0, also where they are built already; 1 if the compiler fails or the file
cannot be written; 2 if there are no native kernels for this system, no compiler, or
an argument is not valid.
`;

const SOURCE = fileURLToPath(
  new URL(`../nn/wasm/native/${NATIVE_SOURCES[0]}`, import.meta.url),
);

/** How often to look whether another process has built them. */
const LOOK_MS = 100;

/** What a compiler complains about. */
class CompilerError extends Error {}

/** What the compiler made, or what it said. */
async function compile(
  compiler: string,
  folder: string,
  flags: readonly string[],
): Promise<Uint8Array | string> {
  const made = join(folder, `.native-${Deno.pid}.tmp`);
  try {
    const { success, stderr } = await new Deno.Command(compiler, {
      args: [...NATIVE_FLAGS, ...flags, SOURCE, "-o", made],
      stdin: "null",
      stdout: "null",
    }).output();
    return success
      ? await Deno.readFile(made)
      : new TextDecoder().decode(stderr);
  } finally {
    await Deno.remove(made).catch(() => {});
  }
}

/** Where and how {@linkcode buildNative} builds. */
export interface BuildNativeOptions {
  /** The library's file; by default the one that engines open. */
  readonly path?: string;
  /** Compilers to try, by name. */
  readonly compilers?: readonly string[];
  /** More flags for the compiler. */
  readonly flags?: readonly string[];
}

/**
 * Builds the library; what others read is replaced as a whole.
 *
 * @returns The compiler that was used.
 * @throws {InputError} If there is none.
 * @throws {Error} If it fails; the message is the compiler's.
 */
export async function buildNative(
  {
    path = nativePath(),
    compilers = COMPILERS.map((path) => basename(path)),
    flags = [],
  }: BuildNativeOptions = {},
): Promise<string> {
  await Deno.mkdir(dirname(path), { recursive: true });
  for (const compiler of compilers) {
    let result: Uint8Array | string;
    try {
      result = await compile(compiler, dirname(path), flags);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue;
      throw error;
    }
    if (typeof result === "string") {
      throw new CompilerError(
        `Cannot build native kernels: ${compiler}: ${result.trim()}`,
      );
    }
    await writeFileAtomically(path, await sealLibrary(result));
    return compiler;
  }
  throw new InputError(
    `Cannot build native kernels: a C compiler must be installed, looked for ${
      compilers.join(", ")
    } (on Debian: apt install gcc)`,
  );
}

/** Builds unless that is done, or another process does it; returns what to say. */
async function buildOnce(options: BuildNativeOptions): Promise<string> {
  const { path = nativePath() } = options;
  let lock;
  while (!(lock = await tryLock(`${path}.lock`))) await delay(LOOK_MS);
  try {
    if (await nativeState(path) === "built") return "built before";
    return `built by ${await buildNative(options)}`;
  } finally {
    await lock.release();
  }
}

/** The command; returns its exit code. */
export async function main(
  args: string[],
  options: BuildNativeOptions = {},
): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...BUILD_NATIVE }, args);
  if (parsed === undefined) return 0;
  if (!hasNativeKernels()) {
    const { os, arch } = Deno.build;
    throw new InputError(
      `Cannot build native kernels: the system must be Linux on x86-64, got ${os} on ${arch}; WebAssembly computes the same`,
    );
  }
  return await orSystemError("build native kernels", async () => {
    let done: string;
    try {
      done = await buildOnce(options);
    } catch (error) {
      if (!(error instanceof CompilerError)) throw error;
      console.error(`${error.message}\nWebAssembly computes the same.`);
      return 1;
    }
    const width = nativeWidth(options.path ?? nativePath());
    console.log(
      `Native kernels: ${done}. This processor ${
        width === 0
          ? "has no AVX2 and does not take them"
          : `takes those for ${instructionSet(width)}`
      }.`,
    );
    return 0;
  });
}

if (import.meta.main) await runMain(main);
