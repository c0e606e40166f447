/**
 * The widest vectors that a processor has: the same name may stand for several.
 *
 * @module
 */

import { arch } from "node:os";

/** Sets of instructions, the widest first, each with the flags that tell of it. */
const SETS: readonly (readonly [string, readonly string[]])[] = [
  ["AVX-512", ["avx512f", "avx512bw", "avx512dq", "avx512vl"]],
  ["AVX2", ["avx2", "fma"]],
  ["SSE", ["sse2"]],
  ["SVE", ["sve"]],
  ["NEON", ["asimd"]],
];

/**
 * The widest vectors by the flags of Linux's `/proc/cpuinfo`, where it has some.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { widestVectors } from "./instructions.ts";
 *
 * assertEquals(widestVectors("flags\t\t: sse2 fma avx2\n"), "AVX2");
 * ```
 */
export function widestVectors(cpuinfo: string): string | undefined {
  const line = /^(?:flags|Features)\s*:(.*)$/m.exec(cpuinfo)?.[1] ?? "";
  const flags = new Set(line.split(" "));
  return SETS.find(([, needed]) => needed.every((flag) => flags.has(flag)))
    ?.[0];
}

/** The same of this machine's processor; its architecture, where nothing tells. */
export async function describeInstructions(): Promise<string> {
  try {
    // Deno itself reads nothing in /proc, unless it may do everything.
    const { stdout } = await new Deno.Command("cat", {
      args: ["/proc/cpuinfo"],
      stdin: "null",
      stderr: "null",
    }).output();
    return widestVectors(new TextDecoder().decode(stdout)) ?? arch();
  } catch {
    return arch();
  }
}
