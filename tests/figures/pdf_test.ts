import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { specToSvg } from "../../lib/figures/engine.ts";
import {
  figureFiles,
  fitFigure,
  scalabilityFigure,
} from "../../lib/figures/mod.ts";
import { svgToPdf } from "../../lib/figures/pdf.ts";
import { exampleUsersRows } from "./example_rows.ts";

const spec = await fitFigure(
  scalabilityFigure(exampleUsersRows(3), {
    profile: "Test",
    metric: "objective",
  }),
  { widthPx: 336, fontSizePx: 8 / 0.75 },
);
const pdf = await svgToPdf(await specToSvg(spec));
const text = new TextDecoder("latin1").decode(pdf);

Deno.test("a PDF has the typeface inside, vectors alone, and the figure's size", () => {
  assertEquals(text.slice(0, 5), "%PDF-");
  const fonts = text.match(/\/BaseFont \/\w{6}\+DejaVuSans/g) ?? [];
  const files = text.match(/\/FontFile2 /g) ?? [];
  assert(files.length >= 1 && fonts.length >= files.length);
  assert(!text.includes("/Subtype /Image"));
  // 336 pixels are 252 points.
  assertStringIncludes(text, "/MediaBox [0 0 252 ");
});

Deno.test("the same figure is the same bytes of PDF", async () => {
  assertEquals(await svgToPdf(await specToSvg(spec)), pdf);
});

Deno.test("a figure is the files that are asked for", async () => {
  const files = await figureFiles("fig", spec, ["pdf", "vl.json"]);
  assertEquals([...files.keys()], ["fig.pdf", "fig.vl.json"]);
  assertEquals(files.get("fig.pdf"), pdf);
});
