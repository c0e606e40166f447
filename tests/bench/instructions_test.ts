import { assertEquals } from "@std/assert";
import { widestVectors } from "../../bench/instructions.ts";

Deno.test("the widest vectors are those for which a processor has all flags", () => {
  const avx2 = "sse2 fma avx avx2";
  const widest = (flags: string) =>
    widestVectors(`model name\t: sse2 avx2\nflags\t\t: ${flags}\nbugs\t\t:\n`);
  assertEquals(widest("fpu sse2"), "SSE");
  assertEquals(widest("sse2 avx avx2"), "SSE");
  assertEquals(widest(avx2), "AVX2");
  assertEquals(widest(`${avx2} avx512f`), "AVX2");
  assertEquals(
    widest(`${avx2} avx512f avx512dq avx512bw avx512vl`),
    "AVX-512",
  );
  assertEquals(widestVectors("Features\t: fp asimd evtstrm\n"), "NEON");
  assertEquals(widestVectors("processor\t: 0\n"), undefined);
});
