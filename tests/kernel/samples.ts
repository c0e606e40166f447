/**
 * Notebooks that the tests make for themselves.
 *
 * @module
 */

import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import {
  type Cell,
  type CellOutput,
  formatNotebook,
  type Notebook,
  parseNotebook,
  runNotebook,
  type RunNotebookOptions,
} from "../../lib/kernel/mod.ts";

/** A notebook of code cells with identifiers `c1`, `c2` and so on. */
export function sampleNotebook(
  sources: readonly (string | Partial<Cell>)[],
): Notebook {
  return {
    cells: sources.map((source, i): Cell => {
      const fields = typeof source === "string" ? { source } : source;
      const { cell_type = "code" } = fields;
      return {
        cell_type,
        id: `c${i + 1}`,
        metadata: {},
        source: "",
        ...(cell_type === "code" ? { execution_count: null, outputs: [] } : {}),
        ...fields,
      };
    }),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Puts a notebook into a folder of its own while `use` runs. */
export async function withNotebook(
  sources: readonly (string | Partial<Cell>)[],
  use: (path: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "notebook_test_" });
  try {
    const path = join(folder, "sample.ipynb");
    await Deno.writeTextFile(path, formatNotebook(sampleNotebook(sources)));
    await use(path, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The notebook that a file holds. */
export async function readNotebook(path: string): Promise<Notebook> {
  return parseNotebook(await Deno.readTextFile(path), "read the sample");
}

/** An output in a few characters: its kind and its text. */
export function shorten(output: CellOutput): string {
  switch (output.output_type) {
    case "stream":
      return `${output.name}: ${output.text}`;
    case "error":
      return `error: ${output.evalue}`;
    default:
      return `${output.output_type}: ${output.data["text/plain"]}`;
  }
}

/** The outputs of all cells in a few characters. */
export async function readOutputs(path: string): Promise<string[][]> {
  const { cells } = await readNotebook(path);
  return cells.map((cell) => (cell.outputs ?? []).map(shorten));
}

/** Names in a folder, to see that nothing is left behind. */
export async function listFolder(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map((entry) => entry.name).sort();
}

/** Runs a notebook that must fail, and must be left as it was. */
export async function failingRun(
  sources: readonly (string | Partial<Cell>)[],
  options?: RunNotebookOptions,
): Promise<Error> {
  let failure = new Error("not run");
  await withNotebook(sources, async (path, folder) => {
    const before = await Deno.readTextFile(path);
    failure = await assertRejects(() => runNotebook(path, options));
    assertEquals(await Deno.readTextFile(path), before);
    assertEquals(await listFolder(folder), ["sample.ipynb"]);
  });
  return failure;
}

/** Lets some time pass. */
export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Processes whose command lines name a folder, such as relay, guard and kernel. */
export async function processesOf(folder: string): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-A", "-ww", "-o", "pid=,args="],
  }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes(folder) && !line.includes("<defunct>"));
}
