import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { join } from "node:path";
import {
  CellError,
  Kernel,
  KernelError,
  NotebookInputError,
  runNotebook,
} from "../../lib/kernel/mod.ts";
import { readNotebook, readOutputs, withNotebook } from "./samples.ts";

const PARAMETERS = { metadata: { tags: ["parameters"] } };
const DEFAULTS = { ...PARAMETERS, source: "let n = 1, word = 'a';" };
const SHOW = "console.log(n, word);";

/** Names in a folder, to see that nothing is left behind. */
async function listFolder(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map((entry) => entry.name).sort();
}

/** Runs a notebook that must fail, and must be left as it was. */
async function failingRun(
  sources: Parameters<typeof withNotebook>[0],
  options?: Parameters<typeof runNotebook>[1],
): Promise<Error> {
  let failure: Error | undefined;
  await withNotebook(sources, async (path, folder) => {
    const before = await Deno.readTextFile(path);
    failure = await assertRejects(() => runNotebook(path, options));
    assertEquals(await Deno.readTextFile(path), before);
    assertEquals(await listFolder(folder), ["sample.ipynb"]);
  });
  assert(failure instanceof Error);
  return failure;
}

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
      display_name: "Deno",
      language: "typescript",
      name: "deno",
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
    assert(error instanceof NotebookInputError);
    assertStringIncludes(error.message, message);
    assert(!error.message.includes("\n"));
  }
});

Deno.test("the first error stops the run and is shown with its cell", async () => {
  await withNotebook([
    "const a = 1;",
    { cell_type: "markdown", source: "text" },
    "console.log(a);\nthrow new RangeError('too far');",
    "Deno.writeTextFileSync('ran.txt', '');",
  ], async (path, folder) => {
    const before = await Deno.readTextFile(path);
    const error = await assertRejects(() => runNotebook(path), CellError);
    assertEquals(error.cellIndex, 2);
    assertEquals(error.silent, false);
    assertStringIncludes(
      error.message,
      `${path}: cell 3 failed: RangeError: too far
  1 | console.log(a);
  2 | throw new RangeError('too far');
    at `,
    );
    assertEquals(await Deno.readTextFile(path), before);
    assertEquals(await listFolder(folder), ["sample.ipynb"]);
  });
});

Deno.test("a failure that the kernel does not show is an error all the same", async () => {
  const error = await failingRun(["1", "const b: number = ;"]);
  assert(error instanceof CellError);
  assertEquals(error.cellIndex, 1);
  assertEquals(error.silent, true);
  assertStringIncludes(error.message, "cell 2 failed: Execution failed");
  assertStringIncludes(error.message, "1 | const b: number = ;");
});

for (
  const [what, source] of [
    [
      "a rejection that nobody awaits",
      "void Promise.reject(new Error('lost'));",
    ],
    [
      "an exception in a timer",
      "setTimeout(() => { throw new Error('lost'); }, 5);",
    ],
  ] as const
) {
  Deno.test(`${what} is an error of the cell that ran last`, async () => {
    const error = await failingRun([
      source,
      "await new Promise((resolve) => setTimeout(resolve, 200));",
    ]);
    assert(error instanceof CellError);
    assertStringIncludes(error.message, "Error: lost");
  });
}

Deno.test("a kernel that ends by itself is reported", async () => {
  const error = await failingRun(["Deno.exit(3)"]);
  assert(error instanceof KernelError);
  assertStringIncludes(error.message, "exit code 3");
});

Deno.test("a cell that runs too long is reported with its cell", async () => {
  const error = await failingRun(["1", "for (;;);"], { cellTimeLimitS: 0.5 });
  assert(error instanceof CellError);
  assertEquals(error.cellIndex, 1);
  assertStringIncludes(error.message, "longer than its time limit of 0.5 s");
});

Deno.test("a signal stops the run, and the kernel with it", async () => {
  await withNotebook(
    ["Deno.writeTextFileSync('pid', String(Deno.pid));", "for (;;);"],
    async (path, folder) => {
      const before = await Deno.readTextFile(path);
      const controller = new AbortController();
      const { signal } = controller;
      const run = runNotebook(path, { signal });
      const pidFile = join(folder, "pid");
      let pid = 0;
      while (pid === 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        pid = Number(await Deno.readTextFile(pidFile).catch(() => "0"));
      }
      controller.abort(new Error("enough"));
      await assertRejects(() => run, Error, "enough");
      assertEquals(await Deno.readTextFile(path), before);
      assertEquals(await listFolder(folder), ["pid", "sample.ipynb"]);
      // No process answers to the number any more.
      assertThrows(() => Deno.kill(pid, "SIGCONT"));
    },
  );
});

Deno.test("a notebook that somebody changes while it runs is not overwritten", async () => {
  await withNotebook(
    ["Deno.writeTextFileSync('sample.ipynb', 'edited');"],
    async (path) => {
      const error = await assertRejects(
        () => runNotebook(path),
        NotebookInputError,
      );
      assertStringIncludes(error.message, "must stay as it is while it runs");
      assertEquals(await Deno.readTextFile(path), "edited");
    },
  );
});

Deno.test("a notebook that is not there is refused in one line", async () => {
  await assertRejects(
    () => runNotebook("no/such.ipynb"),
    NotebookInputError,
    "Cannot run no/such.ipynb: no/such.ipynb must be a readable file, got nothing there",
  );
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
