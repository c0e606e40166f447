import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { CodeHelp } from "../../lib/kernel/code_help.ts";

const NOTEBOOKS = fileURLToPath(new URL("../../notebooks", import.meta.url));

const IMPORTS =
  `import { deriveScenario, PAPER_SCENARIO } from "../lib/mod.ts";`;

/** Uses help in the folder of the notebooks. */
async function withHelp(use: (help: CodeHelp) => Promise<void>): Promise<void> {
  const help = new CodeHelp(NOTEBOOKS);
  try {
    await use(help);
  } finally {
    await help.close();
  }
}

/** Runs a cell and waits for its notes. */
function notesOf(help: CodeHelp, id: string, code: string) {
  return new Promise<readonly string[]>((resolve) =>
    void help.run(id, code, resolve)
  );
}

Deno.test("a cell whose types are wrong is told so with line and column, others are not", () =>
  withHelp(async (help) => {
    await help.run("imports", IMPORTS, () => assert(false));
    const notes = await notesOf(
      help,
      "typo",
      `const world = deriveScenario(PAPER_SCENARIO, {
  assumptions: { discont: 0 },
});`,
    );
    assertEquals(notes.length, 1);
    assertStringIncludes(notes[0], "line 2, column 18: ");
    assertStringIncludes(notes[0], "'discont' does not exist");
  }));

Deno.test("a cell that is mended and run again takes the place of the old one", () =>
  withHelp(async (help) => {
    const first = await notesOf(help, "a", "const size: number = 'large';");
    assertStringIncludes(first[0], "not assignable to type 'number'");
    await help.run("a", "const size: number = 3;", () => assert(false));
    const [note] = await notesOf(help, "b", "size.foo;");
    assertStringIncludes(note, "'foo' does not exist on type 'number'");
  }));

Deno.test("a name shows its signature and docstring, behind it and in its parentheses, too", () =>
  withHelp(async (help) => {
    await help.run("imports", IMPORTS, () => {});
    const code = "const world = deriveScenario(PAPER_SCENARIO, {});";
    for (const cursor of [16, 28, 45]) {
      const text = await help.inspect(code, cursor);
      assertStringIncludes(text ?? "", "deriveScenario(base: Scenario");
      assertStringIncludes(text ?? "", "differs from `base`");
    }
    assertEquals(await help.inspect("  ", 1), undefined);
    // Characters beyond 16 bits count as one.
    const shifted = await help.inspect(`"🙂🙂"; ${code}`, 6 + 16);
    assertStringIncludes(shifted ?? "", "deriveScenario");
  }));

Deno.test("help in a folder without a configuration knows what the language knows", async () => {
  const folder = await Deno.makeTempDir({ prefix: "help_test_" });
  const help = new CodeHelp(folder);
  try {
    const text = await help.inspect("Math.hypot(3, 4)", 7);
    assertStringIncludes(text ?? "", "hypot");
  } finally {
    await help.close();
    await Deno.remove(folder, { recursive: true });
  }
});
