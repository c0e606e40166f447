import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { join } from "node:path";
import { InputError } from "../../lib/input/input_error.ts";
import { CellError, KernelError, runNotebook } from "../../lib/kernel/mod.ts";
import { failingRun, listFolder, withNotebook } from "./samples.ts";

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
  assertStringIncludes(
    error.message,
    "cell 2 failed: SyntaxError: Expression expected",
  );
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

Deno.test("a notebook that is not there is refused in one line", async () => {
  await assertRejects(
    () => runNotebook("no/such.ipynb"),
    InputError,
    "Cannot run no/such.ipynb: no/such.ipynb must be a file, got nothing there",
  );
});
