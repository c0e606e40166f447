import { assertEquals } from "@std/assert";
import { entryOf, indexText } from "../../lib/cli/notebook_index.ts";
import type { Cell, Notebook } from "../../lib/kernel/mod.ts";

const VEGA_LITE = "application/vnd.vegalite.v5+json";

function cell(source: string, tags: string[] = [], mark = ""): Cell {
  const data = { [VEGA_LITE]: { mark }, "text/plain": `A ${mark}\nof it.` };
  return {
    cell_type: mark === "" ? "markdown" : "code",
    id: source.slice(0, 4),
    metadata: { tags },
    source,
    ...mark !== "" && {
      outputs: [{ output_type: "display_data", data, metadata: {} }],
    },
  };
}

const notebook = (...cells: Cell[]): Notebook => ({
  cells,
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

const FIRST = cell(
  "# 1. Start\n\nAfter this you\ncan begin. More.\n\nRun time: about 2 s.\n\n[docs](x)",
);

Deno.test("an entry is the first cell's title, first sentence and run time", () => {
  assertEquals(entryOf("01_start.ipynb", notebook(FIRST)), {
    file: "01_start.ipynb",
    title: "1. Start",
    goal: "After this you can begin.",
    runTime: "about 2 s.",
  });
});

Deno.test("the thumbnail is of the tagged cell, or else of the first figure", () => {
  const figures = [cell("a", [], "bar"), cell("b", ["thumbnail"], "line")];
  const textOf = (...cells: Cell[]) =>
    entryOf("01_start.ipynb", notebook(FIRST, ...cells)).figure?.text;
  assertEquals(textOf(...figures), "A line of it.");
  assertEquals(textOf(figures[0], cell("c", [], "area")), "A bar of it.");
});

Deno.test("the index has the course in order, then figures, then the rest", () => {
  const text = indexText(
    ["claims.ipynb", "02_b.ipynb", "fig05.ipynb", "01_a.ipynb"].sort()
      .map((file) => ({
        file,
        title: file,
        goal: "It | does.",
        runTime: "2 s.",
      })),
  );
  const rows = text.split("\n").filter((line) => line.includes("**["));
  assertEquals(rows.map((row) => /\((.*?)\)/.exec(row)?.[1]), [
    "01_a.ipynb",
    "02_b.ipynb",
    "fig05.ipynb",
    "claims.ipynb",
  ]);
  assertEquals(
    rows[0],
    "|  | **[01_a.ipynb](01_a.ipynb)**<br>It \\| does.<br>Run time: 2 s |",
  );
});
