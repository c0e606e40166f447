import { assertEquals, assertRejects } from "@std/assert";
import {
  aggregateExperiment,
  readExperiment,
} from "../../../lib/studies/paper/aggregate.ts";
import {
  type Experiment,
  paperTrials,
  parseStudy,
} from "../../../lib/studies/paper/registry.ts";
import { runStoredTrial } from "../../../lib/trials/run_stored_trial.ts";
import { SMALL_LEARNER } from "../../../lib/agents/mod.ts";
import { withTemporaryFolder } from "../../trials/fixtures.ts";

const experiment: Experiment = {
  study: parseStudy({
    name: "tiny",
    scenario: "small",
    methods: [
      { method: "td3", label: "first" },
      { method: "ddpg", label: "second" },
      {
        method: "ddpg",
        name: "third",
        hyperparameters: { discount: 0.5 },
      },
    ],
    hyperparameters: {
      "*.hiddenSizes": SMALL_LEARNER.hiddenSizes,
      "*.minReplaySize": SMALL_LEARNER.minReplaySize,
      "*.batchSize": SMALL_LEARNER.batchSize,
    },
    seeds: [2],
    episodes: 4,
    evaluateEvery: 2,
    evaluationEpisodes: 1,
    testEpisodes: 1,
    profiles: { quick: { seeds: "0-1" } },
  }),
  figure: "tiny_figure",
  source: "a test",
  curves: "all",
  seriesOf: ({ label }) => label,
};

Deno.test("an experiment's rows are gathered by series, seed and episode, and read back alike", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    for (const { config: trial } of paperTrials(experiment, "quick")) {
      await runStoredTrial(trial, { dataDirectory, clock: () => 0 });
    }
    const rows = await aggregateExperiment(dataDirectory, experiment, "quick");
    assertEquals(
      rows.curves.map(({ series, seed, episode }) =>
        `${series} ${seed} ${episode}`
      ),
      ["first 0", "first 1", "second 0", "second 1", "third 0", "third 1"]
        .flatMap((run) => [1, 2, 3, 4].map((episode) => `${run} ${episode}`)),
    );
    assertEquals(rows.evaluations.length, 6 * 3);
    assertEquals(
      await readExperiment(dataDirectory, experiment, "quick"),
      rows,
    );
  });
});

Deno.test("an experiment with an unfinished trial is not aggregated", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    await assertRejects(
      () => aggregateExperiment(dataDirectory, experiment, "paper"),
      Deno.errors.NotFound,
    );
    assertEquals([...Deno.readDirSync(dataDirectory)], []);
  });
});
