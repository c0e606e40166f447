import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../bench/bench.ts";
import type { BenchResults } from "../../lib/cli/bench_results.ts";
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
    const results: BenchResults = JSON.parse(await Deno.readTextFile(output));
    assertEquals(results.versions.deno, Deno.version.deno);
    assert(Number(results.machine.cores) >= 1);
    assertEquals(results.rows.map(({ name }) => name), [
      "sampling/replay/64",
      "sampling/noise/64",
    ]);
    for (const row of results.rows) {
      assert(row.minMs <= row.medianMs && row.medianMs <= row.maxMs);
      assertEquals(row.ratioToPyTorch, null);
    }
  } finally {
    await Deno.remove(output);
  }
});
