import { assertEquals } from "@std/assert";
import { readTrial } from "../../lib/trials/check_trial.ts";
import { LabSources } from "../../lib/trials/lab_sources.ts";
import {
  checkpointPath,
  runStoredTrial,
} from "../../lib/trials/run_stored_trial.ts";
import { listFiles, staleFilesOf } from "../../lib/trials/stale.ts";
import { namesIn } from "../../lib/trials/store.ts";
import { edited } from "./edited_sources.ts";
import { smallTrial, withTemporaryFolder } from "./fixtures.ts";

const CONFIG = smallTrial();
const before = () =>
  new LabSources(
    edited({ "lib/agents/td3.ts": (text) => `${text}\nexport const z = 1;` }),
  );

/** Stops the trial, continues it with today's code, and gives what is stale. */
async function staleAfter(
  data: string,
  sources: LabSources,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<string | undefined> {
  const options = { dataDirectory: data, clock: () => 0 };
  const controller = new AbortController();
  await runStoredTrial(CONFIG, {
    ...options,
    sources,
    signal: controller.signal,
    onEpisode: ({ episode }) => {
      if (episode === 6) controller.abort();
    },
  });
  await between();
  const folder = await runStoredTrial(CONFIG, options);
  assertEquals((await namesIn(`${data}/trials`)).length, 1);
  const files = await staleFilesOf(await readTrial(folder!), new LabSources());
  return files && listFiles(files);
}

Deno.test("a trial that was continued after an edit is of neither code", async () => {
  await withTemporaryFolder(async (data) => {
    assertEquals(
      await staleAfter(data, before()),
      "lib/agents/td3.ts (changed)",
    );
  });
});

Deno.test("a trial that was continued by the same code is of that code", async () => {
  await withTemporaryFolder(async (data) => {
    assertEquals(await staleAfter(data, new LabSources()), "");
  });
});

Deno.test("a trial from a checkpoint of unknown code has no record", async () => {
  await withTemporaryFolder(async (data) => {
    const path = checkpointPath(data, CONFIG)
      .replace(/checkpoint$/, "sources.checkpoint");
    assertEquals(
      await staleAfter(data, new LabSources(), () => Deno.remove(path)),
      undefined,
    );
  });
});

Deno.test("a trial that starts anew after a damaged checkpoint is of today's code", async () => {
  await withTemporaryFolder(async (data) => {
    const damage = () => Deno.writeTextFile(checkpointPath(data, CONFIG), "no");
    assertEquals(await staleAfter(data, before(), damage), "");
  });
});
