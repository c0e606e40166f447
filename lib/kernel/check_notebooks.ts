/**
 * Type checking and linting of notebooks, which the kernel itself does not do.
 *
 * @module
 */

import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { joinCells, type JoinedModule } from "./joined_module.ts";
import {
  hasTag,
  type Notebook,
  parseNotebook,
  readNotebookText,
} from "./notebook_file.ts";
import { PARAMETERS_TAG } from "./parameters.ts";

/** Something that is wrong with a notebook's code. */
export interface NotebookProblem {
  /** The notebook's path, as it was given, or another file that is wrong. */
  readonly path: string;
  /** Index of the cell among all cells, from 0; none in other files. */
  readonly cellIndex?: number;
  /** Line in the cell or file, from 1. */
  readonly line?: number;
  /** Column, from 1. */
  readonly column?: number;
  /** What is wrong. */
  readonly message: string;
}

/** A notebook as a module in a file beside it, where its imports resolve. */
interface CheckedModule {
  readonly path: string;
  readonly notebook: Notebook;
  readonly module: JoinedModule;
  readonly file: string;
}

/** A problem by its place in a module. */
interface Finding {
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

interface LintReport {
  readonly diagnostics: {
    readonly filename: string;
    readonly range: { readonly start: { line: number; col: number } };
    readonly message: string;
    readonly code: string;
  }[];
  readonly errors: { readonly message: string }[];
}

const LOCATION = /^ {4}at (file:\S+):(\d+):(\d+)$/;
const HEAD = /^(?:error: |(TS\d+) \[ERROR\]: )(.*)$/;

/** Runs a check of Deno and reads what it finds; a failure never finds nothing. */
async function runCheck(
  args: readonly string[],
  folder: string,
  read: (stdout: string, stderr: string) => Finding[],
): Promise<Finding[]> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (output.success) return [];
  const decoder = new TextDecoder();
  const stderr = decoder.decode(output.stderr);
  const findings = read(decoder.decode(output.stdout), stderr);
  if (findings.length > 0) return findings;
  return [{ file: undefined, line: 1, column: 1, message: stderr.trim() }];
}

/** Drops the excerpt that ends a message: code, marks, lines with a gutter. */
function dropExcerpt(lines: readonly string[]): string {
  const end = /^\s*[~^]+$/.test(lines.at(-1) ?? "") ? -2 : lines.length;
  return lines.slice(0, end)
    .filter((line) => !/^\s*\d*\s*\|/.test(line))
    .map((line) => line.trim()).join(" ").trim();
}

/** Reads what `deno check` writes. */
function readFindings(text: string): Finding[] {
  const findings: Finding[] = [];
  let message: string[] | undefined;
  for (const line of [...text.split("\n"), "error: "]) {
    const head = HEAD.exec(line);
    const location = LOCATION.exec(line);
    if (message && (head || location)) {
      const [, url, row = "1", column = "1"] = location ?? [];
      findings.push({
        file: url === undefined ? undefined : fileURLToPath(url),
        line: Number(row),
        column: Number(column),
        message: dropExcerpt(message),
      });
      message = undefined;
    }
    if (head) message = [head[1] ? `${head[1]}: ${head[2]}` : head[2]];
    else message?.push(line);
  }
  return findings.filter((finding) =>
    !finding.message.startsWith("Type checking failed.")
  );
}

/** Reads what `deno lint --json` writes. */
function readLint(text: string): Finding[] {
  if (!text.startsWith("{")) return [];
  const { diagnostics, errors } = JSON.parse(text) as LintReport;
  return [
    ...errors.flatMap(({ message }) => readFindings(`error: ${message}`)),
    ...diagnostics.map(({ filename, range, message, code }) => ({
      file: fileURLToPath(filename),
      line: range.start.line,
      column: range.start.col + 1,
      message: `${code}: ${message}`,
    })),
  ];
}

/** A finding in a module as a problem of its notebook. */
function toProblem(
  { file, line, column, message }: Finding,
  modules: readonly CheckedModule[],
  folder: string,
): NotebookProblem {
  const source = modules.find((module) => module.file === file);
  if (source) {
    const place = source.module.locate(line);
    return { path: source.path, ...place, column, message };
  }
  return file === undefined
    ? { path: folder, message }
    : { path: file, line, column, message };
}

/** A run assigns parameters, so that they are `let` though no cell does. */
function isExpected(
  problem: NotebookProblem,
  modules: readonly CheckedModule[],
): boolean {
  const source = modules.find((module) => module.path === problem.path);
  const cell = source?.notebook.cells[problem.cellIndex ?? -1];
  return problem.message.startsWith("prefer-const:") &&
    cell !== undefined && hasTag(cell, PARAMETERS_TAG);
}

async function checkFolder(
  folder: string,
  paths: readonly string[],
): Promise<NotebookProblem[]> {
  const modules: CheckedModule[] = [];
  try {
    for (const path of paths) {
      const act = `check ${path}`;
      const notebook = parseNotebook(await readNotebookText(path, act), act);
      const module = joinCells(notebook);
      const file = join(folder, `.${basename(path)}.${Deno.pid}.tmp.ts`);
      modules.push({ path, notebook, module, file });
      await Deno.writeTextFile(file, module.text);
    }
    const files = modules.map((module) => module.file);
    const findings = await Promise.all([
      runCheck(
        ["check", ...files],
        folder,
        (_, stderr) => readFindings(stderr),
      ),
      runCheck(["lint", "--json", ...files], folder, readLint),
    ]);
    return findings.flat()
      .map((finding) => toProblem(finding, modules, folder))
      .filter((problem) => !isExpected(problem, modules));
  } finally {
    for (const { file } of modules) {
      await Deno.remove(file).catch(() => {});
    }
  }
}

/** A problem in one line: `notebooks/a.ipynb: cell 2, line 1, column 5: …`. */
export function formatProblem(problem: NotebookProblem): string {
  const { path, cellIndex, line, column, message } = problem;
  const place = [
    cellIndex === undefined ? "" : `cell ${cellIndex + 1}`,
    line === undefined ? "" : `line ${line}`,
    column === undefined ? "" : `column ${column}`,
  ].filter((part) => part !== "").join(", ");
  return [path, place, message].filter((part) => part !== "").join(": ");
}

/**
 * Checks types and lints the code of notebooks, each as one module of its cells in
 * their order: a name that is declared twice or an import that does not exist is
 * a problem, as it would not be in the kernel.
 *
 * The modules lie as hidden files beside their notebooks while they are checked,
 * so that imports resolve as in the kernel.
 *
 * @returns What is wrong, in the order of notebooks and cells.
 * @throws {InputError} If a notebook cannot be read or is not valid.
 */
export async function checkNotebooks(
  paths: readonly string[],
): Promise<NotebookProblem[]> {
  const folders = Map.groupBy(paths, (path) => dirname(resolve(path)));
  const problems: NotebookProblem[] = [];
  for (const [folder, inFolder] of folders) {
    problems.push(...await checkFolder(folder, inFolder));
  }
  const lines = new Set<string>();
  return problems
    .filter((problem) => {
      const line = formatProblem(problem);
      return !lines.has(line) && lines.add(line);
    })
    .sort((a, b) =>
      paths.indexOf(a.path) - paths.indexOf(b.path) ||
      (a.cellIndex ?? 0) - (b.cellIndex ?? 0) ||
      (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
    );
}
