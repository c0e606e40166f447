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
 * Whether native kernels may be taken. Prints a line where they would be and cannot.
 *
 * @param engines What computes the networks.
 * @throws {InputError} If `--native` is neither on nor off.
 */
export async function readNative(
  { native }: { readonly native: string },
  engines: Iterable<string>,
): Promise<boolean> {
  if (readChoice("--native", ["on", "off"], native) === "off") return false;
  const line = new Set(engines).has("wasm") ? await describe() : undefined;
  if (line !== undefined) console.log(line);
  return true;
}
