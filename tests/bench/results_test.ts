import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Blocks } from "../../lib/bench/contender.ts";
import {
  type BenchRow,
  stageLines,
  tableOf,
  toRows,
} from "../../lib/bench/results.ts";

function blocks(name: string, ms: number[], flop?: number): Blocks {
  const run = () => Promise.reject(new Error("is not run"));
  return { contender: { name, unit: "update", flop, run }, ms };
}

function find(rows: readonly BenchRow[], name: string): BenchRow {
  return rows.find((row) => row.name === name)!;
}

const MEASURED = [
  blocks("td3/wasm/64", [2, 4, 3], 90e6),
  blocks("td3/pytorch/64", [6, 5, 7], 90e6),
  blocks("peak/fma128", [1], 40e6),
  blocks("peak/sgemm-numpy", [2], 200e6),
  blocks("peak/sgemm-pytorch", [2], 120e6),
  blocks("td3/wasm/256", [10]),
  blocks("peak/fma128", [3, 2], 40e6),
];

Deno.test("a row has the median, least and most of its blocks", () => {
  const row = find(toRows(MEASURED), "td3/wasm/64");
  assertEquals([row.medianMs, row.minMs, row.maxMs, row.blocks], [3, 2, 4, 3]);
  assertAlmostEquals(row.perSecond, 1000 / 3, 1e-9);
});

Deno.test("ratios are to PyTorch at the same size, or null", () => {
  const rows = toRows(MEASURED);
  assertEquals(find(rows, "td3/wasm/64").ratioToPyTorch, 0.5);
  assertEquals(find(rows, "td3/pytorch/64").ratioToPyTorch, 1);
  assertEquals(find(rows, "td3/wasm/256").ratioToPyTorch, null);
});

Deno.test("shares are of the fastest sgemm and of all blocks of the loop", () => {
  const row = find(toRows(MEASURED), "td3/wasm/64");
  // 90 Mflop in 3 ms; sgemm 200 Mflop in 2 ms; the loop 40 Mflop in 2 ms.
  assertAlmostEquals(row.gflops!, 30, 1e-9);
  assertAlmostEquals(row.shareOfSgemm!, 0.3, 1e-9);
  assertAlmostEquals(row.shareOfFma128!, 1.5, 1e-9);
});

Deno.test("blocks of one name become one row, at its first place", () => {
  const rows = toRows(MEASURED);
  assertEquals(rows.map(({ name }) => name), [
    "td3/wasm/64",
    "td3/pytorch/64",
    "peak/fma128",
    "peak/sgemm-numpy",
    "peak/sgemm-pytorch",
    "td3/wasm/256",
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
    "ratioToPyTorch",
  ]);
});

Deno.test("the table shows seconds, milliseconds or microseconds", () => {
  const [, ...cells] = tableOf(toRows([
    blocks("run/tfjs/64", [123456]),
    blocks("td3/tfjs/64", [12.3456], 90e6),
    blocks("environment/lab", [0.0456]),
  ]));
  assertEquals(cells.map((row) => row[1]), ["123.5 s", "12.3 ms", "45.6 µs"]);
  assertEquals(cells.map((row) => row.length), [10, 10, 10]);
});

Deno.test("stages are shown in percent", () => {
  const one = { ...blocks("run/wasm/64", [20]), stages: { update: 0.905 } };
  assertEquals(stageLines(toRows([one])), ["run/wasm/64: update 90.5 %"]);
});
