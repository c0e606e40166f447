/**
 * Tables of typed cells as CSV (RFC 4180), without a loss: what is quoted is text,
 * what is not may be a number or true or false, and an empty cell is missing unless
 * it is quoted.
 *
 * @module
 */

import { rowError, type TableSource } from "./csv.ts";
import { describeValue, InputError } from "./input_error.ts";

/** What a cell holds; null is missing. */
export type TypedCell = number | string | boolean | null;

/** A table: names of columns, and rows with a cell each. */
export interface TypedTable {
  /** Names of the columns, each once. */
  readonly columns: readonly string[];
  /** Cells in the order of the columns. */
  readonly rows: readonly (readonly TypedCell[])[];
}

/** A cell as it is written. */
interface WrittenCell {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Numbers as JavaScript and most programs write them. */
const FINITE = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const NOT_A_NUMBER = /^[+-]?nan$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const TRUTH = /^(true|false)$/i;

/** What only quotes keep a text: separators, quotes, a byte order mark. */
const SPECIAL = /[",\r\n\uFEFF]/;

/** A quoted or a plain cell, and what ends it. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n)/y;

/** How much of what is no cell a message shows. */
const SHOWN = 40;

/** The number that a text reads as, or `undefined`. */
function numberOf(text: string): number | undefined {
  if (FINITE.test(text)) return Number(text);
  if (NOT_A_NUMBER.test(text)) return NaN;
  const sign = INFINITE.exec(text)?.[1];
  if (sign === undefined) return undefined;
  return sign === "-" ? -Infinity : Infinity;
}

function formatText(text: string): string {
  const isPlain = text !== "" && !SPECIAL.test(text) && !TRUTH.test(text) &&
    numberOf(text) === undefined;
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}

function formatCell(cell: TypedCell): string {
  if (cell === null) return "";
  if (typeof cell === "string") return formatText(cell);
  return Object.is(cell, -0) ? "-0" : String(cell);
}

/**
 * A table as CSV, with a head line and a line feed at the end. Texts are quoted where
 * they could be taken for something else; numbers are written in the shortest form
 * that reads back to the same bits, `NaN`, `Infinity` and `-Infinity` as such.
 *
 * {@linkcode parseTypedCsv} gives back the same table, if every column holds cells
 * of one type.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatTypedCsv, parseTypedCsv } from "./typed_csv.ts";
 *
 * const table = {
 *   columns: ["name", "value"],
 *   rows: [["a, b", 1], ["", NaN], [null, -Infinity], ["1", null]],
 * };
 * const text = 'name,value\n"a, b",1\n"",NaN\n,-Infinity\n"1",\n';
 * assertEquals(formatTypedCsv(table), text);
 * assertEquals(parseTypedCsv(text, { act: "read it", path: "a.csv" }), table);
 * ```
 */
export function formatTypedCsv({ columns, rows }: TypedTable): string {
  return [columns, ...rows].map((row) => row.map(formatCell).join(",") + "\n")
    .join("");
}

/** The cells of every row, as they are written. */
function splitCells(text: string, source: TableSource): WrittenCell[][] {
  const rows: WrittenCell[][] = [];
  let cells: WrittenCell[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length || cells.length > 0) {
    const start = CELL.lastIndex;
    const match = CELL.exec(text);
    const row = rows.length + 1;
    if (match === null) {
      throw rowError(
        source,
        row,
        ` must have cells that are quoted or hold no quotes, and end with a line feed, got ${
          describeValue(text.slice(start, start + SHOWN))
        }`,
      );
    }
    const [, quoted, plain, end] = match;
    cells.push({
      text: quoted?.replaceAll('""', '"') ?? plain,
      isQuoted: quoted !== undefined,
    });
    if (end === ",") continue;
    const { length } = rows[0] ?? cells;
    if (cells.length !== length) {
      throw rowError(
        source,
        row,
        ` must have as many cells as the head, ${length}, got ${cells.length}`,
      );
    }
    rows.push(cells);
    cells = [];
  }
  return rows;
}

/** The cells of a column, all of the type that all of them can be read as. */
function readColumn(
  name: string,
  cells: readonly WrittenCell[],
  source: TableSource,
): TypedCell[] {
  const isMissing = ({ text, isQuoted }: WrittenCell) =>
    text === "" && !isQuoted;
  const areAll = (holds: (text: string) => boolean) =>
    cells.every((cell) =>
      isMissing(cell) || (!cell.isQuoted && holds(cell.text))
    );
  if (areAll((text) => numberOf(text) !== undefined)) {
    return cells.map((cell, index) => {
      if (isMissing(cell)) return null;
      const value = numberOf(cell.text)!;
      if (FINITE.test(cell.text) && !Number.isFinite(value)) {
        throw rowError(
          source,
          index + 2,
          `, column ${name} must be a number within ±1.8e308, got ${
            describeValue(cell.text)
          }`,
        );
      }
      return value;
    });
  }
  if (areAll((text) => TRUTH.test(text))) {
    return cells.map((cell) =>
      isMissing(cell) ? null : cell.text.toLowerCase() === "true"
    );
  }
  return cells.map((cell) => isMissing(cell) ? null : cell.text);
}

/**
 * Reads CSV with a head line. A column is one of numbers if all its cells read as
 * such, of booleans if all are true or false, else of texts; missing cells are of
 * any type, quoted ones are texts.
 *
 * @throws {InputError} With row and column: if the text is cut, a row has more or
 * fewer cells than the head, a column has no name or that of another, or a number is
 * too great.
 */
export function parseTypedCsv(text: string, source: TableSource): TypedTable {
  const [head, ...body] = splitCells(text, source);
  if (head === undefined) {
    throw new InputError(
      `Cannot ${source.act}: ${source.path} must be a table with a head, got an empty file`,
    );
  }
  const columns = head.map((cell) => cell.text);
  const repeated = columns.find((name, k) => columns.indexOf(name) < k);
  if (repeated !== undefined || columns.includes("")) {
    throw rowError(
      source,
      1,
      ` must name every column, each once, got ${
        repeated === undefined
          ? '"" for one'
          : `${describeValue(repeated)} twice`
      }`,
    );
  }
  const read = columns.map((name, place) =>
    readColumn(name, body.map((row) => row[place]), source)
  );
  return {
    columns,
    rows: body.map((_, row) => read.map((cells) => cells[row])),
  };
}
