/**
 * `deno task notebooks`: runs notebooks headless and saves their outputs.
 *
 * @module
 */

import { basename, join } from "node:path";
import {
  CellError,
  checkNotebooks,
  formatProblem,
  KernelError,
  listNotebooks,
  NotebookInputError,
  type NotebookParameters,
  parseParameter,
  runNotebook,
} from "../kernel/mod.ts";
import { InputError } from "../input/input_error.ts";
import { parseArguments, readCount, runMain } from "./main.ts";
import { formatSeconds } from "./progress.ts";
import { stopOnSignals } from "./signals.ts";
import { NOTEBOOKS } from "./tasks.ts";

const HELP = `
Runs notebooks from top to bottom and saves them with their outputs.

Usage: deno task notebooks [FILE...] [--param NAME=VALUE]... [--check]
                           [--output FOLDER] [--cell-limit SECONDS]

  FILE          notebooks; by default all of notebooks/
  --param       sets a variable that the notebook's cell tagged "parameters"
                declares by let, for this run; VALUE is JSON or else text
  --check       saves nothing
  --output      saves executed copies there and leaves the notebooks as they
                are; they run in their own folder all the same
  --cell-limit  how long one cell may run; by default for ever

A notebook that fails stays as it was. Exit code: 0, or 1 if a notebook failed or
the run was stopped, or 2 if an argument is not valid.
`;

/** Options of {@linkcode runNotebooks}. */
export interface RunNotebooksOptions {
  /** Values for variables of the cell tagged `parameters`. */
  readonly parameters?: NotebookParameters;
  /** Whether outputs are saved; by default true. */
  readonly save?: boolean;
  /** Folder of executed copies; by default notebooks are saved in place. */
  readonly outputFolder?: string;
  /** How long one cell may run; by default for ever. */
  readonly cellTimeLimitS?: number;
  /** Stops the run. */
  readonly signal?: AbortSignal;
}

/** An error that a user's input caused, as command lines know it. */
export function toInputError(error: unknown): unknown {
  return error instanceof NotebookInputError
    ? new InputError(error.message)
    : error;
}

/** Says why a notebook failed; of a failure without a reason, what checks find. */
async function report(error: CellError | KernelError, path: string) {
  console.error(
    error instanceof CellError ? error.message : `${path}: ${error.message}`,
  );
  if (!(error instanceof CellError && error.silent)) return;
  for (const problem of await checkNotebooks([path])) {
    console.error(formatProblem(problem));
  }
}

/** Where a notebook is saved, as an option of `runNotebook`. */
function saveTo(
  path: string,
  save: boolean,
  folder: string | undefined,
): { saveTo?: string } {
  if (!save) return { saveTo: "none" };
  return folder === undefined ? {} : { saveTo: join(folder, basename(path)) };
}

/**
 * Runs notebooks one after another, each to its first error, and prints a line for
 * each.
 *
 * @returns The exit code: 0, or 1 if one failed or the run was stopped.
 * @throws {InputError} If a notebook is not valid or lacks a parameter.
 */
export async function runNotebooks(
  paths: readonly string[],
  options: RunNotebooksOptions = {},
): Promise<number> {
  const { save = true, outputFolder, signal, ...rest } = options;
  let failures = 0;
  for (const path of paths) {
    const start = performance.now();
    try {
      const { executedCells } = await runNotebook(path, {
        ...rest,
        ...(signal && { signal }),
        ...saveTo(path, save, outputFolder),
      });
      const seconds = (performance.now() - start) / 1000;
      console.log(`${path}: ${executedCells} cells, ${formatSeconds(seconds)}`);
    } catch (error) {
      if (signal?.aborted) {
        console.error(`${path}: stopped, left as it was`);
        return 1;
      }
      if (!(error instanceof CellError || error instanceof KernelError)) {
        throw toInputError(error);
      }
      await report(error, path);
      failures++;
    }
  }
  return failures === 0 ? 0 : 1;
}

/** The paths given, or all notebooks of the project. */
export async function chooseNotebooks(
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length > 0) return paths;
  try {
    return await listNotebooks("notebooks");
  } catch (error) {
    throw toInputError(error);
  }
}

function readParameters(texts: readonly string[]): NotebookParameters {
  try {
    return Object.fromEntries(texts.map(parseParameter));
  } catch (error) {
    throw toInputError(error);
  }
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...NOTEBOOKS }, args);
  if (parsed === undefined) return 0;
  const { param = [], check = false, output, "cell-limit": limit } =
    parsed.values;
  return await runNotebooks(await chooseNotebooks(parsed.positionals), {
    parameters: readParameters(param),
    save: !check,
    signal: stopOnSignals(),
    ...(output !== undefined && { outputFolder: output }),
    ...(limit !== undefined &&
      { cellTimeLimitS: readCount("cell-limit", limit, 1) }),
  });
}

if (import.meta.main) await runMain(main);
