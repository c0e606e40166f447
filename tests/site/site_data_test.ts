import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { pageSpec } from "../../docs/site/page_spec.ts";
import { readSiteClaims, readSiteFigures } from "../../lib/cli/site_data.ts";
import { CLAIMS, PAPER_WORDS, readMatrix } from "../../lib/claims/mod.ts";

const DATA = fileURLToPath(new URL("../../data", import.meta.url));

Deno.test("every claim has the paper's words, and the numbers in both are the same", () => {
  assertEquals(
    Object.keys(PAPER_WORDS).toSorted(),
    CLAIMS.map(({ key }) => key).toSorted(),
  );
  for (const { key, text } of CLAIMS) {
    const words = PAPER_WORDS[key].replaceAll("%", " %");
    for (const [number] of text.matchAll(/\d+\.\d+|\de-\d/g)) {
      assert(words.includes(number), `${key}: ${number}`);
    }
  }
});

Deno.test("the claims page shows the matrix of docs/readings.md", async () => {
  const { claims, readings, cells } = await readSiteClaims(DATA);
  const matrix = await readMatrix(DATA, "paper");
  assertEquals(cells.length, claims.length * readings.length);
  assertEquals(
    cells.map(({ claim, reading, verdict }) => [claim, reading, verdict]),
    matrix.map((one) => [one.claim.key, one.reading.key, one.verdict]),
  );
  // A number that JSON cannot hold would be shown as missing.
  for (const { interval } of cells) {
    for (const end of Object.values(interval ?? {})) {
      assert(Number.isFinite(end), `${end}`);
    }
  }
});

Deno.test("figures say their words as text, and are finished for both grounds", async () => {
  const figures = await readSiteFigures(DATA);
  assertEquals(figures.length, 4);
  for (const { name, spec } of figures) {
    const before = JSON.stringify(spec);
    const [light, dark] = [false, true].map((dark) => pageSpec(spec, { dark }));
    assertEquals(JSON.stringify(spec), before, `${name} is changed`);
    assert(light.title.length > 10, name);
    assert(light.lines.join(" ").includes("Point at it for values"), name);
    assertEquals(light.lines, dark.lines);
    assert(JSON.stringify(light.spec) !== JSON.stringify(dark.spec), name);
    assertEquals(light.spec.title, undefined);
  }
});
