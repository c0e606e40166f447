import { assert, assertEquals, assertRejects } from "@std/assert";
import { sizeOfSvg, specToSvg } from "../../lib/figures/engine.ts";
import {
  convergenceFigure,
  type FigureSpec,
  fileFigure,
  fitFigure,
  improvementFigure,
  intervalEstimatesFigure,
  learningCurvesFigure,
  metricFigure,
  performanceProfileFigure,
  scalabilityFigure,
} from "../../lib/figures/mod.ts";
import { InputError } from "../../lib/input/input_error.ts";
import {
  exampleRows,
  exampleScoreRows,
  exampleUsersRows,
} from "./example_rows.ts";

const profile = "Quick profile";
const runs = exampleRows({ series: ["TD3", "DDPG"], seeds: 3, episodes: 120 });
const byUsers = scalabilityFigure(exampleUsersRows(3), {
  profile,
  metric: "objective",
});

const FIGURES: Readonly<Record<string, FigureSpec>> = {
  convergence: convergenceFigure(runs, { profile }),
  "learning curves": learningCurvesFigure(
    ["users=5", "users=10"].flatMap((task) =>
      runs.map((row) => ({ ...row, task }))
    ),
    { profile },
  ),
  scalability: byUsers,
  names: metricFigure(
    ["nearest", "random-per-slot", "cached-anywhere"].flatMap((x) =>
      [0, 1, 2].map((seed) => ({ series: "TD3", x, seed, value: 1 + seed }))
    ),
    {
      profile,
      value: { title: "Objective", axis: "Objective G", apart: true },
      x: { field: "place", title: "association", text: "association" },
    },
  ),
  estimates: intervalEstimatesFigure(exampleScoreRows(3), {
    profile,
    score: "Objective G",
  }),
  "performance profile": performanceProfileFigure(exampleScoreRows(3), {
    profile,
    score: "Objective G",
  }),
  improvement: improvementFigure(
    [{ series: "TD3", estimate: 0.7, lower: 0.6, upper: 0.8 }],
    { profile, baseline: "random", metric: "objective G", pairs: "traces" },
  ),
};

/** Sizes of the text of an SVG in points. */
function pointsOf(svg: string): number[] {
  return [...svg.matchAll(/font-size="([\d.]+)px"/g)]
    .map(([, pixels]) => 0.75 * Number(pixels));
}

Deno.test("every figure is as wide as a column, with text that can be read there", async () => {
  for (const [name, spec] of Object.entries(FIGURES)) {
    for (const widthPx of [336, 672]) {
      const fitted = await fitFigure(spec, { widthPx, fontSizePx: 8 / 0.75 });
      const svg = await specToSvg(fitted);
      const { width } = sizeOfSvg(svg);
      assert(width > widthPx - 6 && width <= widthPx, `${name}: ${width}`);
      assert(Math.min(...pointsOf(svg)) >= 6, name);
      assert(!svg.includes("…"), `${name}: a text is cut`);
    }
  }
});

Deno.test("a figure stays as it is where nothing is asked for, and is not changed", async () => {
  const before = JSON.stringify(byUsers);
  const fitted = JSON.stringify(await fitFigure(byUsers, {}));
  assertEquals(fitted, JSON.stringify(fileFigure(byUsers)));
  await fitFigure(byUsers, { widthPx: 336, title: false });
  assertEquals(JSON.stringify(byUsers), before);
});

Deno.test("without a title the figure has no line of it", async () => {
  const svg = await specToSvg(await fitFigure(byUsers, { title: false }));
  assert(!svg.includes("Objective against the number of users"));
  assert(!svg.includes(profile));
  assert(svg.includes("Objective G"));
});

Deno.test("in a narrow column panels and legends stand below each other", async () => {
  const narrow = await fitFigure(byUsers, { widthPx: 336, fontSizePx: 11 });
  assertEquals("vconcat" in narrow && narrow.vconcat.length, 2);
  const wide = await fitFigure(byUsers, { widthPx: 700, fontSizePx: 11 });
  assertEquals("hconcat" in wide && wide.hconcat.length, 2);
});

Deno.test("names of places are all shown in a narrow column", async () => {
  const svg = await specToSvg(await fitFigure(FIGURES.names, { widthPx: 336 }));
  for (const name of ["nearest", "random-per-slot", "cached-anywhere"]) {
    assert(svg.includes(name), name);
  }
});

Deno.test("a column without room for plots is refused", async () => {
  await assertRejects(
    () => fitFigure(byUsers, { widthPx: 150, fontSizePx: 20 }),
    InputError,
    "Cannot fit the figure: width must leave each plot 120 pixels beside its axis",
  );
});
