import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  loadMethodFile,
  requireUnchanged,
} from "../../lib/trials/method_file.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { withTemporaryFolder } from "./fixtures.ts";

/** A module whose method has the label `label`. */
function source(label: string, before = ""): string {
  return `${before}
const label: string = ${label};
export default { name: "own", label, create: () => ({ decide: () => label }) };
`;
}

/** Runs `use` with a function that writes a file, and gives its path. */
function withFiles(
  use: (write: (name: string, text: string) => Promise<string>) => unknown,
): Promise<void> {
  return withTemporaryFolder(async (folder) => {
    await use(async (name, text) => {
      await Deno.writeTextFile(join(folder, name), text);
      return join(folder, name);
    });
  });
}

/** What loading a method prints, its label or its fault, in another process. */
async function loadElsewhere(
  path: string,
  { cwd = ".", permissions = ["--allow-read"] }: {
    readonly cwd?: string;
    readonly permissions?: readonly string[];
  } = {},
): Promise<string> {
  const module = import.meta.resolve("../../lib/trials/method_file.ts");
  const config = fileURLToPath(import.meta.resolve("../../deno.json"));
  const script = `import { loadMethodFile } from "${module}";
    await loadMethodFile(Deno.args[0]).then(
      ({ method }) => console.log(method.label),
      ({ message }) => console.log(message),
    );`;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-check", "--no-prompt", "--config", config],
      ...permissions,
      ...["-", path],
    ],
    cwd,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(script));
  await writer.close();
  return new TextDecoder().decode((await child.output()).stdout);
}

async function labelIn(path: string): Promise<string> {
  return (await loadMethodFile(path)).method.label;
}

Deno.test("a method is loaded with the hash and the whole path of its file", async () => {
  await withFiles(async (write) => {
    const path = await write("own.ts", source('"one"'));
    const { method, file } = await loadMethodFile(path);
    assertEquals([method.name, method.label], ["own", "one"]);
    assert(isAbsolute(file.path));
    assertEquals(file.path, path);
    assertEquals(file.sha256.length, 64);
  });
  const { file } = await loadMethodFile("lib/cli/new/methods/lfu.ts");
  assertEquals(
    file.path,
    join(Deno.cwd(), "lib/cli/new/methods/lfu.ts"),
  );
});

Deno.test("an edited file, and edited data that it reads, are loaded anew", async () => {
  await withFiles(async (write) => {
    const path = await write("own.ts", source('"one"'));
    assertEquals(await labelIn(path), "one");
    await write("own.ts", source('"two"'));
    assertEquals(await labelIn(path), "two");
    await write("own.ts", source('"one"'));
    assertEquals(await labelIn(path), "one");

    await write("label.json", '"three"');
    await write(
      "own.ts",
      source(
        'JSON.parse(Deno.readTextFileSync(new URL("./label.json", import.meta.url)))',
      ),
    );
    assertEquals(await labelIn(path), "three");
    await write("label.json", '"four"');
    assertEquals(await labelIn(path), "four");
  });
});

Deno.test("a module that the file imports is kept by Deno: edited, it has another hash and the old content", async () => {
  await withFiles(async (write) => {
    await write("label.ts", 'export const inner = "old";');
    const path = await write(
      "own.ts",
      source("inner", 'import { inner } from "./label.ts";'),
    );
    const first = await loadMethodFile(path);
    await write("label.ts", 'export const inner = "new";');
    const second = await loadMethodFile(path);
    assertNotEquals(second.file.sha256, first.file.sha256);
    // The docstring warns of this: another process is needed.
    assertEquals([first.method.label, second.method.label], ["old", "old"]);
    assertEquals(await loadElsewhere(path), "new\n");
  });
});

Deno.test("a file is unchanged until it, or what it imports or reads, is edited or gone", async () => {
  await withFiles(async (write) => {
    const imported = await write("label.ts", 'export const inner = "old";');
    const path = await write(
      "own.ts",
      source("inner", 'import { inner } from "./label.ts";'),
    );
    const { file } = await loadMethodFile(path);
    const act = "run the trial";
    await requireUnchanged(file, { act });
    await write("label.ts", 'export const inner = "new";');
    await assertRejects(
      () => requireUnchanged(file, { act }),
      InputError,
      `Cannot run the trial: ${path} must be as it was when the trial was planned (sha256 ${file.sha256}), got `,
    );
    await write("label.ts", 'export const inner = "old";');
    await requireUnchanged(file, { act });
    await Deno.remove(imported);
    await assertRejects(
      () => requireUnchanged(file, { act }),
      InputError,
      `Cannot run the trial: ./label.ts, which ${path} imports, must be a file, got none`,
    );
    await Deno.remove(path);
    await assertRejects(
      () => requireUnchanged(file, { act }),
      InputError,
      `Cannot run the trial: ${path} must be a file, got none`,
    );
  });
});

Deno.test("what is wrong with a module is one line that says where", async () => {
  const sound = 'name: "own", label: "own", create: () => ({})';
  const cases: [text: string, message: string][] = [
    [
      'const a = 1;\nexport default { name: "x" label: 2 };',
      "SyntaxError: Expected ',', got 'label' at PATH:2:28",
    ],
    [
      'export const one = 1;\nfunction boom(): never {\n  throw new TypeError("bad\\nluck");\n}\nboom();',
      "TypeError: bad at PATH:3:9",
    ],
    [
      "export default undefinedThing;",
      "ReferenceError: undefinedThing is not defined at PATH:1:16",
    ],
    ['throw "enough";', '"enough" thrown'],
    ["throw undefined;", "nothing thrown"],
    [
      'import { no } from "./sound.ts";\nexport default no;',
      "SyntaxError: The requested module './sound.ts' does not provide an export named 'no' at PATH:1:10",
    ],
    [
      'import no from "no-such-package";\nexport default no;',
      'Import "no-such-package" not a dependency and not in import map from "PATH" at PATH:1:16',
    ],
    [
      'import { fillCaches } from "LAB";\nexport default fillCaches({ numServers: 1, serverStorageBytes: [1] } as never, () => 7 as never);',
      "InputError: Cannot fill the caches: the ranking of server 0 must be an array of models, got 7 at PATH:2:16",
    ],
    ["", "the module must have a method as its default export, got no export"],
    [
      "export const one = 1, two = 2;",
      "the module must have a method as its default export, got the exports one, two",
    ],
    [
      "export default 7;",
      "method must be a method: an object with name, label, create, got 7",
    ],
    [
      `export default { ${sound}, lable: 1 };`,
      "method.lable must be a known key (nearest: label), got 1",
    ],
    [
      `export default { ${sound}, hyperparameters: { decay: 0.5 } };`,
      "method.hyperparameters.decay must be a ledger entry",
    ],
    [
      'export default { name: "td3", label: "own", create: () => ({}) };',
      "method.name must be another than those of the project's methods, td3, ddpg, ",
    ],
  ];
  const lab = import.meta.resolve("../../lib/policies/mod.ts");
  await withFiles(async (write) => {
    await write("sound.ts", source('"sound"'));
    for (const [i, [text, message]] of cases.entries()) {
      const path = await write(`case${i}.ts`, text.replace("LAB", lab));
      const expected = message.replaceAll("PATH", path);
      for (
        const [options, start] of [
          [{}, `Cannot load ${path}: `],
          [{ act: "sweep own.json" }, `Cannot sweep own.json: ${path}: `],
        ] as const
      ) {
        const { message } = await assertRejects(
          () => loadMethodFile(path, options),
          InputError,
          start + expected,
        );
        assert(!/\\u00|sha256=|file:/.test(message), message);
      }
    }
  });
});

Deno.test("a file that changes while it is loaded is refused", async () => {
  await withFiles(async (write) => {
    const change = 'Deno.writeTextFileSync(import.meta.filename!, "changed");';
    const path = await write("own.ts", source('"own"', change));
    await assertRejects(
      () => loadMethodFile(path),
      InputError,
      `Cannot load ${path}: the file must not change while it is loaded, got another sha256`,
    );
  });
});

Deno.test("a fault in a module that the file imports names that module", async () => {
  await withFiles(async (write) => {
    const path = await write("own.ts", source("1", 'import "./inner.ts";'));
    const inner = await write("inner.ts", "\nconst = 1;");
    await assertRejects(
      () => loadMethodFile(path),
      InputError,
      `at ${inner}:2:7`,
    );
    await Deno.remove(inner);
    await assertRejects(
      () => loadMethodFile(path),
      InputError,
      `Cannot load ${path}: ./inner.ts, which ${path} imports, must be a file, got none`,
    );
    await Deno.remove(path);
    await assertRejects(
      () => loadMethodFile(path, { act: "sweep own.json" }),
      InputError,
      `Cannot sweep own.json: ${path} must be a file, got none`,
    );
  });
});

Deno.test("a relative path is shown as it was given", async () => {
  await withTemporaryFolder(async (folder) => {
    const name = "own #1?.ts";
    await Deno.writeTextFile(join(folder, name), "const = 1;");
    const text = await loadElsewhere(`./${name}`, { cwd: folder });
    assert(text.startsWith("Cannot load ./own #1?.ts: "), text);
    assert(text.endsWith(" at ./own #1?.ts:1:7\n"), text);
  });
});

Deno.test("a process that may read the lab and the method's folder alone can load it", async () => {
  const lab = fileURLToPath(import.meta.resolve("../.."));
  await withTemporaryFolder(async (folder) => {
    const path = join(folder, "own.ts");
    // A package, whose lock is looked for as far up as may be.
    await Deno.writeTextFile(path, source('"own"', 'import "zod";'));
    const both = [`--allow-read=${lab},${folder}`];
    assertEquals(await loadElsewhere(path, { permissions: both }), "own\n");
    const one = [`--allow-read=${lab}`];
    const refused = await loadElsewhere(path, { permissions: one });
    const start =
      `Cannot load ${path}: ${path} must be a readable file, in the folder of the study or method or in one next to it, got no permission`;
    assert(refused.startsWith(start), refused);
    assertEquals(refused.split("\n").length, 2);
  });
});
