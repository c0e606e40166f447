import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  renderFigure,
  tornadoFigure,
  type TornadoFigureOptions,
  type TornadoRow,
} from "../../lib/figures/mod.ts";

const OPTIONS: TornadoFigureOptions = {
  title: "What each reading changes",
  xTitle: "G, cloud alone = 1",
};

const ROWS: readonly TornadoRow[] = [
  { series: "optimum", choice: "a = 1", from: 0.5, to: 0.5 },
  { series: "optimum", choice: "b = 1", from: 0.5, to: 0.75 },
  { series: "optimum", choice: "c = 1", from: 0.5, to: 0.4 },
  { series: "random", choice: "a = 1", from: 0.9, to: 0.9 },
  { series: "random", choice: "b = 1", from: 0.9, to: 1 },
  { series: "random", choice: "c = 1", from: 0.9, to: 0.6 },
];

interface Panel {
  title: { text: string };
  data: { values: { choice: string; change: number }[] };
  encoding: {
    y: { scale: { domain: string[] }; axis: { labels: boolean } };
  };
  layer: {
    encoding: { x: { scale?: { domain: number[] }; datum?: number } };
  }[];
}

function drawn(
  rows: readonly TornadoRow[],
): { description: string; hconcat: Panel[] } {
  return JSON.parse(JSON.stringify(tornadoFigure(rows, OPTIONS)));
}

Deno.test("the choice that changes most in any panel is on top of all", () => {
  const { hconcat } = drawn(ROWS);
  assertEquals(hconcat.map(({ title }) => title.text), ["optimum", "random"]);
  for (const { encoding } of hconcat) {
    // Changes: c by 0.3 for random, b by 0.25 for the optimum, a by nothing.
    assertEquals(encoding.y.scale.domain, ["c = 1", "b = 1", "a = 1"]);
  }
  assertEquals(
    hconcat.map(({ encoding }) => encoding.y.axis.labels),
    [true, false],
  );
});

Deno.test("on a logarithmic axis factors count, and halving is as much as doubling", () => {
  const rows = [
    { series: "optimum", choice: "a = 1", from: 1, to: 1.9 },
    { series: "optimum", choice: "b = 1", from: 1, to: 0.5 },
  ];
  const orderOf = (isLog: boolean) => {
    const spec = tornadoFigure(rows, { ...OPTIONS, isLog });
    return (spec as unknown as { hconcat: Panel[] }).hconcat[0].encoding.y.scale
      .domain;
  };
  assertEquals(orderOf(false), ["a = 1", "b = 1"]);
  assertEquals(orderOf(true), ["b = 1", "a = 1"]);
  assertThrows(
    () => tornadoFigure([{ ...rows[0], to: 0 }], { ...OPTIONS, isLog: true }),
    RangeError,
    "values of a logarithmic axis must be above 0, got 0",
  );
});

Deno.test("bars begin at the defaults, and all panels have one axis", () => {
  const { hconcat } = drawn(ROWS);
  assertEquals(
    hconcat.map(({ data }) => data.values.map(({ change }) => change)),
    [[0, 0.25, -0.1], [0, 0.1, -0.3]],
  );
  assertEquals(hconcat.map(({ layer }) => layer[2].encoding.x.datum), [
    0.5,
    0.9,
  ]);
  for (const { layer } of hconcat) {
    assertEquals(layer[0].encoding.x.scale?.domain, [0.4, 1]);
  }
});

Deno.test("the description says which choice changes most, and how", () => {
  assertEquals(
    drawn(ROWS).description,
    'What each reading changes. Panels: optimum and random. G, cloud alone = 1. Of 3 choices "c = 1" changes most: optimum from 0.5 to 0.4 and random from 0.9 to 0.6.',
  );
});

Deno.test("no rows, and numbers that are not finite, are refused", () => {
  assertThrows(() => tornadoFigure([], OPTIONS), RangeError, "at least 1 row");
  assertThrows(
    () => tornadoFigure([{ ...ROWS[0], to: NaN }], OPTIONS),
    RangeError,
    "Cannot draw the tornado chart: rows[0].to must be a finite number, got NaN",
  );
});

Deno.test("every choice is named once, and every panel has its title", async () => {
  const { svg } = await renderFigure(tornadoFigure(ROWS, OPTIONS));
  for (const text of ["a = 1", "b = 1", "c = 1", "optimum", "random"]) {
    assertEquals(svg.split(`>${text}</text>`).length, 2, text);
  }
  assert(svg.includes("#D55E00") && svg.includes("#0072B2"));
});
