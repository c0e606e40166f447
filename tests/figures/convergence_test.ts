import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import {
  convergenceCurves,
  convergenceFigure,
  type ConvergenceFigureOptions,
  type ConvergenceRow,
  methodColors,
  vegaLiteSchema,
} from "../../lib/figures/mod.ts";
import { exampleRows } from "./example_rows.ts";

interface Layer {
  data?: { values?: string; name?: string; format?: unknown };
  mark: {
    type: string;
    color?: string;
    opacity?: number;
    strokeWidth?: number;
  };
  encoding: Record<string, { field: string; title?: string }>;
}

interface Panel {
  title: { text: string; color: string };
  data?: { name: string };
  encoding: {
    x: { field: string; title: string; scale: { domain: number[] } };
    color?: { field: string; scale: { domain: string[]; range: string[] } };
  };
  layer: Layer[];
}

interface Drawn {
  $schema: string;
  title: { text: string; subtitle: string[] };
  datasets: Record<string, Record<string, number | string | null>[]>;
  vconcat: { hconcat: Panel[] }[];
}

/** The specification as a front end reads it. */
function drawn(
  rows: ConvergenceRow[],
  options: Partial<ConvergenceFigureOptions> = {},
): Drawn {
  return JSON.parse(
    JSON.stringify(convergenceFigure(rows, { profile: "Test", ...options })),
  );
}

const rows = exampleRows({ series: ["TD3", "DDPG"], seeds: 3, episodes: 60 });

Deno.test("the figure shows runs of each series, then means and fits", () => {
  const spec = drawn(rows);
  assertEquals(spec.$schema, vegaLiteSchema);
  assertEquals(spec.title.text, "Convergence of TD3 and DDPG");
  const [runs, curves] = spec.vconcat.map((row) => row.hconcat);
  assertEquals(spec.vconcat.length, 2);
  assertEquals(runs.map((panel) => panel.title.text), ["TD3", "DDPG"]);
  assertEquals(curves.map((panel) => panel.title.text), [
    "Mean over seeds",
    "As in the paper: polynomial fit of order 4",
  ]);
  for (const panel of runs) {
    const [thin, mean] = panel.layer;
    assertEquals([thin.mark.type, mean.mark.type], ["line", "line"]);
    assertEquals(thin.encoding.y.field, "episodeReturn");
    assertEquals(thin.encoding.detail.field, "seed");
    assertEquals(mean.encoding.y.field, "mean");
    assert(thin.mark.strokeWidth! < mean.mark.strokeWidth!);
    assert(thin.mark.opacity! < 0.5);
  }
  // Two bands would lie over each other: bars stand side by side.
  const layers = curves.map(({ data, layer }) => [
    data!.name,
    layer.map(({ data, mark, encoding }) => [
      data?.name,
      mark.type,
      encoding.x?.field,
      encoding.y.field,
      encoding.y2?.field,
    ]),
  ]);
  assertEquals(layers, [
    ["means", [
      ["meanBars", "rule", "at", "lower", "upper"],
      ["meanBars", "point", "at", "mean", undefined],
      [undefined, "line", undefined, "mean", undefined],
    ]],
    ["fits", [
      ["fitBars", "rule", "at", "fitLower", "fitUpper"],
      ["fitBars", "point", "at", "fit", undefined],
      [undefined, "line", undefined, "fit", undefined],
    ]],
  ]);
});

Deno.test("a single series has the band of its interval", () => {
  const spec = drawn(rows.filter(({ series }) => series === "TD3"));
  for (const { layer } of spec.vconcat[1].hconcat) {
    assertEquals(layer.map(({ mark }) => mark.type), [
      "area",
      "line",
      "line",
      "line",
    ]);
  }
  assertEquals(Object.keys(spec.datasets), ["means", "fits"]);
});

Deno.test("bars are the intervals of the curves at eight places, side by side", () => {
  const { meanBars, means } = drawn(rows).datasets;
  assertEquals(meanBars.length, 2 * 8);
  // Thirty bins of two episodes: every 3.75th from the middle of the first part on.
  const own = means.filter(({ series }) => series === "DDPG");
  const bars = meanBars.filter(({ series }) => series === "DDPG");
  const chosen = [1, 5, 9, 13, 16, 20, 24, 28].map((place) => own[place]);
  for (const [k, { at, ...bar }] of bars.entries()) {
    assertEquals(bar, chosen[k]);
    // The first two are 8 episodes apart; two series stand 0.13 of that apart.
    assertAlmostEquals(Number(at), Number(bar.episode) + 0.52, 1e-4);
  }
});

Deno.test("every axis has a title, and the horizontal ones end with the training", () => {
  for (const { hconcat } of drawn(rows).vconcat) {
    for (const panel of hconcat) {
      assertEquals(panel.encoding.x.title, "Episode");
      assertEquals(panel.encoding.x.scale.domain, [1, 60]);
      for (const layer of panel.layer) {
        assertEquals(layer.encoding.y.title, "Episode return Σₜ r(t)");
      }
    }
  }
});

Deno.test("series have the colors of their methods, in the order of the registry", () => {
  const spec = drawn(rows.toReversed());
  const [runs, curves] = spec.vconcat.map((row) => row.hconcat);
  assertEquals(runs.map((panel) => panel.title.color), [
    methodColors.TD3,
    methodColors.DDPG,
  ]);
  assertEquals(runs.map((panel) => panel.layer[0].mark.color), [
    methodColors.TD3,
    methodColors.DDPG,
  ]);
  for (const panel of curves) {
    assertEquals(panel.encoding.color!.field, "series");
    assertEquals(panel.encoding.color!.scale, {
      domain: ["TD3", "DDPG"],
      range: [methodColors.TD3, methodColors.DDPG],
    });
  }
});

Deno.test("the data are the rows and the curves of the rows, to five and six digits", () => {
  const spec = drawn(rows);
  const values = spec.vconcat[0].hconcat[1].layer[0].data!.values!.split("\n");
  assertEquals(values[0], "seed,episode,episodeReturn");
  const own = rows.filter((row) => row.series === "DDPG");
  assertEquals(values.length, own.length + 1);
  for (const [i, line] of values.slice(1).entries()) {
    const [seed, episode, episodeReturn] = line.split(",").map(Number);
    assertEquals([seed, episode], [own[i].seed, own[i].episode]);
    assertAlmostEquals(episodeReturn, own[i].episodeReturn, 5e-5);
  }
  const means = convergenceCurves(rows, { binEpisodes: 2 });
  assertEquals(spec.datasets.means.length, means.length);
  for (const [i, point] of spec.datasets.means.entries()) {
    assertEquals(Object.keys(point), [
      "series",
      "episode",
      "mean",
      "lower",
      "upper",
    ]);
    assertEquals([point.series, point.episode], [
      means[i].series,
      means[i].episode,
    ]);
    assertAlmostEquals(Number(point.mean), means[i].mean, 5e-6);
    assertAlmostEquals(Number(point.lower), means[i].lower!, 5e-6);
    assertAlmostEquals(Number(point.upper), means[i].upper!, 5e-6);
  }
});

Deno.test("the drawn fit is the least-squares polynomial, from the first episode to the last", () => {
  // Four powers through five episodes leave no residual.
  const returns = [-8, -7.5, -7.75, -7, -7.25];
  const spec = drawn(
    returns.map((episodeReturn, i) => ({
      series: "TD3",
      seed: 1,
      episode: i + 1,
      episodeReturn,
    })),
  );
  assertEquals(spec.datasets.fits.map((point) => point.fit), returns);
  const long = drawn(exampleRows({ series: ["TD3"], seeds: 2, episodes: 803 }));
  const episodes = long.datasets.fits.map((point) => Number(point.episode));
  assertEquals([episodes[0], episodes.at(-1)], [1, 803]);
  assert(episodes.length <= 101);
});

Deno.test("the subtitle says profile, episodes, seeds, bins and interval", () => {
  const lines = (series: string[], seeds: number, episodes: number) =>
    drawn(exampleRows({ series, seeds, episodes }), {
      profile: "Quick profile",
    })
      .title.subtitle;
  assertEquals(lines(["TD3", "DDPG"], 5, 800), [
    "Quick profile: 800 episodes, 5 seeds a series.",
    "Thin lines: single runs. Thick lines: mean over seeds in bins of 20 episodes. Bars: 95 % intervals of the mean, side by side.",
  ]);
  assertEquals(lines(["TD3"], 3, 40), [
    "Quick profile: 40 episodes, 3 seeds.",
    "Thin lines: single runs. Thick lines: mean over seeds. Band: 95 % interval of the mean.",
  ]);
  assertEquals(lines(["TD3"], 1, 300), [
    "Quick profile: 300 episodes, 1 seed.",
    "Thin lines: single runs. Thick lines: means of 10 episodes. One run a series, so there is no interval.",
  ]);
  assertEquals(lines(["TD3"], 1, 50), [
    "Quick profile: 50 episodes, 1 seed.",
    "One run a series, so there is no interval.",
  ]);
  const uneven = [
    ...exampleRows({ series: ["TD3"], seeds: 3, episodes: 20 }),
    ...exampleRows({ series: ["DDPG"], seeds: 1, episodes: 10 }),
  ];
  assertEquals(
    drawn(uneven).title.subtitle[0],
    "Test: 10 to 20 episodes, 1 to 3 seeds a series.",
  );
});

Deno.test("a single run has neither band nor mean", () => {
  const spec = drawn(exampleRows({ series: ["TD3"], seeds: 1, episodes: 50 }));
  const marks = spec.vconcat.map(({ hconcat }) =>
    hconcat.map((panel) => panel.layer.map((layer) => layer.mark.type))
  );
  assertEquals(marks, [[["line"]], [["line"], ["line"]]]);
});

Deno.test("options set title, order, bins and the colors of other series", () => {
  const names = ["actor 1e-5, critic 1e-3", "actor 2e-5", "c", "d"];
  const colors = Object.fromEntries(
    names.map((name, i) => [name, `#00000${i}`]),
  );
  const spec = drawn(exampleRows({ series: names, seeds: 2, episodes: 40 }), {
    title: "Learning rates",
    order: 2,
    binEpisodes: 8,
    colors,
  });
  assertEquals(spec.title.text, "Learning rates");
  assertEquals(spec.datasets.means.length, 4 * 5);
  // Four series stand in two rows of two, above means and fits.
  assertEquals(spec.vconcat.map((row) => row.hconcat.length), [2, 2, 2]);
  const curves = spec.vconcat[2].hconcat;
  assertEquals(curves[0].encoding.color!.scale.range, Object.values(colors));
  assertEquals(
    curves[1].title.text,
    "As in the paper: polynomial fit of order 2",
  );
});

Deno.test("800 episodes of 4 series and 5 seeds stay below half a megabyte", () => {
  const series = ["TD3", "DDPG", "PCRAS", "GCRAS"];
  const many = exampleRows({ series, seeds: 5, episodes: 800 });
  const text = JSON.stringify(convergenceFigure(many, { profile: "Test" }));
  assert(text.length < 500_000, `${text.length}`);
});

Deno.test("rows that cannot be drawn are refused with what is wrong", () => {
  const fails = (bad: ConvergenceRow[], message: string) =>
    assertThrows(() => drawn(bad), RangeError, message);
  fails(
    [],
    "Cannot draw the convergence figure: rows must be at least 1 row, got 0",
  );
  fails(
    [{ ...rows[0], episodeReturn: -Infinity }],
    "rows[0].episodeReturn must be a finite number, got -Infinity",
  );
  fails(rows.slice(0, 61), 'series "TD3", seed 1 must have the 60 episodes');
});

Deno.test("a reading of the ledger's convergenceCurve shows only its panels", () => {
  const titles = (curves: "all" | "raw" | "mean" | "fit") =>
    drawn(rows, { curves }).vconcat.flatMap((row) =>
      row.hconcat.map((panel) => panel.title.text)
    );
  const fit = "As in the paper: polynomial fit of order 4";
  assertEquals(titles("raw"), ["TD3", "DDPG"]);
  assertEquals(titles("mean"), ["Mean over seeds"]);
  assertEquals(titles("fit"), [fit]);
  assertEquals(titles("all"), ["TD3", "DDPG", "Mean over seeds", fit]);
  const [runs] = drawn(rows, { curves: "raw" }).vconcat[0].hconcat;
  assertEquals(runs.layer.length, 1);
});
