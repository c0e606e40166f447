import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { launchArguments } from "../../lib/cli/launch.ts";
import { CHECKOUT } from "../../lib/trials/checkout.ts";
import { parseAnyCsv } from "../../lib/input/csv.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

/** What Deno prints, and how it ends. */
async function deno(args: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    // A task that another task starts keeps where that was called from.
    env: { NO_COLOR: "1", INIT_CWD: cwd },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** `deno task new`, with the permissions that it is given. */
function makeFolder(path: string) {
  const root = CHECKOUT;
  return deno(launchArguments("new", [path], { folder: root, root }), root);
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

Deno.test("a new folder tests its methods, and sweeps them next to the lab's into its own data", async () => {
  await withTemporaryFolder(async (parent) => {
    const folder = join(parent, "mine");
    assertEquals((await makeFolder(folder)).code, 0);
    assertEquals(await namesIn(parent), ["mine"]);

    const tests = await deno(["task", "--quiet", "test"], folder);
    assertEquals(tests.code, 0, tests.text);
    assertStringIncludes(tests.text, "3 passed");

    const check = ["task", "--quiet", "check:method", "methods/lfu.ts"];
    const checked = await deno([...check, "--worlds", "60"], folder);
    assertEquals(checked.code, 0, checked.text);
    assertStringIncludes(checked.text, "lfu keeps its contract");

    const sweep = ["task", "--quiet", "sweep", "studies/first.json"];
    const changes = ["--seeds", "0", "--set", "episodes=2"];
    const run = await deno([...sweep, ...changes], folder);
    assertEquals(run.code, 0, run.text);
    const path = join(folder, "data/sweeps/first/rows.csv");
    const rows = parseAnyCsv(await Deno.readTextFile(path), {
      act: "read the table",
      path,
    });
    assertEquals(rows.length, 12);
    const methods = new Set(rows.map(({ method }) => method));
    assertEquals(
      methods,
      new Set(["lfu", "td3-pink", "td3", "pso", "optimum"]),
    );
    assert(!run.text.includes("Warning"), run.text);

    const again = await deno([...sweep, ...changes], folder);
    assertStringIncludes(again.text, "0 now");

    const submission = await deno(
      [...sweep, "--seeds", "7", "--slurm", "--dry-run"],
      folder,
    );
    assertEquals(submission.code, 0, submission.text);
    assertStringIncludes(submission.text, `--chdir=${folder}`);
    assertStringIncludes(submission.text, `--config=${folder}/deno.json`);
  });
});

Deno.test("a folder that is in use, or within the lab, is left as it is", async () => {
  await withTemporaryFolder(async (parent) => {
    await Deno.writeTextFile(join(parent, "notes.txt"), "mine");
    const { code, text } = await makeFolder(parent);
    assertEquals(code, 2);
    assertStringIncludes(text, "or empty, got one with notes.txt");
    assertEquals(await namesIn(parent), ["notes.txt"]);
  });
  const { code, text } = await makeFolder(join(CHECKOUT, "data/mine"));
  assertEquals(code, 2);
  assertStringIncludes(text, "outside the lab, got one within");
});
