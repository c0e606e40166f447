import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { expandSweep } from "../../lib/studies/expand.ts";
import type { SweepConfig } from "../../lib/studies/config.ts";
import {
  growingFigure,
  hasGrowingFigure,
  type StudyResults,
} from "../../lib/reports/mod.ts";
import type { SweepTrial } from "../../lib/studies/expand.ts";

/** A study of which some trials have a hit rate, and none has a curve. */
function resultsOf(
  changes: Partial<SweepConfig>,
  hitRate: (trial: SweepTrial) => number | undefined = () => undefined,
): StudyResults {
  const sweep = expandSweep({
    name: "growing",
    title: "Growing",
    scenario: "small",
    methods: ["random"],
    seeds: "0-1",
    ...changes,
  }, "expand it");
  const finished = sweep.trials.filter((one) => hitRate(one) !== undefined);
  return {
    sweep,
    finished,
    rows: new Map(
      finished.map((
        one,
      ) => [one.id, { hitRate: hitRate(one)!, violations: 0 }]),
    ),
    curves: [],
    finalReturns: new Map(),
    stale: [],
  };
}

/** A run of a learner. */
function curve(length: number, seed = 0, task = "all") {
  return Array.from({ length }, (_, k) => ({
    ...{ series: "TD3", task, seed },
    ...{ episode: k + 1, episodeReturn: -k },
  }));
}

/** Title of the figure and what all its parts show. */
function shownBy(...given: Parameters<typeof growingFigure>) {
  const text = JSON.stringify(growingFigure(...given));
  return text as string | undefined;
}

const LEARNERS: Partial<SweepConfig> = { methods: ["td3"], episodes: 20 };

Deno.test("rules that vary nothing have no figure, and what has none of its results yet has none yet", () => {
  const rules = resultsOf({}, () => 0.5);
  assertEquals(hasGrowingFigure(rules.sweep), false);
  assertEquals(growingFigure(rules), undefined);
  for (
    const changes of [LEARNERS, { grid: { users: [2, 3] } }] as const
  ) {
    const waiting = resultsOf(changes);
    assertEquals(hasGrowingFigure(waiting.sweep), true);
    assertEquals(growingFigure(waiting), undefined);
    assertEquals(growingFigure(waiting, { running: [] }), undefined);
  }
});

Deno.test("a metric stands against what varies from the first finished trial on", () => {
  const results = resultsOf(
    { grid: { users: [2, 3] } },
    ({ values, config }) =>
      values.users === 2 && config.seed === 0 ? 0.25 : undefined,
  );
  const text = shownBy(results, { metric: "hitRate" })!;
  assertStringIncludes(text, "Hit rate against the number of users");
  assertStringIncludes(text, '"mean":0.25');
});

Deno.test("learners that run are drawn run by run, and once they are over as means", () => {
  const running = curve(3, 1);
  const results = { ...resultsOf(LEARNERS), curves: curve(5) };
  const live = shownBy(results, { running })!;
  assertStringIncludes(live, "Thin: every episode.");
  assertStringIncludes(live, '"seed":1,"episode":3');
  assertStringIncludes(live, '"seed":0,"episode":5');
  assertStringIncludes(shownBy(results)!, "Learning curves");
});

Deno.test("worlds are told apart by name while their trials run", () => {
  const running = [...curve(2, 0, "users=2"), ...curve(2, 0, "users=3")];
  const results = resultsOf({ ...LEARNERS, grid: { users: [2, 3] } });
  const live = shownBy(results, { running })!;
  for (const name of ["TD3, users=2", "TD3, users=3"]) {
    assertStringIncludes(live, name);
  }
});

Deno.test("of long runs the last episodes are drawn while they run", () => {
  const running = [...curve(3000), ...curve(2500, 1)];
  const results = { ...resultsOf(LEARNERS), curves: curve(100, 2) };
  const live = shownBy(results, { running })!;
  assertStringIncludes(live, "at most 2000 episodes of each");
  const episodes = [...live.matchAll(/"seed":(\d),"episode":(\d+)/g)]
    .map(([, seed, episode]) => [Number(seed), Number(episode)]);
  assertEquals(episodes.length, 4000);
  assert(
    episodes.every(([seed, episode]) =>
      seed === 0 ? episode > 1000 : seed === 1 && episode > 500
    ),
  );
});
