/**
 * Writes the index of the notebooks and a thumbnail of each.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { basename } from "node:path";
import { shrinkPng } from "../figures/mod.ts";
import { listNotebooks, type Notebook, parseNotebook } from "../kernel/mod.ts";
import { parseArguments, runMain } from "./command.ts";

const HELP = `
Writes notebooks/README.md and a thumbnail of every notebook that has a figure: of
its cell tagged "thumbnail", or else of its first figure.

Usage: deno task notebooks:index [--check]

  --check  writes nothing; exit code 1 if README.md is not up to date

Exit code: 0, or 1 as said, or 2 if a notebook cannot be read.
`;

/** Folder of the notebooks. */
const FOLDER = "notebooks";
const VEGA_LITE = "application/vnd.vegalite.v5+json";

/** Width of a thumbnail on the page in pixels. */
const WIDTH_PX = 240;

/** Pixels of a thumbnail for one pixel on the page, the best first. */
const PIXEL_RATIOS = [1.5, 1, 0.75, 0.5];

/** What a thumbnail takes at most, for a page of a dozen to load at once. */
const MOST_BYTES = 30_000;

/** What the index says of a notebook. */
export interface NotebookEntry {
  /** Name of the file. */
  readonly file: string;
  /** Title, without `# `. */
  readonly title: string;
  /** What the reader can do afterwards, or what the notebook shows. */
  readonly goal: string;
  /** What follows `Run time: `; none if the notebook does not say it. */
  readonly runTime?: string;
  /** The figure of its thumbnail, and that in words. */
  readonly figure?: { readonly png?: Uint8Array; readonly text: string };
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?= [A-Z]|$)/.exec(text)?.[0] ?? text;
}

/** What a notebook says of itself in its first cell, and its figure. */
export function entryOf(file: string, { cells }: Notebook): NotebookEntry {
  const [title, ...paragraphs] = cells[0].source.split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll("\n", " ").trim());
  const runTime = paragraphs.find((text) => text.startsWith("Run time: "))
    ?.slice("Run time: ".length);
  const figures = cells.flatMap(({ metadata, outputs = [] }) =>
    outputs.flatMap((output) => {
      if (!("data" in output)) return [];
      const data = output.data as Record<string, unknown>;
      const png = data["image/png"];
      if (!(VEGA_LITE in data)) return [];
      const { tags } = metadata;
      return [{
        isTagged: Array.isArray(tags) && tags.includes("thumbnail"),
        ...typeof png === "string" && { png: Uint8Array.fromBase64(png) },
        text: String(data["text/plain"]).replaceAll(/\s+/g, " "),
      }];
    })
  );
  const { isTagged: _, ...figure } = figures.find(({ isTagged }) => isTagged) ??
    figures[0] ?? {};
  return {
    file,
    title: title.replace(/^# /, ""),
    goal: firstSentence(paragraphs[0] ?? ""),
    ...runTime !== undefined && { runTime },
    ...figure.text !== undefined && { figure },
  };
}

/** Path of a notebook's thumbnail, relative to the notebooks' folder. */
function thumbnailPath(file: string): string {
  return `thumbnails/${basename(file, ".ipynb")}.png`;
}

function rowOf({ file, title, goal, runTime, figure }: NotebookEntry): string {
  const alt = (figure?.text ?? "").replaceAll(/["<>&|]/g, " ");
  const picture = figure === undefined
    ? ""
    : `<a href="${file}"><img src="${
      thumbnailPath(file)
    }" width="${WIDTH_PX}" alt="${alt}"></a>`;
  const time = runTime === undefined
    ? ""
    : `<br>Run time: ${runTime.replace(/\.$/, "")}`;
  const says = goal.replaceAll("|", "\\|");
  return `| ${picture} | **[${title}](${file})**<br>${says}${time} |`;
}

/**
 * The index as Markdown: the numbered notebooks of the course, then the others.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { indexText } from "./notebook_index.ts";
 *
 * const goal = "After this you can begin.";
 * const text = indexText([{ file: "01_start.ipynb", title: "1. Start", goal }]);
 * assert(text.includes("|  | **[1. Start](01_start.ipynb)**<br>" + goal));
 * ```
 */
export function indexText(entries: readonly NotebookEntry[]): string {
  const isCourse = ({ file }: NotebookEntry) => /^\d/.test(file);
  const table = (rows: readonly NotebookEntry[]) => [
    "| | |",
    "| --- | --- |",
    ...rows.map(rowOf),
    "",
  ];
  const isFigure = ({ file }: NotebookEntry) => file.startsWith("fig");
  const figures = entries.filter((entry) => !isCourse(entry))
    .toSorted((a, b) => Number(isFigure(b)) - Number(isFigure(a)));
  return [
    "# Notebooks",
    "",
    "`deno task lab` installs their kernel; then `jupyter lab notebooks` opens them in a",
    "browser, and `deno task notebooks` runs them without one. More:",
    "[Notebooks and the lab's kernel](../docs/notebooks.md).",
    "",
    "## The course",
    "",
    "From the first slot to a study of your own, in this order.",
    "",
    ...table(entries.filter(isCourse)),
    ...figures.length === 0 ? [] : [
      "## The paper's figures and claims",
      "",
      "Drawn from the committed tables in `data/`.",
      "",
      ...table(figures),
    ],
    "This page and its thumbnails are written by `deno task notebooks:index` from the",
    "notebooks' own titles, goals and figures.",
    "",
  ].join("\n");
}

/** What the index says of every notebook of a folder. */
export async function readEntries(folder: string): Promise<NotebookEntry[]> {
  const paths = await listNotebooks(folder);
  return await Promise.all(paths.map(async (path) => {
    const notebook = parseNotebook(
      await Deno.readTextFile(path),
      `read ${path}`,
    );
    return entryOf(basename(path), notebook);
  }));
}

/** The sharpest thumbnail that is small enough; the smallest, if none is. */
async function thumbnailOf(picture: Uint8Array): Promise<Uint8Array> {
  let png = new Uint8Array();
  for (const ratio of PIXEL_RATIOS) {
    png = Uint8Array.from(await shrinkPng(picture, ratio * WIDTH_PX));
    if (png.length <= MOST_BYTES) break;
  }
  return png;
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments(
    {
      help: HELP,
      options: { check: { type: "boolean" } },
      positionals: [0, 0],
    },
    args,
  );
  if (parsed === undefined) return 0;
  const entries = await readEntries(FOLDER);
  const text = indexText(entries);
  const path = `${FOLDER}/README.md`;
  if (parsed.values.check) {
    const isUpToDate = await Deno.readTextFile(path).catch(() => "") === text;
    if (!isUpToDate) console.error(`${path}: run deno task notebooks:index`);
    return isUpToDate ? 0 : 1;
  }
  await Deno.mkdir(`${FOLDER}/thumbnails`, { recursive: true });
  for (const { file, figure } of entries) {
    if (figure?.png === undefined) continue;
    const png = await thumbnailOf(figure.png);
    await Deno.writeFile(`${FOLDER}/${thumbnailPath(file)}`, Buffer.from(png));
  }
  await Deno.writeTextFile(path, text);
  console.log(`Wrote ${path} and its thumbnails`);
  return 0;
}

if (import.meta.main) await runMain(main);
