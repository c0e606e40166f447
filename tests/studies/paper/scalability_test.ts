import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  aggregateBudget,
  readBudget,
} from "../../../lib/studies/paper/budget.ts";
import {
  FIG05,
  FIG06_07,
  paperTrials,
  type ProfileName,
  type ScalabilityExperiment,
} from "../../../lib/studies/paper/registry.ts";
import { runStoredTrial } from "../../../lib/trials/run_stored_trial.ts";
import {
  aggregateScalability,
  readScalability,
  scalabilityTrials,
} from "../../../lib/studies/paper/scalability.ts";
import { trialId } from "../../../lib/trials/trial.ts";
import { withTemporaryFolder } from "../../trials/fixtures.ts";

const experiment: ScalabilityExperiment = {
  ...FIG06_07,
  study: {
    name: "tiny",
    scenario: "small",
    methods: ["td3", "pso", "optimum"],
    hyperparameters: { "td3.hiddenSizes": [16, 16], "td3.minReplaySize": 8 },
    seeds: [2],
    episodes: 3,
    evaluateEvery: 2,
    evaluationEpisodes: 1,
    testEpisodes: 1,
    actionsPerPlan: 50,
    grid: { users: [2, 4] },
    profiles: { quick: { seeds: [0, 1] } },
  },
};

/** The trials of Fig. 5. */
const trialsOfFig05 = (profile: ProfileName) =>
  paperTrials(FIG05, profile).map(({ config }) => config);

Deno.test("the paper profile of Figs. 6 and 7 has every method, the ledger's numbers of users and 5 seeds", () => {
  const trials = scalabilityTrials(FIG06_07, "paper");
  assertEquals(trials.length, 8 * 6 * 5);
  assertEquals(new Set(trials.map(trialId)).size, trials.length);
  assertEquals(
    [...new Set(trials.map((t) => t.scenario.parameters.numUsers))],
    [5, 10, 15, 20, 25, 30],
  );
  const budgets = trials.map((t) =>
    `${t.method} ${
      "episodes" in t ? t.episodes : t.hyperparameters?.actionsPerPlan
    }`
  );
  assertEquals([...new Set(budgets)], [
    "td3 800",
    "ddpg 800",
    "pso 10000",
    "ga 10000",
    "random undefined",
    "static-popularity undefined",
    "request-aware-square-root undefined",
    "optimum undefined",
  ]);
});

Deno.test("Figs. 6 and 7 share Fig. 5's trials with the paper's 10 users", () => {
  const ids = new Set(scalabilityTrials(FIG06_07, "paper").map(trialId));
  for (const trial of trialsOfFig05("paper")) assert(ids.has(trialId(trial)));
});

Deno.test("trials of Fig. 5 keep the identities under which they are stored", () => {
  assertEquals(trialsOfFig05("quick").slice(0, 2).map(trialId), [
    "td3-seed0-104146164990",
    "ddpg-seed0-a341154959d0",
  ]);
});

Deno.test("results are gathered by method, users and seed, and read back alike", async () => {
  await withTemporaryFolder(async (data) => {
    for (const trial of scalabilityTrials(experiment, "quick")) {
      await runStoredTrial(trial, { dataDirectory: data, clock: () => 0 });
    }
    const rows = await aggregateScalability(data, experiment, "quick");
    assertEquals(
      rows.map(({ series, users, seed }) => `${series} ${users} ${seed}`),
      ["TD3", "PCRAS", "optimum"].flatMap((series) =>
        ["2 0", "2 1", "4 0", "4 1"].map((rest) => `${series} ${rest}`)
      ),
    );
    for (const row of rows) {
      const best = rows.find(({ series, users, seed }) =>
        series === "optimum" && users === row.users && seed === row.seed
      )!;
      assert(best.objective <= row.objective * 1.001);
    }
    assertEquals(await readScalability(data, experiment, "quick"), rows);

    const budgets = await aggregateBudget(data, experiment, "quick");
    assertEquals(
      budgets.map(({ series, users, seed, slotEvaluations }) =>
        `${series} ${users} ${seed} ${slotEvaluations}`
      ),
      // 3 training episodes of 4 slots; 50 actions for each of 4 test slots.
      [["TD3", 12], ["PCRAS", 200], ["optimum", 0]].flatMap(([series, spent]) =>
        ["2 0", "2 1", "4 0", "4 1"].map((rest) => `${series} ${rest} ${spent}`)
      ),
    );
    assertEquals(await readBudget(data, experiment, "quick"), budgets);
  });
});

Deno.test("nothing is written while a trial is not finished", async () => {
  await withTemporaryFolder(async (data) => {
    await assertRejects(
      () => aggregateScalability(data, experiment, "paper"),
      Deno.errors.NotFound,
    );
    assertEquals([...Deno.readDirSync(data)], []);
  });
});
