import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  labelTrial,
  readRunOptions,
  runTrials,
} from "../../lib/cli/run_trials.ts";
import { isFinished, trialDirectory } from "../../lib/trials/store.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { smallTrial, withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";

const { signal } = new AbortController();

Deno.test("trials of one config run once and never again", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    const trial = smallTrial({ episodes: 2, testEpisodes: 1 });
    const trials = [
      labelTrial(trial, "first", "TD3"),
      labelTrial({ ...trial }, "second", "TD3"),
    ];
    const run = () =>
      captureMain(
        async () =>
          await runTrials(trials, { dataDirectory, jobs: 1, signal }) ? 0 : 1,
        [],
      );
    const { code, stdout } = await run();
    assertEquals(code, 0);
    // Where native kernels are not built, a line says so.
    assertEquals(stdout.split("\n")[0], "1 trials; 1 at a time");
    assert(await isFinished(dataDirectory, trial));
    assertEquals((await run()).stdout, "All 1 trials are finished.\n");

    const folder = trialDirectory(dataDirectory, trial);
    const curves = await Deno.readTextFile(`${folder}/episodes.csv`);
    await Deno.writeTextFile(
      `${folder}/episodes.csv`,
      curves.replace(/\n1,-\d/, "\n1,-0"),
    );
    const again = await run();
    assertEquals(again.code, 0);
    assert(again.stderr.includes("run again: episodes.csv is damaged"));
    assertEquals(again.stdout.split("\n")[0], "1 trials; 1 at a time");
    assertEquals(await Deno.readTextFile(`${folder}/episodes.csv`), curves);
  });
});

Deno.test("a trial that fails is named by its first label, and the run is not complete", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    const trial = smallTrial({ episodes: 2, engine: "none" as "wasm" });
    const trials = ["first", "second"].map((name) =>
      labelTrial(trial, name, "TD3")
    );
    const { code, stderr } = await captureMain(
      async () =>
        await runTrials(trials, { dataDirectory, jobs: 1, signal }) ? 0 : 1,
      [],
    );
    assertEquals(code, 1);
    assert(stderr.startsWith("first TD3 U=3 seed 3 failed: "), stderr);
  });
});

Deno.test("options of a run are read and refused by name", async () => {
  const { profile, jobs, engine } = await readRunOptions({
    native: "off",
    profile: "paper",
    jobs: "3",
    engine: "wasm",
  });
  assertEquals([profile, jobs, engine], ["paper", 3, "wasm"]);
  for (
    const [values, message] of [
      [{ profile: "slow", engine: "wasm" }, "--profile"],
      [{ profile: "quick", engine: "wasm", jobs: "0" }, "--jobs"],
      [{ profile: "quick", engine: "steam" }, "--engine"],
    ] as const
  ) {
    await assertRejects(
      () => readRunOptions({ native: "on", ...values }),
      InputError,
      message,
    );
  }
});
