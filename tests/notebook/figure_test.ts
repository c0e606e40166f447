import { assertEquals } from "@std/assert";
import { displayFigure, figureBundle } from "../../lib/notebook/mod.ts";
import { fakeFrontEnd } from "./fake_front_end.ts";

const spec = {
  $schema: "https://vega.github.io/schema/vega-lite/v5.json",
  mark: "line",
};

/** The head of a PNG of 600 by 400 pixels (RFC 2083: signature, IHDR). */
const png = Uint8Array.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ...[0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  ...[0, 0, 2, 88, 0, 0, 1, 144],
]);

Deno.test("a figure is one bundle of Vega-Lite, PNG and text, sized as on the page", () => {
  assertEquals(figureBundle({ spec, png, text: "Figure 5" }), {
    data: {
      "application/vnd.vegalite.v5+json": spec,
      "image/png": "iVBORw0KGgoAAAANSUhEUgAAAlgAAAGQ",
      "text/plain": "Figure 5",
    },
    metadata: { "image/png": { width: 300, height: 200, alt: "Figure 5" } },
  });
});

Deno.test("a figure's description is the picture's alternative text", () => {
  const described = { ...spec, description: "A line that rises." };
  const { data, metadata } = figureBundle({
    spec: described,
    png,
    text: "Fig",
  });
  assertEquals(data["text/plain"], "Fig\nA line that rises.");
  assertEquals(metadata, {
    "image/png": { width: 300, height: 200, alt: "A line that rises." },
  });
});

Deno.test("a PNG that is part of a larger buffer is read at its own offset", () => {
  const larger = new Uint8Array([1, 2, 3, ...png, 9]);
  const part = larger.subarray(3, 3 + png.length);
  assertEquals(
    figureBundle({ spec, png: part, text: "", pixelRatio: 1 }).metadata,
    { "image/png": { width: 600, height: 400 } },
  );
});

Deno.test("a figure without PNG has neither image nor size", () => {
  assertEquals(figureBundle({ spec, text: "draft" }), {
    data: { "application/vnd.vegalite.v5+json": spec, "text/plain": "draft" },
    metadata: {},
  });
});

Deno.test("a figure is sent in one message, and nowhere outside a kernel", async () => {
  const { frontEnd, sent } = fakeFrontEnd();
  await displayFigure({ spec, text: "draft" }, { frontEnd });
  assertEquals(sent, [[
    "display_data",
    { ...figureBundle({ spec, text: "draft" }), transient: {} },
  ]]);
  await displayFigure({ spec, text: "draft" });
});
