import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { summarizeMethods } from "../../lib/studies/method_summary.ts";
import { methodTable } from "../../lib/studies/method_table.ts";
import { expandSweep } from "../../lib/studies/expand.ts";
import { labelTrial, scoreRows } from "../../lib/studies/score_rows.ts";
import { PER_SLOT_SCALE } from "../../lib/optimum/mod.ts";
import type { ScoreRow } from "../../lib/stats/mod.ts";

/** Rows from `values[series][task][seed]`. */
function rowsOf(
  values: Record<string, Record<string, readonly number[]>>,
): ScoreRow[] {
  return Object.entries(values).flatMap(([series, tasks]) =>
    Object.entries(tasks).flatMap(([task, bySeed]) =>
      bySeed.map((value, seed) => ({ series, task, seed, value }))
    )
  );
}

const COSTS = rowsOf({
  TD3: { "users=5": [4, 5, 6], "users=10": [40, 50, 60] },
  DDPG: { "users=5": [4, 6, 7], "users=10": [42, 51, 63] },
  random: { "users=5": [10, 11, 12], "users=10": [100, 110, 120] },
  optimum: { "users=5": [2, 3, 4], "users=10": [20, 30, 40] },
});

Deno.test("estimates equal the hand computation", () => {
  const [td3, ddpg] = summarizeMethods(COSTS, "objective");
  assertEquals([td3.seeds, td3.tasks, td3.incomplete], [3, 2, 0]);
  assertEquals(td3.mean?.estimate, 27.5);
  // Sorted 4 5 6 40 50 60: one dropped at each end.
  assertEquals(td3.interquartileMean?.estimate, 101 / 4);
  assertEquals([td3.improvement, td3.difference], [null, null]);
  // Over users=5, DDPG's 4, 6, 7 tie with TD3's 4 and lose to 5 and 6 of the same
  // seeds; over users=10, 42, 51, 63 lose to 40, 50, 60.
  assertAlmostEquals(ddpg.improvement!.estimate, 0.5 / 6, 1e-15);
  // Seeds differ by (0 + 2)/2, (1 + 1)/2, (1 + 3)/2: mean 4/3, s = 1/√3.
  assertAlmostEquals(ddpg.difference!.estimate, 4 / 3, 1e-14);
  assertAlmostEquals(
    ddpg.difference!.upper! - ddpg.difference!.estimate,
    4.302652729749464 / Math.sqrt(3) / Math.sqrt(3),
    1e-12,
  );
});

Deno.test("skill puts tasks on one scale, 0 for random and 1 for the optimum", () => {
  const [td3, , random, optimum] = summarizeMethods(COSTS, "objective");
  // (10 − 4)/8, (11 − 5)/8, (12 − 6)/8 and the same over 80.
  assertEquals(td3.skill?.estimate, 0.75);
  assertEquals(random.skill, { estimate: 0, lower: 0, upper: 0 });
  assertEquals(optimum.skill, { estimate: 1, lower: 1, upper: 1 });
  const without = COSTS.filter(({ series }) => series !== "optimum");
  assert(summarizeMethods(without, "objective").every((one) => !one.skill));
  assert(summarizeMethods(COSTS, "hitRate").every((one) => !one.skill));
});

Deno.test("better is lower for costs and higher for rewards", () => {
  const improvement = (metric: "objective" | "hitRate") =>
    summarizeMethods(COSTS, metric).at(-1)?.improvement?.estimate;
  assert(improvement("objective")! > 0.9);
  assertAlmostEquals(
    improvement("objective")! + improvement("hitRate")!,
    1,
    1e-15,
  );
});

Deno.test("a method more leaves the intervals of the others as they were", () => {
  const [td3] = summarizeMethods(COSTS, "objective");
  const alone = COSTS.filter(({ series }) => series === "TD3");
  const [same] = summarizeMethods(alone, "objective");
  assertEquals(same.mean, td3.mean);
  assertEquals(same.interquartileMean, td3.interquartileMean);
  const lower = (seed: number) =>
    summarizeMethods(alone, "objective", { seed, resamples: 10 })[0].mean
      ?.lower;
  assert(new Set([0, 1, 2, 3, 4].map(lower)).size > 1);
});

Deno.test("a seed that lacks a task does not count, and differences need common seeds", () => {
  const rows = COSTS.filter(({ series, task, seed }) =>
    !(series === "TD3" && task === "users=5" && seed === 0) &&
    !(series === "DDPG" && task === "users=10" && seed === 1)
  );
  const [td3, ddpg] = summarizeMethods(rows, "objective");
  assertEquals([td3.seeds, td3.incomplete], [2, 1]);
  assertEquals(td3.mean?.estimate, (5 + 6 + 50 + 60) / 4);
  // Only seed 2 is complete in both: no interval.
  assertEquals(ddpg.difference, { estimate: 2, lower: null, upper: null });
});

Deno.test("a single seed has estimates without intervals, and no seed has none", () => {
  const first = COSTS.filter(({ seed }) => seed === 0);
  const [, ddpg] = summarizeMethods(first, "objective");
  assertEquals(ddpg.mean, { estimate: 23, lower: null, upper: null });
  assertEquals(ddpg.improvement?.estimate, 0.25);
  const [td3, none] = summarizeMethods(
    rowsOf({ TD3: { a: [1] }, DDPG: { b: [1] } }),
    "objective",
  );
  assertEquals([td3.mean, none.improvement, none.difference], [
    null,
    null,
    null,
  ]);
});

Deno.test("the table has a head, a row per method and a skill column where there is skill", () => {
  const { table, notes } = methodTable(
    summarizeMethods(COSTS, "objective"),
    COSTS,
    "objective",
  );
  assertEquals(notes, []);
  assertEquals(table[0], [
    "method",
    "seeds",
    "objective G, mean",
    "IQM",
    "skill, IQM",
    "P(better than TD3)",
    "minus TD3, paired",
  ]);
  assertEquals(table.length, 5);
  assert(table.every((row) => row.length === 7));
  assertEquals(table[1][4], "0.750 (0.750 to 0.750)");
  assertEquals(table[1].slice(5), ["–", "–"]);
  const partial = COSTS.filter(({ series, task, seed }) =>
    !(series === "TD3" && task === "users=5" && seed === 0)
  );
  const { table: rows } = methodTable(
    summarizeMethods(partial, "hitRate"),
    partial,
    "hitRate",
  );
  assertEquals(rows[1].slice(0, 2), ["TD3", "2 of 3"]);
  assertEquals(rows[0].length, 6);
});

Deno.test("hyperparameters tell learners apart, and worlds are tasks", () => {
  const { trials } = expandSweep({
    name: "mine",
    scenario: "small",
    methods: ["td3", "optimum"],
    seeds: "0-1",
    grid: {
      users: [2, 3],
      episodes: [10, 20],
      "td3.tau": [0.01, 0.1],
    },
  }, "read it");
  const labels = trials.map(labelTrial);
  assertEquals(
    new Set(labels.map(({ series }) => series)),
    new Set([
      "TD3 episodes=10 tau=0.01",
      "TD3 episodes=10 tau=0.1",
      "TD3 episodes=20 tau=0.01",
      "TD3 episodes=20 tau=0.1",
      "optimum",
    ]),
  );
  assertEquals(
    new Set(labels.map(({ task }) => task)),
    new Set(["users=2", "users=3"]),
  );
});

Deno.test("rows hold the metric of finished trials", () => {
  const { trials } = expandSweep({
    name: "mine",
    scenario: "small",
    methods: ["td3", "ddpg"],
    seeds: "3-4",
  }, "read it");
  const table = new Map(
    trials.filter(({ config }) => config.seed === 3)
      .map(({ id }) => [id, { trial: id, hitRate: 7, violations: 0 }]),
  );
  const rows = scoreRows(trials, table, "hitRate");
  const same = {
    ...{ task: "all", seed: 3, value: 7, violations: 0 },
    ...{ reference: PER_SLOT_SCALE, bound: null },
  };
  assertEquals(rows, [
    { series: "TD3", method: "td3", ...same },
    { series: "DDPG", method: "ddpg", ...same },
  ]);
});
