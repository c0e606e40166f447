import {
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertThrows,
} from "@std/assert";
import type { ExperimentRows } from "../../../lib/studies/paper/aggregate.ts";
import {
  compareFig05,
  comparisonTable,
  judgeFig05,
} from "../../../lib/studies/paper/summary.ts";

/** Ten episodes: only the last two count. */
function rowsWith(
  returns: Record<string, readonly number[]>,
): ExperimentRows {
  const curves = Object.entries(returns).flatMap(([series, bySeed]) =>
    bySeed.flatMap((value, seed) =>
      Array.from({ length: 10 }, (_, k) => ({
        series,
        seed,
        episode: k + 1,
        episodeReturn: k < 8 ? -100 : k === 8 ? value - 1 : value + 1,
        objective: 1,
        hitRate: 0,
      }))
    )
  );
  const evaluations = Object.entries(returns).flatMap(([series, bySeed]) =>
    bySeed.flatMap((value, seed) =>
      (["validation", "test"] as const).map((split) => ({
        series,
        seed,
        split,
        episode: 10,
        episodeReturn: split === "test" ? value : -100,
        objective: 1,
        hitRate: split === "test" ? 0.5 + seed / 10 : 0,
        hitRateOwnServer: 0,
        hitRateAnyServer: 0,
        cacheUtilization: 0,
      }))
    )
  );
  return { curves, evaluations };
}

Deno.test("the improvement is paired by seed, in percent, over the last fifth", () => {
  const rows = rowsWith({ TD3: [-9, -18], DDPG: [-10, -20] });
  const [training] = compareFig05(rows);
  // Both seeds improve by 1/10 and 2/20: 10 %, without any spread.
  assertAlmostEquals(training.ours.estimate, 10, 1e-12);
  assertAlmostEquals(training.ours.lower, 10, 1e-12);
  assertEquals(training.paper, "1.72 %");
});

Deno.test("the interval is Student's t over seeds", () => {
  const rows = rowsWith({ TD3: [-9, -8, -7], DDPG: [-10, -10, -10] });
  const [training] = compareFig05(rows);
  // 10, 20, 30 %: s = 10, t(0.975, 2) = 4.302653, half width 24.841.
  assertAlmostEquals(training.ours.estimate, 20, 1e-12);
  assertAlmostEquals(training.ours.upper, 44.8414, 1e-4);
});

Deno.test("greedy numbers come from test traces alone", () => {
  const rows = rowsWith({ TD3: [-9, -18], DDPG: [-10, -20] });
  const byName = new Map(
    compareFig05(rows).map((one) => [one.quantity, one.ours.estimate]),
  );
  assertAlmostEquals(byName.get("return of TD3, greedy")!, -13.5, 1e-12);
  assertAlmostEquals(byName.get("hit rate of TD3, greedy")!, 0.55, 1e-12);
});

Deno.test("a seed that only one algorithm has is refused", () => {
  assertThrows(
    () => compareFig05(rowsWith({ TD3: [-9, -8], DDPG: [-10] })),
    Error,
    "both series must have seed 1",
  );
});

Deno.test("the table has a head and a row per comparison", () => {
  const comparisons = compareFig05(
    rowsWith({ TD3: [-9, -18], DDPG: [-10, -20] }),
  );
  const table = comparisonTable(comparisons);
  assertEquals(table.length, comparisons.length + 1);
  assertEquals(table[1].slice(1), ["1.72 %", "10.00 %", "10.00 to 10.00 %"]);
});

Deno.test("a gap is judged by where 0 and the paper's number lie", () => {
  const judge = (td3: number[], ddpg: number[]) =>
    judgeFig05(compareFig05(rowsWith({ TD3: td3, DDPG: ddpg })))[0];
  assertMatch(judge([-9, -18], [-10, -20]), /TD3 is ahead.* outside/);
  assertMatch(judge([-11, -22], [-10, -20]), /DDPG is ahead.* outside/);
  assertMatch(judge([-9, -11], [-10, -10]), /undetermined.* inside/);
  assertMatch(judge([-9.83, -9.82], [-10, -10]), /TD3 is ahead.* inside/);
});
