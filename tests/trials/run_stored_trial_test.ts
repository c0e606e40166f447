import { basename, dirname } from "node:path";
import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  BusyTrialError,
  checkpointPath,
  lockPath,
  runStoredTrial,
} from "../../lib/trials/run_stored_trial.ts";
import { exists, namesIn, trialDirectory } from "../../lib/trials/store.ts";
import { tryLock } from "../../lib/files/lock.ts";
import { openEngine } from "../../lib/nn/mod.ts";
import {
  readResults,
  readTree,
  smallTrial,
  withTemporaryFolder,
} from "./fixtures.ts";

const clock = () => 0;

Deno.test("a stopped trial leaves a checkpoint, continues from it and leaves the same files", async () => {
  await withTemporaryFolder(async (data) => {
    const config = smallTrial();
    const whole = await runStoredTrial(config, {
      dataDirectory: `${data}/whole`,
      clock,
    });

    const controller = new AbortController();
    const options = { dataDirectory: `${data}/stopped`, clock };
    const stopped = await runStoredTrial(config, {
      ...options,
      signal: controller.signal,
      onEpisode: ({ episode }) => {
        if (episode === 6) controller.abort();
      },
    });
    assertEquals(stopped, undefined);
    assert(await exists(checkpointPath(options.dataDirectory, config)));

    const episodes: number[] = [];
    const continued = await runStoredTrial(config, {
      ...options,
      onEpisode: ({ episode }) => void episodes.push(episode),
    });
    assert(episodes[0] > 1);
    assert(!await exists(checkpointPath(options.dataDirectory, config)));
    assertEquals(await readResults(continued!), await readResults(whole!));
  });
});

Deno.test("timings stand in provenance.json alone", async () => {
  await withTemporaryFolder(async (data) => {
    let nowMs = 0;
    const store = (name: string, clock: () => number) =>
      runStoredTrial(smallTrial({ episodes: 4 }), {
        dataDirectory: `${data}/${name}`,
        clock,
      });
    const slow = await readTree((await store("slow", () => nowMs += 5))!);
    const still = await readTree((await store("still", clock))!);
    const provenance = (files: Record<string, Uint8Array>) =>
      JSON.parse(new TextDecoder().decode(files["provenance.json"]));
    assertEquals(provenance(slow).decisionLatencyS, 0.005);
    assertEquals(provenance(still).decisionLatencyS, 0);
    assert(provenance(slow).trainingSeconds > 0);
    assertEquals(
      { ...slow, "provenance.json": 0 },
      { ...still, "provenance.json": 0 },
    );
  });
});

Deno.test("provenance says what library computed, if the engine calls one", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    for (const native of [true, false]) {
      const { name, library } = await openEngine("auto", { native });
      for (const engine of new Set([name, "wasm" as const])) {
        const expected = engine === name
          ? library
          : (await openEngine(engine, { native })).library;
        if (engine === "wasm" && !native) assertEquals(expected, undefined);
        const folder = await runStoredTrial(
          smallTrial({ episodes: 1, engine }),
          { dataDirectory: `${dataDirectory}/${native}`, clock, native },
        );
        const text = await Deno.readTextFile(`${folder}/provenance.json`);
        assertEquals(JSON.parse(text).library, expected);
      }
    }
  });
});

Deno.test("a finished trial is not run again", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    const config = smallTrial();
    const first = await runStoredTrial(config, { dataDirectory, clock });
    let ran = 0;
    const second = await runStoredTrial(config, {
      dataDirectory,
      clock,
      onEpisode: () => void ran++,
    });
    assertEquals(second, first);
    assertEquals(ran, 0);
  });
});

Deno.test("what killed processes left half written goes when a trial is finished", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    const config = smallTrial();
    const left = `${trialDirectory(dataDirectory, config)}.7.tmp`;
    const checkpoint = checkpointPath(dataDirectory, config);
    for (const _ of ["when it runs", "when it has run before"]) {
      await Deno.mkdir(`${left}/policy`, { recursive: true });
      await Deno.writeTextFile(
        `${dirname(left)}/.${basename(checkpoint)}.7.tmp`,
        "",
      );
      const directory = await runStoredTrial(config, { dataDirectory, clock });
      assertEquals(await namesIn(dirname(left)), [basename(directory!)]);
    }
  });
});

Deno.test("a damaged checkpoint is set aside, and the trial starts anew", async () => {
  await withTemporaryFolder(async (folder) => {
    const config = smallTrial();
    const whole = await runStoredTrial(config, {
      dataDirectory: `${folder}/whole`,
      clock,
    });
    const dataDirectory = `${folder}/damaged`;
    const path = checkpointPath(dataDirectory, config);
    const notes: string[] = [];
    await Deno.mkdir(`${dataDirectory}/trials`, { recursive: true });
    await Deno.writeTextFile(path, "EAIGCKPT but no more");
    const directory = await runStoredTrial(config, {
      dataDirectory,
      clock,
      onNote: (line) => void notes.push(line),
    });
    assertEquals(await readResults(directory!), await readResults(whole!));
    assertEquals(notes.length, 1);
    const [name] = Object.keys(await readTree(`${dataDirectory}/damaged`));
    assertEquals(`${dataDirectory}/trials/${name}`, path);
    assert(notes[0].includes(`damaged/${name}`));
  });
});

Deno.test("a trial that another process runs is refused, and is free afterwards", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    const config = smallTrial();
    const lock = await tryLock(lockPath(dataDirectory, config));
    await assertRejects(
      () => runStoredTrial(config, { dataDirectory, clock }),
      BusyTrialError,
      "got a process that has locked",
    );
    await lock?.release();
    const directory = await runStoredTrial(config, { dataDirectory, clock });
    const names = Object.keys(await readTree(`${dataDirectory}/trials`));
    const id = directory?.split("/").pop() ?? "";
    assert(names.every((name) => name.startsWith(`${id}/`)), names.join());
  });
});
