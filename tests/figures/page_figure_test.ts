import { assert, assertEquals } from "@std/assert";
import { compile, type TopLevelSpec } from "vega-lite";
import {
  claimsMatrixFigure,
  convergenceFigure,
  type FigureSpec,
  fileFigure,
  improvementFigure,
  intervalEstimatesFigure,
  learningCurvesFigure,
  liveCurveFigure,
  pageFigure,
  pagePartsOf,
  performanceProfileFigure,
  renderFigure,
  scalabilityFigure,
  skillByWorldFigure,
  slotTimelineFigure,
} from "../../lib/figures/mod.ts";
import {
  exampleRows,
  exampleScoreRows,
  exampleUsersRows,
} from "./example_rows.ts";
import { outline } from "./outline.ts";

const profile = "Test";
const runs = exampleRows({ series: ["TD3", "DDPG"], seeds: 3, episodes: 60 });

const FIGURES: Readonly<Record<string, FigureSpec>> = {
  convergence: convergenceFigure(runs, { profile }),
  learning: learningCurvesFigure(
    runs.map((row) => ({ ...row, task: "all" })),
    { profile },
  ),
  live: liveCurveFigure(runs),
  hitRate: scalabilityFigure(exampleUsersRows(3), {
    profile,
    metric: "hitRate",
  }),
  objective: scalabilityFigure(exampleUsersRows(3), {
    profile,
    metric: "objective",
  }),
  estimates: intervalEstimatesFigure(exampleScoreRows(3), {
    profile,
    score: "G",
    resamples: 20,
  }),
  improvement: improvementFigure(
    [{ series: "PCRAS", estimate: 0.9, lower: 0.8, upper: 1 }],
    { profile, baseline: "TD3", metric: "objective G", pairs: "traces" },
  ),
  profiles: performanceProfileFigure(exampleScoreRows(3), {
    profile,
    score: "G",
    resamples: 20,
  }),
  skills: skillByWorldFigure(
    [0.9, -70].map((estimate, k) => ({
      series: ["hold", "TD3"][k],
      world: "charged",
      estimate,
      lower: estimate - 0.1,
      upper: null,
    })),
    { profile },
  ),
  slot: slotTimelineFigure([{
    user: 0,
    isHit: true,
    uplinkTimeS: 2,
    backhaulUplinkTimeS: 0,
    inferenceTimeS: 30,
    backhaulDownlinkTimeS: 0,
    waitTimeS: 0,
    downlinkTimeS: 8,
  }]),
  claims: claimsMatrixFigure([{
    panel: "Trials",
    claim: "TD3 is best",
    reading: "default",
    verdict: "not run",
    inherited: false,
  }], { profile }),
};

/** What Vega-Lite says against a specification, in any of its ways. */
function warningsOf(spec: FigureSpec): string[] {
  const warnings: string[] = [];
  const logger = {
    level: () => logger,
    error: (...text: unknown[]) => (warnings.push(text.join(" ")), logger),
    warn: (...text: unknown[]) => (warnings.push(text.join(" ")), logger),
    info: () => logger,
    debug: () => logger,
  };
  compile(spec, { logger: logger as never });
  return warnings;
}

Deno.test("every figure compiles on pages of both themes without a warning, and says what it shows", () => {
  for (const [name, spec] of Object.entries(FIGURES)) {
    assert(pagePartsOf(spec) !== undefined, name);
    assert(
      String(spec.description).length > 40,
      `${name}: ${spec.description}`,
    );
    for (const theme of ["light", "dark"] as const) {
      const page = pageFigure(spec, { theme });
      assertEquals(warningsOf(page), [], `${name}, ${theme}`);
      assertEquals(page.description, spec.description);
      assertEquals(pagePartsOf(page), undefined);
    }
  }
});

Deno.test("files have neither parameters nor metadata, and no width of a container", async () => {
  for (const [name, spec] of Object.entries(FIGURES)) {
    const text = JSON.stringify(fileFigure(spec));
    for (const word of ['"params"', '"bind"', '"usermeta"', '"container"']) {
      assert(!text.includes(word), `${name}: ${word}`);
    }
  }
  const { vegaLiteJson } = await renderFigure(FIGURES.hitRate);
  assertEquals(
    vegaLiteJson,
    `${JSON.stringify(fileFigure(FIGURES.hitRate), null, 2)}\n`,
  );
});

Deno.test("what is no figure of the house stays as it is", () => {
  const own: FigureSpec = {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    data: { values: [{ x: 1 }] },
    mark: "point",
    encoding: { x: { field: "x", type: "quantitative" } },
    usermeta: { mine: true },
  };
  assertEquals(pageFigure(own, { theme: "dark" }), own);
  assertEquals(fileFigure(own), own);
});

Deno.test("the hit rate on a page has a slider of users, a clickable legend, zoom and values", () => {
  assertEquals(
    outline(fileFigure(FIGURES.hitRate)),
    `hconcat "Hit rate against the number of users"
  layer width 590 x=position color=series
    rule y=lower y2=upper
    line y=mean strokeDash=series
    point y=mean`,
  );
  assertEquals(
    outline(pageFigure(FIGURES.hitRate)),
    `vconcat "Hit rate against the number of users" {place select}
  layer width "container"
    rule x=place color=#1A1A1A
    rule x=position color=series y=lower y2=upper opacity=clicked {zoom0 interval scales} {clicked point legend}
    line x=position color=series y=mean strokeDash=series opacity=clicked
    point x=position color=series y=mean opacity=clicked
    point x=position color=series y=mean opacity=near0_0 tooltip(series users mean lower upper) {near0_0 point}
  layer ""At U = " + place" width "container" y=series color=series
    rule x=lower x2=upper opacity=clicked
    point x=mean opacity=clicked tooltip(series users mean lower upper)`,
  );
});

Deno.test("users that are equally far apart have a range input, others a list", () => {
  const inputOf = (users: readonly number[]) => {
    const rows = users.map((one) => (
      { series: "TD3", users: one, seed: 0, hitRate: 0.4, objective: one }
    ));
    const { params = [] } = pageFigure(
      scalabilityFigure(rows, { profile, metric: "hitRate" }),
    );
    return params.map((
      { bind, value }: { bind?: unknown; value?: unknown },
    ) => (
      { bind, value }
    ));
  };
  const name = "Number of users U ";
  assertEquals(inputOf([5, 10, 15, 20]), [{
    bind: { input: "range", min: 5, max: 20, step: 5, name },
    value: 10,
  }]);
  assertEquals(inputOf([5, 10, 20]), [{
    bind: { input: "select", options: [5, 10, 20], name },
    value: 10,
  }]);
  assertEquals(inputOf([5, 10]), []);
});

Deno.test("curves on a page have a slider of smoothing, and panels below each other", () => {
  const page = pageFigure(FIGURES.convergence);
  assertEquals(
    outline(page),
    `vconcat "Convergence of TD3 and DDPG" {smoothing range}
  layer "TD3" width "container" x=episode
    line y=episodeReturn detail=seed {zoom0 interval scales}
    line y=mean
    point y=mean opacity=near0_0 tooltip(series episode mean lower upper) {near0_0 point}
  layer "DDPG" width "container" x=episode
    line y=episodeReturn detail=seed {zoom1 interval scales}
    line y=mean
    point y=mean opacity=near1_0 tooltip(series episode mean lower upper) {near1_0 point}
  layer "Mean over seeds" width "container" x=episode color=series
    rule x=at y=lower y2=upper opacity=clicked {zoom2 interval scales} {clicked point legend}
    point x=at y=mean opacity=clicked
    line y=mean opacity=clicked
    point y=mean opacity=near2_0 tooltip(series episode mean lower upper) {near2_0 point}
  layer "(width > 0 ? max(containerSize()[0] || 0, min(760, windowSize()[0] - 120)) - 24 : 0) < 560 ? ["As in the paper: polynomial fit of","order 4"] : ["As in the paper: polynomial fit of order 4"]" width "container" x=episode color=series
    rule x=at y=fitLower y2=fitUpper opacity=clicked {zoom3 interval scales}
    point x=at y=fit opacity=clicked
    line y=fit opacity=clicked
    point y=fit opacity=near3_0 tooltip(series episode fit fitLower fitUpper) {near3_0 point}`,
  );
  // 60 episodes in bins of 2: means of 2, 6, 10, 14 and 18.
  assertEquals(page.params, [{
    name: "smoothing",
    value: 2,
    bind: {
      input: "range",
      min: 2,
      max: 18,
      step: 4,
      name: "Episodes in a mean ",
    },
  }]);
  const { vconcat } = JSON.parse(JSON.stringify(page));
  const [head, ...lines]: string[] = vconcat[2].data.values.split("\n");
  assertEquals(head, "series,episode,mean,lower,upper,window");
  assertEquals(lines.length, 5 * 2 * 30);
  const windows = lines.map((line) => line.split(",")[5]);
  assertEquals([...new Set(windows)], ["2", "6", "10", "14", "18"]);
});

Deno.test("several plots are fitted by what vega-embed reads, a single one by Vega-Lite", () => {
  const { autosize, usermeta } = pageFigure(FIGURES.objective);
  assertEquals(autosize, undefined);
  const { embedOptions } = usermeta as {
    embedOptions: { patch: { path: string; value: unknown }[] };
  };
  assertEquals(embedOptions.patch.map(({ path }) => path), [
    "/signals/0/init",
    "/signals/0/on/0/update",
    "/autosize",
    "/title/text",
    "/title/subtitle",
  ]);
  assertEquals(embedOptions.patch[2].value, {
    type: "fit-x",
    contains: "padding",
  });
  assertEquals(pageFigure(FIGURES.profiles).autosize, {
    type: "fit-x",
    contains: "padding",
  });
  // What is patched is the width, of a figure with one plot and with several.
  for (const figure of [FIGURES.objective, FIGURES.profiles]) {
    const { signals } = compile(pageFigure(figure) as TopLevelSpec).spec;
    const [{ name, on }] = signals as {
      name: string;
      on: { events: string }[];
    }[];
    assertEquals([name, on[0].events], ["width", "window:resize"]);
  }
  // The matrix has cells of a size of its own.
  assert(!JSON.stringify(pageFigure(FIGURES.claims)).includes("container"));
});

Deno.test("a value at the pointer has the name of its axis, with its unit", () => {
  const text = JSON.stringify(pageFigure(FIGURES.objective));
  assert(text.includes(
    '{"field":"mean","type":"quantitative","format":".4~r","title":"Objective G"}',
  ));
  assert(text.includes('"title":"G above the optimum, %"}'));
});
