import { fileURLToPath } from "node:url";
/** What every notebook of the course keeps to, so that the next one is read alike. */

import { assert, assertEquals } from "@std/assert";
import { indexText, readEntries } from "../../lib/cli/notebook_index.ts";
import {
  type Cell,
  type Notebook,
  parseNotebook,
} from "../../lib/kernel/mod.ts";

const FOLDER = new URL("../../notebooks/", import.meta.url);

/** Numbered notebooks of the course; the next one raises it. */
const COURSE_LENGTH = 8;

/** What follows them: the paper's figures and claims, with their titles' beginnings. */
const PAPER_NOTEBOOKS: Readonly<Record<string, string>> = {
  "fig04_learning_rates.ipynb": "# Figure 4: ",
  "fig05_convergence.ipynb": "# Figure 5: ",
  "fig06_hit_rate.ipynb": "# Figure 6: ",
  "fig07_objective.ipynb": "# Figure 7: ",
  "claims.ipynb": "# The paper's claims",
};

const MOST_BYTES = 600_000;
const MOST_CODE_LINES = 25;
const MOST_THUMBNAIL_BYTES = 30_000;

const numbered = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name)
  .filter((name) => /^\d.*\.ipynb$/.test(name)).sort();
const names = [...numbered, ...Object.keys(PAPER_NOTEBOOKS)];
const course = names.map((name) => {
  const text = Deno.readTextFileSync(new URL(name, FOLDER));
  return { name, text, notebook: parseNotebook(text, `read ${name}`) };
});

/** Checks every notebook, and names all in which something is not as it should. */
function forEach(find: (notebook: Notebook, name: string) => unknown[]): void {
  const found = course.flatMap(({ notebook, name }) =>
    find(notebook, name).map((what) => `${name}: ${what}`)
  );
  assertEquals(found, []);
}

const markdown = ({ cells }: Notebook) =>
  cells.filter((cell) => cell.cell_type === "markdown")
    .map(({ source }) => source).join("\n\n");

/** What the cell shows, format by format. */
const shownBy = ({ outputs = [] }: Cell): Record<string, unknown>[] =>
  outputs.flatMap((output) => "data" in output ? [output.data] : []);

/** Targets of the links of a text. */
const linksIn = (text: string) =>
  Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target);

Deno.test("the course is numbered from 1 without a gap", () => {
  assertEquals(
    numbered.map((name) => name.slice(0, 3)),
    Array.from({ length: COURSE_LENGTH }, (_, i) => `0${i + 1}_`),
  );
});

Deno.test("a notebook begins with title, goal, run time and the way on", () => {
  forEach(({ cells: [first] }, name) => {
    const title = PAPER_NOTEBOOKS[name] ?? `# ${Number(name.slice(0, 2))}. `;
    const links = linksIn(first.source);
    const place = names.indexOf(name);
    const before = names[place - 1];
    const after = names[place + 1];
    return [
      ...first.cell_type === "markdown" ? [] : ["the first cell is no text"],
      ...first.source.startsWith(title) ? [] : ["no title"],
      ...first.source.includes("After this you can ") ? [] : ["no goal"],
      ...(/^Run time: about \d+ (s|min)/m.test(first.source))
        ? []
        : ["no run time"],
      ...links.includes("README.md") ? [] : ["no link to the index"],
      ...before === undefined || links.includes(before) ? [] : ["no way back"],
      ...after === undefined || links.includes(after) ? [] : ["no way on"],
      ...links.some((link) => link.startsWith("../docs/")) ? [] : ["no docs"],
    ];
  });
});

Deno.test("the first screen shows a figure or a diagram", () => {
  forEach(({ cells }) => {
    const screen = cells.slice(0, 3);
    const hasFigure = screen.some((cell) =>
      shownBy(cell).some((data) => "image/png" in data) ||
      (cell.cell_type === "markdown" &&
        /^```(text|mermaid)$|!\[.+\]\(/m.test(cell.source))
    );
    return hasFigure ? [] : ["nothing to see in the first three cells"];
  });
});

Deno.test("a notebook has equations with their numbers in front of code", () => {
  forEach((notebook) => {
    const equations = Array.from(
      markdown(notebook).matchAll(/\$\$([^$]+)\$\$/g),
      ([, equation]) => equation,
    );
    const open = equations.filter((equation) => {
      const count = (brace: string) => equation.split(brace).length;
      return count("{") !== count("}") ||
        equation.split("\\begin").length !== equation.split("\\end").length;
    });
    const numbered = equations.filter((one) => /\\tag\{/.test(one));
    return [
      ...numbered.length > 0 ? [] : ["no numbered equation"],
      ...open.map((equation) => `unbalanced: ${equation}`),
    ];
  });
});

Deno.test("a reader is asked to change something, and to solve something", () => {
  forEach((notebook) => {
    const text = markdown(notebook);
    const exercise = text.indexOf("## Exercise");
    const answer = text.indexOf("<details><summary>Answer</summary>\n\n");
    const end = text.indexOf("</details>", answer);
    const asks = notebook.cells.some(({ cell_type, source }) =>
      cell_type === "code" && source.startsWith("// Change this:")
    );
    return [
      ...asks ? [] : ["no cell begins with // Change this:"],
      ...exercise >= 0 ? [] : ["no exercise"],
      ...answer > exercise && end > answer + 80 ? [] : ["no folded answer"],
    ];
  });
});

Deno.test("a notebook ends with what was learned and leads on", () => {
  forEach(({ cells }) => {
    const { cell_type, source } = cells[cells.length - 1];
    const [learned] = source.split("\n\n");
    return [
      ...cell_type === "markdown" ? [] : ["the last cell is no text"],
      ...learned.split("\n").length <= 3 ? [] : ["more than three lines"],
      ...linksIn(source).some((link) => link.endsWith(".ipynb"))
        ? []
        : ["no way on"],
    ];
  });
});

Deno.test("links of the course lead somewhere", () => {
  forEach((notebook) =>
    linksIn(markdown(notebook)).filter((link) => {
      if (/^https:/.test(link)) return false;
      const number = Number(/^(\d\d)_\w+\.ipynb$/.exec(link)?.[1] ?? 0);
      if (number > COURSE_LENGTH) return false;
      try {
        Deno.statSync(new URL(link.split("#")[0], FOLDER));
        return false;
      } catch {
        return true;
      }
    })
  );
});

Deno.test("every picture says in words what it shows", () => {
  forEach(({ cells }) =>
    cells.flatMap((cell, i) => [
      ...shownBy(cell).filter((data) =>
        "image/png" in data && String(data["text/plain"] ?? "").length < 20
      ).map(() => `the figure of cell ${i + 1}`),
      ...cell.cell_type === "markdown" && /!\[\s*\]\(/.test(cell.source)
        ? [`a picture of cell ${i + 1}`]
        : [],
    ])
  );
});

Deno.test("every cell has run, in order and without an error", () => {
  forEach(({ cells }) => {
    const code = cells.filter(({ cell_type }) => cell_type === "code");
    return code.flatMap((cell, i) => [
      ...cell.execution_count === i + 1 ? [] : [`code cell ${i + 1} has not`],
      ...cell.outputs?.some(({ output_type }) => output_type === "error")
        ? [`code cell ${i + 1} failed`]
        : [],
    ]);
  });
});

Deno.test("cells of code are short, and no notebook is large", () => {
  forEach(({ cells }) =>
    cells.flatMap(({ cell_type, source }, i) => {
      if (cell_type !== "code") return [];
      const code = source.replaceAll(/^import [^;]*;$/gm, "")
        .split("\n").filter((line) => line.trim() !== "");
      return code.length <= MOST_CODE_LINES
        ? []
        : [`${code.length} lines in cell ${i + 1}`];
    })
  );
  assertEquals(
    course.filter(({ text }) => text.length > MOST_BYTES)
      .map(({ name, text }) => `${name}: ${text.length} bytes`),
    [],
  );
});

Deno.test("the index and its thumbnails are those of the notebooks", async () => {
  const entries = await readEntries(fileURLToPath(FOLDER));
  const readme = await Deno.readTextFile(new URL("README.md", FOLDER));
  assertEquals(
    readme,
    indexText(entries),
    "notebooks/README.md is old: run deno task notebooks:index",
  );
  const pictures = Array.from(
    readme.matchAll(/<img src="([^"]+)" width="240" alt="([^"]+)">/g),
  );
  assert(pictures.length >= COURSE_LENGTH);
  for (const [, path] of pictures) {
    const { size } = await Deno.stat(new URL(path, FOLDER));
    assert(size > 0 && size <= MOST_THUMBNAIL_BYTES, `${path}: ${size} bytes`);
  }
});
