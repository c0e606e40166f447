import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  convergenceCurves,
  type ConvergenceRow,
} from "../../lib/figures/mod.ts";
import { exampleRows } from "./example_rows.ts";

function rowsOf(
  series: string,
  runs: Record<number, number[]>,
): ConvergenceRow[] {
  return Object.entries(runs).flatMap(([seed, returns]) =>
    returns.map((episodeReturn, i) => ({
      series,
      seed: Number(seed),
      episode: i + 1,
      episodeReturn,
    }))
  );
}

Deno.test("the mean and its t interval over two seeds equal the hand computation", () => {
  const rows = rowsOf("TD3", { 3: [-8, -7, -6], 9: [-6, -7, -7] });
  const curves = convergenceCurves(rows, { order: 1 });
  assertEquals(curves.map((point) => point.episode), [1, 2, 3]);
  assertEquals(curves.map((point) => point.mean), [-7, -7, -6.5]);
  assertEquals(curves.map((point) => point.seeds), [2, 2, 2]);
  // One degree of freedom: t = tan(0.475 π); s / √n of a and b is |a − b| / 2.
  const t = Math.tan(0.475 * Math.PI);
  assertAlmostEquals(curves[0].lower!, -7 - t, 1e-9);
  assertAlmostEquals(curves[0].upper!, -7 + t, 1e-9);
  assertEquals([curves[1].lower, curves[1].upper], [-7, -7]);
  assertAlmostEquals(curves[2].upper!, -6.5 + t / 2, 1e-9);
});

Deno.test("the fit is the least-squares polynomial of the mean, with the interval of the seeds' own fits", () => {
  // Lines through the seeds: slope 1 from −8, and slope −1/2 from −6 1/6.
  const rows = rowsOf("TD3", { 0: [-8, -7, -6], 1: [-6, -7, -7] });
  const fits = convergenceCurves(rows, { order: 1 });
  const t = Math.tan(0.475 * Math.PI);
  const first = [-8, -6 - 1 / 6];
  assertAlmostEquals(fits[0].fit, (first[0] + first[1]) / 2, 1e-12);
  assertAlmostEquals(
    fits[0].fitUpper! - fits[0].fit,
    t * (first[1] - first[0]) / 2,
    1e-9,
  );
  assertAlmostEquals(fits[2].fit, (-6 + -7 - 1 / 6) / 2, 1e-12);
});

Deno.test("a fit of order 4 leaves a residual without any power up to the fourth", () => {
  const rows = exampleRows({ series: ["DDPG"], seeds: 3, episodes: 120 });
  const curves = convergenceCurves(rows);
  for (const power of [0, 1, 2, 3, 4]) {
    const product = curves.reduce(
      (sum, { episode, mean, fit }) =>
        sum + (mean - fit) * ((episode - 60.5) / 60) ** power,
      0,
    );
    assertAlmostEquals(product, 0, 1e-10);
  }
});

Deno.test("bins average within each run before the runs are compared", () => {
  const rows = rowsOf("TD3", { 0: [-8, -6, -5], 1: [-2, -4, -1] });
  const [first, last] = convergenceCurves(rows, { order: 0, binEpisodes: 2 });
  // Bin means −7 and −3: the noise within the bins is not in the interval.
  assertEquals([first.episode, first.mean], [1.5, -5]);
  assertAlmostEquals(
    first.upper! - first.mean,
    2 * Math.tan(0.475 * Math.PI),
    1e-9,
  );
  assertEquals([last.episode, last.mean], [3, -3]);
  // The fit knows nothing of bins: the mean of all six returns.
  assertAlmostEquals(first.fit, -26 / 6, 1e-12);
});

Deno.test("one seed has curves but no interval", () => {
  const [point] = convergenceCurves(rowsOf("TD3", { 0: [-8, -7] }), {
    order: 1,
  });
  assertEquals(point, {
    series: "TD3",
    episode: 1,
    seeds: 1,
    mean: -8,
    lower: null,
    upper: null,
    fit: -8,
    fitLower: null,
    fitUpper: null,
  });
});

Deno.test("the order of the rows does not matter within a series, and series keep theirs", () => {
  const options = { series: ["TD3", "DDPG"], seeds: 2, episodes: 12 };
  const rows = exampleRows(options);
  const curves = convergenceCurves(rows);
  assertEquals([...new Set(curves.map((p) => p.series))], ["TD3", "DDPG"]);
  const byEpisode = rows.toSorted((a, b) => a.episode - b.episode);
  assertEquals(convergenceCurves(byEpisode), curves);
});

Deno.test("series may differ in seeds and episodes", () => {
  const rows = [
    ...exampleRows({ series: ["TD3"], seeds: 3, episodes: 10 }),
    ...exampleRows({ series: ["DDPG"], seeds: 1, episodes: 6 }),
  ];
  const curves = convergenceCurves(rows);
  assertEquals(curves.filter((p) => p.series === "TD3").length, 10);
  assertEquals(curves.filter((p) => p.series === "DDPG").length, 6);
});

Deno.test("rows that give no curve are refused with what is wrong", () => {
  const fails = (
    rows: ConvergenceRow[],
    options: Parameters<typeof convergenceCurves>[1],
    message: string,
  ) =>
    assertThrows(() => convergenceCurves(rows, options), RangeError, message);
  const run = rowsOf("TD3", { 0: [1, 2, 3, 4, 5] });
  fails(
    [],
    {},
    "Cannot compute convergence curves: rows must be at least 1 row, got 0",
  );
  fails(
    [run[0], { ...run[1], episodeReturn: NaN }],
    {},
    "rows[1].episodeReturn must be a finite number, got NaN",
  );
  fails(
    [{ ...run[0], episode: Infinity }],
    {},
    "rows[0].episode must be a finite number, got Infinity",
  );
  fails(
    rowsOf("TD3", { 0: [1, 2, 3, 4, 5], 4: [1, 2, 3] }),
    {},
    'series "TD3", seed 4 must have the 5 episodes 1 to 5 of seed 0, got 3 from 1 to 3',
  );
  fails(
    [...run, run[2]],
    {},
    'series "TD3", seed 0 must have each episode once, got episode 3 again',
  );
  fails(
    run.slice(0, 3),
    {},
    'series "TD3" must have at least 5 episodes for a fit of order 4, got 3',
  );
  fails(
    run,
    { binEpisodes: 0 },
    "binEpisodes must be a positive integer, got 0",
  );
  fails(run, { order: -1 }, "order must be a non-negative integer, got -1");
  fails(
    rowsOf("TD3", { 0: [1, 2], 1: [1, 2] }),
    { order: 0, confidence: 95 },
    "confidence must be between 0 and 1, got 95",
  );
});
