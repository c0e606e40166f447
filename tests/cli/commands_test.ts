import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { main as scenario } from "../../lib/cli/scenario.ts";
import { main as checkMethod } from "../../lib/cli/check_method.ts";
import { main as train } from "../../lib/cli/train.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { parseScenario } from "../../lib/scenario/parse_scenario.ts";
import { PRESETS } from "../../lib/scenario/scenario.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";

/** Runs a command and gives its exit code and what it printed. */
async function run(
  main: (args: string[]) => Promise<number>,
  ...args: string[]
): Promise<{ code: number; printed: string }> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...parts: unknown[]) => void lines.push(parts.join(" "));
  try {
    return { code: await main(args), printed: lines.join("\n") };
  } finally {
    console.log = log;
  }
}

Deno.test("a preset printed in full is a scenario file that gives the same scenario", async () => {
  for (const name of Object.keys(PRESETS)) {
    const { code, printed } = await run(scenario, name);
    assertEquals(code, 0);
    assertEquals(parseScenario(JSON.parse(printed)), PRESETS[name]);
  }
});

Deno.test("every command explains itself", async () => {
  for (const main of [scenario, train, checkMethod]) {
    const { code, printed } = await run(main, "--help");
    assertEquals(code, 0);
    assert(printed.includes("Usage: deno task"));
  }
});

Deno.test("wrong arguments are named", async () => {
  const cases: [(args: string[]) => Promise<number>, string[], string][] = [
    [train, [], "beside options there must be 1 argument, got 0"],
    [train, ["sac"], "the algorithm must be one of td3, ddpg, got sac"],
    [train, ["td3", "--seed", "-1"], "seed"],
    [train, ["td3", "--episodes", "2.5"], "from 1 to 1000000, got 2.5"],
    [train, ["td3", "--color", "red"], "--color"],
    [checkMethod, ["sac"], "the method must be one of td3, ddpg, pso, ga, "],
    [checkMethod, ["td3", "--worlds", "0"], "--worlds must be a whole number"],
    [checkMethod, ["td3", "--set", "discount=2"], "finite number from 0 to 1"],
    [scenario, ["a", "b"], "beside options there must be 0 to 1 argument"],
    [scenario, ["nowhere.json"], "nowhere.json must be a file"],
  ];
  for (const [main, args, message] of cases) {
    await assertRejects(() => main(args), InputError, message);
  }
});

Deno.test("training stores its results, and a second call finds them, unless they are damaged", async () => {
  await withTemporaryFolder(async (data) => {
    const args = [
      ...["ddpg", "--scenario", "small", "--episodes", "5"],
      ...["--set", "minReplaySize=16", "--set", "ddpg.batchSize=8"],
    ];
    const first = await run(train, ...args, "--data", data);
    assertEquals(first.code, 0);
    assertMatch(
      first.printed,
      /^Updates begin with episode 5, after 16 slots/m,
    );
    assertMatch(first.printed, /^episodes 1 to 5 of 5: mean return -\d/m);
    const result =
      /^Greedy on 30 test episodes: return -\d.*, hit rate 0\.\d+\n.*/m
        .exec(first.printed)![0];
    const second = await run(train, ...args, "--data", data);
    assertEquals(second.printed, `Finished before.\n${result}`);
    const directory = result.split("Results are in ")[1];
    const curve = join(directory, "episodes.csv");
    const whole = await Deno.readTextFile(curve);
    await Deno.writeTextFile(curve, whole.replace(",-", ",-1"));
    const third = await captureMain(train, [...args, "--data", data]);
    assertEquals(third.code, 0);
    assertMatch(third.stderr, /^ddpg-.* is run again: episodes.csv is damaged/);
    assertMatch(third.stdout, /^episodes 1 to 5 of 5/m);
    assert(third.stdout.includes(result));
    assertEquals(await Deno.readTextFile(curve), whole);
    const names = [...Deno.readDirSync(directory)].map(({ name }) => name);
    assertEquals(names.sort(), [
      "episodes.csv",
      "evaluations.csv",
      "manifest.json",
      "policy",
      "provenance.json",
    ]);
  });
});

Deno.test("a bad scenario file ends with exit code 2 and one line", async () => {
  await withTemporaryFolder(async (folder) => {
    const file = `${folder}/bad.json`;
    await Deno.writeTextFile(file, '{"parameters": {"numUser": 3}}');
    for (const task of ["scenario.ts", "train.ts"]) {
      const own = task === "train.ts" ? ["td3", "--scenario", file] : [file];
      const { code, stdout, stderr } = await new Deno.Command(
        Deno.execPath(),
        { args: ["run", "--no-prompt", "-R", `lib/cli/${task}`, ...own] },
      ).output();
      assertEquals(code, 2);
      assertEquals(stdout.length, 0);
      assertEquals(
        new TextDecoder().decode(stderr),
        `Cannot read scenario ${file}: parameters.numUser must be a known key (nearest: numUsers), got 3\n`,
      );
    }
  });
});
