import { assert, assertEquals } from "@std/assert";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import {
  circlesOf,
  ELSEWHERE,
  hiddenIn,
  type Import,
  LAYERS,
  readImports,
  ruledFiles,
  sourceFiles,
  violationOf,
} from "./architecture.ts";
import { ALLOWED } from "./hidden_allowed.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Longest file, in lines. */
const LONGEST = 350;

Deno.test("imports in lib point upstream only, and none leads to the bench", async () => {
  const imports = await readImports(ROOT);
  assertEquals(imports.map(violationOf).filter(Boolean), []);
  // So many that reading them cannot have gone wrong unseen.
  assert(imports.length > 200);
  for (const layer of ["math", "scenario", "env", "nn", "agents", "cli"]) {
    assert(imports.some(({ from }) => from.startsWith(`lib/${layer}/`)), layer);
  }
  assert(imports.some(({ from }) => from.startsWith("bench/")));
});

Deno.test("no file in lib or bench imports itself by way of others, types included", async () => {
  const imports = await readImports(ROOT);
  assert(imports.length > 200);
  assertEquals(circlesOf(imports), []);
});

Deno.test(`no file in lib, bench or tests has more than ${LONGEST} lines`, async () => {
  for (const folder of ["lib", "bench", "tests"]) {
    for (const file of await sourceFiles(join(ROOT, folder))) {
      const lines =
        (await Deno.readTextFile(file)).trimEnd().split("\n").length;
      assert(lines <= LONGEST, `${relative(ROOT, file)} has ${lines} lines`);
    }
  }
});

Deno.test("lib and bench draw no unseeded number, read no clock and hide no import", async () => {
  const files = await ruledFiles(ROOT);
  const paths = files.map((file) => relative(ROOT, file));
  for (const path of Object.keys(ALLOWED)) assert(paths.includes(path), path);
  for (const file of files) {
    const path = relative(ROOT, file);
    const allowed = (ALLOWED[path] ?? []).map(([what]) => what);
    assertEquals(hiddenIn(await Deno.readTextFile(file)), allowed, path);
  }
});

/** Sources of a made-up repository, each with what must be found wrong. */
const MADE_UP: Readonly<Record<string, readonly [string, string[]]>> = {
  "lib/math/sound.ts": ["export const one = 1;\nexport type One = 1;", []],
  "lib/scenario/sound.ts": [
    'import { one } from "../math/sound.ts";\nexport { one };\nexport type S = 1;',
    [],
  ],
  "lib/env/sound.ts": [
    'export type { S } from "../scenario/sound.ts";\nexport const e = 1;',
    [],
  ],
  "lib/env/talks.ts": [
    [
      '// import "../agents/sound.ts";',
      "/* import '../agents/sound.ts'; */",
      "export const text = `import '../agents/sound.ts';`;",
    ].join("\n"),
    [],
  ],
  "lib/agents/sound.ts": [
    'import type { S } from "../env/sound.ts";\nexport type A = S;\nexport const a = 1;',
    [],
  ],
  "lib/policies/sound.ts": ["export const policy = 1;", []],
  "lib/search/edge_problem.ts": [
    'import { e } from "../env/sound.ts";\nexport const problem = e;',
    [],
  ],
  "lib/studies/sound.ts": ["export type Row = 1;\nexport const x = 1;", []],
  "lib/figures/sound.ts": [
    'import type { Row } from "../studies/sound.ts";\nexport type R = Row;',
    [],
  ],
  "lib/nn/sound.ts": ['import "@tensorflow/tfjs";', []],
  "lib/nn/reference/tfjs_engine.ts": ['import "node:path";', []],
  "lib/kernel/sound.ts": ['import "node:path";', []],
  "lib/cli/sound.ts": ['import "../kernel/sound.ts";', []],
  "lib/mod.ts": ['export * from "./agents/sound.ts";', []],
  "bench/sound.ts": [
    'import "../lib/cli/sound.ts";\nimport "../lib/math/sound.ts";',
    [],
  ],
  "bench/all.ts": ['import "./sound.ts";\nimport "../lib/mod.ts";', []],

  "lib/math/static.ts": ['import "../scenario/sound.ts";', [
    "lib/scenario/sound.ts",
  ]],
  "lib/math/typed.ts": [
    'import type { S } from "../scenario/sound.ts";\nexport type T = S;',
    ["types of lib/scenario/sound.ts"],
  ],
  "lib/scenario/dynamic.ts": [
    'export const load = () => import("../env/sound.ts");',
    ["lib/env/sound.ts"],
  ],
  "lib/scenario/query.ts": [
    'export type E = typeof import("../env/sound.ts");',
    ["types of lib/env/sound.ts"],
  ],
  "lib/scenario/mapped.ts": ['import "house/env";', ["lib/env/sound.ts"]],
  "lib/scenario/folder.ts": ['import "house/lib/env/sound.ts";', [
    "lib/env/sound.ts",
  ]],
  "lib/env/reexport.ts": ['export * from "../agents/sound.ts";', [
    "lib/agents/sound.ts",
  ]],
  "lib/agents/values.ts": [
    'import { e } from "../env/sound.ts";\nexport const a = e;',
    ["lib/env/sound.ts"],
  ],
  "lib/agents/both.ts": [
    'import type { S } from "../env/sound.ts";\nimport { e } from "../env/sound.ts";\nexport const a: S = e;',
    ["lib/env/sound.ts"],
  ],
  "lib/agents/sideways.ts": ['import "../policies/sound.ts";', [
    "lib/policies/sound.ts",
  ]],
  "lib/policies/sideways.ts": ['import "../search/edge_problem.ts";', [
    "lib/search/edge_problem.ts",
  ]],
  "lib/search/sideways.ts": [
    'import "../agents/sound.ts";\nimport "../env/sound.ts";',
    [
      "lib/agents/sound.ts",
      "lib/env/sound.ts",
    ],
  ],
  "lib/figures/values.ts": ['export { x } from "../studies/sound.ts";', [
    "lib/studies/sound.ts",
  ]],
  "lib/notebook/deep.ts": ['import "../agents/sound.ts";', [
    "lib/agents/sound.ts",
  ]],
  "lib/kernel/lib.ts": ['import "../math/sound.ts";', ["lib/math/sound.ts"]],
  "lib/studies/cli.ts": ['import "../cli/sound.ts";', ["lib/cli/sound.ts"]],
  "lib/agents/tensors.ts": ['import "npm:@tensorflow/tfjs@4.22.0";', [
    "npm:@tensorflow/tfjs",
  ]],
  "lib/agents/lazy_tensors.ts": [
    'export const load = () => import("@tensorflow/tfjs/dist/index.js");',
    ["npm:@tensorflow/tfjs"],
  ],
  "lib/notebook/tensors.ts": ['import type {} from "@tensorflow/tfjs";', [
    "types of npm:@tensorflow/tfjs",
  ]],
  "lib/workload/node.ts": ['import "node:crypto";', ["node:crypto"]],
  "lib/nn/node.ts": [
    'export const load = () => import("node:path");',
    ["node:path"],
  ],
  "bench/tensors.ts": ['import "@tensorflow/tfjs";', ["npm:@tensorflow/tfjs"]],
  "bench/tests.ts": ['import "../tests/help.ts";', ["tests/help.ts"]],
  "lib/cli/bench.ts": ['import "../../bench/sound.ts";', ["bench/sound.ts"]],
  "lib/reports/bench.ts": [
    'import type {} from "../../bench/sound.ts";',
    ["types of bench/sound.ts"],
  ],
  "lib/env/tests.ts": ['import "../../tests/help.ts";', ["tests/help.ts"]],
  "lib/env/face.ts": ['import "../mod.ts";', ["lib/mod.ts"]],
  "lib/env/nowhere.ts": ['import "./missing.ts";', ["unresolved:./missing.ts"]],
  "lib/env/unmapped.ts": ['import "unheard-of";', ["unresolved:unheard-of"]],
};

const MADE_UP_CONFIG = {
  imports: {
    "house/env": "./lib/env/sound.ts",
    "house/": "./",
    "@tensorflow/tfjs": "npm:@tensorflow/tfjs@4.22.0",
    "@tensorflow/tfjs/": "npm:/@tensorflow/tfjs@4.22.0/",
  },
};

Deno.test("the rules catch every kind of import in a made-up repository", async () => {
  const root = await Deno.realPath(await Deno.makeTempDir());
  try {
    const write = async (path: string, text: string) => {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    };
    await write("deno.json", JSON.stringify(MADE_UP_CONFIG));
    await write("tests/help.ts", "");
    for (const [path, [text]] of Object.entries(MADE_UP)) {
      await write(path, text);
    }
    const imports = await readImports(root);
    for (const [path, [, expected]] of Object.entries(MADE_UP)) {
      const found = imports.filter(({ from }) => from === path)
        .map(violationOf).filter((text) => text !== undefined);
      assertEquals(found.length, expected.length, `${path}: ${found}`);
      for (const target of expected) {
        const start = `${path} must not import ${target}:`;
        assert(found.some((text) => text.startsWith(start)), `${found}`);
      }
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("nothing in lib imports cli or bench, and a folder that no rule knows is refused", () => {
  const value = (from: string, to: string) => ({ from, to, typeOnly: false });
  for (const layer of Object.keys(LAYERS)) {
    const found = violationOf(value(`lib/${layer}/a.ts`, "lib/cli/b.ts"));
    assertEquals(found === undefined, layer === "cli", layer);
  }
  assert(violationOf(value("lib/mod.ts", "lib/cli/command.ts")));
  assert(violationOf(value("lib/mod.ts", "bench/plan.ts")));
  assert(violationOf(value("lib/helpers/a.ts", "lib/math/b.ts")));
  assert(violationOf(value("lib/loose.ts", "lib/math/b.ts")));
  assert(violationOf(value("lib/env/a.ts", "lib/helpers/b.ts")));
});

Deno.test("circles of imports are found and named, each once", () => {
  const imports = (...arrows: string[]): Import[] =>
    arrows.map((arrow) => {
      const [from, to] = arrow.split(" ");
      return { from, to, typeOnly: arrow.endsWith(" type") };
    });
  assertEquals(circlesOf([]), []);
  assertEquals(circlesOf(imports("a b", "a c", "b d", "c d", "d e")), []);
  assertEquals(circlesOf(imports("a a")), ["a → a"]);
  assertEquals(circlesOf(imports("z b", "b c", "c b type")), ["b → c → b"]);
  assertEquals(
    circlesOf(imports("c a", "b c", "a b", "b d", "d b", "x y")),
    ["a → b → c → a", "b → d → b"],
  );
});

Deno.test("the layers have no cycle", () => {
  const depth = (layer: string, path: readonly string[]): number => {
    assert(!path.includes(layer), [...path, layer].join(" → "));
    const { values = [], types = [] } = LAYERS[layer];
    const below = [...values, ...types];
    return 1 +
      Math.max(0, ...below.map((next) => depth(next, [...path, layer])));
  };
  assertEquals(depth("math", []), 1);
  for (const layer of Object.keys(LAYERS)) depth(layer, []);
});

Deno.test("what runs in browsers imports nothing that does not", () => {
  for (const layer of ELSEWHERE) {
    const { values = [], types = [] } = LAYERS[layer];
    for (const below of [...values, ...types]) {
      assert(ELSEWHERE.includes(below), `${layer} imports ${below}`);
    }
  }
});

Deno.test("hidden chance, clocks and imports are found, comments are not", () => {
  const hiding: [string, string][] = [
    ["const x = Math.random();", "Math.random"],
    ["const x = Math\n  .random();", "Math.random"],
    ['const x = Math["random"]();', "Math.random"],
    ["const { random } = Math;", "Math.random"],
    ["const t = Date.now();", "Date.now"],
    ["const t = new Date();", "Date.now"],
    ["start(performance.now);", "performance.now"],
    ["const id = crypto.randomUUID();", "crypto's random numbers"],
    ["crypto.getRandomValues(bytes);", "crypto's random numbers"],
    ["await import(path);", "an import whose target is computed"],
    ["await import(`./${name}.ts`);", "an import whose target is computed"],
    ['await import("./a" + b);', "an import whose target is computed"],
    ['new Worker("./a.ts");', "a worker, which is an import in disguise"],
  ];
  for (const [source, what] of hiding) {
    assertEquals(hiddenIn(`const before = 1;\n${source}\n`), [what], source);
  }
  for (
    const source of [
      "// Math.random is never used",
      "const t = new Date(0);",
      "/**\n * Date.now and performance.now stay out.\n */\nlet a;",
      'await import("./a.ts");',
      "await import(\n  './a.ts'\n);",
      'await import("./a.json", { with: { type: "json" } });',
      "Math.max(random, 1);",
      "import.meta.resolve(name);",
    ]
  ) assertEquals(hiddenIn(source), [], source);
});
