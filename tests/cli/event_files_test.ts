import { assert, assertEquals, assertRejects } from "@std/assert";
import { main as sweep } from "../../lib/cli/sweep.ts";
import { main as train } from "../../lib/cli/train.ts";
import { EventFiles } from "../../lib/cli/event_files.ts";
import { readTrial } from "../../lib/trials/check_trial.ts";
import { runStoredTrial } from "../../lib/trials/run_stored_trial.ts";
import { trialId } from "../../lib/trials/trial.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { smallTrial, withTemporaryFolder } from "../trials/fixtures.ts";
import { parseEvents, seriesOf } from "../files/read_events.ts";
import { captureMain } from "./capture.ts";
import { TINY, TINY_TRIALS, withMishaps, withSweep } from "./sweep_fixtures.ts";

/** Runs in a folder, each with the bytes of its only file. */
async function readRuns(folder: string): Promise<Record<string, Uint8Array>> {
  const runs: Record<string, Uint8Array> = {};
  for await (const { name: run } of Deno.readDir(folder)) {
    const files = [...Deno.readDirSync(`${folder}/${run}`)];
    assertEquals(files.length, 1, run);
    const [{ name }] = files;
    assert(name.startsWith("events.out.tfevents."), name);
    runs[run] = await Deno.readFile(`${folder}/${run}/${name}`);
  }
  return runs;
}

/** Expects a file to have every row of a trial once, and no other. */
async function assertHasTrial(bytes: Uint8Array, folder: string) {
  const trial = await readTrial(folder);
  const evaluations = trial.evaluations();
  const isTrained = "episodes.csv" in trial.manifest.files;
  const groups: Record<string, readonly object[]> = {
    train: isTrained ? trial.episodes() : [],
    evaluation: evaluations.filter(({ split }) => split === "validation"),
    test: evaluations.filter(({ split }) => split === "test"),
  };
  const expected: Record<string, [number, number][]> = {};
  for (const [group, rows] of Object.entries(groups)) {
    for (const row of rows as Record<string, unknown>[]) {
      for (const [column, value] of Object.entries(row)) {
        if (typeof value !== "number" || column === "episode") continue;
        (expected[`${group}/${column}`] ??= [])
          .push([row.episode as number, Math.fround(value)]);
      }
    }
  }
  assertEquals(seriesOf(bytes), expected);
}

const TRAIN = [
  ...["td3", "--scenario", "small", "--episodes", "24"],
  ...["--set", "hiddenSizes=[8]", "--set", "minReplaySize=16"],
];

Deno.test("a training writes its run, and doubles no point when it is run again", async () => {
  await withTemporaryFolder(async (folder) => {
    const board = `${folder}/deep/board`;
    const args = [...TRAIN, "--data", folder, "--tensorboard", board];
    const { code, stderr } = await captureMain(train, args);
    assertEquals([code, stderr], [0, ""]);
    const [[run, bytes], ...others] = Object.entries(await readRuns(board));
    assertEquals(others, []);
    const [name, sizes, replay, seed, hash] = run.split(",");
    assertEquals([name, sizes, replay, seed], [
      "td3",
      "hiddenSizes=[8]",
      "minReplaySize=16",
      "seed=0",
    ]);
    const trial = `${folder}/trials/td3-seed0-${hash}`;
    await assertHasTrial(bytes, trial);

    assertEquals((await captureMain(train, args)).code, 0);
    const again = await readRuns(board);
    assertEquals(Object.keys(again), [run]);
    await assertHasTrial(again[run], trial);
    // From then on not a byte differs: no clock is read for a finished trial.
    assertEquals((await captureMain(train, args)).code, 0);
    assertEquals(await readRuns(board), again);
  });
});

Deno.test("a sweep writes a run for every trial, finished before or now", async () => {
  await withSweep(async ({ data, sweep }) => {
    const { config } = TINY_TRIALS[0];
    await runStoredTrial(config, { dataDirectory: data, clock: () => 0 });
    const board = `${data}/board`;
    const { code, stdout } = await sweep(["--tensorboard", board]);
    assertEquals(code, 0, stdout);
    const runs = await readRuns(board);
    assertEquals(
      Object.keys(runs).sort(),
      TINY_TRIALS.map(({ id, method, config }) =>
        `${method},seed=${config.seed},${id.slice(-12)}`
      ).sort(),
    );
    for (const { id } of TINY_TRIALS) {
      const run = Object.keys(runs).find((one) => one.endsWith(id.slice(-12)))!;
      await assertHasTrial(runs[run], `${data}/trials/${id}`);
    }
    // Another study may call a trial otherwise; its run keeps its name.
    const args = ["--tensorboard", board, "--set", "td3.discount=0.99,0.5"];
    assertEquals((await sweep([...args, "--methods", "td3"])).code, 0);
    const more = Object.keys(await readRuns(board));
    assertEquals(more.length, Object.keys(runs).length + 3);
  });
});

Deno.test("a search writes a run for every trial of every rung", async () => {
  const config = {
    name: "rates",
    scenario: "small",
    method: "td3",
    seeds: [1],
    evaluationEpisodes: 1,
    space: { "td3.tau": { choice: [0.01, 0.1] } },
    search: { halving: { configs: 2, episodes: 4, leastEpisodes: 2, eta: 2 } },
  };
  await withTemporaryFolder(async (folder) => {
    const file = `${folder}/rates.json`;
    await Deno.writeTextFile(file, JSON.stringify(config));
    const args = ["tune", file, "--data", folder];
    const board = ["--tensorboard", `${folder}/board`];
    const { code } = await captureMain(sweep, [...args, ...board]);
    assertEquals(code, 0);
    const runs = await readRuns(`${folder}/board`);
    const names = Object.keys(runs).map((one) => one.replace(/,[^,]+$/, ""));
    const later = names.filter((one) => one.includes("episodes=4"));
    assertEquals(later.length, 1);
    assertEquals(
      names.filter((one) => !later.includes(one)).sort(),
      ["0.01", "0.1"].map((tau) => `td3,tau=${tau},episodes=2,seed=1`),
    );
    for (const [run, bytes] of Object.entries(runs)) {
      const id = `td3-seed1-${run.slice(-12)}`;
      await assertHasTrial(bytes, `${folder}/trials/${id}`);
    }
  });
});

Deno.test("a trial that is stopped keeps what it has, and is continued without a hole", async () => {
  await withTemporaryFolder(async (folder) => {
    const config = smallTrial();
    const id = trialId(config);
    const trial = { id, config, method: "td3", values: {} };
    const board = `${folder}/board`;
    let nowMs = 0;
    const run = async (last: number) => {
      const problems: string[] = [];
      const files = await EventFiles.open({
        directory: board,
        dataDirectory: folder,
        now: () => nowMs += 1000,
        onProblem: (line) => problems.push(line),
      });
      const stop = new AbortController();
      const directory = await runStoredTrial(config, {
        dataDirectory: folder,
        clock: () => 0,
        signal: stop.signal,
        onEpisode: (row) => {
          if (row.episode === last) stop.abort();
          return files.episode(trial, row);
        },
      });
      if (directory !== undefined) files.finished(trial);
      assertEquals([await files.close(), problems], [true, []]);
      return directory;
    };
    const read = async () => Object.values(await readRuns(board))[0];
    assertEquals(await run(5), undefined);
    const first = seriesOf(await read())["train/objective"];
    assertEquals(first.map(([step]) => step), [1, 2, 3, 4, 5]);
    assertEquals(parseEvents(await read()).at(-1)?.wallTimeS, 5);

    assertEquals(await run(9), undefined);
    const series = seriesOf(await read());
    assertEquals(series["train/objective"].length, 9);
    assertEquals(series["train/objective"].slice(0, 5), first);
    assertEquals(series["evaluation/objective"][0][0], 4);

    const directory = await run(Infinity);
    await assertHasTrial(await read(), directory!);
    const wallTimesS = parseEvents(await read()).map((one) => one.wallTimeS);
    assert(wallTimesS.at(-1)! > 1e9);
    assertEquals(wallTimesS[0], 10);
  });
});

Deno.test("an evaluation is there as soon as a checkpoint has it, once", async () => {
  await withTemporaryFolder(async (folder) => {
    const config = smallTrial();
    const id = trialId(config);
    const trial = { id, config, method: "td3", values: {} };
    const files = await EventFiles.open({
      directory: `${folder}/board`,
      dataDirectory: folder,
      now: () => 1000,
      onProblem: (line) => assertEquals(line, ""),
    });
    const seen: number[] = [];
    const directory = await runStoredTrial(config, {
      dataDirectory: folder,
      clock: () => 0,
      checkpointEvery: 3,
      checkpointLeastMs: 0,
      onEpisode: async (row) => {
        await files.episode(trial, row);
        const series = seriesOf(await Deno.readFile(files.pathOf(trial)));
        seen.push(series["evaluation/objective"]?.length ?? 0);
      },
    });
    files.finished(trial);
    assert(await files.close());
    // Evaluations after episodes 4, 8, 12; checkpoints after 3, 6, 9, 12.
    assertEquals(seen, [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3]);
    await assertHasTrial(
      await Deno.readFile(files.pathOf(trial)),
      directory!,
    );
  });
});

Deno.test("the points of a trial that fails stay", async () => {
  await withSweep(async ({ data, sweep }) => {
    const options = withMishaps(() => "throw");
    const board = `${data}/board`;
    const args = ["--tensorboard", board, "--methods", "td3"];
    assertEquals((await sweep(args, options)).code, 1);
    const runs = Object.values(await readRuns(board));
    assertEquals(runs.length, 3);
    for (const bytes of runs) {
      assert(seriesOf(bytes)["train/hitRate"].length < TINY.episodes!);
    }
  });
});

Deno.test("a folder that cannot be written is refused before anything runs", async () => {
  await withSweep(async ({ data, file, sweep }) => {
    const board = `${file}/board`;
    const refused = (call: () => Promise<unknown>) =>
      assertRejects(
        call,
        InputError,
        `Cannot write event files: --tensorboard must be a folder to write in, got ${board} (`,
      );
    const never = {
      command: () => {
        throw new Error("a trial was started");
      },
    };
    await refused(() => sweep(["--tensorboard", board], never));
    await refused(() =>
      captureMain(train, [...TRAIN, "--data", data, "--tensorboard", board])
    );
  });
});

Deno.test("a folder that is lost in between is told once, and the trials go on", async () => {
  await withSweep(async ({ data, sweep }) => {
    const board = `${data}-board`;
    await Deno.mkdir(board);
    // In place of every run there is a file.
    for (const { id, method, config } of TINY_TRIALS) {
      const run = `${method},seed=${config.seed},${id.slice(-12)}`;
      await Deno.writeTextFile(`${board}/${run}`, "");
    }
    const { code, stdout, stderr } = await sweep(["--tensorboard", board]);
    assertEquals(code, 1);
    assert(stdout.includes("6 of 6 trials are finished"), stdout);
    assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
    assert(stderr.startsWith(`Cannot write event files in ${board}: `), stderr);
  });
});

Deno.test("event files are refused where nothing is run here", async () => {
  await withSweep(async ({ data, sweep }) => {
    const others = ["slurm", "status", "list", "dry-run", "verify", "cancel"];
    for (const other of others) {
      await assertRejects(
        () => sweep([`--${other}`, "--tensorboard", `${data}/board`]),
        InputError,
        `Cannot read the arguments: --tensorboard must be left out beside --${other}, got ${data}/board`,
      );
    }
  });
  for (const other of ["--schema", "--dry-run"]) {
    const args = ["tune", "c.json", other, "--tensorboard", "board"];
    await assertRejects(
      () => captureMain(sweep, args),
      InputError,
      `--tensorboard must be left out beside ${other}, got board`,
    );
  }
});
