/**
 * Tables in notebooks.
 *
 * @module
 */

import {
  cut,
  describeValue,
  InputError,
  nearestWord,
} from "../input/input_error.ts";
import {
  check,
  checkObject,
  FUNCTION,
  OBJECT,
  optional,
  type Rule,
  TEXT,
} from "./check.ts";
import { display, type DisplayBundle, type ShowOptions } from "./front_end.ts";
import { escapeHtml } from "./html.ts";
import { isMissing } from "./missing.ts";

/** A column of a table. */
export interface TableColumn<Row> {
  /** Property of the rows. */
  readonly key: keyof Row & string;
  /** Head of the column; by default the key. */
  readonly label?: string;
  /**
   * Words a value; by default numbers with five significant digits, and texts of at
   * most 500 characters.
   */
  readonly format?: (value: unknown) => string;
}

/** Options of {@linkcode tableBundle}. */
export interface TableOptions {
  /** How many rows are shown at most; by default 50. */
  readonly maxRows?: number;
}

/** What danfojs frames and series have in common. */
export interface Frame {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Names of the rows. */
  readonly index: readonly (string | number)[];
  /** The rows of a frame, the elements of a series. */
  readonly values: readonly unknown[];
}

interface Cell {
  readonly text: string;
  readonly isNumber: boolean;
}

interface Grid {
  readonly head: readonly string[];
  readonly body: readonly (readonly Cell[])[];
  /** Says how many rows there are in all, if not all are shown. */
  readonly note: string;
}

const DEFAULT_MAX_ROWS = 50;
/** How many columns are shown at most that nobody has asked for by name. */
const MOST_COLUMNS = 50;
/** Longest text in a cell. */
const LONGEST_TEXT = 500;
const SIGNIFICANT_DIGITS = 5;

const ACT = "show the table";

const MAX_ROWS: Rule = {
  condition: "must be a whole number of at least 1",
  holds: (value) => Number.isInteger(value) && Number(value) >= 1,
};

const TABLE = {
  rows: {
    condition: "must be an array of objects, or a danfojs frame",
    holds: Array.isArray,
  },
  columns: {
    condition: "must be an array of keys or columns",
    holds: Array.isArray,
  },
  maxRows: MAX_ROWS,
};

const COLUMN = {
  key: TEXT,
  label: optional(TEXT),
  format: optional(FUNCTION),
};

/** Refuses a column that no row has, which would be empty without a word. */
function checkKeys(
  rows: readonly object[],
  columns: readonly { readonly key: string }[],
): void {
  if (rows.length === 0) return;
  for (const [index, { key }] of columns.entries()) {
    if (rows.some((row) => key in row)) continue;
    const known = Object.keys(rows[0]);
    const nearest = known.length === 0
      ? ""
      : ` (nearest: ${nearestWord(key, known)})`;
    throw new InputError(
      `Cannot ${ACT}: columns[${index}] must be a key of the rows${nearest}, got ${
        JSON.stringify(key)
      }`,
    );
  }
}

/** A value in a few characters; nothing for `null` and `undefined`. */
function formatValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "number" || Number.isInteger(value)) {
    return cut(String(value), LONGEST_TEXT);
  }
  return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}

/** Numbers and what reads as one stand on the right. */
function toCell(value: unknown, format = formatValue): Cell {
  const text: unknown = format(value);
  if (typeof text !== "string") {
    throw new InputError(
      `Cannot ${ACT}: what a column's format gives must be text, got ${
        describeValue(text)
      }`,
    );
  }
  const readsAsNumber = text.trim() !== "" && Number.isFinite(Number(text));
  return { text, isNumber: typeof value === "number" || readsAsNumber };
}

/** Says how many rows and columns there are in all, if not all are shown. */
function noteRest(shown: number, rows: number, columns: number): string {
  const all = [
    ...shown < rows ? [`${rows} rows`] : [],
    ...columns > MOST_COLUMNS ? [`${columns} columns`] : [],
  ];
  return all.length === 0 ? "" : `… ${all.join(" and ")} in all`;
}

function gridHtml({ head, body, note }: Grid): string {
  const align = (cell: Cell) =>
    ` style="text-align: ${cell.isNumber ? "right" : "left"}"`;
  const headHtml = head.map((label) => `<th>${escapeHtml(label)}</th>`);
  const rows = body.map((cells) =>
    `<tr>${
      cells.map((cell) => `<td${align(cell)}>${escapeHtml(cell.text)}</td>`)
        .join("")
    }</tr>`
  );
  return [
    "<table>",
    `<thead><tr>${headHtml.join("")}</tr></thead>`,
    `<tbody>${rows.join("")}</tbody>`,
    "</table>",
    note === "" ? "" : `<p>${escapeHtml(note)}</p>`,
  ].join("");
}

function gridText({ head, body, note }: Grid): string {
  const widths = head.map((label, column) =>
    Math.max(label.length, ...body.map((cells) => cells[column].text.length))
  );
  const lines = [
    head.map((label, column) => label.padEnd(widths[column])),
    ...body.map((cells) =>
      cells.map(({ text, isNumber }, column) =>
        isNumber ? text.padStart(widths[column]) : text.padEnd(widths[column])
      )
    ),
  ].map((cells) => cells.join("  ").trimEnd());
  return [...lines, ...(note === "" ? [] : [note])].join("\n");
}

function gridBundle(grid: Grid): DisplayBundle {
  return {
    data: { "text/html": gridHtml(grid), "text/plain": gridText(grid) },
    metadata: {},
  };
}

/** Whether a value is a danfojs frame or series. */
export function isFrame(value: unknown): value is Frame {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const { columns, index, values, dtypes } = value as Record<string, unknown>;
  return [columns, index, values, dtypes].every(Array.isArray);
}

/** The keys of all rows, in the order in which they come first. */
function keysOf<Row extends object>(rows: readonly Row[]) {
  checkObject({ rows: TABLE.rows }, { rows }, ACT);
  const keys = rows.map((row) => Object.keys(row ?? {}));
  return [...new Set(keys.flat())] as (keyof Row & string)[];
}

/** What a row of a frame, or an element of a series, shows. */
function cellsOf(row: unknown): unknown[] {
  if (!Array.isArray(row)) return [Number.isNaN(row) ? null : row];
  return row.map((cell, column) => isMissing(row, column) ? null : cell);
}

/** The rows of a frame as objects. */
function rowsOf({ columns, values }: Frame): Record<string, unknown>[] {
  return values.map((row) => {
    const cells = cellsOf(row);
    return Object.fromEntries(columns.map((name, k) => [name, cells[k]]));
  });
}

/**
 * Rows as an HTML table, and as text where HTML is not shown.
 *
 * @param source One object a row, or a danfojs frame.
 * @param given The properties to show, in their order; by default those that
 * a row has, in the order in which they come first, or those of the frame after its
 * index: the first 50, and a line says how many there are.
 * @throws {InputError} If rows, columns or options are of a wrong type, or no row
 * has a column.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tableBundle } from "./table.ts";
 *
 * const { data } = tableBundle([{ method: "TD3", gap: 1 / 3 }]);
 * assertEquals(data["text/plain"], "method  gap\nTD3     0.33333");
 * ```
 */
export function tableBundle<Row extends object = Record<string, unknown>>(
  source: readonly Row[] | Frame,
  given?: readonly (keyof Row & string | TableColumn<Row>)[],
  options: TableOptions = {},
): DisplayBundle {
  if (given === undefined && isFrame(source)) {
    return frameBundle(source, options);
  }
  const rows = isFrame(source) ? rowsOf(source) as Row[] : source;
  const names = given === undefined ? keysOf(rows) : [];
  const columns = given ?? names.slice(0, MOST_COLUMNS);
  const { maxRows = DEFAULT_MAX_ROWS } = options;
  checkObject(TABLE, { rows, columns, maxRows }, ACT);
  for (const [i, row] of rows.entries()) check(OBJECT, row, ACT, "rows", i);
  const specified = columns.map((column): TableColumn<Row> =>
    typeof column === "string" ? { key: column } : column
  );
  for (const [index, column] of specified.entries()) {
    checkObject(COLUMN, column, ACT, "columns", index);
  }
  checkKeys(rows, specified);
  const shown = rows.slice(0, maxRows);
  return gridBundle({
    head: specified.map(({ key, label = key }) => label),
    body: shown.map((row) =>
      specified.map(({ key, format }) => toCell(row[key], format))
    ),
    note: noteRest(shown.length, rows.length, names.length),
  });
}

/**
 * Shows rows, or a danfojs frame, as a table below the cell. Outside a kernel it does
 * nothing.
 */
export async function displayTable<
  Row extends object = Record<string, unknown>,
>(
  rows: readonly Row[] | Frame,
  columns?: readonly (keyof Row & string | TableColumn<Row>)[],
  options: TableOptions & ShowOptions = {},
): Promise<void> {
  await display(tableBundle(rows, columns, options), options);
}

/**
 * A danfojs frame or series as a table, with its index as the first column.
 *
 * At most 50 columns are shown; a line says how many there are.
 */
export function frameBundle(
  { columns, index, values }: Frame,
  options: TableOptions = {},
): DisplayBundle {
  const { maxRows = DEFAULT_MAX_ROWS } = options;
  check(MAX_ROWS, maxRows, ACT, "maxRows");
  const shown = values.slice(0, maxRows);
  return gridBundle({
    head: ["", ...columns.slice(0, MOST_COLUMNS)],
    body: shown.map((row, i) => [
      toCell(String(index[i])),
      ...cellsOf(row).slice(0, MOST_COLUMNS).map((value) => toCell(value)),
    ]),
    note: noteRest(shown.length, values.length, columns.length),
  });
}

/**
 * Shows danfojs frames and series as tables wherever they are a cell's result.
 *
 * The method goes on the class at the root, since danfojs's operations return
 * instances of other classes than the exported ones. Danfojs itself stays
 * unimported here.
 *
 * @param frameClass `DataFrame` or `Series`; either serves both.
 *
 * @example
 * ```ts ignore
 * import { DataFrame } from "danfojs";
 *
 * showFramesAsTables(DataFrame);
 * ```
 */
export function showFramesAsTables(
  frameClass: { readonly prototype: object },
  options: TableOptions = {},
): void {
  const { maxRows = DEFAULT_MAX_ROWS } = options;
  const act = "show frames as tables";
  check(FUNCTION, frameClass, act, "frameClass");
  check(MAX_ROWS, maxRows, act, "maxRows");
  let root = frameClass.prototype;
  for (;;) {
    const parent = Object.getPrototypeOf(root);
    if (parent === null || parent === Object.prototype) break;
    root = parent;
  }
  Object.defineProperty(root, Symbol.for("Jupyter.display"), {
    configurable: true,
    writable: true,
    value(this: Frame) {
      return frameBundle(this, { maxRows }).data;
    },
  });
}
