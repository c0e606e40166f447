/**
 * Tables as CSV (RFC 4180), read strictly: every row is whole, and every cell is
 * what its column holds.
 *
 * @module
 */

import * as z from "zod";
import { describeValue, InputError, nearestWord } from "./input_error.ts";
import { decodeText } from "./text.ts";

/** What the cells of every column are, in the order of the columns. */
export type TableColumns<Row> = {
  readonly [Key in keyof Row & string]: z.ZodType<Row[Key]>;
};

/** Where a table stands, for messages. */
export interface TableSource {
  /** What the caller is doing, for example `"draw fig05_convergence"`. */
  readonly act: string;
  /** The file. */
  readonly path: string;
}

/** A text, never empty. */
export const TEXT: z.ZodType<string> = z.string({ error: "must be a text" })
  .min(1, { error: "must be a text" });

/** An error in a row; rows count from 1, the head, as in a spreadsheet. */
export function rowError(
  { act, path }: TableSource,
  row: number,
  rest: string,
): InputError {
  return new InputError(`Cannot ${act}: ${path} row ${row}${rest}`);
}

/** A quoted or a plain cell, and what ends it. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n)/y;

/** How much of what is no cell a message shows. */
const SHOWN = 40;

/** The cells of every row, which are as many as the head has. */
function splitCsv(text: string, source: TableSource): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length || cells.length > 0) {
    const start = CELL.lastIndex;
    const match = CELL.exec(text);
    const row = rows.length + 1;
    if (match === null) {
      const rest = text.slice(start, start + SHOWN);
      throw rowError(
        source,
        row,
        /[\r\n]/.test(rest) || rest.length === SHOWN
          ? ` must have cells that are quoted or hold no quotes, got ${
            describeValue(rest)
          }`
          : ` must end with a line feed, got the end of the file after ${
            describeValue(rest)
          }`,
      );
    }
    const [, quoted, plain, end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
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
  if (rows.length === 0) {
    throw new InputError(
      `Cannot ${source.act}: ${source.path} must be a table with a head, got an empty file`,
    );
  }
  return rows;
}

function checkHead(head: readonly string[], source: TableSource): void {
  head.forEach((name, index) => {
    if (name === "") {
      throw rowError(source, 1, ` must name every column, got "" for one`);
    }
    if (head.indexOf(name) < index) {
      throw rowError(
        source,
        1,
        ` must have every column once, got ${describeValue(name)} twice`,
      );
    }
  });
}

/** Numbers as JavaScript and most programs write them; `NaN` and `0x1` are none. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** What a cell may be: an empty one is null, and what reads as a number is one. */
function readCell(cell: string): string | number | null {
  if (cell === "") return null;
  return NUMBER.test(cell) ? Number(cell) : cell;
}

/**
 * Rows of a CSV text with a head line, in which every column of `columns` stands
 * once, in any order, and no other.
 *
 * @throws {InputError} With row and column: if the text is cut, a row has more or
 * fewer cells than the head, a column is missing, unknown or there twice, or a cell
 * is not what its column holds.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { parseCsv, TEXT } from "./csv.ts";
 * import { numberSchema } from "./schema.ts";
 *
 * const columns = { series: TEXT, value: numberSchema() };
 * const source = { act: "draw it", path: "data.csv" };
 * assertEquals(parseCsv("series,value\nTD3,-8.3\n", columns, source), [
 *   { series: "TD3", value: -8.3 },
 * ]);
 * assertThrows(
 *   () => parseCsv('series,value\nTD3,"-8,3"\n', columns, source),
 *   Error,
 *   'Cannot draw it: data.csv row 2, column value must be a finite number, got "-8,3"',
 * );
 * ```
 */
export function parseCsv<Row>(
  text: string,
  columns: TableColumns<Row>,
  source: TableSource,
): Row[] {
  const [head, ...body] = splitCsv(text, source);
  checkHead(head, source);
  const names = Object.keys(columns);
  const unknown = head.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw rowError(
      source,
      1,
      ` must have known columns (nearest: ${
        nearestWord(unknown, names)
      }), got ${describeValue(unknown)}`,
    );
  }
  const places = names.map((name): [string, z.ZodType, number] => {
    const place = head.indexOf(name);
    if (place >= 0) return [name, columns[name as keyof Row & string], place];
    throw rowError(
      source,
      1,
      ` must have the column ${name}, got ${head.join(", ")}`,
    );
  });
  return body.map((cells, index) => {
    const row: Record<string, unknown> = {};
    for (const [name, schema, place] of places) {
      const cell = cells[place];
      const value = readCell(cell);
      // A text may read as a number.
      const result = schema.safeParse(value);
      if (!result.success && !schema.safeParse(cell).success) {
        throw rowError(
          source,
          index + 2,
          `, column ${name} ${result.error.issues[0].message}, got ${
            describeValue(cell)
          }`,
        );
      }
      row[name] = result.success ? value : cell;
    }
    return row as Row;
  });
}

/** What looks like a number to people and other programs, but is none. */
const NO_NUMBER = /^[+-]?(nan|inf|infinity)$/i;

/**
 * Rows of a CSV text with any columns. A column is one of numbers if all its cells
 * read as such or are empty, which gives null; else it is one of texts.
 *
 * @throws {InputError} As {@linkcode parseCsv}, and if a column of numbers has one
 * that is not finite.
 */
export function parseAnyCsv(
  text: string,
  source: TableSource,
): Record<string, string | number | null>[] {
  const [head, ...body] = splitCsv(text, source);
  checkHead(head, source);
  const rows = body.map((): Record<string, string | number | null> => ({}));
  head.forEach((name, place) => {
    const cells = body.map((row) => row[place]);
    const values = cells.map(readCell);
    const isNumeric = values.some((value) => typeof value === "number")
      ? cells.every((cell, row) =>
        typeof values[row] !== "string" || NO_NUMBER.test(cell)
      )
      : values.every((value) => value === null);
    values.forEach((value, row) => {
      const isFinite = value === null || Number.isFinite(value);
      if (isNumeric && !isFinite) {
        throw rowError(
          source,
          row + 2,
          `, column ${name} must be a finite number, got ${
            describeValue(cells[row])
          }`,
        );
      }
      rows[row][name] = isNumeric ? value : cells[row];
    });
  });
  return rows;
}

/**
 * Reads the text of a table's file.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {InputError} If it is no UTF-8.
 */
export async function readTableText(
  { act, path }: TableSource,
): Promise<string> {
  return decodeText(await Deno.readFile(path), `${act}: ${path}`);
}

/**
 * Reads a table.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {InputError} As {@linkcode parseCsv}.
 */
export async function readTable<Row>(
  columns: TableColumns<Row>,
  source: TableSource,
): Promise<Row[]> {
  return parseCsv(await readTableText(source), columns, source);
}

/** A row in words, by what tells it from others. */
function describeKey(key: object): string {
  return Object.entries(key).map(([name, value]) =>
    `${name} ${typeof value === "string" ? describeValue(value) : value}`
  ).join(", ");
}

/**
 * Refuses a table that has not exactly one row for each expected key.
 *
 * @param expected What tells the rows from each other; at least one.
 * @throws {InputError} If a row is missing, there twice, or not expected.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { checkComplete } from "./csv.ts";
 *
 * const source = { act: "draw it", path: "data.csv" };
 * assertThrows(
 *   () => checkComplete([{ seed: 0 }], [{ seed: 0 }, { seed: 1 }], source),
 *   Error,
 *   "Cannot draw it: data.csv must have a row of seed 1, got none (1 of 2 rows)",
 * );
 * ```
 */
export function checkComplete<Key extends object>(
  rows: readonly NoInfer<Key>[],
  expected: readonly Key[],
  source: TableSource,
): void {
  const names = Object.keys(expected[0]) as (keyof Key)[];
  const keyOf = (row: Key) =>
    Object.fromEntries(names.map((name) => [name, row[name]]));
  const missing = new Map(
    expected.map((key) => [JSON.stringify(keyOf(key)), key]),
  );
  const all = new Set(missing.keys());
  rows.forEach((row, index) => {
    const key = JSON.stringify(keyOf(row));
    if (missing.delete(key)) return;
    throw rowError(
      source,
      index + 2,
      all.has(key)
        ? ` must not repeat a row, got ${describeKey(keyOf(row))} again`
        : ` must be one that belongs to the table, got ${
          describeKey(keyOf(row))
        }`,
    );
  });
  for (const key of missing.values()) {
    throw new InputError(
      `Cannot ${source.act}: ${source.path} must have a row of ${
        describeKey(key)
      }, got none (${rows.length} of ${all.size} rows)`,
    );
  }
}
