import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  aggregateReadings,
  PAPER_METHODS,
  type PaperMethod,
  type Reading,
  READING_STUDY,
  READINGS,
  type ReadingStudy,
  readingTrials,
  readReadings,
  SHORT_DEFAULT_READING,
} from "../../../lib/experiments/claims/mod.ts";
import {
  FIG06_07,
  scalabilityTrials,
} from "../../../lib/experiments/scalability.ts";
import { runStoredTrial } from "../../../lib/experiments/run_stored_trial.ts";
import { runTrial } from "../../../lib/experiments/run_trial.ts";
import {
  isTraining,
  makeTrial,
  type TrialConfig,
  trialId,
} from "../../../lib/experiments/trial.ts";
import { DEFAULT_ASSUMPTIONS } from "../../../lib/scenario/assumptions.ts";
import { parseScenario } from "../../../lib/scenario/parse_scenario.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  SMALL_SCENARIO,
} from "../../../lib/scenario/scenario.ts";
import { withTemporaryFolder } from "../fixtures.ts";

Deno.test("readings have names of their own and are valid choices of the ledger that differ from its defaults", () => {
  assertEquals(new Set(READINGS.map(({ key }) => key)).size, READINGS.length);
  for (const { key, assumptions } of READINGS) {
    parseScenario({ extends: "paper", assumptions });
    for (const [name, value] of Object.entries(assumptions)) {
      const defaults: Record<string, unknown> = { ...DEFAULT_ASSUMPTIONS };
      assertNotEquals(value, defaults[name], `${key}: ${name}`);
    }
  }
  const { assumptions } = READINGS.find(({ key }) => key === "balanced")!;
  assertEquals(
    deriveScenario(SMALL_SCENARIO, { assumptions }).assumptions.backhaulRate,
    BALANCED_SCENARIO.assumptions.backhaulRate,
  );
});

/** What a method's short trial comes to under some choices. */
async function play(
  method: PaperMethod,
  assumptions: Reading["assumptions"],
): Promise<unknown> {
  const trial = makeTrial(method, {
    scenario: deriveScenario(SMALL_SCENARIO, { assumptions }),
    seed: 3,
    episodes: 8,
    evaluateEvery: 4,
    evaluationEpisodes: 2,
    testEpisodes: 2,
    actionsPerPlan: 100,
  });
  const { evaluations } = (await runTrial(trial, { clock: () => 0 }))!;
  return evaluations.map(withoutHitRate);
}

/** `hitRate` is one of the others, chosen by the ledger. */
function withoutHitRate<Row extends { hitRate: number }>(row: Row) {
  const { hitRate: _, ...rest } = row;
  return rest;
}

for (const method of PAPER_METHODS) {
  Deno.test(`readings change the trials of ${method} just where they say so`, async () => {
    const byDefault = await play(method, {});
    for (const { key, assumptions, changes } of READINGS) {
      const under = await play(method, assumptions);
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
      for (const { trial } of readingTrials(READING_STUDY, reading, profile)) {
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
    readingTrials(READING_STUDY, reading, "paper").length,
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

const tinyProfile = {
  userCounts: [2, 4],
  episodes: 10,
  seeds: [0],
  evaluateEvery: 10,
  evaluationEpisodes: 1,
  testEpisodes: 1,
  actionsPerPlan: 20,
};
const tiny: ReadingStudy = {
  scalability: {
    ...FIG06_07,
    scenario: SMALL_SCENARIO,
    profiles: { smoke: tinyProfile, quick: tinyProfile, paper: tinyProfile },
  },
  readings: READINGS.filter(({ key }) =>
    [SHORT_DEFAULT_READING, "search-static", "discount-0"].includes(key)
  ),
  shortGrid: {
    smoke: [{ users: 3, seeds: 1 }],
    quick: [{ users: 3, seeds: 2 }],
    paper: [{ users: 3, seeds: 1 }],
  },
};

Deno.test("results of readings are gathered by reading, method, users and seed, and read back alike", async () => {
  await withTemporaryFolder(async (data) => {
    await assertRejects(
      () => aggregateReadings(data, tiny, "quick"),
      Deno.errors.NotFound,
    );
    const trials: TrialConfig[] = tiny.readings.flatMap((reading) =>
      readingTrials(tiny, reading, "quick").map(({ trial }) => trial)
    );
    for (const trial of trials) {
      await runStoredTrial(trial, { dataDirectory: data, clock: () => 0 });
    }
    const rows = await aggregateReadings(data, tiny, "quick");
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
    assertEquals(await readReadings(data, tiny, "quick"), rows);
  });
});
