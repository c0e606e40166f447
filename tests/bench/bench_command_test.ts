import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../bench/bench.ts";
import type { BenchFile } from "../../lib/cli/bench_results.ts";
import { resultsPath } from "../../lib/cli/project_tasks.ts";
import { InputError } from "../../lib/input/input_error.ts";

Deno.test("an argument that is not valid is named in one line", async () => {
  for (
    const [option, value] of [["only", "["], ["peers", "conda"], [
      "blas",
      "best",
    ]]
  ) {
    const error = await assertRejects(
      () => main([`--${option}`, value]),
      InputError,
    );
    assert(error.message.includes(`--${option} must be`));
    assert(error.message.includes(`got ${value}`));
  }
});

Deno.test("a file that cannot be written is refused before anything is timed", async () => {
  for (const output of ["no/such/folder/results.json", "bench"]) {
    const error = await assertRejects(
      () => main(["--quick", "--peers", "none", "--output", output]),
      InputError,
    );
    assert(error.message.includes("--output must be a file in a folder"));
    assert(error.message.includes(`got ${output}`));
  }
});

Deno.test("results of a part do not take the place of the README's", () => {
  const partial = "bench/partial_results.json";
  assertEquals(resultsPath({ quick: true, only: "" }), partial);
  assertEquals(resultsPath({ quick: false, only: "^td3" }), partial);
  assertEquals(resultsPath({ quick: false, only: "" }), "bench/results.json");
});

Deno.test("a run without peers writes machine, versions and rows", async () => {
  const output = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const args = ["--quick", "--peers", "none", "--only", "^sampling/"];
    assertEquals(await main([...args, "--output", output], new Map()), 0);
    const { processors }: BenchFile = JSON.parse(
      await Deno.readTextFile(output),
    );
    const [results] = processors;
    assertEquals(processors.length, 1);
    assertEquals(results.versions.deno, Deno.version.deno);
    assert(Number(results.machine.cores) >= 1);
    assertEquals(results.rows.map(({ name }) => name), [
      "sampling/replay/64",
      "sampling/noise/64",
    ]);
    for (const row of results.rows) {
      assert(row.minMs <= row.medianMs && row.medianMs <= row.maxMs);
      assertEquals(row.ratioToBestPeer, undefined);
    }
  } finally {
    await Deno.remove(output);
  }
});

Deno.test("a file that holds something else is refused before anything is timed", async () => {
  const output = await Deno.makeTempFile({ suffix: ".json" });
  try {
    for (
      const [text, complaint] of [
        ["{}", "processors must be an array of tables"],
        ['{"rows": []}', "rows must be a known key"],
        ["no JSON", "the document must be valid JSON"],
      ]
    ) {
      await Deno.writeTextFile(output, text);
      const error = await assertRejects(
        () => main(["--quick", "--peers", "none", "--output", output]),
        InputError,
      );
      assert(error.message.startsWith("Cannot run benchmarks: in "));
      assert(error.message.includes(complaint), error.message);
      assertEquals(await Deno.readTextFile(output), text);
    }
  } finally {
    await Deno.remove(output);
  }
});
