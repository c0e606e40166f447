import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Blocks, Contender, PeerName } from "../../bench/contender.ts";
import { tableOf, toRows } from "../../bench/results.ts";
import {
  type BenchRow,
  compileLines,
  formatRatio,
  searchTableOf,
  stageLines,
} from "../../lib/cli/bench_results.ts";

function blocks(
  name: string,
  ms: number[],
  flop?: number,
  more: Partial<Contender> = {},
): Blocks {
  const run = () => Promise.reject(new Error("is not run"));
  return { contender: { name, unit: "update", flop, run, ...more }, ms };
}

function find(rows: readonly BenchRow[], name: string): BenchRow {
  return rows.find((row) => row.name === name)!;
}

function by(peer: PeerName): Partial<Contender> {
  return { peer };
}

const SIMD128 = { simd128: true };

const MEASURED = [
  blocks("td3/wasm/64", [2, 4, 3], 90e6, SIMD128),
  blocks("td3/blas/64", [2], 90e6),
  blocks("td3/pytorch/64", [6, 5, 7], 90e6, by("pytorch")),
  blocks("td3/jax-scan/64", [4], 90e6, by("jax")),
  blocks("peak/fma128", [1], 40e6, SIMD128),
  blocks("peak/sgemm-numpy", [2], 200e6, by("pytorch")),
  blocks("peak/sgemm-pytorch", [2], 120e6, by("pytorch")),
  blocks("td3/wasm/256", [10]),
  blocks("td3/pytorch/512", [1], undefined, by("pytorch")),
  blocks("peak/fma128", [3, 2], 40e6, SIMD128),
];

Deno.test("a row has the median, least and most of its blocks", () => {
  const row = find(toRows(MEASURED), "td3/wasm/64");
  assertEquals([row.medianMs, row.minMs, row.maxMs, row.blocks], [3, 2, 4, 3]);
  assertAlmostEquals(row.perSecond, 1000 / 3, 1e-9);
});

Deno.test("ratios are to the fastest peer at the same size, where there is one", () => {
  const rows = toRows(MEASURED);
  const ratio = (name: string) => {
    const { bestPeer, ratioToBestPeer } = find(rows, name);
    return [bestPeer, ratioToBestPeer];
  };
  // Not to ours that is faster: blas has 2 ms.
  assertEquals(ratio("td3/wasm/64"), ["td3/jax-scan/64", 0.75]);
  assertEquals(ratio("td3/blas/64"), ["td3/jax-scan/64", 0.5]);
  assertEquals(ratio("td3/pytorch/64"), ["td3/jax-scan/64", 1.5]);
  assertEquals(ratio("td3/jax-scan/64"), ["td3/jax-scan/64", 1]);
  assertEquals(ratio("td3/wasm/256"), [undefined, undefined]);
  assertEquals(ratio("peak/fma128"), [undefined, undefined]);
});

Deno.test("a ratio is shown with the name of the best peer, but its own", () => {
  const shown = toRows(MEASURED).slice(0, 5).map(formatRatio);
  assertEquals(shown, [
    "0.75 (jax-scan)",
    "0.50 (jax-scan)",
    "1.50 (jax-scan)",
    "1.00",
    "",
  ]);
});

Deno.test("a row says whether a peer did the work", () => {
  const rows = toRows(MEASURED);
  assertEquals(find(rows, "td3/jax-scan/64").peer, "jax");
  assertEquals("peer" in find(rows, "td3/wasm/64"), false);
});

Deno.test("shares are of the fastest sgemm and of all blocks of the loop", () => {
  const row = find(toRows(MEASURED), "td3/wasm/64");
  // 90 Mflop in 3 ms; sgemm 200 Mflop in 2 ms; the loop 40 Mflop in 2 ms.
  assertAlmostEquals(row.gflops!, 30, 1e-9);
  assertAlmostEquals(row.shareOfSgemm!, 0.3, 1e-9);
  assertAlmostEquals(row.shareOfFma128!, 1.5, 1e-9);
  // Its vectors are wider: there is nothing of which that were a share.
  const blas = find(toRows(MEASURED), "td3/blas/64");
  assertAlmostEquals(blas.shareOfSgemm!, 0.45, 1e-9);
  assertEquals("shareOfFma128" in blas, false);
});

Deno.test("blocks of one name become one row, at its first place", () => {
  const rows = toRows(MEASURED);
  assertEquals(rows.map(({ name }) => name), [
    "td3/wasm/64",
    "td3/blas/64",
    "td3/pytorch/64",
    "td3/jax-scan/64",
    "peak/fma128",
    "peak/sgemm-numpy",
    "peak/sgemm-pytorch",
    "td3/wasm/256",
    "td3/pytorch/512",
  ]);
  assertEquals(find(rows, "peak/fma128").blocks, 3);
});

Deno.test("what is not known is left out of a row", () => {
  const row = find(
    toRows([blocks("environment/lab", [0.05])]),
    "environment/lab",
  );
  assertEquals(Object.keys(row), [
    "name",
    "unit",
    "medianMs",
    "minMs",
    "maxMs",
    "blocks",
    "perSecond",
  ]);
});

Deno.test("the table shows seconds, milliseconds or microseconds", () => {
  const [, ...cells] = tableOf(toRows([
    blocks("run/tfjs/64", [123456]),
    blocks("td3/tfjs/64", [12.3456], 90e6),
    blocks("environment/lab", [0.0456]),
  ]));
  assertEquals(cells.map((row) => row[1]), ["123.5 s", "12.3 ms", "45.6 µs"]);
});

Deno.test("the table has no column in which nothing stands", () => {
  const [alone] = tableOf(toRows([blocks("environment/lab", [0.0456])]));
  assertEquals(alone, ["name", "median", "least", "most", "a second"]);
  const [head, ...cells] = tableOf(toRows(MEASURED));
  assertEquals(head.slice(5), [
    "of best peer",
    "GFLOP/s",
    "of sgemm",
    "of FMA 128",
  ]);
  const blas = cells.find(([name]) => name === "td3/blas/64")!;
  assertEquals(blas.slice(5), ["0.50 (jax-scan)", "45.0", "45 %", ""]);
});

Deno.test("what was compiled before is told apart", () => {
  const one = { ...blocks("run/jax-jit/64", [20]), compileMs: 1234.5 };
  const rows = toRows([one, blocks("run/jax/64", [30])]);
  assertEquals(rows[0].medianMs, 20);
  assertEquals(compileLines(rows), ["run/jax-jit/64: 1.234 s"]);
});

Deno.test("stages are shown in percent", () => {
  const one = { ...blocks("run/wasm/64", [20]), stages: { update: 0.905 } };
  assertEquals(stageLines(toRows([one])), ["run/wasm/64: update 90.5 %"]);
});

const SEARCHED = [
  blocks("ga/lab", [50], undefined, { evaluations: 10_000 }),
  blocks("ga/pymoo", [400], undefined, { evaluations: 10_000 }),
  blocks("pso/lab", [40], undefined, { evaluations: 10_000 }),
  blocks("td3/wasm/64", [3]),
];

Deno.test("searches count slots a second, and how many times pymoo's these are", () => {
  const rows = toRows(SEARCHED);
  const lab = find(rows, "ga/lab");
  assertEquals([lab.evaluationsPerSecond, lab.throughputToPymoo], [200_000, 8]);
  assertEquals(find(rows, "ga/pymoo").throughputToPymoo, 1);
  assertEquals("throughputToPymoo" in find(rows, "pso/lab"), false);
});

Deno.test("growth is of the time per U log U, from one number of users to the next", () => {
  const work = { evaluations: 1 };
  const rows = toRows([
    blocks("slot/decode/U=2", [7], undefined, work),
    blocks("slot/decode/U=8", [24], undefined, { ...work, users: 8 }),
    blocks("other/decode/U=4", [9], undefined, { ...work, users: 4 }),
    blocks("slot/decode/U=2/E=9", [4], undefined, { ...work, users: 2 }),
    blocks("slot/decode/U=64", [576], undefined, { ...work, users: 64 }),
  ]);
  // Per U log2 U: 4/2 = 2 at U = 2, 24/24 = 1 at 8, 576/384 = 1.5 at 64.
  assertEquals(rows.map(({ growth }) => growth), [
    undefined,
    0.5,
    undefined,
    undefined,
    1.5,
  ]);
});

Deno.test("slots and searches have a table of their own", () => {
  const rows = toRows(SEARCHED);
  const [head, ...cells] = searchTableOf(rows);
  assertEquals(cells.map(([name]) => name), ["ga/lab", "ga/pymoo", "pso/lab"]);
  assertEquals(cells[0].slice(4), ["200000", "8.0", ""]);
  assertEquals(head.length, cells[0].length);
  assertEquals(tableOf(rows).slice(1).map(([name]) => name), ["td3/wasm/64"]);
});
