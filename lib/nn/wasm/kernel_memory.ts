/**
 * Where matrices and vectors lie in the one memory of a learner.
 *
 * @module
 */

/**
 * A matrix in memory: element (row, column) is the 32-bit float at
 * `address + floor(column / 8) · panelStep + row · rowStep + (column mod 8) · 4`.
 */
export interface Matrix {
  /** Address of element (0, 0), in bytes. */
  readonly address: number;
  /** Rows in use. */
  readonly rows: number;
  /** Columns in use. */
  readonly columns: number;
  /** Bytes from one panel of eight columns to the next. */
  readonly panelStep: number;
  /** Bytes from one row to the next. */
  readonly rowStep: number;
}

/**
 * How a matrix is laid out: in `"panels"` of eight columns, each contiguous, or
 * row-major, where `panelStep` is 32.
 */
export type MatrixLayout = "panels" | "row-major";

const PAGE = 65536;
/** The first bytes stay unused, so that no address is 0. */
const START = 1024;
const CACHE_LINE = 64;

/** The multiple of eight at or above `count`. */
export function roundUp(count: number): number {
  return Math.ceil(count / 8) * 8;
}

/** Rows `start` and following of a matrix. */
export function rowsFrom(
  matrix: Matrix,
  start: number,
  rows: number = matrix.rows - start,
): Matrix {
  return { ...matrix, address: matrix.address + start * matrix.rowStep, rows };
}

/** Address of an element. */
export function elementAddress(
  matrix: Matrix,
  row: number,
  column: number,
): number {
  const { address, panelStep, rowStep } = matrix;
  return address + (column >> 3) * panelStep + row * rowStep +
    (column & 7) * 4;
}

/** Hands out addresses, and at last the memory that has them. */
export class MemoryPlan {
  /** How matrices are laid out that have one column a state. */
  readonly layout: MatrixLayout;
  #end = START;

  /** An empty plan. */
  constructor(layout: MatrixLayout) {
    this.layout = layout;
  }

  /** Bytes planned so far. */
  get end(): number {
    return this.#end;
  }

  /** Address of a vector that starts a cache line. */
  vector(length: number): number {
    const address = this.#end;
    this.#end += Math.ceil(4 * length / CACHE_LINE) * CACHE_LINE;
    return address;
  }

  /**
   * A matrix with room for columns up to a multiple of 8, and for rows up to a
   * multiple of 5 counted from any row: kernels read and write that far.
   *
   * Rows of a row-major matrix are an odd multiple of 32 bytes apart, so that a
   * column is spread over all sets of the cache.
   *
   * @param layout By default that of matrices with one column a state.
   */
  matrix(
    rows: number,
    columns: number,
    layout: MatrixLayout = this.layout,
  ): Matrix {
    const height = rows + 4;
    const panels = Math.ceil(columns / 8);
    const width = 8 * (layout === "panels" ? panels : panels | 1);
    const steps = layout === "panels"
      ? { panelStep: 32 * height, rowStep: 32 }
      : { panelStep: 32, rowStep: 4 * width };
    return { address: this.vector(height * width), rows, columns, ...steps };
  }

  /** A matrix of one column whose elements are contiguous. */
  column(rows: number): Matrix {
    const address = this.vector(rows);
    return { address, rows, columns: 1, panelStep: 0, rowStep: 4 };
  }

  /** The memory, filled with zeros; it never grows, so it never moves. */
  allocate(): WebAssembly.Memory {
    const pages = Math.ceil(this.#end / PAGE);
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  }
}
