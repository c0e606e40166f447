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
 * @returns The bytes of a WebAssembly module.
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

/** A module that holds the bytes as text: unlike a file, it can be bundled. */
export function kernelsModule(bytes: Uint8Array<ArrayBuffer>): string {
  const lines = bytes.toBase64().match(/.{1,76}/g) ?? [];
  return `/**
 * The compiled kernels. \`deno task build:kernels\` writes this file.
 *
 * @module
 */

/** A WebAssembly module in Base64, with line breaks, which \`atob\` skips. */
export const KERNELS_BASE64 = \`
${lines.join("\n")}
\`;
`;
}

if (import.meta.main) {
  await Deno.writeTextFile(
    new URL("kernels_base64.ts", import.meta.url),
    kernelsModule(await buildKernels()),
  );
}
