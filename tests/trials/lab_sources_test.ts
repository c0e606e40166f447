import {
  assert,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { dirname, posix } from "node:path";
import { fileURLToPath } from "node:url";
import {
  LabSources,
  sourceReader,
  type TrialCode,
} from "../../lib/trials/lab_sources.ts";
import { compareSources, listFiles } from "../../lib/trials/stale.ts";
import {
  importsOf,
  ScanError,
  tokensOf,
} from "../../lib/trials/source_tokens.ts";
import { METHODS } from "../../lib/methods/mod.ts";
import { ENGINE_NAMES } from "../../lib/nn/mod.ts";
import { edited } from "./edited_sources.ts";
import { readImports, sourceFiles, TEMPLATE } from "../architecture.ts";

const TD3: TrialCode = { method: "td3", engine: "wasm" };
const GA: TrialCode = { method: "ga" };
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What an edit makes stale of a trial, in words. */
async function staleBy(
  edits: Readonly<Record<string, (text: string) => string>>,
  code: TrialCode,
): Promise<string> {
  const then = await new LabSources().of(code);
  return listFiles(
    compareSources(then, await new LabSources(edited(edits)).of(code)),
  );
}

/** An edit that must hit what it replaces. */
function replacing(before: string, after: string): (text: string) => string {
  return (text) => {
    assert(text.includes(before), before);
    return text.replace(before, after);
  };
}

Deno.test("an edit of an agent makes its trials stale, and those of a search not", async () => {
  const edits = {
    "lib/agents/td3.ts": replacing("super(", "super(/* two */ ...[], "),
  };
  assertEquals(await staleBy(edits, TD3), "lib/agents/td3.ts (changed)");
  const own = { "lib/methods/td3.ts": replacing('"TD3"', '"TD4"') };
  assertEquals(await staleBy(own, TD3), "lib/methods/td3.ts (changed)");
  assertEquals(await staleBy(own, GA), "");
});

Deno.test("an edit of the genetic algorithm makes its own trials stale alone", async () => {
  for (const path of ["lib/search/ga.ts", "lib/methods/ga.ts"]) {
    const edits = { [path]: (text: string) => `${text}\nexport const z = 1;` };
    assertEquals(await staleBy(edits, GA), `${path} (changed)`);
    assertEquals(await staleBy(edits, TD3), "");
    assertEquals(await staleBy(edits, { method: "random" }), "");
  }
});

Deno.test("an edit of compiled kernels makes the trials of their engine stale", async () => {
  const path = "lib/nn/wasm/kernels/kernels_base64.ts";
  const edits = { [path]: replacing("AGFzbQ", "AGFzbR") };
  assertEquals(await staleBy(edits, TD3), `${path} (changed)`);
  assertEquals(await staleBy(edits, { ...TD3, engine: "tfjs" }), "");
  assertEquals(await staleBy(edits, GA), "");
});

Deno.test("comments and white space make nothing stale", async () => {
  const edits = {
    "lib/agents/td3.ts": (text: string) =>
      `// More to say.\n${text.replaceAll(";\n", " ; // here\n\n")}\n`,
  };
  assertEquals(await staleBy(edits, TD3), "");
});

Deno.test("a new import is named, and one that is gone", async () => {
  const edits = {
    "lib/agents/td3.ts": (text: string) =>
      `import "./more.ts";\nimport type { A } from "./types_alone.ts";\n${text}`,
    "lib/agents/more.ts": () => 'import "../more.json" with { type: "json" };',
    "lib/more.json": () => "{}",
    "lib/agents/types_alone.ts": () => "export type A = 1;",
  };
  assertEquals(
    await staleBy(edits, TD3),
    "lib/agents/more.ts (new), lib/agents/td3.ts (changed), lib/more.json (new)",
  );
  const then = await new LabSources(edited(edits)).of(TD3);
  assertEquals(
    listFiles(compareSources(then, await new LabSources().of(TD3))),
    "lib/agents/more.ts (gone), lib/agents/td3.ts (changed), lib/more.json (gone)",
  );
});

Deno.test("a module that cannot be scanned counts byte for byte, with its imports", async () => {
  const broken = (comment: string) => (text: string) =>
    `${text}\nimport "./more.ts";\n${comment}\nconst a = "no end`;
  const more = { "lib/agents/more.ts": () => "export {};" };
  const of = async (comment: string) =>
    await new LabSources(
      edited({ ...more, "lib/agents/td3.ts": broken(comment) }),
    ).of(TD3);
  const [one, other] = [await of("// one"), await of("// other")];
  assert("lib/agents/more.ts" in one);
  assertEquals(
    listFiles(compareSources(one, other)),
    "lib/agents/td3.ts (changed)",
  );
});

Deno.test("every method has a module of its own, a method from elsewhere none", async () => {
  const sources = new LabSources();
  for (const { name } of METHODS) {
    const path = `lib/methods/${name.replaceAll("-", "_")}.ts`;
    assert(path in await sources.of({ method: name }), path);
  }
  const foreign = await sources.of({ method: "their-own" });
  assert("lib/trials/run_trial.ts" in foreign);
  assert(!("lib/methods/td3.ts" in foreign));
  for (const engine of ENGINE_NAMES) {
    const paths = Object.keys(await sources.of({ ...TD3, engine }));
    const engines = paths.filter((path) => /(?<!open)_engine\.ts$/.test(path));
    assertEquals(engines.map((path) => path.split("/").at(-1)), [
      `${engine}_engine.ts`,
    ]);
  }
});

Deno.test("an object reads a file once for any number of trials", async () => {
  const read: string[] = [];
  const reader = sourceReader();
  const sources = new LabSources((path) => {
    read.push(path);
    return reader(path);
  });
  for (let trial = 0; trial < 100; trial++) {
    await sources.of(TD3);
    await sources.of(GA);
  }
  assert(read.length > 100);
  assertEquals(new Set(read).size, read.length);
});

Deno.test("imports are those that the compiler finds in all of lib", async () => {
  const files = await sourceFiles(`${ROOT}/lib`);
  const expected = new Set(
    (await readImports(ROOT)).filter(({ from, to, typeOnly }) =>
      !typeOnly && from.startsWith("lib/") && to.startsWith("lib/") &&
      !from.startsWith(TEMPLATE)
    ).map(({ from, to }) => `${from} ${to}`),
  );
  const found = new Set<string>();
  for (const file of files) {
    const from = posix.relative(ROOT, file);
    const tokens = tokensOf(await Deno.readTextFile(file));
    for (const { specifier } of importsOf(tokens)) {
      if (!specifier.startsWith(".")) continue;
      const to = posix.join(dirname(from), specifier);
      if (to.startsWith("lib/")) found.add(`${from} ${to}`);
    }
  }
  assertEquals([...found].sort(), [...expected].sort());
  assert(found.size > 300);
});

Deno.test("no string, template or regular expression fools the scanner", () => {
  const kept: [string, string[]][] = [
    ['"/* a */" // b', ['"/* a */"']],
    ["'\\'//' /* ' */", ["'\\'//'"]],
    ["`// ${ a /* b */ + `}` } /* c */`", [
      "`// ${",
      "a",
      "+",
      "`}`",
      "} /* c */`",
    ]],
    ["`${{ a: 1 }}//`", ["`${", "{", "a", ":", "1", "}", "}//`"]],
    ["x = /[/*'\"]\\//g; // y", ["x", "=", "/[/*'\"]\\//g", ";"]],
    ["a / b / c // d", ["a", "/", "b", "/", "c"]],
    ["f(a) / 2 /* ' */", ["f", "(", "a", ")", "/", "2"]],
    ["a! / 2 / '/'", ["a", "!", "/", "2", "/", "'/'"]],
    ["if (a) /'/.test(b)", [
      "if",
      "(",
      "a",
      ")",
      "/'/",
      ".",
      "test",
      "(",
      "b",
      ")",
    ]],
    ["return /'/", ["return", "/'/"]],
    ["a.return / 2 / '/'", ["a", ".", "return", "/", "2", "/", "'/'"]],
    ["return\na", ["return", "\n", "a"]],
    ["a\n++b", ["a", "\n", "++", "b"]],
    ["a + +b", ["a", "+", "+", "b"]],
    ["a++ +b", ["a", "++", "+", "b"]],
    ["#!/usr/bin/env '\na", ["a"]],
  ];
  for (const [text, tokens] of kept) assertEquals(tokensOf(text), tokens, text);
  for (const text of ['"a', "'a\n'", "`a", "`${a}", "/* a"]) {
    assertThrows(() => tokensOf(text), ScanError, "Cannot find the end", text);
  }
});

Deno.test("every way to import is found, and none that is none", () => {
  const cases: [string, unknown[]][] = [
    ['import "./a.ts";', [{ specifier: "./a.ts" }]],
    ['import a, { b } from "./a.ts";', [{ specifier: "./a.ts" }]],
    ['import * as a from "./a.ts";', [{ specifier: "./a.ts" }]],
    ['import source a from "./a.wasm";', [{ specifier: "./a.wasm" }]],
    ['import a from "./a.json" with { type: "json" };', [
      { specifier: "./a.json" },
    ]],
    ['import type from "./a.ts";', [{ specifier: "./a.ts" }]],
    ['import { type A, b as c } from "./a.ts";', [
      { specifier: "./a.ts", names: ["b"] },
    ]],
    ['export { a as b } from "./a.ts";', [
      { specifier: "./a.ts", names: ["a"], passedOnAs: ["b"] },
    ]],
    ['export * from "./a.ts";', [{ specifier: "./a.ts" }]],
    ['await import("./a.ts")', [{ specifier: "./a.ts", dynamic: true }]],
    ['import type { A } from "./a.ts";', []],
    ['import { type A } from "./a.ts";', []],
    ['export type { A } from "./a.ts";', []],
    ['export { a }; const from = "./a.ts";', []],
    ['export const a = "./a.ts";', []],
    ['type A = typeof import("./a.ts");', []],
    ['a.import("./a.ts"); import.meta.resolve("./a.ts");', []],
    ["const a = `import './a.ts'`; // import './a.ts';", []],
  ];
  for (const [text, expected] of cases) {
    assertEquals<unknown>(importsOf(tokensOf(text)), expected, text);
  }
});

Deno.test("a method from a file counts whatever methods are built from", async () => {
  const now = new LabSources();
  for (
    const path of [
      "lib/agents/td3.ts",
      "lib/policies/shares.ts",
      "lib/search/ga.ts",
    ]
  ) {
    const later = new LabSources(
      edited({ [path]: (text) => `${text}\nexport const z = 1;` }),
    );
    const code = { method: "own", own: true };
    const [before, after] = await Promise.all([now.of(code), later.of(code)]);
    assertNotEquals(before[path], undefined, path);
    assertNotEquals(after[path], before[path], path);
  }
});
