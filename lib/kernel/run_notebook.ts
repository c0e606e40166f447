/**
 * Running a notebook from its first cell to its last, without a front end.
 *
 * @module
 */

import { dirname, resolve } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../files/write_file.ts";
import { CellError, TimeLimitError } from "./errors.ts";
import { type CellFailure, cellFailure, type ExecuteReply } from "./execute.ts";
import {
  type Cell,
  formatNotebook,
  hasTag,
  type Notebook,
  parseNotebook,
  readNotebookText,
} from "./notebook_file.ts";
import { InputError, parseInput } from "../input/input_error.ts";
import { numberSchema } from "../input/schema.ts";
import {
  type CellOutputs,
  type JsonObject,
  OutputRecorder,
} from "./outputs.ts";
import {
  assignment,
  checkParameter,
  INJECTED_TAG,
  type NotebookParameters,
  PARAMETERS_TAG,
} from "./parameters.ts";
import { StoppableKernel } from "./stoppable_kernel.ts";

/** Options of {@linkcode runNotebook}. */
export interface RunNotebookOptions {
  /** Values for variables that the cell tagged `parameters` declares by `let`. */
  readonly parameters?: NotebookParameters;
  /**
   * Where the notebook is saved with its outputs: a path, or `"none"`; by default
   * in place. A copy elsewhere shows the parameters in a cell of their own, tagged
   * `injected-parameters`; in place the sources stay as they were.
   */
  readonly saveTo?: string;
  /** How long one cell may run; by default 600 s. */
  readonly cellTimeLimitS?: number;
  /**
   * How much one cell may output, in megabytes; by default 10. Each message counts
   * 100 bytes beside its content; content that the cell replaces counts no more.
   */
  readonly cellOutputLimitMegabytes?: number;
  /** Stops the run. */
  readonly signal?: AbortSignal;
}

/** What {@linkcode runNotebook} did. */
export interface RunNotebookResult {
  /** Number of code cells that were executed. */
  readonly executedCells: number;
}

/** How long one cell may run by default. */
export const DEFAULT_CELL_TIME_LIMIT_S = 600;

/** How much one cell may output by default. */
export const DEFAULT_CELL_OUTPUT_LIMIT_MEGABYTES = 10;

const POSITIVE = numberSchema({ minimum: 0, exclusive: true });

/** What one cell may take. */
const LIMITS = z.object({
  cellTimeLimitS: POSITIVE,
  cellOutputLimitMegabytes: POSITIVE,
});

/** The lab's kernel, as notebooks name it. */
export const LAB_KERNEL = {
  display_name: "EdgeAIGC (Deno)",
  language: "typescript",
  name: "edgeaigc",
} as const;

function isParametersCell(cell: Cell): boolean {
  return cell.cell_type === "code" && hasTag(cell, PARAMETERS_TAG);
}

/** Sets the parameters, one by one so that an error can name its own. */
async function inject(
  kernel: StoppableKernel,
  parameters: NotebookParameters,
  path: string,
): Promise<void> {
  for (const [name, value] of Object.entries(parameters)) {
    const { status, evalue } = await kernel.execute(
      `${assignment(name, value)} undefined`,
      { silent: true },
    );
    if (status === "ok") continue;
    throw new InputError(
      `Cannot set parameter ${name}: ${path} must declare it by let in its cell tagged ${PARAMETERS_TAG}, got ${evalue}`,
    );
  }
}

/** A notebook that is being run. */
interface Run {
  readonly path: string;
  readonly notebook: Notebook;
  readonly parameters: NotebookParameters;
  readonly limits: z.output<typeof LIMITS>;
}

/** The error of a cell, in its words. */
function cellError(
  { path, notebook }: Run,
  cellIndex: number,
  reason: CellFailure,
): CellError {
  const { source } = notebook.cells[cellIndex];
  return new CellError({ path, cellIndex, source, ...reason });
}

/** The error of a cell that takes more than its limit. */
function limitError(
  run: Run,
  index: number,
  ename: string,
  evalue: string,
): CellError {
  return cellError(run, index, cellFailure(ename, evalue));
}

/** Executes one cell and collects its outputs. */
async function executeCell(
  kernel: StoppableKernel,
  run: Run,
  index: number,
  outputs: CellOutputs,
): Promise<ExecuteReply> {
  const { cellTimeLimitS, cellOutputLimitMegabytes } = run.limits;
  try {
    return await kernel.execute(run.notebook.cells[index].source, {
      timeLimitS: cellTimeLimitS,
      onOutput: ({ type, content, contentBytes }) => {
        outputs.handle(type, content, contentBytes);
        if (outputs.byteCount <= 1e6 * cellOutputLimitMegabytes) return;
        const reason =
          `it output more than its limit of ${cellOutputLimitMegabytes} MB`;
        throw limitError(run, index, "OutputLimitError", reason);
      },
    });
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    const reason = `it ran longer than its time limit of ${cellTimeLimitS} s`;
    throw limitError(run, index, error.name, reason);
  }
}

/** Executes all code cells; returns how many. */
async function executeCells(
  kernel: StoppableKernel,
  run: Run,
): Promise<number> {
  const { path, notebook, parameters } = run;
  const isInjecting = Object.keys(parameters).length > 0;
  const recorder = new OutputRecorder();
  const executed = new Map<number, CellOutputs>();
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code") continue;
    cell.outputs = [];
    cell.execution_count = null;
    // JupyterLab keeps the times of a run here.
    delete cell.metadata.execution;
    const isReplaced = isInjecting && hasTag(cell, INJECTED_TAG);
    if (!isReplaced && cell.source.trim() !== "") {
      const outputs = recorder.openCell();
      executed.set(index, outputs);
      const reply = await executeCell(kernel, run, index, outputs);
      // What earlier cells left running may have failed as well.
      for (const [earlier, { error }] of executed) {
        if (error) throw cellError(run, earlier, error);
      }
      if (reply.status === "error") throw cellError(run, index, reply);
      cell.execution_count = reply.executionCount;
    }
    if (isInjecting && isParametersCell(cell)) {
      await inject(kernel, parameters, path);
    }
  }
  for (const [index, { outputs }] of executed) {
    notebook.cells[index].outputs = [...outputs];
  }
  return executed.size;
}

/** Makes a cell of the parameters that were set, as papermill does. */
function showParameters(
  notebook: Notebook,
  parameters: NotebookParameters,
): void {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, INJECTED_TAG));
  const declared = cells.findIndex(isParametersCell);
  const ids = new Set(cells.map((cell) => cell.id));
  let id = INJECTED_TAG;
  for (let n = 2; ids.has(id); n++) id = `${INJECTED_TAG}-${n}`;
  cells.splice(declared + 1, 0, {
    cell_type: "code",
    execution_count: null,
    id,
    metadata: { tags: [INJECTED_TAG] },
    outputs: [],
    source: Object.entries(parameters)
      .map(([name, value]) => assignment(name, value)).join("\n"),
  });
  notebook.cells = cells;
}

/** A notebook that is fit to be run. */
export interface RunnableNotebook {
  /** Content of its file. */
  readonly text: string;
  /** What that says. */
  readonly notebook: Notebook;
}

/**
 * Reads a notebook and checks, without running anything, that it can be run.
 *
 * @param parameters What is to be set for the run.
 * @throws {InputError} If the notebook cannot be read, is not valid, is for a
 * kernel of another language or has no cell of parameters to set.
 */
export async function readRunnableNotebook(
  path: string,
  parameters: NotebookParameters = {},
): Promise<RunnableNotebook> {
  const act = `run ${path}`;
  const text = await readNotebookText(path, act);
  const notebook = parseNotebook(text, act);
  const names = Object.keys(parameters);
  for (const name of names) checkParameter(name, parameters[name]);
  if (names.length > 0 && !notebook.cells.some(isParametersCell)) {
    throw new InputError(
      `Cannot set parameters: ${path} must have a code cell tagged ${PARAMETERS_TAG}, got none`,
    );
  }
  return { text, notebook };
}

/** Whether two paths lead to one file that is there. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  try {
    return await Deno.realPath(a) === await Deno.realPath(b);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Runs a notebook on a kernel of its own in the notebook's folder, and saves it
 * with its outputs.
 *
 * The file is written whole at the end: it stays untouched if anything fails, or
 * if somebody else has changed it meanwhile. What is saved holds no times or
 * other traces of the run beside what the cells output.
 *
 * @throws {InputError} If a limit is not a positive number or the notebook cannot
 * be read, is not valid or does not declare a parameter.
 * @throws {CellError} At the first cell that fails, also if the kernel reports
 * the failure by its reply alone.
 * @throws {KernelError} If the kernel does not start, dies or falls silent.
 * @throws If `signal` aborts: its reason.
 *
 * @example
 * ```ts ignore
 * await runNotebook("notebooks/fig05_convergence.ipynb", {
 *   parameters: { profile: "quick" },
 * });
 * ```
 */
export async function runNotebook(
  path: string,
  options: RunNotebookOptions = {},
): Promise<RunNotebookResult> {
  const { parameters = {}, saveTo = path, signal } = options;
  const limits = parseInput(LIMITS, {
    cellTimeLimitS: options.cellTimeLimitS ?? DEFAULT_CELL_TIME_LIMIT_S,
    cellOutputLimitMegabytes: options.cellOutputLimitMegabytes ??
      DEFAULT_CELL_OUTPUT_LIMIT_MEGABYTES,
  }, { act: `run ${path}` });
  const { text, notebook } = await readRunnableNotebook(path, parameters);
  const kernel = await StoppableKernel.start({
    folder: dirname(resolve(path)),
    ...(signal && { signal }),
  });
  let executedCells: number;
  try {
    const run = { path, notebook, parameters, limits };
    executedCells = await executeCells(kernel, run);
  } finally {
    await kernel.stop();
  }
  notebook.metadata.kernelspec ??= { ...LAB_KERNEL };
  notebook.metadata.language_info = kernel.language as JsonObject;
  if (saveTo === "none") return { executedCells };
  if (!await isSameFile(path, saveTo)) {
    if (Object.keys(parameters).length > 0) {
      showParameters(notebook, parameters);
    }
  } else if (await readNotebookText(path, `save ${path}`) !== text) {
    throw new InputError(
      `Cannot save ${path}: it must stay as it is while it runs, got a change`,
    );
  }
  await writeFileAtomically(saveTo, formatNotebook(notebook));
  return { executedCells };
}
