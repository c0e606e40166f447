import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { basename, join } from "node:path";
import { InputError } from "../../lib/input/input_error.ts";
import { Kernel, runNotebook } from "../../lib/kernel/mod.ts";
import {
  listFolder,
  readNotebook,
  readOutputs,
  withNotebook,
} from "./samples.ts";

Deno.test("outputs are saved in place, with counts, and nothing is left behind", async () => {
  await withNotebook([
    "const a: number = 20;",
    { cell_type: "markdown", source: "# Title" },
    "",
    "a + 1",
  ], async (path, folder) => {
    assertEquals(await runNotebook(path), { executedCells: 2 });
    const { cells, metadata } = await readNotebook(path);
    assertEquals(
      cells.map((cell) => cell.execution_count),
      [1, undefined, null, 2],
    );
    assertEquals(await readOutputs(path), [[], [], [], ["execute_result: 21"]]);
    assertEquals(metadata.kernelspec, {
      display_name: "EdgeAIGC (Deno)",
      language: "typescript",
      name: "edgeaigc",
    });
    assertEquals(await listFolder(folder), ["sample.ipynb"]);
  });
});

Deno.test("what is saved has the structure that nbformat 4.5 requires", async () => {
  await withNotebook([
    "console.log(1); console.error(2); 3",
    { cell_type: "markdown", source: "text" },
    "await Deno.jupyter.display({ 'text/html': '<b>' }, { raw: true });",
  ], async (path) => {
    await runNotebook(path);
    const document = JSON.parse(await Deno.readTextFile(path));
    assertEquals(Object.keys(document), [
      "cells",
      "metadata",
      "nbformat",
      "nbformat_minor",
    ]);
    assertEquals([document.nbformat, document.nbformat_minor], [4, 5]);
    const required = {
      stream: ["name", "output_type", "text"],
      execute_result: ["data", "execution_count", "metadata", "output_type"],
      display_data: ["data", "metadata", "output_type"],
    };
    const kinds = new Set<string>();
    for (const cell of document.cells) {
      assertMatch(cell.id, /^[a-zA-Z0-9-_]{1,64}$/);
      assertEquals(
        Object.keys(cell),
        cell.cell_type === "code"
          ? [
            "cell_type",
            "execution_count",
            "id",
            "metadata",
            "outputs",
            "source",
          ]
          : ["cell_type", "id", "metadata", "source"],
      );
      for (const output of cell.outputs ?? []) {
        const kind: keyof typeof required = output.output_type;
        assertEquals(Object.keys(output), required[kind]);
        kinds.add(kind);
      }
    }
    assertEquals(kinds, new Set(Object.keys(required)));
    assertEquals(
      new Set(document.cells.map((c: { id: string }) => c.id)).size,
      3,
    );
  });
});

Deno.test("code runs in the notebook's folder, and imports resolve from there", async () => {
  await withNotebook(
    ["import { answer } from './answer.ts';\nanswer", "Deno.cwd()"],
    async (path, folder) => {
      await Deno.writeTextFile(
        join(folder, "answer.ts"),
        "export const answer = 42;",
      );
      await runNotebook(path);
      assertEquals(await readOutputs(path), [
        ["execute_result: 42"],
        [`execute_result: "${await Deno.realPath(folder)}"`],
      ]);
    },
  );
});

Deno.test("a display is updated from a later cell, and clear_output is obeyed", async () => {
  await withNotebook([
    `await Deno.jupyter.broadcast("display_data", {
  data: { "text/plain": "old" }, metadata: {}, transient: { display_id: "x" },
});
console.log("kept");`,
    `console.log("cleared");
await Deno.jupyter.broadcast("clear_output", { wait: true });
await Deno.jupyter.display({ "text/plain": "new" }, { raw: true, update: true, display_id: "x" });
console.log("last");`,
  ], async (path) => {
    await runNotebook(path);
    assertEquals(await readOutputs(path), [
      ["display_data: new", "stdout: kept\n"],
      ["stdout: last\n"],
    ]);
  });
});

Deno.test("an output that comes late belongs to the cell that runs by then", async () => {
  await withNotebook([
    `const { promise, resolve } = Promise.withResolvers<void>();
void promise.then(() => console.log("late"));`,
    "resolve();\nawait promise;\nconsole.log('own');",
  ], async (path) => {
    await runNotebook(path);
    assertEquals(await readOutputs(path), [[], ["stdout: late\nown\n"]]);
  });
});

Deno.test("a notebook that somebody changes while it runs is not overwritten", async () => {
  await withNotebook(
    ["Deno.writeTextFileSync('sample.ipynb', 'edited');"],
    async (path) => {
      const error = await assertRejects(() => runNotebook(path), InputError);
      assertStringIncludes(error.message, "must stay as it is while it runs");
      assertEquals(await Deno.readTextFile(path), "edited");
    },
  );
});

Deno.test("the notebook itself is no copy, however its path is spelled", async () => {
  const parameters = {
    metadata: { tags: ["parameters"] },
    source: "let n = 1;",
  };
  await withNotebook([parameters, "n"], async (path, folder) => {
    const saveTo = join(folder, "..", basename(folder), "sample.ipynb")
      .replace("/sample", "/./sample");
    await runNotebook(path, { parameters: { n: 2 }, saveTo });
    // A copy would have a cell of the parameters.
    assertEquals(await readOutputs(path), [[], ["execute_result: 2"]]);
  });
});

Deno.test("a limit that is no positive number is refused", async () => {
  for (const limit of [0, -1, NaN, Infinity, "1" as unknown as number]) {
    await assertRejects(
      () => runNotebook("no/such.ipynb", { cellTimeLimitS: limit }),
      InputError,
      "Cannot run no/such.ipynb: cellTimeLimitS must be a finite number above 0, got",
    );
    await assertRejects(
      () => runNotebook("no/such.ipynb", { cellOutputLimitMegabytes: limit }),
      InputError,
      "cellOutputLimitMegabytes must be a finite number above 0, got",
    );
  }
});

Deno.test("an output of 50 MB arrives whole, between others", async () => {
  const source = `console.log("before");
await Deno.jupyter.display({ "text/plain": "0123456789".repeat(5e6) }, { raw: true });
"after"`;
  await withNotebook([source, "1"], async (path) => {
    await runNotebook(path, { cellOutputLimitMegabytes: 60 });
    const { cells } = JSON.parse(await Deno.readTextFile(path));
    const [before, large, after] = cells[0].outputs;
    assertEquals(before.text.join(""), "before\n");
    const lines: string[] = [large.data["text/plain"]].flat();
    // A difference of millions of characters would be no message.
    assert(lines.join("") === "0123456789".repeat(5e6));
    assertEquals([after.data["text/plain"]].flat().join(""), '"after"');
    assertEquals(cells[1].execution_count, 2);
  });
});

Deno.test("nothing is saved where that is asked for", async () => {
  await withNotebook(["console.log(1)"], async (path) => {
    const before = await Deno.readTextFile(path);
    await runNotebook(path, { saveTo: "none" });
    assertEquals(await Deno.readTextFile(path), before);
  });
});

Deno.test("a running kernel's connection file is for its owner alone", async () => {
  await withNotebook([], async (_path, folder) => {
    const kernel = await Kernel.start({ folder });
    try {
      const hidden = (await listFolder(folder))
        .find((name) => name.startsWith(".kernel-"));
      assert(hidden !== undefined);
      const file = await Deno.stat(join(folder, hidden, "connection.json"));
      if (Deno.build.os !== "windows") assertEquals(file.mode! & 0o777, 0o600);
    } finally {
      await kernel.stop();
    }
    await kernel.stop();
    assertEquals(await listFolder(folder), ["sample.ipynb"]);
  });
});
