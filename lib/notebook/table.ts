/**
 * Tables in notebooks.
 *
 * @module
 */

import {
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
  /** Words a value; by default numbers with five significant digits. */
  readonly format?: (value: unknown) => string;
}

/** Options of {@linkcode tableBundle}. */
export interface TableOptions {
  /** How many rows are shown at most; by default 50. */
  readonly maxRows?: number;
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
const SIGNIFICANT_DIGITS = 5;

const ACT = "show the table";

const MAX_ROWS: Rule = {
  condition: "must be a whole number of at least 1",
  holds: (value) => Number.isInteger(value) && Number(value) >= 1,
};

const TABLE = {
  rows: { condition: "must be an array of objects", holds: Array.isArray },
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
    return String(value);
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

function noteRows(shown: number, all: number): string {
  return shown < all ? `… ${all} rows in all` : "";
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

/**
 * Rows as an HTML table, and as text where HTML is not shown.
 *
 * @param rows One object a row.
 * @param columns The properties to show, in their order; by default those of the
 * first row.
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
export function tableBundle<Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string | TableColumn<Row>)[] = Object.keys(
    rows?.[0] ?? {},
  ) as (keyof Row & string)[],
  options: TableOptions = {},
): DisplayBundle {
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
    note: noteRows(shown.length, rows.length),
  });
}

/** Shows rows as a table below the cell. Outside a kernel it does nothing. */
export async function displayTable<Row extends object>(
  rows: readonly Row[],
  columns?: readonly (keyof Row & string | TableColumn<Row>)[],
  options: TableOptions & ShowOptions = {},
): Promise<void> {
  await display(tableBundle(rows, columns, options), options);
}

/** What danfojs frames and series have in common. */
interface Frame {
  readonly columns: readonly string[];
  readonly index: readonly (string | number)[];
  readonly values: readonly unknown[];
}

/** What a row of a frame, or an element of a series, shows. */
function cellsOf(row: unknown): unknown[] {
  if (!Array.isArray(row)) return [Number.isNaN(row) ? null : row];
  return row.map((cell, column) => isMissing(row, column) ? null : cell);
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
      const shown = this.values.slice(0, maxRows);
      return gridBundle({
        head: ["", ...this.columns],
        body: shown.map((row, i) => [
          toCell(String(this.index[i])),
          ...cellsOf(row).map((value) => toCell(value)),
        ]),
        note: noteRows(shown.length, this.values.length),
      }).data;
    },
  });
}
