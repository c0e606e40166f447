import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { SMALL_LEARNER } from "../../lib/agents/mod.ts";
import {
  aggregateReadings,
  PAPER_METHODS,
  type PaperMethod,
  type Reading,
  READINGS,
  readingsOf,
  readingTrials,
  readReadings,
  SHORT_DEFAULT_READING,
} from "../../lib/claims/mod.ts";
import { collectLedger } from "../../lib/studies/ledger.ts";
import { FIG06_07 } from "../../lib/studies/paper/registry.ts";
import { runStoredTrial } from "../../lib/trials/run_stored_trial.ts";
import { runTrial } from "../../lib/trials/run_trial.ts";
import { scalabilityTrials } from "../../lib/studies/paper/scalability.ts";
import { expandSweep } from "../../lib/studies/expand.ts";
import {
  isTraining,
  type TrialConfig,
  trialId,
} from "../../lib/trials/trial.ts";
import type { ScenarioFile } from "../../lib/scenario/parse_scenario.ts";
import { BALANCED_SCENARIO } from "../../lib/scenario/scenario.ts";
import { withTemporaryFolder } from "../trials/fixtures.ts";

/** A learner that learns at once, on as little as the preset is small. */
const SMALL = {
  scenario: "small",
  episodes: 8,
  evaluateEvery: 4,
  evaluationEpisodes: 2,
  testEpisodes: 2,
  actionsPerPlan: 100,
} as const;
const LEARNER = Object.fromEntries(
  Object.entries(SMALL_LEARNER).map(([key, value]) => [`*.${key}`, value]),
);

/** What is chosen otherwise, in the world and in methods. */
function partOfReading({ key, study }: Reading) {
  return study?.parts?.find(({ part }) => part === key);
}

Deno.test("readings have names of their own and choose otherwise than the ledger's defaults", () => {
  assertEquals(new Set(READINGS.map(({ key }) => key)).size, READINGS.length);
  const entries = collectLedger();
  for (const { key, choices } of READINGS) {
    for (const [name, value] of Object.entries(choices)) {
      const own = entries.filter((entry) => entry.key === name);
      assert(own.length > 0, name);
      for (const { entry } of own) {
        assertNotEquals<unknown>(value, entry.default, `${key}: ${name}`);
      }
    }
  }
  const { choices } = READINGS.find(({ key }) => key === "balanced")!;
  assertEquals(
    choices.backhaulRate,
    BALANCED_SCENARIO.assumptions.backhaulRate,
  );
});

/** What a method's short trial comes to under a reading. */
async function play(
  method: PaperMethod,
  reading?: Reading,
): Promise<unknown> {
  const { scenario, hyperparameters } =
    (reading === undefined ? undefined : partOfReading(reading)) ?? {};
  const assumptions = scenario === "balanced"
    ? BALANCED_SCENARIO.assumptions
    : (scenario as ScenarioFile | undefined)?.assumptions;
  const { trials: [{ config }] } = expandSweep({
    name: "play",
    ...SMALL,
    ...assumptions === undefined
      ? {}
      : { scenario: { extends: "small", assumptions } },
    methods: [method],
    seeds: [3],
    hyperparameters: { ...LEARNER, ...hyperparameters },
  }, "play");
  const { evaluations } = (await runTrial(config, { clock: () => 0 }))!;
  return evaluations;
}

for (const method of PAPER_METHODS) {
  Deno.test(`readings change the trials of ${method} just where they say so`, async () => {
    const byDefault = await play(method);
    for (const reading of READINGS) {
      const under = await play(method, reading);
      const { key, changes } = reading;
      if (changes.includes(method)) assertNotEquals(under, byDefault, key);
      else assertEquals(under, byDefault, key);
    }
  });
}

Deno.test("defaults on the short grid are trials of Figs. 6 and 7, and no other reading's trial is", () => {
  for (const profile of ["quick", "paper"] as const) {
    const figures = new Set(
      scalabilityTrials(FIG06_07, profile).map(trialId),
    );
    const seen = new Set<string>();
    for (const reading of READINGS) {
      for (const { trial } of readingTrials(reading, profile)) {
        const id = trialId(trial);
        assert(!seen.has(id), id);
        seen.add(id);
        assertEquals(
          figures.has(id),
          reading.key === SHORT_DEFAULT_READING,
          reading.key,
        );
      }
    }
  }
});

Deno.test("the paper profile runs each reading on its grid with the methods that it changes", () => {
  const counts = READINGS.map((reading) => [
    reading.key,
    readingTrials(reading, "paper").length,
  ]);
  // The short grid has 3 + 4 + 3 trials a method, the figures' 6 · 5.
  assertEquals(counts, [
    ["default", 0],
    ["search-static", 60],
    ["search-one-shot", 60],
    ["hit-any-server", 0],
    ["hit-cached-used", 0],
    ["default-short", 40],
    ["search-per-episode", 20],
    ["reward-raw", 20],
    ["discount-0.95", 20],
    ["discount-0", 20],
    ["episode-masked", 20],
    ["requests-lagged", 40],
    ["balanced", 40],
  ]);
});

const tiny = {
  ...SMALL,
  name: "tiny",
  episodes: 10,
  evaluateEvery: 10,
  evaluationEpisodes: 1,
  testEpisodes: 1,
  actionsPerPlan: 20,
  hyperparameters: LEARNER,
};
const FOUR = [...PAPER_METHODS];
const READINGS_OF_TEST: readonly Reading[] = [
  ...readingsOf({
    ...tiny,
    methods: ["pso", "ga"],
    seeds: [0],
    grid: { users: [9] },
    parts: [{
      part: "search-static",
      title: "static: kept",
      hyperparameters: { "*.protocol": "static" },
      methods: ["pso", "ga"],
    }],
    profiles: { quick: { grid: { users: [2, 4] } } },
  }, "figures"),
  ...readingsOf({
    ...tiny,
    methods: FOUR,
    seeds: [0],
    grid: { users: [3] },
    parts: [
      { part: SHORT_DEFAULT_READING, title: "default: none", methods: FOUR },
      {
        part: "discount-0",
        title: "discount 0: a bandit",
        methods: ["td3", "ddpg"],
        hyperparameters: { "*.discount": 0 },
      },
    ],
    profiles: { quick: { grid: { users: [3], seed: [0, 1] } } },
  }, "short"),
];

Deno.test("results of readings are gathered by reading, method, users and seed, and read back alike", async () => {
  await withTemporaryFolder(async (data) => {
    await assertRejects(
      () => aggregateReadings(data, "quick", "wasm", READINGS_OF_TEST),
      Deno.errors.NotFound,
    );
    const trials: TrialConfig[] = READINGS_OF_TEST.flatMap((reading) =>
      readingTrials(reading, "quick").map(({ trial }) => trial)
    );
    for (const trial of trials) {
      await runStoredTrial(trial, { dataDirectory: data, clock: () => 0 });
    }
    const rows = await aggregateReadings(
      data,
      "quick",
      "wasm",
      READINGS_OF_TEST,
    );
    assertEquals(
      rows.map(({ reading, series, users, seed }) =>
        `${reading} ${series} ${users} ${seed}`
      ),
      [
        ...["search-static PCRAS", "search-static GCRAS"]
          .flatMap((name) => [`${name} 2 0`, `${name} 4 0`]),
        ...["TD3", "DDPG", "PCRAS", "GCRAS"].flatMap((series) =>
          [0, 1].map((seed) => `default-short ${series} 3 ${seed}`)
        ),
        ...["TD3", "DDPG"].flatMap((series) =>
          [0, 1].map((seed) => `discount-0 ${series} 3 ${seed}`)
        ),
      ],
    );
    // The last fifth of ten episodes are two.
    const td3 = trials.find((trial) => isTraining(trial))!;
    const episodes = await Deno.readTextFile(
      `${data}/trials/${trialId(td3)}/episodes.csv`,
    );
    const returns = episodes.trim().split("\n").slice(-2)
      .map((line) => Number(line.split(",")[1]));
    assertEquals(
      rows.find(({ series }) => series === "TD3")!.trainingReturn,
      (returns[0] + returns[1]) / 2,
    );
    assertEquals(
      rows.filter(({ trainingReturn }) => trainingReturn === null).length,
      8,
    );
    assertEquals(
      await readReadings(data, "quick", "read", READINGS_OF_TEST),
      rows,
    );
  });
});
