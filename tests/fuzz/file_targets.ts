/**
 * Files that the project itself wrote and that may have been damaged since: tables,
 * notebooks, checkpoints.
 *
 * @module
 */

import { dirname } from "node:path";
import { CheckpointError } from "../../lib/agents/mod.ts";
import { budgetPath, readBudget } from "../../lib/studies/paper/budget.ts";
import { resumeTrial } from "../../lib/trials/resume.ts";
import { FIG06_07 } from "../../lib/studies/paper/registry.ts";
import {
  readScalability,
  scalabilityPath,
} from "../../lib/studies/paper/scalability.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { decodeText } from "../../lib/input/text.ts";
import { formatNotebook, parseNotebook } from "../../lib/kernel/mod.ts";
import {
  CONFIG,
  forge,
  HEADER,
  openLearner,
  PAYLOAD,
} from "../trials/hostile_checkpoints.ts";
import { faultOfRefusal } from "./judge.ts";
import {
  damageBytes,
  damageDocument,
  damageText,
  damageValue,
  pick,
} from "./mutate.ts";
import type { Target } from "./target.ts";

/** What is wrong with how a reader took a file: a refusal in a line is sound. */
async function faultOfReading(
  read: () => unknown,
): Promise<string | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    const isRefusal = error instanceof InputError ||
      error instanceof CheckpointError;
    if (!isRefusal) throw error;
    return faultOfRefusal((error as Error).message);
  }
}

type Table = "budget" | "scalability";

/** Where a table lies in a data folder. */
function tablePath(table: Table, data: string): string {
  return table === "budget"
    ? budgetPath(data, "paper")
    : scalabilityPath(data, FIG06_07, "paper");
}

/** Tables of `data/`, read as figures do. */
export const TABLES: Target = {
  name: "tables",
  weight: 3,
  draw: (stream) => {
    const table = pick<Table>(stream, ["budget", "scalability"]);
    const bytes = Deno.readFileSync(tablePath(table, "data"));
    const text = new TextDecoder().decode(bytes);
    return {
      bytes: stream.integer(3) === 0
        ? damageBytes(stream, bytes)
        : new TextEncoder().encode(damageText(stream, text)),
      words: [table],
    };
  },
  run: async ({ bytes, words }, folder) => {
    const table = words[0] as Table;
    const path = tablePath(table, folder);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, bytes);
    return await faultOfReading(() =>
      table === "budget"
        ? readBudget(folder, FIG06_07, "paper")
        : readScalability(folder, FIG06_07, "paper")
    );
  },
};

const SAMPLE_NOTEBOOK = {
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: ["# A\n", "b"] },
    {
      cell_type: "code",
      id: "b",
      metadata: { tags: ["parameters"] },
      source: "let n = 1;",
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: ["1\n"] },
        {
          output_type: "execute_result",
          execution_count: 1,
          data: { "text/plain": ["1"], "application/json": { a: [1] } },
          metadata: {},
        },
        { output_type: "error", ename: "E", evalue: "e", traceback: ["t"] },
      ],
    },
  ],
  metadata: {
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
    language_info: { name: "typescript" },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

/** Notebooks, read as before they run and written as after. */
export const NOTEBOOKS: Target = {
  name: "notebooks",
  weight: 2,
  draw: (stream) => ({
    bytes: damageDocument(stream, SAMPLE_NOTEBOOK),
    words: [],
  }),
  run: async ({ bytes }) =>
    await faultOfReading(() =>
      formatNotebook(parseNotebook(decodeText(bytes, "read it"), "read it"))
    ),
};

/** Checkpoints whose checksum is right. */
export const CHECKPOINTS: Target = {
  name: "checkpoints",
  weight: 2,
  draw: (stream) => {
    const isHeader = stream.integer(2) === 0;
    return {
      bytes: forge(
        isHeader
          ? JSON.stringify(damageValue(stream, JSON.parse(HEADER)))
          : HEADER,
        isHeader ? PAYLOAD : damageBytes(stream, PAYLOAD),
      ),
      words: [],
    };
  },
  run: async ({ bytes }) => {
    const learner = await openLearner(CONFIG);
    try {
      return await faultOfReading(() => resumeTrial(learner, CONFIG, bytes));
    } finally {
      learner.dispose?.();
    }
  },
};
