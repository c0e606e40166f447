/**
 * Native kernels on the command line: whether they are wanted, and a line where they
 * are not to be had.
 *
 * @module
 */

import { nativeState } from "../nn/wasm/native/native_file.ts";
import { readChoice } from "./command.ts";
import { COMPILERS } from "./task_parts.ts";

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** What there is to say of the native kernels. */
async function describe(): Promise<string | undefined> {
  const again = "deno task build:native builds them again";
  switch (await nativeState()) {
    case "missing":
      return (await Promise.all(COMPILERS.map(exists))).includes(true)
        ? "Native kernels are not built: after deno task build:native, training takes about half of the time, with the same results."
        : undefined;
    case "outdated":
      return `The native kernels are of other sources: ${again}. WebAssembly computes.`;
    case "damaged":
      return `The native kernels are damaged: ${again}. WebAssembly computes.`;
    default:
      return undefined;
  }
}

/**
 * Whether native kernels may be taken.
 *
 * @throws {InputError} If `--native` is neither on nor off.
 */
export function readNative({ native }: { readonly native: string }): boolean {
  return readChoice("--native", ["on", "off"], native) === "on";
}

/** Prints a line where native kernels would be taken and cannot: before training. */
export async function sayNative(
  native: boolean,
  engines: Iterable<string>,
): Promise<void> {
  if (!native || !new Set(engines).has("wasm")) return;
  const line = await describe();
  if (line !== undefined) console.log(line);
}
