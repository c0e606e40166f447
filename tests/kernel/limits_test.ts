import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { CellError, runNotebook } from "../../lib/kernel/mod.ts";
import { failingRun, readOutputs, withNotebook } from "./samples.ts";

/** Cells that output without end. */
const FLOODS = {
  "short lines in one go": "for (;;) console.log(1);",
  "long lines": 'for (;;) console.log("x".repeat(100_000));',
  "lines between microtasks": "for (;;) { console.log(1); await null; }",
  "to both streams": "for (;;) { console.log(1); console.error(2); }",
  "displays": `for (;;) {
  await Deno.jupyter.display({ "text/plain": "x".repeat(1000) }, { raw: true });
}`,
  "one display anew": `for (let update = false;; update = true) {
  Deno.jupyter.broadcast(update ? "update_display_data" : "display_data", {
    data: { "text/plain": "x" },
    metadata: {},
    transient: { display_id: "a" },
  });
}`,
  "lines that it clears": `for (;;) {
  console.log(1);
  Deno.jupyter.broadcast("clear_output", { wait: true });
}`,
} as const;

for (const [what, source] of Object.entries(FLOODS)) {
  Deno.test(`a cell that outputs ${what} without end is stopped by its output limit`, async () => {
    const error = await failingRun(["1", source], {
      cellOutputLimitMegabytes: 0.5,
      cellTimeLimitS: 30,
    });
    assert(error instanceof CellError);
    assertEquals(error.cellIndex, 1);
    assertStringIncludes(
      error.message,
      "cell 2 failed: OutputLimitError: it output more than its limit of 0.5 MB",
    );
  });
}

Deno.test("a cell that prints for seconds does not fill the kernel's memory", async () => {
  await withNotebook([
    `const before = Deno.memoryUsage().rss;
const end = Date.now() + 5000;
while (Date.now() < end) console.log(1);
Deno.writeTextFileSync("grown", String(Deno.memoryUsage().rss - before));`,
  ], async (path, folder) => {
    await runNotebook(path);
    const grown = Number(await Deno.readTextFile(join(folder, "grown")));
    // Without pacing it is 250 MB a second.
    assert(grown < 3e8, `${grown} bytes`);
  });
});

for (
  const [what, source] of [
    ["is busy", "for (;;);"],
    ["waits", "await new Promise(() => setInterval(() => {}, 1000));"],
    [
      "prints now and then",
      "setInterval(() => console.log(1), 20); await new Promise(() => {});",
    ],
    [
      "does not end its outputs",
      "setInterval(() => console.log(1), 0); for (;;) await null;",
    ],
  ] as const
) {
  Deno.test(`a cell that ${what} is stopped by its time limit`, async () => {
    const start = performance.now();
    const error = await failingRun(["1", source], { cellTimeLimitS: 0.5 });
    assert(error instanceof CellError);
    assertEquals(error.cellIndex, 1);
    assertStringIncludes(
      error.message,
      "TimeLimitError: it ran longer than its time limit of 0.5 s",
    );
    assert(performance.now() - start < 10_000);
  });
}

Deno.test("what a cell replaces does not count, and each cell counts for itself", async () => {
  await withNotebook(
    [
      `for (let i = 0; i < 20; i++) {
  await Deno.jupyter.display({ "text/plain": i + "x".repeat(30_000) }, {
    raw: true,
    display_id: "a",
    update: i > 0,
  });
}`,
      'console.log("y".repeat(60_000));',
      'console.log("z".repeat(60_000));',
    ],
    async (path) => {
      await runNotebook(path, { cellOutputLimitMegabytes: 0.1 });
      const outputs = await readOutputs(path);
      assertEquals(outputs.map(([text]) => text.slice(0, 17)), [
        "display_data: 19x",
        "stdout: yyyyyyyyy",
        "stdout: zzzzzzzzz",
      ]);
    },
  );
});

Deno.test("paced outputs keep their order", async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `${i}\n`).join("");
  await withNotebook([
    "for (let i = 0; i < 3000; i++) console.log(i);\nconsole.group(); console.error(1); 2",
  ], async (path) => {
    await runNotebook(path);
    assertEquals(await readOutputs(path), [
      [`stdout: ${lines}`, "stderr:   1\n", "execute_result: 2"],
    ]);
  });
});
