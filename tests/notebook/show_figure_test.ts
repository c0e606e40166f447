import { assert, assertEquals } from "@std/assert";
import {
  claimsFigure,
  experimentFigure,
  usersFigure,
} from "../../lib/figures/experiments.ts";
import { type FigureSpec, scalabilityFigure } from "../../lib/figures/mod.ts";
import { readMatrix } from "../../lib/claims/mod.ts";
import { showFigure, showFigureBundles } from "../../lib/notebook/mod.ts";
import { readExperiment } from "../../lib/studies/paper/aggregate.ts";
import { EXPERIMENTS, FIG06_07 } from "../../lib/studies/paper/registry.ts";
import { readScalability } from "../../lib/studies/paper/scalability.ts";
import { fakeFrontEnd } from "./fake_front_end.ts";

const PNG = "image/png";
const VEGA_LITE = "application/vnd.vegalite.v5+json";

const rows = [5, 10, 15].map((users) => (
  { series: "TD3", users, seed: 0, hitRate: 0.4, objective: users }
));
const spec = scalabilityFigure(rows, { profile: "Test", metric: "hitRate" });

/** The paper's figures from the committed data. */
async function* paperFigures(): AsyncGenerator<[string, FigureSpec]> {
  for (const experiment of EXPERIMENTS) {
    const read = await readExperiment("data", experiment, "paper", "test");
    yield [
      experiment.figure,
      experimentFigure(experiment, "paper", read.curves),
    ];
  }
  const users = await readScalability("data", FIG06_07, "paper", "test");
  for (const metric of ["hitRate", "objective"] as const) {
    yield [metric, usersFigure(metric, "paper", users)];
  }
  yield [
    "claims",
    claimsFigure("paper", await readMatrix("data", "paper", "test")),
  ];
}

Deno.test("a figure is shown with a picture, its alternative text and its data, folded", async () => {
  const [figure, data] = await showFigureBundles(spec);
  assertEquals(Object.keys(figure.data), [VEGA_LITE, PNG, "text/plain"]);
  const { alt } = figure.metadata[PNG] as { alt: string };
  assertEquals(alt, spec.description);
  assert(
    String(figure.data["text/plain"]).startsWith(
      "Figure: Hit rate against the number of users\nHit rate",
    ),
  );
  const html = String(data.data["text/html"]);
  assert(
    html.startsWith("<details><summary>Data of the figure (3 rows)</summary>"),
  );
  assert(html.includes("<th>Number of users U</th><th>Hit rate</th>"), html);
  assert(html.endsWith("</table></details>"), html);
  assertEquals((await showFigureBundles(spec, { table: false })).length, 1);
});

Deno.test("a theme is that of specification and picture", async () => {
  const [light] = await showFigureBundles(spec);
  const [dark] = await showFigureBundles(spec, { theme: "dark", text: "Mine" });
  const { config } = dark.data[VEGA_LITE] as FigureSpec;
  assertEquals(config?.background, "#14171A");
  assert(dark.data[PNG] !== light.data[PNG]);
  assert(String(dark.data["text/plain"]).startsWith("Mine\n"));
});

Deno.test("figure and data are sent one after the other", async () => {
  const { frontEnd, sent } = fakeFrontEnd();
  await showFigure(spec, { frontEnd });
  assertEquals(
    sent.map(([type, { data }]) => [type, Object.keys(data as object)]),
    [
      ["display_data", [VEGA_LITE, PNG, "text/plain"]],
      ["display_data", ["text/html", "text/plain"]],
    ],
  );
  await showFigure(spec);
});

Deno.test("what a notebook holds of a figure of the paper leaves room below 600 kB, its data included", async () => {
  for await (const [name, figure] of paperFigures()) {
    const bundles = await showFigureBundles(figure);
    // As nbformat writes them: JSON with an indent of one.
    const bytes = new TextEncoder().encode(JSON.stringify(bundles, null, 1));
    assert(bytes.length < 575_000, `${name}: ${bytes.length}`);
  }
});
