import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import * as vega from "vega";
import { compile } from "vega-lite";
import "../../lib/figures/engine.ts";
import {
  convergenceFigure,
  type FigureSpec,
  fileFigure,
  intervalEstimatesFigure,
  liveCurveFigure,
  performanceProfileFigure,
  renderFigure,
  scalabilityFigure,
  vegaLiteSchema,
  writeFigure,
} from "../../lib/figures/mod.ts";
import {
  exampleRows,
  exampleScoreRows,
  exampleUsersRows,
} from "./example_rows.ts";

const rows = exampleRows({ series: ["TD3", "DDPG"], seeds: 3, episodes: 120 });
const figure = convergenceFigure(rows, { profile: "Quick profile" });

/** Draws a column that the data do not have. */
const faulty: FigureSpec = {
  $schema: vegaLiteSchema,
  data: { values: [{ a: 1 }] },
  mark: "point",
  encoding: { x: { field: "b", type: "quantitative" } },
};

interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface SceneItem {
  items?: SceneItem[];
  marktype?: string;
  bounds?: { x1: number; x2: number; y1: number; y2: number };
  text?: string | string[];
  opacity?: number;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}

const plot = "the plot";

/** Every visible text and every plot of a scene, placed in the whole figure. */
function sceneBoxes(mark: SceneItem, x = 0, y = 0): Box[] {
  return (mark.items ?? []).flatMap((item): Box[] => {
    if (item.items) {
      const { width = 0, height = 0 } = item;
      const left = x + (item.x ?? 0);
      const top = y + (item.y ?? 0);
      const inside = item.items.flatMap((child) =>
        sceneBoxes(child, left, top)
      );
      if (width < 100 || height < 100) return inside;
      const [right, bottom] = [left + width, top + height];
      // The layers of a plot are groups of the same size.
      const texts = inside.filter((box) => box.text !== plot);
      return [{ text: plot, left, right, top, bottom }, ...texts];
    }
    const text = `${item.text ?? ""}`;
    if (mark.marktype !== "text" || item.opacity === 0 || text === "") {
      return [];
    }
    const { x1, x2, y1, y2 } = item.bounds!;
    return [{ text, left: x + x1, right: x + x2, top: y + y1, bottom: y + y2 }];
  });
}

async function figureBoxes(spec: FigureSpec): Promise<Box[]> {
  const view = new vega.View(vega.parse(compile(spec).spec), {
    renderer: "none",
  });
  await view.runAsync();
  const scenegraph = view.scenegraph() as unknown as { root: SceneItem };
  return sceneBoxes(scenegraph.root);
}

Deno.test("a rendered figure has its texts, its typeface and both formats' size", async () => {
  const { svg, png, vegaLiteJson } = await renderFigure(figure);
  for (
    const text of [
      "Convergence of TD3 and DDPG",
      "Quick profile: 120 episodes, 3 seeds a series.",
      "As in the paper: polynomial fit of order 4",
      "Episode return Σₜ r(t)",
      ">Episode<",
      ">DDPG<",
    ]
  ) assertStringIncludes(svg, text);
  assertStringIncludes(svg, 'font-family="DejaVu Sans, Verdana');
  assertEquals(
    JSON.parse(vegaLiteJson),
    JSON.parse(JSON.stringify(fileFigure(figure))),
  );
  assert(vegaLiteJson.endsWith("}\n"));

  const [, width, height] = svg.match(/width="(\d+)" height="(\d+)"/)!;
  assertEquals([...png.slice(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const header = new DataView(png.buffer, png.byteOffset);
  assertEquals(header.getUint32(16), 2 * Number(width));
  assertEquals(header.getUint32(20), 2 * Number(height));
  // A README column is about 830 pixels wide.
  assert(Number(width) > 780 && Number(width) < 840, width);
});

Deno.test("the same specification gives the same bytes, whatever was rendered before", async () => {
  const first = await renderFigure(figure);
  const other = await renderFigure(liveCurveFigure(rows));
  const second = await renderFigure(figure);
  assertEquals(second.svg, first.svg);
  assertEquals(second.png, first.png);
  assertNotEquals(other.svg, first.svg);
});

Deno.test("no text of a figure overlaps another or a plot, whatever the size of the returns", async () => {
  const scaled = (factor: number, series: string[]) =>
    convergenceFigure(
      exampleRows({ series, seeds: 2, episodes: 40 }).map((row) => ({
        ...row,
        episodeReturn: factor * row.episodeReturn,
      })),
      { profile: "Quick profile" },
    );
  const specs = [
    figure,
    scaled(1, ["TD3"]),
    scaled(0, ["TD3", "DDPG"]),
    scaled(1e-4, ["TD3", "DDPG"]),
    scaled(1e3, ["TD3", "DDPG", "PCRAS"]),
    scaled(-3e7, ["TD3", "DDPG", "PCRAS", "GCRAS"]),
    liveCurveFigure(rows),
    liveCurveFigure(rows.slice(0, 1)),
    ...(["hitRate", "objective"] as const).map((metric) =>
      scalabilityFigure(exampleUsersRows(3), {
        profile: "Quick profile",
        metric,
      })
    ),
    ...["", " tau=0.005 batchSize=64"].flatMap((suffix) => {
      const scores = exampleScoreRows(3).map((row) => ({
        ...row,
        series: row.series + suffix,
      }));
      const options = { profile: "Quick profile", score: "Objective G" };
      return [
        intervalEstimatesFigure(scores, options),
        performanceProfileFigure(scores, options),
      ];
    }),
  ];
  for (const spec of specs) {
    const boxes = await figureBoxes(spec);
    assert(boxes.length > 15);
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const apart = a.right <= b.left || b.right <= a.left ||
          a.bottom <= b.top || b.bottom <= a.top;
        assert(apart, `"${a.text}" overlaps "${b.text}"`);
      }
    }
  }
});

Deno.test("titles of panels side by side stand at the same height", async () => {
  const boxes = await figureBoxes(figure);
  const top = (text: string) => boxes.findLast((box) => box.text === text)!.top;
  assertEquals(top("TD3"), top("DDPG"));
  assertEquals(
    top("Mean over seeds"),
    top("As in the paper: polynomial fit of order 4"),
  );
});

Deno.test("a specification that Vega-Lite warns of is no figure", async () => {
  await assertRejects(
    () => renderFigure(faulty),
    Error,
    'Cannot render the figure: Infinite extent for field "b"',
  );
});

Deno.test("writing leaves the three files whole and nothing else", async () => {
  const directory = join(await Deno.makeTempDir(), "figures");
  const small = liveCurveFigure(rows.slice(0, 5));
  await writeFigure(directory, "live", figure);
  const paths = await writeFigure(directory, "live", small);
  assertEquals(paths, {
    vegaLiteJson: join(directory, "live.vl.json"),
    svg: join(directory, "live.svg"),
    png: join(directory, "live.png"),
  });
  const expected = await renderFigure(small);
  assertEquals(
    await Deno.readTextFile(paths.vegaLiteJson),
    expected.vegaLiteJson,
  );
  assertEquals(await Deno.readTextFile(paths.svg), expected.svg);
  assertEquals(await Deno.readFile(paths.png), expected.png);
  const names = [];
  for await (const entry of Deno.readDir(directory)) names.push(entry.name);
  assertEquals(names.toSorted(), ["live.png", "live.svg", "live.vl.json"]);

  await assertRejects(() => writeFigure(directory, "faulty", faulty));
  await assertRejects(
    () => writeFigure(directory, "../escape", small),
    RangeError,
    'name must be letters, digits, "-" and "_", got "../escape"',
  );
  const after = [];
  for await (const entry of Deno.readDir(directory)) after.push(entry.name);
  assertEquals(after.length, 3);
  await Deno.remove(join(directory, ".."), { recursive: true });
});

Deno.test("a file that cannot be replaced is an error and leaves no temporary file", async () => {
  const directory = await Deno.makeTempDir();
  await Deno.mkdir(join(directory, "live.vl.json"));
  await assertRejects(() =>
    writeFigure(directory, "live", liveCurveFigure(rows.slice(0, 5)))
  );
  const names = [];
  for await (const entry of Deno.readDir(directory)) names.push(entry.name);
  assertEquals(names, ["live.vl.json"]);
  await Deno.remove(directory, { recursive: true });
});
