/**
 * What can go wrong with a notebook, sorted by who has to act.
 *
 * @module
 */

/** A kernel that did not start, died, fell silent or exceeded a time limit. */
export class KernelError extends Error {
  /** Name that distinguishes it from other errors. */
  override readonly name: string = "KernelError";
}

/** A time limit that passed, whether or not the kernel would have finished. */
export class TimeLimitError extends KernelError {
  /** Name that distinguishes it from other errors. */
  override readonly name = "TimeLimitError";
}

/** Options of {@linkcode CellError}. */
export interface CellErrorOptions {
  /** The notebook's path, as it was given. */
  readonly path: string;
  /** Index of the cell among all cells, from 0. */
  readonly cellIndex: number;
  /** The cell's source. */
  readonly source: string;
  /** Name of the error, for example `TypeError`. */
  readonly ename: string;
  /** Message of the error. */
  readonly evalue: string;
  /** The error and its stack, line by line. */
  readonly traceback: readonly string[];
}

/** Puts line numbers before a cell's source. */
function numberLines(source: string): string {
  const lines = source.replace(/\n$/, "").split("\n");
  const width = String(lines.length).length;
  return lines
    .map((line, i) => `  ${String(i + 1).padStart(width)} | ${line}`)
    .join("\n");
}

/** A cell that failed; its message shows the cell with the error. */
export class CellError extends Error {
  /** Name that distinguishes it from other errors. */
  override readonly name = "CellError";
  /** The notebook's path, as it was given. */
  readonly path: string;
  /** Index of the cell among all cells, from 0. */
  readonly cellIndex: number;

  /** Words the message. */
  constructor(options: CellErrorOptions) {
    const { path, cellIndex, source, ename, evalue, traceback } = options;
    const stack = traceback.slice(1).filter((line) => line.trim() !== "");
    super(
      [
        `${path}: cell ${cellIndex + 1} failed: ${ename}: ${evalue}`,
        numberLines(source),
        ...stack,
      ].join("\n"),
    );
    this.path = path;
    this.cellIndex = cellIndex;
  }
}
