import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { InputError } from "../../lib/input/input_error.ts";
import { runNotebook } from "../../lib/kernel/mod.ts";
import {
  failingRun,
  readNotebook,
  readOutputs,
  withNotebook,
} from "./samples.ts";

const PARAMETERS = { metadata: { tags: ["parameters"] } };
const DEFAULTS = { ...PARAMETERS, source: "let n = 1, word = 'a';" };
const SHOW = "console.log(n, word);";

Deno.test("parameters hold for a run and leave the sources in place as they were", async () => {
  await withNotebook([DEFAULTS, SHOW], async (path) => {
    const sources = async () =>
      (await readNotebook(path)).cells.map((cell) => cell.source);
    const before = await sources();
    for (const n of [5, 6]) {
      await runNotebook(path, { parameters: { n, word: 'say "b"' } });
      assertEquals(await readOutputs(path), [[], [`stdout: ${n} say "b"\n`]]);
      assertEquals(await sources(), before);
    }
    assertEquals(
      (await readNotebook(path)).cells.map((cell) => cell.execution_count),
      [1, 2],
    );
    await runNotebook(path);
    assertEquals(await readOutputs(path), [[], ["stdout: 1 a\n"]]);
  });
});

Deno.test("a copy shows its parameters in one cell, also when made from a copy", async () => {
  await withNotebook([DEFAULTS, SHOW], async (path, folder) => {
    const copy = join(folder, "copy.ipynb");
    const before = await Deno.readTextFile(path);
    await runNotebook(path, { parameters: { n: 5 }, saveTo: copy });
    assertEquals(await Deno.readTextFile(path), before);
    const again = join(folder, "again.ipynb");
    await runNotebook(copy, {
      parameters: { n: 7, word: "c" },
      saveTo: again,
    });
    const { cells } = await readNotebook(again);
    assertEquals(cells.map((cell) => cell.source), [
      DEFAULTS.source,
      'n = 7;\nword = "c";',
      SHOW,
    ]);
    assertEquals(cells[1].metadata, { tags: ["injected-parameters"] });
    assertEquals(await readOutputs(again), [[], [], ["stdout: 7 c\n"]]);
    // Without new parameters, the injected cell runs like any other.
    await runNotebook(copy);
    assertEquals((await readOutputs(copy)).at(-1), ["stdout: 5 a\n"]);
  });
});

Deno.test("a parameter that the notebook does not declare by let is refused", async () => {
  const fixed = { ...PARAMETERS, source: "const n = 1;" };
  for (
    const [sources, message] of [
      [["let n = 1;"], "must have a code cell tagged parameters, got none"],
      [[fixed], "Cannot set parameter n:"],
      [[{ ...PARAMETERS, source: "let m = 1;" }], "got n is not defined"],
    ] as const
  ) {
    const error = await failingRun(sources, { parameters: { n: 2 } });
    assert(error instanceof InputError);
    assertStringIncludes(error.message, message);
    assert(!error.message.includes("\n"));
  }
});
