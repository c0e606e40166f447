import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  learningCurvesFigure,
  metricFigure,
  type MetricRow,
} from "../../lib/figures/mod.ts";
import { thinRuns } from "../../lib/figures/thin_runs.ts";
import { exampleRows } from "./example_rows.ts";

interface Drawn {
  hconcat: {
    data: { values: { series: string; position: number; place: unknown }[] };
    encoding: {
      x: {
        axis: { values: number[]; format?: string; labelExpr?: string };
        scale: { type?: string; domain: number[] };
      };
    };
    layer: { mark: { type: string } }[];
  }[];
}

function drawn(rows: readonly MetricRow[]): Drawn {
  return JSON.parse(JSON.stringify(metricFigure(rows, {
    profile: "Test",
    value: { title: "Objective", axis: "Objective G", apart: true },
    x: { field: "place", title: "key", text: "key" },
  })));
}

function rowsAt(places: readonly (number | string)[]): MetricRow[] {
  return ["TD3", "DDPG"].flatMap((series) =>
    places.flatMap((x) =>
      [0, 1].map((seed) => ({ series, x, seed, value: seed }))
    )
  );
}

Deno.test("numbers that span a factor of 50 have a logarithmic axis, on which points stand as far aside everywhere", () => {
  const { hconcat: [{ data, encoding }] } = drawn(rowsAt([1e-3, 1e-5, 1e-4]));
  assertEquals(encoding.x.scale.type, "log");
  assertEquals(encoding.x.axis.values, [1e-5, 1e-4, 1e-3]);
  assertEquals(encoding.x.axis.format, "~g");
  // Two series, 0.4 of a decade apart.
  const ratios = [0, 1, 2].map((i) =>
    data.values[i + 3].position / data.values[i].position
  );
  for (const ratio of ratios) assertAlmostEquals(ratio, 10 ** 0.4, 1e-3);
  assertEquals(
    drawn(rowsAt([5, 10])).hconcat[0].encoding.x.scale.type,
    undefined,
  );
});

Deno.test("names are places in their order, which no line connects", () => {
  const { hconcat: [{ data, encoding, layer }] } = drawn(rowsAt(["b", "a"]));
  assertEquals(encoding.x.axis.values, [0, 1]);
  assertEquals(encoding.x.axis.labelExpr, '["b","a"][datum.value]');
  assertEquals(layer.map(({ mark }) => mark.type), ["rule", "point"]);
  assertEquals(data.values.map(({ place }) => place), ["b", "a", "b", "a"]);
});

Deno.test("long runs keep their peaks when they are thinned, and short ones are whole", () => {
  const rows = exampleRows({ series: ["TD3"], seeds: 2, episodes: 1000 });
  const peak = { ...rows[777], episodeReturn: 99 };
  const given = rows.with(777, peak);
  const thin = thinRuns(given, 200);
  assertEquals(thin.length <= 200, true);
  assertEquals(thin.includes(peak), true);
  assertEquals(thinRuns(given, 2000), given);
});

Deno.test("learning curves have a panel a world, and an episode's mean over seeds", () => {
  const rows = ["users=5", "users=10"].flatMap((task, k) =>
    [0, 1].flatMap((seed) =>
      [1, 2, 3].map((episode) => (
        { task, series: "TD3", seed, episode, episodeReturn: k + seed }
      ))
    )
  );
  const { vconcat: [{ hconcat }] } = JSON.parse(JSON.stringify(
    learningCurvesFigure(rows, { profile: "Test" }),
  ));
  assertEquals(
    hconcat.map(({ title }: { title: { text: string } }) => title.text),
    ["users=5", "users=10"],
  );
  const means = (k: number) =>
    hconcat[k].data.values.map(({ mean }: { mean: number }) => mean);
  assertEquals([means(0), means(1)], [[0.5, 0.5, 0.5], [1.5, 1.5, 1.5]]);
});
