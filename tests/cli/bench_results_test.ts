import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type BenchResults,
  type BenchRow,
  processorOf,
  readBenchFile,
  withoutEmptyColumns,
  withResults,
} from "../../lib/cli/bench_results.ts";
import { bench, benchSearch, speed } from "../../lib/cli/docs_bench.ts";
import { InputError } from "../../lib/input/input_error.ts";

function row(name: string, medianMs: number, more: Partial<BenchRow> = {}) {
  return {
    name,
    unit: "update",
    medianMs,
    minMs: medianMs,
    maxMs: medianMs,
    blocks: 1,
    perSecond: 1000 / medianMs,
    ...more,
  };
}

function results(
  cpu: string,
  instructions: string,
  rows: readonly BenchRow[] = [],
): BenchResults {
  const machine = { cores: 2, architecture: "x64", os: "linux" };
  return {
    machine: { cpu, instructions, ...machine },
    versions: { deno: "2" },
    rows,
  };
}

const SCAN = { bestPeer: "td3/jax-scan/64" };
const ZEN = results("AMD", "AVX-512", [
  row("td3/wasm/64", 3, { ...SCAN, ratioToBestPeer: 1.5, shareOfFma128: 0.9 }),
  row("td3/tfjs/64", 30, { ...SCAN, ratioToBestPeer: 15 }),
  row("td3/blas/64", 1.5, { ...SCAN, ratioToBestPeer: 0.75 }),
  row("td3/jax-scan/64", 2, {
    ...SCAN,
    peer: "jax",
    ratioToBestPeer: 1,
    compileMs: 4000,
  }),
  row("pso/lab", 20, { evaluationsPerSecond: 1000 }),
]);
const LAKE = results("Intel", "AVX-512", [
  row("run/wasm/64", 9000, { stages: { networks: 0.9 } }),
]);

Deno.test("a processor is one of its name and of its vectors", () => {
  assertEquals(processorOf(ZEN), "AMD, AVX-512");
});

Deno.test("a run replaces the table of its own processor, where it stands, and no other", () => {
  const older = results("AMD", "AVX2");
  const file = { processors: [older, ZEN, LAKE] };
  const fresh = results("AMD", "AVX-512");
  assertEquals(withResults(file, fresh).processors, [older, fresh, LAKE]);
  const other = results("AMD", "SSE");
  assertEquals(withResults(file, other).processors, [older, ZEN, LAKE, other]);
  assertEquals(withResults({ processors: [] }, ZEN).processors, [ZEN]);
});

async function withFile(
  text: string,
  check: (path: string) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, text);
    await check(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("a file of results is read as it was written; an empty one has no tables", async () => {
  const file = { processors: [ZEN, LAKE] };
  await withFile(JSON.stringify(file), async (path) => {
    assertEquals(await readBenchFile(path, "read it"), file);
  });
  await withFile("\n", async (path) => {
    assertEquals(await readBenchFile(path, "read it"), { processors: [] });
  });
});

Deno.test("what is no table of results is refused in one line", async () => {
  const { instructions: _, ...machine } = ZEN.machine;
  const [first] = ZEN.rows;
  for (
    const [file, complaint] of [
      [{ processors: [{ ...ZEN, machine }] }, "machine.instructions must be"],
      [
        { processors: [{ ...ZEN, rows: [{ ...first, medianMs: "3" }] }] },
        "processors[0].rows[0].medianMs must be",
      ],
    ] as const
  ) {
    await withFile(JSON.stringify(file), async (path) => {
      const error = await assertRejects(
        () => readBenchFile(path, "read it"),
        InputError,
      );
      assert(error.message.includes(complaint), error.message);
    });
  }
});

Deno.test("columns stay in which something stands below the head", () => {
  assertEquals(
    withoutEmptyColumns([["a", "b", "c"], ["1", "", ""], ["", "", "2"]]),
    [["a", "c"], ["1", ""], ["", "2"]],
  );
});

Deno.test("the pages have a table for every processor, with ratios to the best peer", async () => {
  await withFile(JSON.stringify({ processors: [ZEN, LAKE] }), async (path) => {
    const text = await bench(path);
    assert(text.includes("### AMD, AVX-512\n\n| what | median |"));
    assert(
      text.includes(
        "| `td3/blas/64` | 1.50 ms | 0.75 (jax-scan) | – |\n" +
          "| `td3/jax-scan/64` | 2.00 ms | 1.00 | – |\n",
      ),
      text,
    );
    assert(text.includes("\n- td3/jax-scan/64: 4.000 s\n"));
    // No peer, nothing counted, nothing compiled: no column, no list.
    assert(
      text.includes(
        "### Intel, AVX-512\n\n| what | median |\n| --- | --- |\n" +
          "| `run/wasm/64` | 9.000 s |\n",
      ),
      text,
    );
    assertEquals(text.split("What was compiled before").length, 2);
    assert(text.endsWith("Intel, AVX-512, 2 cores, x64, linux; deno 2."));

    const searches = await benchSearch(path);
    assert(searches.includes("| `pso/lab` | 20.0 ms |"));
    assertEquals(searches.includes("Intel"), false);
  });
});

Deno.test("the short table has our fast engines next to the best peer", async () => {
  await withFile(JSON.stringify({ processors: [ZEN, LAKE] }), async (path) => {
    assertEquals((await speed(path)).split("\n").slice(2), [
      "| AMD, AVX-512 | `td3/wasm/64` | 3.00 ms | 1.50 | `td3/jax-scan/64` |",
      "| AMD, AVX-512 | `td3/blas/64` | 1.50 ms | 0.75 | `td3/jax-scan/64` |",
    ]);
  });
});
