import { assertEquals, assertRejects } from "@std/assert";
import {
  aggregateExperiment,
  readExperiment,
} from "../../lib/experiments/aggregate.ts";
import { type Experiment, trialsOf } from "../../lib/experiments/registry.ts";
import { runStoredTrial } from "../../lib/experiments/run_stored_trial.ts";
import { deriveScenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import { withTemporaryFolder } from "./fixtures.ts";

const profile = {
  episodes: 4,
  seeds: [0, 1],
  evaluateEvery: 2,
  evaluationEpisodes: 1,
  testEpisodes: 1,
};
const experiment: Experiment = {
  name: "tiny",
  figure: "tiny_figure",
  title: "Tiny",
  source: "a test",
  series: [
    { name: "first", method: "td3", scenario: SMALL_SCENARIO },
    { name: "second", method: "ddpg", scenario: SMALL_SCENARIO },
    {
      name: "third",
      method: "ddpg",
      scenario: deriveScenario(SMALL_SCENARIO, {
        assumptions: { discount: 0.5 },
      }),
    },
  ],
  profiles: {
    smoke: profile,
    quick: profile,
    paper: { ...profile, seeds: [2] },
  },
};

Deno.test("an experiment's rows are gathered by series, seed and episode, and read back alike", async () => {
  await withTemporaryFolder(async (dataDirectory) => {
    for (const trial of trialsOf(experiment, "quick")) {
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
