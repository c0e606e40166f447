import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type LineRow,
  linesFigure,
  type LinesFigureOptions,
  renderFigure,
} from "../../lib/figures/mod.ts";

const OPTIONS: LinesFigureOptions = {
  title: "Costs of sets",
  xTitle: "Models",
  yTitle: "Objective G",
};

const ROWS: readonly LineRow[] = [
  { series: "U = 10", x: 0, y: 4, panel: "paper" },
  { series: "U = 10", x: 1, y: 1.23456789, panel: "paper", isMarked: true },
  { series: "U = 20", x: 0, y: 8, panel: "balanced" },
  { series: "U = 20", x: 2, y: 6, panel: "balanced" },
];

interface Panel {
  title?: { text: string };
  data: { values: Record<string, unknown>[] };
  encoding: {
    x: { axis: { format?: string }; scale: { domain: number[] } };
    y: { scale: { zero: boolean } };
    color: { scale: { domain: string[]; range: string[] } };
  };
  layer: { encoding?: { strokeDash?: { scale: { range: number[][] } } } }[];
}

function drawn(
  rows: readonly LineRow[],
  options: Partial<LinesFigureOptions> = {},
): { description: string; hconcat: Panel[] } {
  return JSON.parse(
    JSON.stringify(linesFigure(rows, { ...OPTIONS, ...options })),
  );
}

Deno.test("every panel has its own points, and lines keep their colors", () => {
  const { hconcat } = drawn(ROWS);
  assertEquals(hconcat.map(({ title }) => title?.text), ["paper", "balanced"]);
  assertEquals(hconcat[0].data.values, [
    { series: "U = 10", x: 0, y: 4 },
    { series: "U = 10", x: 1, y: 1.23457, isMarked: true },
  ]);
  assertEquals(hconcat[1].data.values.length, 2);
  for (const { encoding } of hconcat) {
    assertEquals(encoding.color.scale.domain, ["U = 10", "U = 20"]);
    assertEquals(encoding.color.scale.range, ["#0072B2", "#D55E00"]);
  }
  assertEquals(hconcat[1].encoding.x.scale.domain, [0, 2]);
});

Deno.test("points are ringed where they are marked, and there alone", () => {
  const [marked, plain] = drawn(ROWS).hconcat;
  assertEquals([marked.layer.length, plain.layer.length], [3, 2]);
});

Deno.test("whole places are written without a point, others as they are", () => {
  const formatOf = (rows: readonly LineRow[]) =>
    drawn(rows).hconcat[0].encoding.x.axis.format;
  assertEquals(formatOf(ROWS), "d");
  assertEquals(formatOf([{ series: "a", x: 0.5, y: 1 }]), undefined);
});

Deno.test("bounds are dashed, and the axis begins at 0 if it is asked to", () => {
  const { hconcat: [panel] } = drawn(ROWS, {
    dashed: ["U = 20"],
    fromZero: true,
  });
  assertEquals(
    panel.layer[0].encoding?.strokeDash?.scale.range,
    [[1, 0], [5, 4]],
  );
  assertEquals(panel.encoding.y.scale.zero, true);
});

Deno.test("the description names lines, panels, axes and ranges", () => {
  assertEquals(
    drawn(ROWS).description,
    "Costs of sets. Lines: U = 10 and U = 20. Panels: paper and balanced. Models from 0 to 2, Objective G from 1.23 to 8.",
  );
});

Deno.test("no rows, and numbers that are not finite, are refused", () => {
  assertThrows(() => linesFigure([], OPTIONS), RangeError, "at least 1 row");
  assertThrows(
    () => linesFigure([{ series: "a", x: 0, y: Infinity }], OPTIONS),
    RangeError,
    "Cannot draw the lines: rows[0].y must be a finite number, got Infinity",
  );
});

Deno.test("lines are drawn with their names in the legend", async () => {
  const { svg } = await renderFigure(linesFigure(ROWS, OPTIONS));
  for (const text of ["U = 10", "U = 20", "balanced"]) {
    assert(svg.includes(`>${text}</text>`), text);
  }
});
