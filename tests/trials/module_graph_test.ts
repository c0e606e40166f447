import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { hashModules } from "../../lib/trials/module_graph.ts";
import { readModuleText } from "../../lib/trials/module_text.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { withTemporaryFolder } from "./fixtures.ts";

/** A method's folder: what it imports and reads in every way that counts. */
const FILES: Readonly<Record<string, string>> = {
  "own/m.ts": [
    'import { a } from "./a.ts";',
    "import type { T } from './types.ts';",
    'import table from "./table.json" with { type: "json" };',
    'export { s } from "../shared/s.ts";',
    'const lazy = () => import("./lazy.ts");',
    'const url = new URL("./weights.bin", import.meta.url);',
    'const more = new URL("more.txt", import.meta.url);',
    'const path = import.meta.dirname + "/" + "beside.csv";',
    // Quotes that pair with nothing, before and after what counts.
    "// Don't lose the rest: /[\"'`]/",
    'const odd = /["`]/; const after = ["./after.wasm"]; const isn = /\'/;',
  ].join("\n"),
  "own/a.ts": 'import { b } from "./deep/b.ts";\nexport const a = b;',
  "own/deep/b.ts": 'import "../a.ts";\nexport const b = 1;',
  "own/types.ts": "export type T = 1;",
  "own/table.json": "[1]",
  "own/lazy.ts": "export const lazy = 1;",
  "own/weights.bin": "\0\x01",
  "own/more.txt": "more",
  "own/beside.csv": "1,2",
  "own/after.wasm": "\0asm",
  "shared/s.ts": "export const s = 1;",
};

async function write(folder: string, files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeTextFile(join(folder, path), text);
  }
}

const act = "hash";

Deno.test("the hash changes with every file that a method imports or reads, and with no other", async () => {
  await withTemporaryFolder(async (folder) => {
    await write(folder, { ...FILES, "own/stranger.ts": "1", "own/x.json": "" });
    const root = join(folder, "own/m.ts");
    const before = await hashModules(root, { act });
    for (const [path, text] of Object.entries(FILES)) {
      await write(folder, { [path]: `${text}\n` });
      assertNotEquals(await hashModules(root, { act }), before, path);
      await write(folder, { [path]: text });
      assertEquals(await hashModules(root, { act }), before, path);
    }
    await write(folder, { "own/stranger.ts": "2", "own/x.json": "2" });
    assertEquals(await hashModules(root, { act }), before);
  });
});

Deno.test("a moved folder has the same hash, and other names have another", async () => {
  await withTemporaryFolder(async (folder) => {
    await write(join(folder, "here"), FILES);
    await write(join(folder, "far/off"), FILES);
    const before = await hashModules(join(folder, "here/own/m.ts"), { act });
    const after = await hashModules(join(folder, "far/off/own/m.ts"), { act });
    assertEquals(after, before);
    const [one, two] = ["export const one = 1;", "export const two = 2;"];
    const root = join(folder, "m.ts");
    await write(folder, { "m.ts": 'import "./a.ts"; import "./b.ts";' });
    await write(folder, { "a.ts": one, "b.ts": two });
    const asNamed = await hashModules(root, { act });
    await write(folder, { "a.ts": two, "b.ts": one });
    assertNotEquals(await hashModules(root, { act }), asNamed);
  });
});

Deno.test("the order in which modules are found does not change the hash", async () => {
  const hashOf = async (files: Readonly<Record<string, string>>) => {
    let hash = "";
    await withTemporaryFolder(async (folder) => {
      await write(folder, files);
      hash = await hashModules(join(folder, "m.ts"), { act });
    });
    return hash;
  };
  const lines = { "m.ts": 'import "./a.ts"; import "./b.ts";' };
  // c is found through a or through b, and so before or after b.
  const first = { "a.ts": 'import "./c.ts";', "b.ts": "1;", "c.ts": "2;" };
  const sha256 = (text: string) =>
    createHash("sha256").update(text).digest("hex");
  const files = { ...lines, ...first };
  assertEquals(
    await hashOf(files),
    sha256(
      Object.entries(files).map(([name, text]) => `${sha256(text)} ${name}`)
        .sort().join("\n"),
    ),
  );
});

Deno.test("the lab's own modules are left out", async () => {
  await withTemporaryFolder(async (folder) => {
    const lab = import.meta.resolve("../../lib/trials/method_file.ts");
    const text = `import { loadMethodFile } from "${lab}";`;
    await write(folder, { "m.ts": text });
    const sha256 = (value: string) =>
      createHash("sha256").update(value).digest("hex");
    assertEquals(
      await hashModules(join(folder, "m.ts"), { act }),
      sha256(`${sha256(text)} m.ts`),
    );
  });
});

Deno.test("the lock file of the folder counts if a package is imported, and only then", async () => {
  const specifiers: [string, boolean][] = [
    ["npm:left-pad@1", true],
    ["jsr:@std/assert", true],
    ["https://example.org/x.ts", true],
    ["zod", true],
    ["@std/assert", true],
    ["node:path", false],
    ["data:text/javascript,1", false],
    ["./own.ts", false],
  ];
  for (const [specifier, counts] of specifiers) {
    await withTemporaryFolder(async (folder) => {
      const root = join(folder, "inner/deep/m.ts");
      await write(folder, {
        "inner/deep/m.ts": 'import "./n.ts";',
        "inner/deep/n.ts": `import "${specifier}";`,
        "inner/deep/own.ts": "",
        "inner/deep/deno.lock": "1",
        "deno.lock": "1",
      });
      const before = await hashModules(root, { act });
      await write(folder, { "deno.lock": "2" });
      assertEquals(await hashModules(root, { act }), before, specifier);
      await write(folder, { "inner/deep/deno.lock": "2" });
      const after = await hashModules(root, { act });
      assertEquals(after !== before, counts, specifier);
    });
  }
});

Deno.test("a module that is imported and not there is named, one in a comment is not missed", async () => {
  await withTemporaryFolder(async (folder) => {
    await write(folder, {
      "m.ts":
        "// import './gone.ts';\n/* export * from \"./gone.ts\" */\nimport './n.ts';",
      "n.ts": 'const code = `import "./gone.ts";`;\nopen("./gone.json");',
    });
    const root = join(folder, "m.ts");
    await hashModules(root, { act });
    for (
      const line of [
        'import { x } from "./gone.ts";',
        'import "./gone.ts";',
        "import type {\n  X,\n} from './gone.ts';",
        'export * from "./gone.ts";',
        'const lazy = () => import(\n  "./gone.ts",\n);',
        "const lazy = () => import(`./gone.ts`);",
      ]
    ) {
      await write(folder, { "n.ts": line });
      await assertRejects(
        () => hashModules(root, { act }),
        InputError,
        `Cannot hash: ./gone.ts, which ${folder}/n.ts imports, must be a file, got none`,
      );
    }
    for (const path of ["nowhere.ts", ".", "m.ts/inside.ts"]) {
      await assertRejects(
        () => hashModules(join(folder, path), { act }),
        InputError,
        "must be a file, got none",
      );
    }
  });
});

Deno.test("what looks like an import and is none is not read as one", () => {
  const { imports } = readModuleText([
    'const a = Array.from("./a.ts");',
    'const b = transform("./b.ts");',
    'x.import("./c.ts");',
    'const d = import.meta.resolve("./d.ts");',
    'import e from"./e.ts";',
    "const f = {from: './f.ts'};",
  ].join("\n"));
  assertEquals(imports, ["./e.ts"]);
});
