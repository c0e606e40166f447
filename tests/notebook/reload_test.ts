import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { join } from "node:path";
import { InputError } from "../../lib/input/input_error.ts";
import { reload } from "../../lib/notebook/mod.ts";
import { IMPORTS, textOf, withKernel } from "./kernel_cells.ts";

/** Writes a module and the one that it imports. */
async function write(folder: string, own: string, imported: string) {
  await Deno.writeTextFile(
    join(folder, "mine.ts"),
    `import { part } from "./part.ts";
export const whole: string = "${own} " + part;`,
  );
  await Deno.writeTextFile(
    join(folder, "part.ts"),
    `export const part: string = "${imported}";`,
  );
}

Deno.test("a cell imports an edited file anew, with what it imports", async () => {
  await withKernel(async (run, folder) => {
    await run(IMPORTS.notebook);
    const cell = '(await notebook.reload("./mine.ts")).whole';
    await write(folder, "a", "b");
    assertEquals(textOf(await run(cell)), '"a b"');
    await write(folder, "A", "b");
    assertEquals(textOf(await run(cell)), '"A b"');
    await write(folder, "A", "B");
    assertEquals(textOf(await run(cell)), '"A B"');
    await Deno.writeTextFile(join(folder, "mine.ts"), "export const whole = ;");
    assertEquals((await run(cell))[0].type, "error");
    await write(folder, "a", "c");
    assertEquals(textOf(await run(cell)), '"a c"');
    assertEquals(
      textOf(await run('await notebook.reload("./none.ts")')),
      "Cannot reload the module: ./none.ts must be a file, got none",
    );
  });
});

Deno.test("a module that has not changed is the same, and the lab is never loaded twice", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const lab = new URL("../../lib/input/input_error.ts", import.meta.url);
    const file = join(folder, "mine.ts");
    await Deno.writeTextFile(file, `export { InputError } from "${lab}";`);
    const first = await reload(file);
    assertStrictEquals(first.InputError, InputError);
    assertStrictEquals(await reload(file), first);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a path that is no text is refused", async () => {
  await assertRejects(
    () => reload(7 as unknown as string),
    InputError,
    "Cannot reload the module: path must be text, got 7",
  );
});
