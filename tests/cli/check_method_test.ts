import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatCheck } from "../../lib/cli/check_method.ts";
import { launchArguments } from "../../lib/cli/launch.ts";
import { copyMethods } from "../trials/copy_methods.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A bad method of the tests, from the root. */
const bad = (name: string) => `tests/trials/bad_methods/${name}.ts`;

/** Runs the command as `deno task` does, with its permissions. */
async function checkMethod(args: string[], folder = ROOT) {
  const options = { folder, root: ROOT };
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: launchArguments("check_method", args, options),
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

const FEW = ["--worlds", "60"];

Deno.test("a method that passes gives a line a check, and exit code 0", async () => {
  const { code, stdout, stderr } = await checkMethod(["random", ...FEW]);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(
    stdout,
    new RegExp(
      [
        /^feasible {2}passed in 60 worlds, \d+\.\d s/,
        /seeded {4}passed in 60 worlds, \d+\.\d s/,
        /restored {2}not judged: it is not trained, so that nothing is saved/,
        /sees {6}passed in 60 worlds, \d+\.\d s/,
        /disposes {2}passed in 5 worlds, \d+\.\d s/,
        /ends {6}passed in 60 worlds/,
        /random keeps its contract as far as these checks tell\.\n$/,
      ].map(({ source }) => source).join("\\n"),
    ),
  );
});

Deno.test("a method that fails gives the world that shows it, and exit code 1, in JSON too", async () => {
  const { code, stdout, stderr } = await checkMethod([bad("throws"), ...FEW]);
  assertEquals([code, stderr], [1, ""]);
  assertMatch(
    stdout,
    /^feasible {2}failed in \d of 60 worlds: throws RangeError: there is no second model \(\S+throws\.ts:\d+:\d+\); first in one model, seed 2: \{"extends":"small","parameters":\{"numModels":1\}\}$/m,
  );
  assertMatch(stdout, /^throws fails: feasible\.$/m);

  const json = await checkMethod([bad("throws"), ...FEW, "--json"]);
  assertEquals([json.code, json.stderr], [1, ""]);
  const { method, passed, checks } = JSON.parse(json.stdout);
  assertEquals([method, passed], ["throws", false]);
  assertEquals(checks[0].name, "feasible");
  assertEquals(checks[0].verdict, "failed");
});

Deno.test("a method from another folder is found from where the user stands, and set", async () => {
  await withTemporaryFolder(async (folder) => {
    await copyMethods(folder, ["td3_pink.ts"]);
    const args = ["./td3_pink.ts", "--set", "noiseOctaves=2"];
    const { code, stdout, stderr } = await checkMethod(
      [...args, "--set", "minReplaySize=500", ...FEW],
      folder,
    );
    assertEquals([code, stderr], [0, ""], stdout);
    assertMatch(
      stdout,
      /^restored {2}passed in 12 worlds, \d+\.\d s \(nothing was updated in 8 episodes: /m,
    );
  });
});

Deno.test("wrong arguments and files are told in a line, with exit code 2", async () => {
  await withTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "none.ts"), "export const a = 1;");
    await Deno.writeTextFile(join(folder, "half.ts"), "export default {");
    const refusals: [string[], RegExp][] = [
      [[], /^Cannot read the arguments: beside options there must be 1 arg/],
      [["lfu"], /^Cannot read the arguments: the method must be one of td3, /],
      [["./nowhere.ts"], /^Cannot read the method: .*nowhere\.ts/],
      [["./none.ts"], /must have a method as its default export, got the exp/],
      [["./half.ts"], /^Cannot read the method: .*half\.ts: SyntaxError: /],
      [["td3", "--set", "discount=2"], /must be a finite number from 0 to 1/],
      [["td3", "--worlds", "many"], /--worlds must be a whole number from 1 /],
      [["td3", "--limit", "0"], /--limit must be a whole number from 1 to /],
    ];
    for (const [args, pattern] of refusals) {
      const { code, stdout, stderr } = await checkMethod(args, folder);
      assertEquals([code, stdout], [2, ""], stderr);
      assertMatch(stderr, pattern);
      assert(!/\n\s+at /.test(stderr), stderr);
    }
  });
});

Deno.test("what a method says cannot act on the terminal", () => {
  const line = formatCheck({
    name: "feasible",
    verdict: "failed",
    worlds: 3,
    failures: 1,
    world: "one user, seed 1: {}",
    message: "throws Error: \u001b[2J\nand more",
    seconds: 1,
  });
  assertEquals(
    line,
    "feasible  failed in 1 of 3 worlds: throws Error: \\u001b[2J\\u000aand more; first in one user, seed 1: {}",
  );
});
