import { assert, assertEquals, assertRejects } from "@std/assert";
import { aggregateExperiment } from "../../lib/studies/paper/aggregate.ts";
import { aggregateBudget } from "../../lib/studies/paper/budget.ts";
import {
  checkTrial,
  DamagedTrialError,
  readTrial,
} from "../../lib/trials/check_trial.ts";
import { aggregateReadings, readingsOf } from "../../lib/claims/mod.ts";
import { loadPolicy } from "../../lib/trials/load_policy.ts";
import { playPolicy } from "../../lib/trials/play_policy.ts";
import {
  type Experiment,
  FIG05,
  FIG06_07,
  paperTrials,
  type ScalabilityExperiment,
} from "../../lib/studies/paper/registry.ts";
import { runStoredTrial } from "../../lib/trials/run_stored_trial.ts";
import { aggregateScalability } from "../../lib/studies/paper/scalability.ts";
import { trialDirectory } from "../../lib/trials/store.ts";
import type { SweepConfig } from "../../lib/studies/config.ts";
import { writeSweepParquet } from "../../lib/studies/parquet.ts";
import { readSweepRows } from "../../lib/studies/sweep_table.ts";
import { readValidationRows } from "../../lib/studies/read_validation_rows.ts";
import { readTree, withTemporaryFolder } from "./fixtures.ts";

const STUDY: SweepConfig = {
  name: "own",
  scenario: "small",
  methods: ["td3"],
  hyperparameters: { "td3.minReplaySize": 16 },
  seeds: [0],
  episodes: 10,
  evaluateEvery: 5,
  evaluationEpisodes: 1,
  testEpisodes: 1,
  grid: { users: [4] },
};
const SCALABILITY: ScalabilityExperiment = { ...FIG06_07, study: STUDY };
const [TRIAL] = paperTrials(SCALABILITY, "paper");
const CONFIG = TRIAL.config;
const EXPERIMENT: Experiment = { ...FIG05, study: STUDY };
const READINGS = readingsOf({
  ...STUDY,
  parts: [{ part: "own", title: "own: own" }],
}, "figures");
const SWEEP = { name: "own", title: "", columns: [], trials: [TRIAL] };

/** The trial of all readers, run once. */
const FILES = await (async () => {
  const dataDirectory = await Deno.makeTempDir();
  const folder = await runStoredTrial(CONFIG, {
    dataDirectory,
    clock: () => 0,
  });
  const files = await readTree(folder!);
  await Deno.remove(dataDirectory, { recursive: true });
  return files;
})();

async function withTrial(
  files: Readonly<Record<string, Uint8Array>>,
  use: (data: string, folder: string) => Promise<void>,
): Promise<void> {
  await withTemporaryFolder(async (data) => {
    const folder = trialDirectory(data, CONFIG);
    await Deno.mkdir(`${folder}/policy`, { recursive: true });
    for (const [name, bytes] of Object.entries(files)) {
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    await use(data, folder);
  });
}

/** A file with its last digit changed, which leaves it well-formed. */
function withOtherDigit(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  const isDigit = (byte: number) => byte >= 0x31 && byte <= 0x37;
  const place = changed.findLastIndex(isDigit);
  changed[place] += 1;
  return changed;
}

const READERS: Record<string, (data: string) => Promise<unknown>> = {
  "the table of curves": (data) =>
    aggregateExperiment(data, EXPERIMENT, "paper"),
  "the table of Figs. 6 and 7": (data) =>
    aggregateScalability(data, SCALABILITY, "paper"),
  "the table of budgets": (data) => aggregateBudget(data, SCALABILITY, "paper"),
  "the table of readings": (data) =>
    aggregateReadings(data, "paper", "wasm", READINGS),
  "Parquet files": (data) =>
    writeSweepParquet(data, SWEEP, new Map([[TRIAL.id, {}]])),
  "a policy that is played": async (data) =>
    playPolicy(await loadPolicy(trialDirectory(data, CONFIG))),
};

for (const name of Object.keys(FILES)) {
  Deno.test(`a trial with a changed ${name} reaches no result`, async () => {
    await withTrial(FILES, async (data) => {
      for (const read of Object.values(READERS)) await read(data);
      assertEquals((await readSweepRows(data, [TRIAL])).rows.size, 1);
      assertEquals((await readValidationRows(data, TRIAL))?.length, 2);
    });
    const changed = { ...FILES, [name]: withOtherDigit(FILES[name]) };
    await withTrial(changed, async (data, folder) => {
      const before = await readTree(data);
      for (const [table, read] of Object.entries(READERS)) {
        const error = await assertRejects(
          () => read(data),
          DamagedTrialError,
          `Cannot read ${folder}: `,
          table,
        );
        assert(!error.message.includes("\n"));
      }
      const { rows, damaged } = await readSweepRows(data, [TRIAL]);
      assertEquals([rows.size, damaged.size], [0, 1]);
      assertEquals(await readValidationRows(data, TRIAL), undefined);
      assertEquals(await readTree(data), before);
    });
  });
}

Deno.test("a manifest is refused in one line, whatever it holds", async () => {
  const cases: [string, string][] = [
    ["", "manifest.json is damaged: "],
    ["{", "must be valid JSON"],
    ["[]", "the document must be an object"],
    ["null", "the document must be an object"],
    ['{"id": 1}', "id must be a text, got 1"],
    [`{"id": "x", "files": 3}`, "must be"],
    [
      JSON.stringify({
        id: "td3-seed0-000000000000",
        resultsVersion: 1,
        config: CONFIG,
        slotEvaluations: 0,
        files: {},
      }),
      "is of another trial, td3-seed0-000000000000",
    ],
    [
      JSON.stringify({
        id: TRIAL.id,
        resultsVersion: 1,
        config: { ...CONFIG, seed: 1 },
        slotEvaluations: 0,
        files: {},
      }),
      `its config is not that of ${TRIAL.id}`,
    ],
    [
      JSON.stringify({
        id: TRIAL.id,
        resultsVersion: 1,
        config: { scenario: null },
        slotEvaluations: 0,
        files: {},
      }),
      "config must be a trial's config, got",
    ],
    [
      JSON.stringify({
        id: TRIAL.id,
        resultsVersion: 1,
        config: CONFIG,
        slotEvaluations: 0,
        files: { "../../../etc/passwd": "" },
      }),
      'files["../../../etc/passwd"] must be a file of the trial with its sum',
    ],
  ];
  for (const [text, problem] of cases) {
    const bytes = new TextEncoder().encode(text);
    await withTrial({ ...FILES, "manifest.json": bytes }, async (_, folder) => {
      const error = await assertRejects(
        () => readTrial(folder),
        DamagedTrialError,
        problem,
      );
      assert(!error.message.includes("\n"));
      assert((await checkTrial(folder, TRIAL.id)).length > 0);
    });
  }
});

Deno.test("a trial that is not there is not damaged", async () => {
  await withTemporaryFolder(async (data) => {
    await assertRejects(
      () => readTrial(trialDirectory(data, CONFIG)),
      Deno.errors.NotFound,
    );
  });
});

Deno.test("a trial that another process finishes while it is read is not damaged", async () => {
  await withTrial(FILES, async (_, folder) => {
    await Deno.rename(folder, `${folder}.7.tmp`);
    const { readFile } = Deno;
    // Whatever is read first, the folder comes right after it was not there.
    Deno.readFile = (path, options) =>
      readFile(path, options).catch(async (error) => {
        await Deno.rename(`${folder}.7.tmp`, folder);
        throw error;
      });
    try {
      await assertRejects(() => readTrial(folder), Deno.errors.NotFound);
    } finally {
      Deno.readFile = readFile;
    }
  });
});

Deno.test("a damaged trial is set aside with a line, and run again to the same bytes", async () => {
  const changed = {
    ...FILES,
    "episodes.csv": withOtherDigit(FILES["episodes.csv"]),
  };
  await withTrial(changed, async (data, folder) => {
    const notes: string[] = [];
    await runStoredTrial(CONFIG, {
      dataDirectory: data,
      clock: () => 0,
      onNote: (line) => void notes.push(line),
    });
    assertEquals(notes, [
      `${TRIAL.id} is run again: episodes.csv is damaged: its SHA-256 is not the manifest's; it is now ${data}/damaged/${TRIAL.id}`,
    ]);
    assertEquals(await checkTrial(folder, TRIAL.id), []);
    const again = await readTree(folder);
    assertEquals(again["episodes.csv"], FILES["episodes.csv"]);
    assertEquals(again["manifest.json"], FILES["manifest.json"]);
  });
});
