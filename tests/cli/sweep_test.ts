import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../lib/cli/sweep.ts";
import { runStoredTrial } from "../../lib/trials/run_stored_trial.ts";
import { isTraining } from "../../lib/trials/trial.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { captureMain } from "./capture.ts";
import { TINY, TINY_TRIALS, withSweep } from "./sweep_fixtures.ts";

/** Starts nothing: a trial that is begun is a fault. */
const never = {
  command: () => {
    throw new Error("a trial was started");
  },
};

Deno.test("a sweep runs its trials, writes their table, and then finds them finished", async () => {
  await withSweep(async ({ data, sweep }) => {
    const first = await sweep(["--set", "users=2,3", "--seeds", "4"]);
    assertEquals(first.code, 0, first.stdout);
    const table = await Deno.readTextFile(`${data}/sweeps/tiny/rows.csv`);
    const rows = table.trimEnd().split("\n").map((line) => line.split(","));
    assertEquals(rows[0].slice(0, 5), [
      ...["trial", "method", "users", "seed", "episodeReturn"],
    ]);
    assertEquals(rows.slice(1).map((row) => row.slice(1, 4)), [
      ["td3", "2", "4"],
      ["random", "2", "4"],
      ["td3", "3", "4"],
      ["random", "3", "4"],
    ]);
    for (const [trial, , , , episodeReturn] of rows.slice(1)) {
      const evaluations = await Deno.readTextFile(
        `${data}/trials/${trial}/evaluations.csv`,
      );
      const test = evaluations.split("\n").find((line) =>
        line.startsWith("test,")
      );
      assertEquals(test?.split(",")[2], episodeReturn);
    }
    const again = await sweep(
      ["--set", "users=2,3", "--seeds", "4"],
      never,
    );
    assertEquals(again.code, 0);
    assert(again.stdout.includes("4 of 4 trials are finished: 0 now"));
    assertEquals((await sweep(["--verify", "--seeds", "4"])).code, 1);
  });
});

Deno.test("trials that something else has run are not run again", async () => {
  await withSweep(async ({ data, sweep }) => {
    for (const { config } of TINY_TRIALS) {
      await runStoredTrial(config, { dataDirectory: data, clock: () => 0 });
    }
    const { code, stdout } = await sweep([], never);
    assertEquals(code, 0);
    assert(stdout.includes("6 of 6 trials are finished: 0 now"), stdout);
  });
});

Deno.test("a dry run prints the trials and what is known of their time", async () => {
  await withSweep(async ({ data, sweep }) => {
    const first = await sweep(["--dry-run", "-j", "2"], never);
    assertEquals(first.code, 0);
    const lines = first.stdout.trimEnd().split("\n");
    assertEquals(
      lines.slice(0, 6).map((line) => line.split(" ")[0]),
      TINY_TRIALS.map(({ id }) => id),
    );
    assertEquals(lines.slice(6), [
      "tiny: 6 trials, 6 waiting",
      "Estimated time, 2 at a time: unknown; no trial like them has finished yet",
    ]);
    await Deno.stat(data).then(() => assert(false), () => {});

    // Each call of the clock is a second later.
    let nowMs = 0;
    const [{ config }] = TINY_TRIALS;
    await runStoredTrial(config, {
      dataDirectory: data,
      clock: () => nowMs += 1000,
    });
    const { stdout } = await sweep(["--dry-run", "-j", "2"], never);
    assert(stdout.includes("1 finished"), stdout);
    assert(
      /2 at a time: more than .*; no trial like 3 of the 5 has/.test(stdout),
      stdout,
    );
  });
});

Deno.test("learners that end before their first update are counted", async () => {
  await withSweep(async ({ sweep }) => {
    const set = ["--dry-run", "--set", "td3.minReplaySize=5,1000"];
    const { stdout } = await sweep(set, never);
    const learners = TINY_TRIALS.filter(({ config }) => isTraining(config));
    const note = `${learners.length} of the trials train too few episodes`;
    assert(stdout.includes(note), stdout);
  });
});

Deno.test("the configs that come with the project are listed", async () => {
  const { code, stdout } = await captureMain(main, ["--list"]);
  assertEquals(code, 0);
  for (const name of ["fig04", "fig05", "fig06_07", "smoke"]) {
    assert(stdout.includes(`${name}  `), stdout);
  }
});

Deno.test("the schema describes every key, and says what is allowed", async () => {
  const { stdout } = await captureMain(main, ["--schema"]);
  const schema = JSON.parse(stdout);
  assertEquals(schema.required, ["name", "methods", "seeds"]);
  assertEquals(schema.additionalProperties, false);
  assertEquals(schema.properties.episodes.minimum, 1);
  assertEquals(schema.properties.engine.enum, ["wasm", "blas", "tfjs"]);
  const [, scenario] = schema.properties.scenario.anyOf;
  const { areaSideM } = scenario.properties.assumptions.properties;
  assertEquals(areaSideM.type, "number");
  const [[grid]] = [schema.properties.grid.anyOf[0].anyOf];
  assertEquals(grid.properties["td3.discount"].items.maximum, 1);
  assertEquals(grid.properties.users.items.type, "integer");
});

Deno.test("wrong arguments are named", async () => {
  const cases: [string[], string][] = [
    [[], "there must be a config, got none"],
    [["smokx"], "smokx must be a .json file or one of fig04,"],
    [["nowhere.json"], "nowhere.json must be a file, got nothing there"],
    [["smoke", "--jobs", "0"], "--jobs must be a whole number of at least 1"],
    [["smoke", "--timeout", "soon"], "--timeout must be seconds above 0"],
    [["smoke", "--checkpoint", "0"], "--checkpoint must be seconds above 0"],
    [["smoke", "--seeds", "x"], "seeds must be different seeds"],
    [["smoke", "--set", "user=5"], "(nearest: users), got 5"],
    [["smoke", "--dryrun"], "--dryrun"],
    [
      ["smoke", "--set", "users=5", "--set", "parameters.numUsers=10"],
      "users must be set once, with commas between its values, got it twice",
    ],
    [["smoke", "--repair"], "--repair must be beside --verify, got true"],
    [["smoke", "--verify", "--dry-run"], "must be left out beside --dry-run"],
    [
      ["smoke", "--list", "--verify"],
      "--verify must be left out beside --list",
    ],
    [["smoke", "--dry-run", "--repair"], "--repair must be beside --verify"],
    [["smoke", "--verify", "--parquet"], "--parquet must be left out beside"],
    [["smoke", "--status", "--cancel"], "--cancel must be left out beside"],
  ];
  for (const [args, message] of cases) {
    await assertRejects(() => main(args, never), InputError, message);
  }
});

Deno.test("advice repeats the arguments as a shell would read them", async () => {
  const config = { ...TINY, methods: ["td3" as const], seeds: [0] };
  await withSweep(async ({ sweep }) => {
    const { stdout } = await sweep(
      ["--set", "td3.hiddenSizes=[8], [4]"],
      {
        command: () =>
          new Deno.Command("false", {
            stdin: "piped",
            stdout: "piped",
            stderr: "piped",
          }),
      },
    );
    assert(
      stdout.includes("--set 'td3.hiddenSizes=[8], [4]' --only-failed"),
      stdout,
    );
  }, config);
});
