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

interface Part {
  readonly width?: unknown;
  readonly mark?: { readonly type?: string; readonly tooltip?: unknown };
  readonly [key: string]: unknown;
}

function partsOf(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== "object" || value === null) return [];
  return [
    value as Part,
    ...Object.entries(value).flatMap(([key, inner]) =>
      key === "data" ? [] : partsOf(inner)
    ),
  ];
}

Deno.test("figures fit into their place, tell their values and suit the dark", async () => {
  const figures = await readSiteFigures(DATA);
  assertEquals(figures.length, 4);
  for (const { name, spec } of figures) {
    const before = JSON.stringify(spec);
    const narrow = pageSpec(spec, { width: 358, dark: true });
    assertEquals(JSON.stringify(spec), before, `${name} is changed`);
    assert(narrow.title.length > 10, name);
    const parts = partsOf(narrow.spec);
    const widths = parts.map(({ width }) => width)
      .filter((width) => typeof width === "number");
    assert(widths.length > 0 && widths.every((width) => width <= 300), name);
    for (const { mark } of parts) {
      if (mark?.type === "point") assert(mark.tooltip !== undefined, name);
    }
    assert(!/"#(000000|1A1A1A)"/.test(JSON.stringify(narrow.spec)), name);
    const wide = pageSpec(spec, { width: 1104, dark: false });
    assert(JSON.stringify(wide.spec).includes('"hconcat"'), name);
  }
});
