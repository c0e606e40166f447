import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { basename, join } from "node:path";
import { launchArguments } from "../../lib/cli/launch.ts";
import { main } from "../../lib/cli/play.ts";
import { readTrial } from "../../lib/trials/check_trial.ts";
import { CHECKOUT } from "../../lib/trials/checkout.ts";
import type { PlayedPolicy } from "../../lib/trials/play_policy.ts";
import { runStoredTrial } from "../../lib/trials/run_stored_trial.ts";
import { makeTrial, type TrialConfig } from "../../lib/trials/trial.ts";
import { loadMethodFile } from "../../lib/trials/method_file.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import { copyMethods } from "../trials/copy_methods.ts";
import { smallTrial, withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";

const SLOTS = SMALL_SCENARIO.parameters.slotsPerEpisode;

/** Runs `use` with a stored trial. */
function withTrial(
  config: TrialConfig,
  use: (data: string, id: string) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder(async (dataDirectory) => {
    const folder = await runStoredTrial(config, {
      dataDirectory,
      clock: () => 0,
    });
    await use(dataDirectory, basename(folder!));
  });
}

/** The command as `deno task` starts it, with no more than it may do. */
async function launched(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: launchArguments("play", args, { folder, root: CHECKOUT }),
    cwd: CHECKOUT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

Deno.test("a trial is played by its name or its folder: a row a slot, every mean, and that they are the stored ones", async () => {
  await withTrial(smallTrial(), async (data, id) => {
    const folder = join(data, "trials", id);
    const byName = await captureMain(main, [id, "--data", data]);
    assertEquals([byName.code, byName.stderr], [0, ""]);
    assertEquals(await captureMain(main, [`${folder}/`]), byName);

    const [title, head, ...rest] = byName.stdout.trimEnd().split("\n");
    assertEquals(
      title,
      `${id}: TD3 on 2 test episodes of seed 3, scenario of the trial, computed by the wasm engine`,
    );
    assertMatch(
      head,
      /^episode +slot +reward +objective +hit rate +response s +cost currency +violations$/,
    );
    assertEquals(rest.indexOf(""), 2 * SLOTS);
    assertMatch(rest[SLOTS], /^2 +0 +-\d/);
    const row = (await readTrial(folder)).lastEvaluation();
    for (const [column, value] of Object.entries(row)) {
      if (column === "split" || column === "episode") continue;
      const line = rest.find((one) => one.startsWith(`${column} `));
      // TD3 knows no bound.
      const expected = column === "lowerBound" ? "unknown" : String(value);
      assertEquals(line?.split(/ +/)[1], expected, column);
    }
    assertEquals(
      rest.at(-1),
      "Equals the stored test row to the last digit.",
    );
  });
});

Deno.test("--json prints the same numbers as one JSON value", async () => {
  await withTrial(smallTrial(), async (data, id) => {
    const { stdout } = await captureMain(main, [id, "--data", data, "--json"]);
    const played: PlayedPolicy = JSON.parse(stdout);
    const row = (await readTrial(join(data, "trials", id))).lastEvaluation();
    assertEquals(played.totals, row);
    assertEquals(played.stored, { row, differing: [] });
    assertEquals(played.slots.length, 2 * SLOTS);
    assertEquals(played.policy, id);
    const { stdout: table } = await captureMain(main, [id, "--data", data]);
    for (const { objective, slot } of played.slots) {
      assertMatch(
        table,
        new RegExp(`^\\d +${slot} .* ${objective.toPrecision(6)} `, "m"),
      );
    }
  });
});

Deno.test("what is not the trial's own test is not compared, and another engine's numbers are told apart", async () => {
  await withTrial(smallTrial(), async (data, id) => {
    const last = async (...options: string[]) => {
      const { stdout } = await captureMain(main, [
        ...[id, "--data", data, ...options],
      ]);
      return stdout.trimEnd().split("\n").at(-1)!;
    };
    for (const option of [["--seed", "4"], ["--episodes", "1"]]) {
      assertEquals(
        await last(...option),
        "Not compared: the stored test row is of the trial's own world, seed 3 and 2 episodes.",
      );
    }
    assertMatch(
      await last("--engine", "tfjs"),
      /^(Equals the stored test row|Differs from the stored test row in \w+ \(.*: the wasm engine computed it\.$)/,
    );
  });
  await withTrial(
    smallTrial({ engine: "tfjs", episodes: 2 }),
    async (data, id) => {
      const error = await assertRejects(
        () => main([id, "--data", data]),
        InputError,
      );
      assertEquals(
        error.message,
        `Cannot play ${id}: --engine must be given for a trial of the tfjs engine (tfjs gives its numbers), got none`,
      );
      const { stdout } = await captureMain(main, [
        ...[id, "--data", data, "--engine", "tfjs"],
      ]);
      assertStringIncludes(stdout, "Equals the stored test row");
    },
  );
});

Deno.test("a method is played without a trial, with hyperparameters of its own", async () => {
  const { stdout } = await captureMain(main, [
    ...["PSO", "--scenario", "small", "--set", "actionsPerPlan=50"],
  ]);
  assertMatch(stdout, /^pso: PCRAS on 1 test episode of seed 0, small\n/);
  assertEquals(stdout.match(/^1 +\d /gm)?.length, SLOTS);
  assert(!stdout.includes("stored"));
});

Deno.test("from another folder, with no more permissions than it needs, a trial of a module is played", async () => {
  await withTemporaryFolder(async (folder) => {
    const [lfu, pink] = await copyMethods(join(folder, "methods"));
    const dataDirectory = join(folder, "out");
    const { hyperparameters } = smallTrial();
    for (const path of [lfu, pink]) {
      const { method, file } = await loadMethodFile(path);
      const trial = makeTrial(
        method,
        {
          scenario: SMALL_SCENARIO,
          seed: 1,
          episodes: 6,
          testEpisodes: 1,
        },
        method.learns ? hyperparameters : {},
        { file },
      );
      const options = { dataDirectory, clock: () => 0 };
      const id = basename((await runStoredTrial(trial, options))!);
      const name = basename(path);
      const { code, stdout, stderr } = await launched(
        folder,
        ...[`out/trials/${id}`, "--method", `methods/${name}`],
      );
      assertEquals([code, stderr], [0, ""]);
      assertStringIncludes(stdout, "Equals the stored test row");
      const without = await launched(folder, id, "--data", "out");
      assertEquals([without.code, without.stdout], [2, ""]);
      assertMatch(
        without.stderr,
        /^Cannot play \S+: the method must be the file that the trial ran, of SHA-256 [0-9a-f]{64}, got none\n$/,
      );
    }
    const rule = await launched(
      join(folder, "methods"),
      ...["lfu.ts", "--scenario", "small", "--set", "decay=0.5"],
    );
    assertEquals([rule.code, rule.stderr], [0, ""]);
    assertMatch(rule.stdout, /^lfu: LFU on 1 test episode/);
  });
});

Deno.test("what cannot be played ends with exit code 2 and one line", async () => {
  await withTrial(smallTrial({ episodes: 2 }), async (data, id) => {
    const own = [id, "--data", data];
    const cases: [string[], string][] = [
      [[], "beside options there must be 1 argument, got 0"],
      [["td3"], "td3: it must be a method that is not trained, or a finished"],
      [["nobody", "--data", data], "got none of them"],
      [["./nowhere"], "./nowhere must be the folder of a finished trial"],
      [["./nowhere.ts"], "nowhere.ts must be a file, got none"],
      [[data], "manifest.json is missing"],
      [[...own, "--scenario", "paper"], "numUsers must be 3, as in its"],
      [[...own, "--set", "discount=0.5"], "--set must be left out, got disc"],
      [[...own, "--method", "lib/cli/new/methods/lfu.ts"], "got lfu"],
      [["pso", "--method", "a.ts"], "--method must be left out, got a.ts"],
      [["pso", "--set", "discount=1"], "pso.discount must be a known key"],
      [["optimum", "--seed", "-1"], "--seed must be a whole number from 0"],
      [["optimum", "--episodes", "0"], "--episodes must be a whole number"],
      [[...own, "--engine", "cuda"], "--engine must be one of auto, wasm"],
      [["optimum", "--scenario", "nowhere"], "nowhere must be a file or one"],
    ];
    for (const [args, message] of cases) {
      const error = await assertRejects(() => main(args), InputError);
      assertStringIncludes(error.message, message);
      assertMatch(error.message, /^Cannot [^\n]*$/);
    }
    const path = join(data, "trials", id, "policy/weights.bin");
    const bytes = await Deno.readFile(path);
    bytes[0] ^= 1;
    await Deno.writeFile(path, bytes);
    const { code, stdout, stderr } = await launched(CHECKOUT, ...own);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(
      stderr,
      /^Cannot read \S+: policy\/weights\.bin is damaged: [^\n]*\n$/,
    );
  });
});

Deno.test("playing explains itself", async () => {
  const { code, stdout } = await captureMain(main, ["--help"]);
  assertEquals(code, 0);
  assertStringIncludes(stdout, "Usage: deno task play TRIAL|METHOD");
  assert(stdout.split("\n").every((line) => line.length <= 88), stdout);
});
