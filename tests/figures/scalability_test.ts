import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import {
  methodColors,
  scalabilityFigure,
  type ScalabilityFigureOptions,
  type UsersRow,
} from "../../lib/figures/mod.ts";
import { exampleUsersRows } from "./example_rows.ts";

interface Point {
  series: string;
  users: number;
  position: number;
  mean: number;
  lower: number | null;
  upper: number | null;
}

interface Drawn {
  title: { text: string; subtitle: string[] };
  hconcat: {
    title?: { text: string };
    data: { values: Point[] };
    encoding: {
      x: { title: string; axis: { values: number[] } };
      color: { scale: { domain: string[]; range: string[] } };
    };
    layer: {
      mark: { type: string };
      encoding: {
        y: { title: string; scale: { domain: number[] } };
        strokeDash?: { scale: { range: number[][] } };
      };
    }[];
  }[];
}

function drawn(
  rows: UsersRow[],
  options: Partial<ScalabilityFigureOptions> = {},
): Drawn {
  return JSON.parse(JSON.stringify(
    scalabilityFigure(rows, { profile: "Test", metric: "hitRate", ...options }),
  ));
}

const rows = exampleUsersRows(3);

Deno.test("the hit rate is one panel of intervals, lines and points", () => {
  const { title, hconcat: [panel, ...more] } = drawn(rows);
  assertEquals(title.text, "Hit rate against the number of users");
  assertEquals(more, []);
  assertEquals(panel.layer.map(({ mark }) => mark.type), [
    "rule",
    "line",
    "point",
  ]);
  assertEquals(panel.encoding.x.title, "Number of users U");
  assertEquals(panel.encoding.x.axis.values, [5, 10, 20]);
  assertEquals(panel.encoding.color.scale, {
    domain: ["TD3", "random", "optimum"],
    range: [methodColors.TD3, methodColors.random, methodColors.optimum],
  });
  const dashes = panel.layer[1].encoding.strokeDash!.scale.range;
  assertEquals(dashes, [[1, 0], [5, 4], [5, 4]]);
});

Deno.test("points are means over seeds with Student's t interval, inside a rate's ends", () => {
  const values = [0.2, 0.3, 0.4];
  const own = values.map((hitRate, seed) => (
    { series: "TD3", users: 5, seed, hitRate, objective: 1 }
  ));
  const [point] = drawn(own).hconcat[0].data.values;
  assertAlmostEquals(point.mean, 0.3, 1e-9);
  // t(0.975, 2) = 4.30265, s = 0.1, n = 3.
  assertAlmostEquals(point.lower!, 0.3 - 4.30265 * 0.1 / Math.sqrt(3), 1e-4);
  const wide = own.map((row) => ({ ...row, hitRate: row.seed === 0 ? 0 : 1 }));
  const [clipped] = drawn(wide).hconcat[0].data.values;
  assertEquals([clipped.lower, clipped.upper], [0, 1]);
});

Deno.test("points of one number of users stand side by side around it, but not on steep lines", () => {
  const { values } = drawn(rows).hconcat[0].data;
  const positions = values.filter(({ users }) => users === 10)
    .map(({ position }) => position);
  assertEquals(positions, [9, 10, 11]);
  const [absolute] = drawn(rows, { metric: "objective" }).hconcat;
  for (const { position, users } of absolute.data.values) {
    assertEquals(position, users);
  }
});

Deno.test("the objective has a second panel, paired with the optimum by seed", () => {
  const { hconcat: [absolute, relative] } = drawn(rows, {
    metric: "objective",
  });
  assertEquals(absolute.layer[1].encoding.y.title, "Objective G");
  assertEquals(relative.layer[1].encoding.y.title, "G above the optimum, %");
  assertEquals(
    [...new Set(relative.data.values.map(({ series }) => series))],
    ["TD3", "random"],
  );
  // TD3 has 1.5 times the optimum's objective on every seed.
  for (const point of relative.data.values) {
    if (point.series !== "TD3") continue;
    assertAlmostEquals(point.mean, 50, 1e-9);
    assertAlmostEquals(point.upper!, 50, 1e-3);
  }
});

Deno.test("without the optimum the objective has one panel, without seeds no interval", () => {
  const one = rows.filter(({ series, seed }) =>
    series !== "optimum" && seed === 0
  );
  const { title, hconcat } = drawn(one, { metric: "objective" });
  assertEquals(hconcat.length, 1);
  assertEquals(hconcat[0].layer.map(({ mark }) => mark.type), [
    "line",
    "point",
  ]);
  assert(title.subtitle[0].endsWith("1 seed, so there is no interval."));
});

Deno.test("what is below the optimum is not cut: its G is no proven bound", () => {
  const [, relative] = drawn(
    rows.map((row) =>
      row.series === "TD3"
        ? { ...row, objective: row.objective * (0.6 + 0.1 * row.seed) }
        : row
    ),
    { metric: "objective" },
  ).hconcat;
  // 0.9, 1.05 and 1.2 times the optimum's: 5 ± 37 %.
  const [point] = relative.data.values;
  assertAlmostEquals(point.mean, 5, 1e-3);
  assertAlmostEquals(point.lower!, 5 - 4.30265 * 15 / Math.sqrt(3), 1e-2);
});

Deno.test("no gap is drawn to an optimum that is no reference", () => {
  for (const label of ["myopic optimum", "approximate optimum"]) {
    const { title, hconcat } = drawn(
      rows.map((row) =>
        row.series === "optimum" ? { ...row, series: label } : row
      ),
      { metric: "objective" },
    );
    assertEquals(hconcat.length, 1);
    assertEquals(
      title.subtitle.at(-1),
      "The optimum is no reference in this world, so no gap is drawn.",
    );
    const { domain, range } = hconcat[0].encoding.color.scale;
    assertEquals([domain[2], range[2]], [label, methodColors.optimum]);
  }
});

Deno.test("a method that breaks constraints is marked, and has no gap", () => {
  const { title, hconcat: [absolute, relative] } = drawn(
    rows.map((row) => row.series === "TD3" ? { ...row, violations: 1 } : row),
    { metric: "objective" },
  );
  const { domain, range } = absolute.encoding.color.scale;
  assertEquals([domain[0], range[0]], ["TD3 (infeasible)", methodColors.TD3]);
  assertEquals(
    new Set(relative.data.values.map(({ series }) => series)),
    new Set(["random"]),
  );
  assert(title.subtitle.at(-1)?.startsWith("Infeasible: "));
});

Deno.test("methods of one's own are solid, get free colors and follow those of the project", () => {
  const { title, hconcat: [panel] } = drawn([
    ...rows.map((row) => ({ ...row, series: `my ${row.series}` })),
    ...rows,
  ]);
  const { domain, range } = panel.encoding.color.scale;
  assertEquals(
    domain,
    ["TD3", "random", "optimum", "my TD3", "my random", "my optimum"],
  );
  assertEquals(range.slice(3), ["#D55E00", "#009E73", "#AA3377"]);
  const dashes = panel.layer[1].encoding.strokeDash!.scale.range;
  assertEquals(dashes.map(([dash]) => dash), [1, 5, 5, 1, 1, 1]);
  const line = "Solid: the methods. Dashed: what gives the scale.";
  assert(title.subtitle[1].startsWith(line), title.subtitle[1]);
});

Deno.test("a method that sees the episode in advance keeps its color, and a line says so", () => {
  const { title, hconcat: [panel] } = drawn(
    rows.map((row) =>
      row.series === "TD3" ? { ...row, series: "TD3 ◇", violations: 1 } : row
    ),
  );
  const { domain, range } = panel.encoding.color.scale;
  assertEquals(
    [domain[0], range[0]],
    ["TD3 ◇ (infeasible)", methodColors.TD3],
  );
  assertEquals(
    title.subtitle.at(-1),
    "◇ sees the whole episode in advance.",
  );
  assert(!drawn(rows).title.subtitle.join().includes("◇"));
});

Deno.test("rows that cannot be drawn are refused with what is wrong", () => {
  const fails = (bad: UsersRow[], message: string) =>
    assertThrows(
      () => drawn(bad, { metric: "objective" }),
      RangeError,
      message,
    );
  fails([], "rows must be at least 1 row, got 0");
  fails(
    [{ ...rows[0], objective: NaN }],
    "rows[0].objective must be a finite number, got NaN",
  );
  fails(
    rows.filter(({ series, seed }) => series !== "optimum" || seed !== 1),
    'series "optimum" must have users 5 with seed 1',
  );
});

Deno.test("the gap to the optimum is drawn alone where it is asked for", () => {
  const spec = drawn(rows, { metric: "objective", show: "gap" });
  assertEquals(spec.hconcat.length, 1);
  const [{ data: { values } }] = spec.hconcat;
  const at = (series: string) =>
    rows.filter((row) => row.series === series && row.users === rows[0].users);
  const best = at("optimum");
  const gaps = at("TD3").map(({ seed, objective }) =>
    100 * (objective / best.find((row) => row.seed === seed)!.objective - 1)
  );
  const mean = gaps.reduce((sum, gap) => sum + gap) / gaps.length;
  const point = values.find(({ series, users }) =>
    series === "TD3" && users === rows[0].users
  );
  assert(gaps.length > 1);
  assertAlmostEquals(point!.mean, mean, 1e-4 * mean);
});
