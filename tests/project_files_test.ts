import { assert, assertEquals, assertThrows } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import { linkSubpaths, nameImports } from "../lib/cli/api_docs.ts";

const ROOT = new URL("..", import.meta.url);

const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

/** The modules of `lib` that a part of a task names. */
function modulesAfter(start: string, command: string): string[] {
  const part = command.split(" && ").find((one) => one.startsWith(start)) ?? "";
  return part.split(" ").filter((word) => word.startsWith("lib/"));
}

/** The modules of the package's subpaths. */
const EXPORTED = Object.values(config.exports)
  .map((path) => path.replace(/^\.\//, ""));

Deno.test("the documentation of every subpath is linted", () => {
  const linted = modulesAfter("deno doc --lint", config.tasks.check.command);
  assertEquals(EXPORTED.filter((path) => !linted.includes(path)), []);
  assert(linted.length > 10);
});

Deno.test("the reference holds every subpath and nothing else", () => {
  const shown = modulesAfter(
    "deno doc --html",
    config.tasks["docs:api"].command,
  );
  assertEquals(shown, EXPORTED);
});

Deno.test("a public name without documentation fails the lint", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const lint = async (text: string) => {
      const path = `${folder}/mod.ts`;
      await Deno.writeTextFile(path, text);
      const { code } = await new Deno.Command(Deno.execPath(), {
        args: ["doc", "--lint", path],
        stdout: "null",
        stderr: "null",
      }).output();
      return code;
    };
    assertEquals(await lint("/** One. */\nexport const one: number = 1;\n"), 0);
    assertEquals(await lint("export const one: number = 1;\n"), 1);
    assertEquals(
      await lint("interface A {}\n/** One. */\nexport type B = A[];\n"),
      1,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("version, licence and paper are the same wherever they stand", async () => {
  const citation = await read("CITATION.cff");
  const field = (name: string) =>
    citation.match(new RegExp(`^${name}: (.+)$`, "m"))?.[1];
  assertEquals(field("cff-version"), "1.2.0");
  assertEquals(field("type"), "software");
  assertEquals(field("version"), config.version);
  const licence = await read("LICENSE");
  assertEquals(`${field("license")} License`, licence.split("\n")[0]);
  const doi = citation.match(/^ {4}doi: (.+)$/m)?.[1];
  assert(doi !== undefined);
  assert((await read("README.md")).includes(`https://doi.org/${doi}`), doi);
  const changelog = await read("CHANGELOG.md");
  assertEquals(changelog.match(/^## (\S+)/m)?.[1], config.version);
});

Deno.test("the reference is neither committed nor published, formatted or tested", async () => {
  assert((await read(".gitignore")).split("\n").includes("docs/api/"));
  assert(config.exclude.includes("docs/api"));
  assert(!config.publish.include.some((path) => path.startsWith("docs")));
});

Deno.test("the reference names the package, and nothing else that is imported", () => {
  const line = (from: string) => `import { x } from &quot;${from}&quot;;`;
  for (
    const [before, after] of [
      [".", "@edgeaigc/lab"],
      ["studies", "@edgeaigc/lab/studies"],
      ["notebook/frame", "@edgeaigc/lab/notebook/frame"],
      ["danfojs", "danfojs"],
      ["./env", "./env"],
      ["@std/assert", "@std/assert"],
    ]
  ) assertEquals(nameImports(line(before)), line(after));
});

Deno.test("the first page of the reference leads to every subpath", async () => {
  const names = Object.keys(config.exports).filter((name) => name !== ".")
    .map((name) => name.slice(2));
  const page = names.map((name) => `<code>${config.name}/${name}</code>`);
  const linked = linkSubpaths(page.join(" "));
  for (const name of names) {
    assert(linked.includes(`<a href="${name}/index.html"><code>`), name);
  }
  const error = assertThrows(() => linkSubpaths(page.slice(1).join(" ")));
  assert(`${error}`.includes(`got no ${config.name}/scenario`), `${error}`);
  // What the page is made of.
  const mod = await read("lib/mod.ts");
  for (const name of names) {
    assert(mod.includes(` * - \`${config.name}/${name}\`:`), name);
  }
});
