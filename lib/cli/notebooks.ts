/**
 * `deno task notebooks`: runs notebooks headless and saves their outputs.
 *
 * @module
 */

import { basename, join } from "node:path";
import {
  CellError,
  DEFAULT_CELL_OUTPUT_LIMIT_MEGABYTES,
  DEFAULT_CELL_TIME_LIMIT_S,
  KernelError,
  listNotebooks,
  type NotebookParameters,
  parseParameter,
  readRunnableNotebook,
  runNotebook,
} from "../kernel/mod.ts";
import { InputError } from "../input/input_error.ts";
import { formatSeconds } from "../studies/progress_text.ts";
import { parseArguments, runMain } from "./command.ts";
import { stopOnSignals } from "./signals.ts";
import { NOTEBOOKS } from "./project_tasks.ts";

const HELP = `
Runs notebooks from top to bottom and saves them with their outputs.

Usage: deno task notebooks [FILE...] [--param NAME=VALUE]... [--check]
                           [--output FOLDER] [--cell-timeout SECONDS]
                           [--cell-output MEGABYTES]

  FILE            notebooks; by default all of notebooks/
  --param         sets a variable that the notebook's cell tagged "parameters"
                  declares by let, for this run; VALUE is JSON or else text
  --check         saves nothing
  --output        saves executed copies there and leaves the notebooks as they
                  are; they run in their own folder all the same
  --cell-timeout  how long one cell may run; by default ${DEFAULT_CELL_TIME_LIMIT_S}
  --cell-output   how much one cell may output; by default ${DEFAULT_CELL_OUTPUT_LIMIT_MEGABYTES}

All notebooks are read and checked before the first one runs. One that fails stays
as it was. A notebook is a program with all permissions: run only what you trust.
Exit code: 0, or 1 if a notebook failed or the run was stopped, or 2 if an argument
or a notebook is not valid.
`;

/** Options of {@linkcode runNotebooks}. */
export interface RunNotebooksOptions {
  /** Values for variables of the cell tagged `parameters`. */
  readonly parameters?: NotebookParameters;
  /** Whether outputs are saved; by default true. */
  readonly save?: boolean;
  /** Folder of executed copies; by default notebooks are saved in place. */
  readonly outputFolder?: string;
  /** How long one cell may run; by default 600 s. */
  readonly cellTimeLimitS?: number;
  /** How much one cell may output, in megabytes; by default 10. */
  readonly cellOutputLimitMegabytes?: number;
  /** Stops the run. */
  readonly signal?: AbortSignal;
}

/** Says why a notebook failed. */
function report(error: CellError | KernelError, path: string): void {
  console.error(
    error instanceof CellError ? error.message : `${path}: ${error.message}`,
  );
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

/** Refuses two notebooks whose executed copies would have one name. */
function refuseSameNames(paths: readonly string[], folder: string): void {
  const sources = new Map<string, string>();
  for (const path of paths) {
    // Only on Linux are names that differ by case different for sure.
    const name = Deno.build.os === "linux"
      ? basename(path)
      : basename(path).toLowerCase();
    const other = sources.get(name);
    if (other !== undefined) {
      throw new InputError(
        `Cannot save in ${folder}: names of notebooks must be different, got ${other} and ${path}`,
      );
    }
    sources.set(name, path);
  }
}

/** Makes the folder of copies before anything runs, not after it has run. */
async function makeOutputFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw new InputError(
      `Cannot save in ${folder}: it must be a folder that can be written to, got ${
        (error as Error).message
      }`,
    );
  }
}

/**
 * Runs notebooks one after another, each to its first error, and prints a line for
 * each. All are read and checked before the first one runs.
 *
 * @returns The exit code: 0, or 1 if one failed or the run was stopped.
 * @throws {InputError} If a notebook is not valid or lacks a parameter, or two
 * would be saved as one file.
 */
export async function runNotebooks(
  paths: readonly string[],
  options: RunNotebooksOptions = {},
): Promise<number> {
  const { save = true, outputFolder, signal, ...rest } = options;
  for (const path of paths) await readRunnableNotebook(path, rest.parameters);
  if (save && outputFolder !== undefined) {
    refuseSameNames(paths, outputFolder);
    await makeOutputFolder(outputFolder);
  }
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
        throw error;
      }
      report(error, path);
      failures++;
    }
  }
  return failures === 0 ? 0 : 1;
}

/** The paths given, or all notebooks of the project. */
export async function chooseNotebooks(
  paths: readonly string[],
): Promise<readonly string[]> {
  return paths.length > 0 ? paths : await listNotebooks("notebooks");
}

function readParameters(texts: readonly string[]): NotebookParameters {
  const parameters = new Map<string, NotebookParameters[string]>();
  for (const text of texts) {
    const [name, value] = parseParameter(text);
    if (parameters.has(name)) {
      throw new InputError(
        `Cannot read the arguments: --param ${name} must be given once, got it twice`,
      );
    }
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}

/** A decimal number; neither `0x10` nor `" 7 "`. */
const NUMBER = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;

/** A positive number from an option. */
function readPositive(name: string, text: string): number {
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (value > 0 && value < Infinity) return value;
  throw new InputError(
    `Cannot read the arguments: --${name} must be a number above 0, got ${text}`,
  );
}

/** The command; returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const parsed = parseArguments({ help: HELP, ...NOTEBOOKS }, args);
  if (parsed === undefined) return 0;
  const { param = [], check = false, output } = parsed.values;
  const { "cell-timeout": timeout, "cell-output": outputLimit } = parsed.values;
  if (parsed.values["cell-limit"] !== undefined) {
    throw new InputError(
      "Cannot read the arguments: --cell-timeout must be used for the time of a cell, got --cell-limit, its old name",
    );
  }
  if (check && output !== undefined) {
    throw new InputError(
      "Cannot read the arguments: --output must be left out with --check, which saves nothing",
    );
  }
  return await runNotebooks(await chooseNotebooks(parsed.positionals), {
    parameters: readParameters(param),
    save: !check,
    signal: stopOnSignals(),
    ...(output !== undefined && { outputFolder: output }),
    ...(timeout !== undefined &&
      { cellTimeLimitS: readPositive("cell-timeout", timeout) }),
    ...(outputLimit !== undefined &&
      { cellOutputLimitMegabytes: readPositive("cell-output", outputLimit) }),
  });
}

if (import.meta.main) await runMain(main);
