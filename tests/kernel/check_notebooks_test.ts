import { assert, assertEquals, assertRejects } from "@std/assert";
import { basename, join } from "node:path";
import { InputError } from "../../lib/input/input_error.ts";
import {
  checkNotebooks,
  formatNotebook,
  formatProblem,
} from "../../lib/kernel/mod.ts";
import { sampleNotebook, withNotebook } from "./samples.ts";

/** Problems as lines that begin with the notebook's name. */
async function check(...paths: string[]): Promise<string[]> {
  const problems = await checkNotebooks(paths);
  return problems.map((problem) =>
    formatProblem({ ...problem, path: basename(problem.path) })
  );
}

Deno.test("errors are reported with notebook, cell, line and column", async () => {
  await withNotebook([
    "import { basename, nothing } from 'node:path';",
    { cell_type: "markdown", source: "text" },
    "const a: number = 1;\n\nconst b: string = a",
    "console.log(basename(b), nothing, await Promise.resolve(a))",
    "const a = 2;",
  ], async (path, folder) => {
    assertEquals(await check(path), [
      `sample.ipynb: cell 1, line 1, column 20: TS2305: Module '"node:path"' has no exported member 'nothing'.`,
      "sample.ipynb: cell 3, line 1, column 7: TS2451: Cannot redeclare block-scoped variable 'a'.",
      "sample.ipynb: cell 3, line 3, column 7: TS2322: Type 'number' is not assignable to type 'string'.",
      "sample.ipynb: cell 5, line 1, column 7: TS2451: Cannot redeclare block-scoped variable 'a'.",
      "sample.ipynb: cell 5, line 1, column 7: no-redeclare: Redeclaration is not allowed",
    ]);
    const names = Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
    assertEquals(await names, ["sample.ipynb"]);
  });
});

Deno.test("imports resolve from the notebook's folder, in several notebooks at once", async () => {
  await withNotebook(
    ["import { n } from './n.ts';\nconst twice: string = n;\ntwice;"],
    async (path, folder) => {
      const other = join(folder, "other.ipynb");
      const sources = ["const twice = 2;", "twice", "import './none.ts';"];
      await Deno.writeTextFile(
        other,
        formatNotebook(sampleNotebook(sources)),
      );
      await Deno.writeTextFile(join(folder, "n.ts"), "export const n = 1;");
      const [missing, type, ...rest] = await check(other, path);
      assert(
        /^other\.ipynb: cell 3, line 1, column 8: TS2307: Cannot find module '.*none\.ts'\.$/
          .test(missing),
        missing,
      );
      assertEquals(
        type,
        "sample.ipynb: cell 1, line 2, column 7: TS2322: Type 'number' is not assignable to type 'string'.",
      );
      assertEquals(rest, []);
    },
  );
});

Deno.test("a syntax error is reported once, with its cell", async () => {
  await withNotebook(["const a = 1;", "a\nlet b = ;"], async (path) => {
    assertEquals(await check(path), [
      "sample.ipynb: cell 2, line 2, column 9: SyntaxError: Expression expected",
    ]);
  });
});

Deno.test("lint speaks of unused variables, but not of parameters declared by let", async () => {
  await withNotebook([
    { metadata: { tags: ["parameters"] }, source: "let n = 1;" },
    "let unchanged = n;\nconsole.log(unchanged);",
    "const unused = 1;",
  ], async (path) => {
    assertEquals(await check(path), [
      "sample.ipynb: cell 2, line 1, column 5: prefer-const: `unchanged` is never reassigned",
      "sample.ipynb: cell 3, line 1, column 7: no-unused-vars: `unused` is never used",
    ]);
  });
});

Deno.test("cells are scripts apart: a statement does not run on into the next cell", async () => {
  await withNotebook([
    "const list = [1, 2]",
    "[0].forEach((i) => console.log(list[i]));",
    "list.length",
    "(await import('node:path')).sep",
  ], async (path) => {
    assertEquals(await check(path), []);
  });
});

Deno.test("a notebook that cannot be read is refused", async () => {
  await assertRejects(
    () => checkNotebooks(["no/such.ipynb"]),
    InputError,
    "Cannot check no/such.ipynb: no/such.ipynb must be a file",
  );
});
