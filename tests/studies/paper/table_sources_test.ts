import { assertEquals, assertRejects } from "@std/assert";
import { LabSources, uniteSources } from "../../../lib/trials/lab_sources.ts";
import { readTrial } from "../../../lib/trials/check_trial.ts";
import { listFiles, staleFilesOf } from "../../../lib/trials/stale.ts";
import {
  findStaleTables,
  recordTableSources,
  tableSourcesPath,
} from "../../../lib/studies/paper/table_sources.ts";
import { edited } from "../../trials/edited_sources.ts";
import {
  smallTrial,
  storeSealed,
  withTemporaryFolder,
} from "../../trials/fixtures.ts";

const TRIALS = [smallTrial(), smallTrial({ method: "ddpg" })];
const FILES = { "evaluations.csv": "" };

const editedDdpg = () =>
  new LabSources(
    edited({ "lib/methods/ddpg.ts": (text) => `${text}\nexport {};` }),
  );

Deno.test("tables keep the code of all their trials, beside what other tables keep", async () => {
  await withTemporaryFolder(async (data) => {
    const sources = new LabSources();
    for (const trial of TRIALS) {
      const origin = { sources: await sources.of(trial) };
      await storeSealed(data, trial, FILES, origin);
    }
    await recordTableSources(data, "paper", { both: TRIALS });
    await recordTableSources(data, "paper", { alone: [TRIALS[0]] });
    const tables = ["alone", "both"];
    assertEquals(await findStaleTables(data, "paper", tables, sources), []);
    const stored = JSON.parse(
      await Deno.readTextFile(tableSourcesPath(data, "paper")),
    );
    assertEquals(Object.keys(stored), tables);
    assertEquals(stored.both.code, [
      { method: "ddpg", engine: "wasm" },
      { method: "td3", engine: "wasm" },
    ]);
    assertEquals(
      (await findStaleTables(data, "paper", tables, editedDdpg())).map((
        { table, files },
      ) => [table, listFiles(files!)]),
      [["both", "lib/methods/ddpg.ts (changed)"]],
    );
    assertEquals(await findStaleTables(data, "quick", ["both"], sources), [
      { table: "both", files: undefined },
    ]);
  });
});

Deno.test("a table of trials of different code is stale, and of an old trial has no record", async () => {
  await withTemporaryFolder(async (data) => {
    const sources = new LabSources();
    const now = await sources.of(TRIALS[0]);
    const other = { ...now, "lib/agents/td3.ts": "other" };
    const twice = [TRIALS[0], smallTrial({ seed: 4 })];
    await storeSealed(data, twice[0], FILES, { sources: now });
    await storeSealed(data, twice[1], FILES, { sources: other });
    await recordTableSources(data, "paper", { twice });
    const [{ files }] = await findStaleTables(
      data,
      "paper",
      ["twice"],
      sources,
    );
    assertEquals(listFiles(files!), "lib/agents/td3.ts (changed)");

    const old = smallTrial({ seed: 5 });
    const folder = await storeSealed(data, old, FILES);
    assertEquals(
      await staleFilesOf(await readTrial(folder), sources),
      undefined,
    );
    await recordTableSources(data, "paper", { old: [TRIALS[0], old] });
    assertEquals(await findStaleTables(data, "paper", ["old"], sources), [
      { table: "old", files: undefined },
    ]);
    await assertRejects(
      () =>
        recordTableSources(data, "paper", { none: [smallTrial({ seed: 6 })] }),
      Deno.errors.NotFound,
    );
  });
});

Deno.test("one list of several has every sum of every module once", () => {
  assertEquals(
    uniteSources([{ b: "2", a: "1" }, { a: "1", b: "0" }, { c: "3" }]),
    { a: "1", b: "0 2", c: "3" },
  );
});
