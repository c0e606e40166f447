/**
 * Whether two runs of a notebook gave the same outputs.
 *
 * @module
 */

import { join } from "node:path";
import {
  type Cell,
  type CellOutput,
  type JsonObject,
  type NotebookParameters,
  parseNotebook,
  runNotebook,
} from "../../lib/kernel/mod.ts";
import type { Jupyter } from "./jupyter.ts";

/** A cell whose outputs differ. */
export interface Difference {
  /** Which of the code cells it is. */
  readonly cell: number;
  /** The output that is expected, around the place where it first differs. */
  readonly expected: string;
  /** What is there instead. */
  readonly actual: string;
}

/** JSON with the keys of all objects in order: some keep them as they came. */
function sortedJson(value: JsonObject): string {
  return JSON.stringify(value, (_, part) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) {
      return part;
    }
    return Object.fromEntries(
      Object.keys(part).sort().map((key) => [key, part[key]]),
    );
  });
}

/** Outputs that can be compared: what says when, and how often, is left out. */
function comparable(outputs: readonly CellOutput[]): string[] {
  const texts: string[] = [];
  let last: CellOutput | undefined;
  for (const output of outputs) {
    if (output.output_type === "stream") {
      const { name, text } = output;
      // Some keep a stream in the pieces in which it came.
      const isMore = last?.output_type === "stream" && last.name === name;
      if (isMore) texts[texts.length - 1] += text;
      else texts.push(`${name}: ${text}`);
    } else if (output.output_type === "error") {
      texts.push(`error: ${output.ename}: ${output.evalue}`);
    } else {
      texts.push(`${output.output_type}: ${sortedJson(output.data)}`);
    }
    last = output;
  }
  return texts;
}

/** The code cells of a notebook file. */
export async function codeCells(path: string): Promise<Cell[]> {
  const text = await Deno.readTextFile(path);
  return parseNotebook(text, `read ${path}`).cells
    .filter(({ cell_type }) => cell_type === "code");
}

/** Runs a notebook of a checkout by our runner; returns its code cells. */
export async function runOurs(
  jupyter: Jupyter,
  path: string,
  parameters: NotebookParameters = {},
): Promise<Cell[]> {
  const saveTo = join(jupyter.checkout, "notebooks", "ours.ipynb");
  await runNotebook(join(jupyter.checkout, path), { saveTo, parameters });
  return await codeCells(saveTo);
}

/** A text around the place where it differs from another. */
function around(text: string | undefined, other: string | undefined): string {
  if (text === undefined) return "nothing";
  let place = 0;
  while (place < text.length && text[place] === other?.[place]) place++;
  return text.slice(Math.max(0, place - 20), place + 60);
}

/** Compares code cells one by one. */
export function compareOutputs(
  expected: readonly Cell[],
  actual: readonly Cell[],
): Difference[] {
  const differences: Difference[] = [];
  for (let cell = 0; cell < Math.max(expected.length, actual.length); cell++) {
    const ours = comparable(expected[cell]?.outputs ?? []);
    const others = comparable(actual[cell]?.outputs ?? []);
    const length = Math.max(ours.length, others.length);
    const first = Array.from({ length }, (_, index) => index)
      .find((index) => ours[index] !== others[index]);
    if (first === undefined) continue;
    differences.push({
      cell,
      expected: around(ours[first], others[first]),
      actual: around(others[first], ours[first]),
    });
  }
  return differences;
}
