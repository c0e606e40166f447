import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  claimsFigure,
  claimsMatrixFigure,
  type MatrixRow,
  outcomeLooks,
  renderFigure,
} from "../../lib/figures/mod.ts";
import { CLAIMS, READINGS, VERDICT_SIGNS } from "../../lib/claims/mod.ts";

interface Cell {
  claim: string;
  reading: string;
  outcome: string;
  sign: string;
  inherited: boolean;
  ink: string;
}

interface Drawn {
  title: { subtitle: string[] };
  hconcat: {
    title: { text: string };
    data: { values: Cell[] };
    encoding: { y: { sort: string[]; axis: unknown } };
    layer: {
      encoding: {
        fill?: { scale: { domain: string[]; range: string[] } };
      };
    }[];
  }[];
}

function drawn(rows: readonly MatrixRow[]): Drawn {
  return JSON.parse(
    JSON.stringify(claimsMatrixFigure(rows, { profile: "Test" })),
  );
}

const verdicts = [
  "reproduced",
  "contradicted",
  "undetermined",
  "not run",
] as const;

const rows: MatrixRow[] = ["first", "second"].flatMap((panel) =>
  ["default", `another of ${panel}`].flatMap((reading, r) =>
    ["claim B", "claim A"].map((claim, c): MatrixRow => ({
      panel,
      claim,
      reading,
      verdict: verdicts[2 * r + c],
      inherited: r === 1,
    }))
  )
);

Deno.test("every panel has a cell per claim and reading, claims in the order of the rows", () => {
  const { hconcat, title } = drawn(rows);
  assertEquals(hconcat.map((panel) => panel.title.text), ["first", "second"]);
  assert(title.subtitle[0].startsWith("Test: "));
  for (const [i, { data, encoding }] of hconcat.entries()) {
    assertEquals(data.values.length, 4);
    assertEquals(encoding.y.sort, ["claim B", "claim A"]);
    // Claims are named once, on the left.
    assertEquals(encoding.y.axis === null, i > 0);
  }
});

Deno.test("a verdict has a sign and a color of its own, in cells and legend alike", () => {
  const [{ data, layer }] = drawn(rows).hconcat;
  assertEquals(data.values.map(({ outcome }) => outcome), [
    "✓ reproduced",
    "✗ contradicted",
    "? undetermined",
    "– not run",
  ]);
  const { domain, range } = layer[0].encoding.fill!.scale;
  assertEquals(domain, data.values.map(({ outcome }) => outcome));
  assertEquals(new Set(range).size, verdicts.length);
  assertEquals(
    Object.fromEntries(
      Object.entries(outcomeLooks).map((
        [verdict, { sign }],
      ) => [verdict, sign]),
    ),
    VERDICT_SIGNS,
  );
});

/** Relative luminance of an sRGB color (WCAG 2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const value = parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

Deno.test("signs stand out from their cells, full or pale", () => {
  const contrast = (a: string, b: string) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  for (const [verdict, { color, ink }] of Object.entries(outcomeLooks)) {
    // WCAG 2 asks for 3 : 1 of large text.
    assert(contrast(color, ink) > 3, verdict);
  }
  const { values } = drawn(rows).hconcat[0].data;
  for (const { inherited, ink } of values) {
    if (inherited) assert(contrast("#FFFFFF", ink) > 7);
  }
});

Deno.test("rows that cannot be drawn are refused with what is wrong", () => {
  const fails = (bad: MatrixRow[], message: string) =>
    assertThrows(() => drawn(bad), RangeError, message);
  fails([], "rows must be at least 1 row, got 0");
  fails([rows[0], rows[0]], 'one row for "claim B" under "default" of "first"');
  fails(
    [{ ...rows[0], verdict: "proven" as "reproduced" }],
    'verdict must be one of reproduced, contradicted, undetermined, not run, got "proven"',
  );
});

Deno.test("the matrix of all claims and readings renders", async () => {
  const cells = READINGS.flatMap((reading) =>
    CLAIMS.map((claim, i) => ({
      claim,
      reading,
      verdict: verdicts[i % 4],
      inherited: i % 3 === 0,
      seeds: 3,
      reason: "",
    }))
  );
  const { svg } = await renderFigure(claimsFigure("quick", cells));
  for (const { text } of CLAIMS) {
    assert(
      svg.includes(text.replaceAll("'", "&#39;")) || svg.includes(text),
      text,
    );
  }
  assert(svg.includes("Quick profile"));
});
