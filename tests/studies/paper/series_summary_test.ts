import { assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import type { ExperimentRows } from "../../../lib/studies/paper/aggregate.ts";
import { FIG04, FIG05 } from "../../../lib/studies/paper/registry.ts";
import { reportExperiment } from "../../../lib/studies/paper/report.ts";
import {
  findBest,
  judgeBest,
  summarizeSeries,
} from "../../../lib/studies/paper/series_summary.ts";

/** Runs of five episodes, of which the last counts, with one test each. */
function rowsWith(
  returns: Record<string, { training: number[]; greedy: number[] }>,
): ExperimentRows {
  const rates = {
    objective: 1,
    hitRateOwnServer: 0,
    hitRateAnyServer: 0,
    cacheUtilization: 0,
  };
  return {
    curves: Object.entries(returns).flatMap(([series, { training }]) =>
      training.flatMap((value, seed) =>
        [-50, -40, -30, -20, value].map((episodeReturn, k) => ({
          ...{ series, seed, episode: k + 1, episodeReturn },
          objective: 1,
          hitRate: 0.9,
        }))
      )
    ),
    evaluations: Object.entries(returns).flatMap(([series, { greedy }]) =>
      greedy.map((episodeReturn, seed) => ({
        ...{ series, seed, split: "test" as const, episode: 5, episodeReturn },
        ...rates,
        hitRate: 0.2 + 0.2 * seed,
      }))
    ),
  };
}

const rows = rowsWith({
  a: { training: [-10, -20], greedy: [-8, -8] },
  b: { training: [-9.9, -19.6], greedy: [-9, -7] },
  c: { training: [-12, -30], greedy: [-10, -10] },
});

Deno.test("a series comes to its last fifth of training and to its test, over seeds", () => {
  const [a, b, c] = summarizeSeries(rows);
  assertEquals([a.series, b.series, c.series], ["a", "b", "c"]);
  assertEquals(a.training.estimate, -15);
  assertEquals(b.greedy.estimate, -8);
  assertAlmostEquals(c.hitRate.estimate, 0.3, 1e-12);
  // s = √2, t(0.975, 1) = 12.7062: half width 12.7062.
  assertAlmostEquals(b.greedy.upper, -8 + 12.7062, 1e-4);
});

Deno.test("the best and the second are compared seed by seed, in percent", () => {
  const { best, second, gapPercent } = findBest(rows, "training");
  assertEquals([best, second], ["b", "a"]);
  // 0.1/10 and 0.4/20: 1 % and 2 %.
  assertAlmostEquals(gapPercent.estimate, 1.5, 1e-12);
  assertAlmostEquals(gapPercent.upper, 1.5 + 12.7062 * 0.5, 1e-4);
});

Deno.test("series are told apart if the interval of their gap lies above 0", () => {
  assertMatch(
    judgeBest(rows)[0],
    /^training: \(b\) is best, 1\.50 % .*not told/,
  );
  const clear = rowsWith({
    a: { training: [-10, -20], greedy: [-8, -8] },
    b: { training: [-9, -18], greedy: [-7, -7] },
  });
  for (const line of judgeBest(clear)) assertMatch(line, /and told apart/);
});

Deno.test("the report of Fig. 4 has a row a pair, that of Fig. 5 the paper's number", () => {
  assertEquals(
    reportExperiment(FIG04, rows).table.map(([first]) => first),
    ["series", "a", "b", "c"],
  );
  const both = rowsWith({
    TD3: { training: [-9, -18], greedy: [-8, -8] },
    DDPG: { training: [-10, -20], greedy: [-8, -9] },
  });
  assertEquals(reportExperiment(FIG05, both).table[1][1], "1.72 %");
});
