/**
 * Compiles the kernels from AssemblyScript: `deno task build:kernels`.
 *
 * @module
 */

import { main } from "assemblyscript/asc";

/**
 * Compiles `kernels.as` and what it imports.
 *
 * The compiler looks for `.ts` files; ours are called `.as`, since they are not
 * TypeScript. It does not optimize: V8 does that, and makes products 5 % slower
 * from code that was optimized before. A memory of one page at least spares the
 * test whether it has any at every load.
 *
 * @returns The bytes of `kernels.wasm`.
 * @throws {Error} If the source has an error; the message is the compiler's.
 */
export async function buildKernels(): Promise<Uint8Array<ArrayBuffer>> {
  let module: Uint8Array | undefined;
  const { error, stderr } = await main([
    "kernels.ts",
    "--outFile",
    "kernels.wasm",
    "-O0",
    "--noAssert",
    "--runtime",
    "stub",
    "--importMemory",
    "--initialMemory",
    "1",
    "--enable",
    "simd,relaxed-simd",
  ], {
    readFile: (name) => {
      const url = new URL(name.replace(/\.ts$/, ".as"), import.meta.url);
      return Deno.readTextFile(url).catch(() => null);
    },
    writeFile: (_name, content) => {
      module = content as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !module) throw new Error(`Cannot build the kernels: ${stderr}`);
  return module.slice();
}

if (import.meta.main) {
  await Deno.writeFile(
    new URL("kernels.wasm", import.meta.url),
    await buildKernels(),
  );
}
