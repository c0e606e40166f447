import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import {
  intervalEstimatesFigure,
  methodColors,
  performanceProfileFigure,
  type PerformanceProfileOptions,
} from "../../lib/figures/mod.ts";
import type { BracketedRow, ScoreRow } from "../../lib/stats/mod.ts";
import { exampleScoreRows } from "./example_rows.ts";

interface Interval {
  series: string;
  estimate: number;
  lower: number | null;
  upper: number | null;
}

interface ProfilePoint {
  series: string;
  threshold: number;
  share: number;
  lower: number | null;
  upper: number | null;
}

interface Scale {
  domain: string[];
  range: string[];
}

interface Layer {
  mark: { type: string; interpolate?: string };
}

const OPTIONS = { profile: "Test", score: "Objective G", resamples: 200 };

function intervals(rows: readonly ScoreRow[], options = {}): {
  title: { subtitle: string[] };
  hconcat: {
    title: { text: string };
    data: { values: Interval[] };
    encoding: { color: { scale: Scale } };
    layer: Layer[];
  }[];
} {
  const spec = intervalEstimatesFigure(rows, { ...OPTIONS, ...options });
  return JSON.parse(JSON.stringify(spec));
}

function profiles(
  rows: readonly ScoreRow[],
  options: Partial<PerformanceProfileOptions> = {},
): {
  title: { subtitle: string[] };
  data: { values: ProfilePoint[] };
  encoding: {
    x: { scale: { reverse: boolean } };
    color: { scale: Scale; legend: { columns?: number } };
  };
  layer: Layer[];
} {
  const spec = performanceProfileFigure(rows, { ...OPTIONS, ...options });
  return JSON.parse(JSON.stringify(spec));
}

const rows = exampleScoreRows(3);

Deno.test("every statistic has a panel with an estimate and an interval a method", () => {
  const { hconcat, title } = intervals(rows);
  assertEquals(hconcat.map((panel) => panel.title.text), [
    "Interquartile mean",
    "Mean",
    "Median of task means",
  ]);
  for (const { data: { values } } of hconcat) {
    assertEquals(values.map(({ series }) => series), [
      "TD3",
      "random",
      "optimum",
    ]);
    for (const { estimate, lower, upper } of values) {
      assert(lower! < estimate && estimate < upper!);
    }
  }
  // The optimum's costs are 5, 10, 20 times 1, 1.1 and 1.2; five digits are kept.
  const [iqm, mean, median] = hconcat.map(({ data }) =>
    data.values[2].estimate
  );
  assertAlmostEquals(mean, 35 / 3 * 1.1, 5e-4);
  assertAlmostEquals(median, 11, 5e-4);
  // Sorted 5 5.5 6 10 11 12 20 22 24: two dropped at each end.
  assertAlmostEquals(iqm, (6 + 10 + 11 + 12 + 20) / 5, 5e-4);
  assertEquals(title.subtitle[0], "Test: 3 tasks, 3 seeds.");
});

Deno.test("one seed a method has no interval, neither layer nor words", () => {
  const single = rows.filter(({ seed }) => seed === 0);
  const drawn = intervals(single);
  assertEquals(drawn.hconcat[0].layer.map(({ mark }) => mark.type), ["tick"]);
  assertEquals(drawn.title.subtitle, [
    "Test: 3 tasks, 1 seed.",
    "One seed a method, so there is no interval.",
  ]);
  assertEquals(profiles(single).layer.map(({ mark }) => mark.type), ["line"]);
});

Deno.test("a profile falls from 1 to 0, with a band around it", () => {
  const { data: { values }, layer } = profiles(rows);
  assertEquals(layer.map(({ mark }) => mark.type), ["area", "line"]);
  for (const name of ["TD3", "random", "optimum"]) {
    const own = values.filter(({ series }) => series === name);
    assertEquals([own[0].share, own.at(-1)!.share], [1, 0]);
    own.forEach(({ share, lower, upper }, i) => {
      assert(i === 0 || share <= own[i - 1].share);
      assert(lower! <= share && share <= upper!);
    });
  }
});

Deno.test("where lower is better, shares are of lower values and the axis is turned", () => {
  const drawn = profiles(rows, { better: "lower" });
  const optimum = drawn.data.values.filter(({ series }) =>
    series === "optimum"
  );
  assertEquals([optimum[0].share, optimum.at(-1)!.share], [0, 1]);
  // Of nine costs, 5, 5.5, 6, 10, 11 and 12 are below any bound from 12 to 20.
  const between = optimum.find(({ threshold }) => threshold > 13)!;
  assertAlmostEquals(between.share, 6 / 9, 1e-3);
  assert(drawn.encoding.x.scale.reverse);
  assertEquals(drawn.layer[1].mark.interpolate, "step-before");
  assertEquals(profiles(rows).layer[1].mark.interpolate, "step-after");
});

Deno.test("methods keep their colors, given colors come first, and others get free ones", () => {
  const renamed = rows.map((row) => ({
    ...row,
    series: row.series === "TD3" ? "TD3" : `${row.series} x`,
  }));
  const { domain, range } = intervals(renamed, {
    colors: { "random x": "#123456" },
  }).hconcat[0].encoding.color.scale;
  assertEquals(domain, ["TD3", "random x", "optimum x"]);
  assertEquals(range.slice(0, 2), [methodColors.TD3, "#123456"]);
  assertEquals(new Set(range).size, 3);
  const many = Array.from({ length: 30 }, (_, i) => (
    { series: `config ${i}`, task: "all", seed: 0, value: i }
  ));
  const { scale, legend } = profiles(many).encoding.color;
  assertEquals(scale.range.length, 30);
  assert(legend.columns! >= 2 && legend.columns! <= 10);
});

Deno.test("the same rows give the same figure, another seed other intervals", () => {
  assertEquals(intervals(rows), intervals(rows));
  const lowers = [0, 1, 2].map((seed) =>
    JSON.stringify(intervals(rows, { seed, resamples: 10 }))
  );
  assert(new Set(lowers).size > 1);
});

Deno.test("rows without a complete seed or without numbers are refused", () => {
  const fails = (given: ScoreRow[], message: string) => {
    assertThrows(() => intervals(given), RangeError, message);
    assertThrows(() => profiles(given), RangeError, message);
  };
  fails([], "rows must be of at least 1 method with a seed that has all tasks");
  fails([{ ...rows[0], value: NaN }], "rows[0].value must be a finite number");
});

Deno.test("a method that breaks constraints is marked in the legend and the subtitle", () => {
  const rows = exampleScoreRows(3);
  const [{ series }] = rows;
  const broken = rows.map((row) =>
    row.series === series ? { ...row, violations: 2 } : row
  );
  const { title, hconcat } = intervals(broken);
  assertEquals(
    hconcat[0].encoding.color.scale.domain[0],
    `${series} (infeasible)`,
  );
  assertEquals(
    hconcat[0].encoding.color.scale.range,
    intervals(rows).hconcat[0].encoding.color.scale.range,
  );
  assert(title.subtitle.at(-1)?.startsWith("Infeasible: "));
  assert(profiles(broken).title.subtitle.at(-1)?.startsWith("Infeasible: "));
});

Deno.test("where a bound leaves a score open, bars and bands reach to it", () => {
  const at = (factor: number): BracketedRow[] =>
    rows.map((row) => ({ ...row, atBound: factor * row.value }));
  const [exact, same, open] = [rows, at(1), at(0.5)].map((own) =>
    intervals(own).hconcat[1].data.values[0]
  );
  assertEquals(same, exact);
  assertEquals([open.estimate, open.upper], [exact.estimate, exact.upper]);
  assertAlmostEquals(open.lower!, exact.lower! / 2, 1e-4 * exact.lower!);
  // A single seed has no interval over seeds: from 5 to 10 at half of it.
  const single = [{
    series: "TD3",
    task: "all",
    seed: 0,
    value: 10,
    atBound: 5,
  }];
  const drawn = intervals(single);
  const [{ estimate, lower, upper }] = drawn.hconcat[0].data.values;
  assertEquals([estimate, lower, upper], [10, 5, 10]);
  assertEquals(
    drawn.title.subtitle[1],
    "One seed a method; bars: what a bound leaves open.",
  );
  // Between both every threshold has a share from 0 to 1.
  const shares = profiles(single).data.values
    .filter(({ threshold }) => threshold > 5.1 && threshold < 9.9);
  assert(shares.length > 0);
  for (const { share, lower, upper } of shares) {
    assertEquals([share, lower, upper], [1, 0, 1]);
  }
});
