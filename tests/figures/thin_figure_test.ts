import { assert, assertEquals } from "@std/assert";
import { convergenceFigure } from "../../lib/figures/mod.ts";
import { THIN_NOTE, thinFigure } from "../../lib/figures/thin_figure.ts";
import { exampleRows } from "./example_rows.ts";

const rows = exampleRows({ series: ["TD3"], seeds: 2, episodes: 400 });
const spec = convergenceFigure(rows, { profile: "Test" });

interface Drawn {
  title: { subtitle: string[] };
  datasets: unknown;
  vconcat: { hconcat: { layer: { data: { values: string } }[] }[] }[];
}

const drawn = (figure: unknown): Drawn => JSON.parse(JSON.stringify(figure));
const runsOf = (figure: unknown) =>
  drawn(figure).vconcat[0].hconcat[0].layer[0].data.values.split("\n").slice(1);

Deno.test("runs of a figure are thinned to their peaks, and the subtitle says so", () => {
  const thinned = thinFigure(spec, 40);
  const lines = runsOf(thinned);
  // Ten parts a run, each with its least and its greatest return.
  assertEquals(lines.length, 40);
  const returns = (text: readonly string[]) =>
    text.map((line) => Number(line.split(",")[2]));
  assertEquals(
    Math.max(...returns(lines)),
    Math.max(...returns(runsOf(spec))),
  );
  assert(drawn(thinned).title.subtitle.includes(THIN_NOTE));
  assertEquals(drawn(thinned).datasets, drawn(spec).datasets);
});

Deno.test("a figure of few points stays as it is", () => {
  assertEquals(drawn(thinFigure(spec, 800)), drawn(spec));
});
