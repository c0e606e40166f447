import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { checkCommitted } from "../../lib/cli/reproduce_check.ts";
import {
  compareRow,
  drawRows,
  readCommittedRows,
} from "../../lib/claims/committed_rows.ts";
import { FIG06_07 } from "../../lib/studies/paper/registry.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";
import { captureMain } from "./capture.ts";

const TABLES = await readCommittedRows("data", "wasm", "test");

/** A seed whose first row is one of Figures 6 and 7 that takes no training. */
const CHEAP = Array.from({ length: 1000 }, (_, seed) => seed).find((seed) => {
  const [{ table, trial }] = drawRows(TABLES, 1, seed);
  return table === FIG06_07.table && trial.method === "random" &&
    trial.scenario.parameters.numUsers === 5;
})!;

function check(dataDirectory: string, count = 1) {
  const options = {
    ...{ dataDirectory, seed: CHEAP, jobs: 1, engine: "wasm" as const },
    signal: new AbortController().signal,
  };
  return captureMain(() => checkCommitted(count, options), []);
}

async function copyTables(folder: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir("data")) {
    if (isFile) await Deno.copyFile(join("data", name), join(folder, name));
  }
}

Deno.test("every row that one trial decides can be drawn, by seed, and none twice", () => {
  assertEquals(TABLES.length, 6);
  const total = TABLES.flat().length;
  assert(total > 20_000);
  assertEquals(drawRows(TABLES, 50, 1), drawRows(TABLES, 50, 1));
  assertEquals(new Set(drawRows(TABLES, 500, 1)).size, 500);
  assert(drawRows(TABLES, 5, 1)[0] !== drawRows(TABLES, 5, 2)[0]);
  for (const { trial } of TABLES.flat()) assert(trial !== undefined);
});

Deno.test("values are the same to the last digit or different", () => {
  const row = { series: "TD3", hitRate: 0.3, trainingReturn: null };
  assertEquals(compareRow(row, { ...row, more: 1 }), []);
  const now = 0.30000000000000004;
  assertEquals(compareRow(row, { ...row, hitRate: now }), [
    { column: "hitRate", committed: 0.3, now },
  ]);
});

Deno.test("a committed row comes out the same, and a changed one is found", async () => {
  await withTemporaryFolder(async (data) => {
    await copyTables(data);
    const same = await check(data);
    assertEquals(same.code, 0, same.stdout);
    assertStringIncludes(same.stdout, "1 of 1 rows are the same");

    const [{ place, row }] = drawRows(TABLES, 1, CHEAP);
    const path = join(data, `${FIG06_07.table}.csv`);
    const lines = (await Deno.readTextFile(path)).split("\n");
    const { objective } = row as { objective: number };
    assertStringIncludes(lines[place - 1], `${objective}`);
    lines[place - 1] = lines[place - 1].replace(
      `${objective}`,
      `${objective + 1e-9}`,
    );
    await Deno.writeTextFile(path, lines.join("\n"));
    const changed = await check(data);
    assertEquals(changed.code, 1);
    assertStringIncludes(
      changed.stdout,
      `objective: ${objective + 1e-9} in the table, ${objective} now`,
    );
    // Nothing is left but the tables.
    for await (const { isFile } of Deno.readDir(data)) assert(isFile);
  });
});

Deno.test("more rows than there are cannot be checked", async () => {
  await assertRejects(() => check("data", 1e6), InputError, "must be at most");
});
