import { assertEquals, assertRejects } from "@std/assert";
import { readParquet } from "../../lib/files/parquet.ts";
import { DamagedTrialError } from "../../lib/trials/check_trial.ts";
import { formatCsv } from "../../lib/trials/csv.ts";
import { EPISODE_COLUMNS, EVALUATION_COLUMNS } from "../../lib/trials/rows.ts";
import { trialDirectory } from "../../lib/trials/store.ts";
import { expandSweep } from "../../lib/studies/expand.ts";
import { writeSweepParquet } from "../../lib/studies/parquet.ts";
import { readSweepRows } from "../../lib/studies/sweep_table.ts";
import { isTraining } from "../../lib/trials/trial.ts";
import { storeSealed, withTemporaryFolder } from "../trials/fixtures.ts";
import { evaluation } from "./tuning/fixtures.ts";

const SWEEP = expandSweep({
  name: "mine",
  scenario: "small",
  methods: ["td3", "random"],
  seeds: "0-1",
  grid: {
    users: [2, 3],
    episodes: [10, 20],
    "td3.hiddenSizes": [[8], [16, 16]],
    "td3.discount": [0, 0.5],
  },
}, "read it");

/** Stores what trials would leave; a value of its own for each. */
async function store(folder: string): Promise<void> {
  for (const [index, { config }] of SWEEP.trials.entries()) {
    const test = {
      ...evaluation("test", 10, index + 0.5),
      responseTimeS: index === 0 ? null : index,
    };
    const episode = {
      episode: 1,
      episodeReturn: -index,
      objective: 1,
      hitRate: 0.25,
      criticLoss: index === 0 ? null : 0.5,
      actorLoss: 3,
      qValue: -3,
    };
    await storeSealed(folder, config, {
      "evaluations.csv": formatCsv(
        !isTraining(config) ? [test] : [evaluation("validation", 5, -1), test],
        EVALUATION_COLUMNS,
      ),
      ...!isTraining(config) ? {} : {
        "episodes.csv": formatCsv([episode], EPISODE_COLUMNS),
      },
    });
  }
}

Deno.test("every row of every finished trial is there, with its trial's values", async () => {
  await withTemporaryFolder(async (folder) => {
    await store(folder);
    // The last trial counts as not finished.
    const { rows } = await readSweepRows(folder, SWEEP.trials.slice(0, -1));
    const paths = await writeSweepParquet(folder, SWEEP, rows);
    assertEquals(
      paths.map((path) => path.slice(folder.length + 1)),
      ["rows", "evaluations", "episodes"]
        .map((name) => `sweeps/mine/${name}.parquet`),
    );
    const columns = {
      trial: 0,
      method: 0,
      users: 0,
      episodes: 0,
      "td3.hiddenSizes": 0,
      "td3.discount": 0,
      seed: 0,
    };
    const expected = SWEEP.trials.slice(0, -1).map((
      { id, config, values },
    ) => ({
      trial: id,
      method: config.method,
      users: values.users,
      episodes: isTraining(config) ? values.episodes : null,
      "td3.hiddenSizes": values["td3.hiddenSizes"],
      "td3.discount": values["td3.discount"],
      seed: config.seed,
    }));
    // A method that has no such hyperparameter has an empty cell.
    for (const row of expected) {
      if (row.method === "td3") continue;
      Object.assign(row, { "td3.hiddenSizes": null, "td3.discount": null });
    }
    assertEquals(
      await readParquet(paths[0], {
        ...columns,
        objective: 0,
        responseTimeS: 0,
      }),
      expected.map((row, index) => ({
        ...row,
        objective: index + 0.5,
        // Infinite is null, not 0.
        responseTimeS: index === 0 ? null : index,
      })),
    );
    const evaluations = await readParquet(paths[1], {
      ...columns,
      split: 0,
      episode: 0,
    });
    assertEquals(
      evaluations,
      expected.flatMap((row) => [
        ...row.method === "td3"
          ? [{ ...row, split: "validation", episode: 5 }]
          : [],
        { ...row, split: "test", episode: 10 },
      ]),
    );
    const episodes = await readParquet(paths[2], {
      ...columns,
      hitRate: 0,
      criticLoss: 0,
    });
    assertEquals(
      episodes,
      expected.filter(({ method }) => method === "td3")
        .map((row, index) => ({
          ...row,
          hitRate: 0.25,
          criticLoss: index === 0 ? null : 0.5,
        })),
    );
  });
});

Deno.test("a sweep without a finished trial has tables without rows", async () => {
  await withTemporaryFolder(async (folder) => {
    const paths = await writeSweepParquet(folder, SWEEP, new Map());
    for (const path of paths) {
      assertEquals(await readParquet(path, { trial: 0, seed: 0 }), []);
    }
  });
});

Deno.test("a damaged trial is an error, not a row", async () => {
  await withTemporaryFolder(async (folder) => {
    await store(folder);
    const { rows } = await readSweepRows(folder, SWEEP.trials);
    const directory = trialDirectory(folder, SWEEP.trials[0].config);
    await Deno.writeTextFile(`${directory}/episodes.csv`, "1", {
      append: true,
    });
    await assertRejects(
      () => writeSweepParquet(folder, SWEEP, rows),
      DamagedTrialError,
      `${SWEEP.trials[0].id}: episodes.csv is damaged`,
    );
  });
});
