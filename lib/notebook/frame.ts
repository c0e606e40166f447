/**
 * Results as danfojs frames: made of rows, read and written, sorted and summarized,
 * past what danfojs does wrongly. All else of danfojs works on them.
 *
 * @module
 */

import { extname } from "node:path";
import {
  type ParquetType,
  readAnyParquet,
  writeParquet,
} from "../files/parquet.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { readTableText } from "../input/csv.ts";
import {
  describePath,
  describeValue,
  InputError,
} from "../input/input_error.ts";
import {
  formatTypedCsv,
  parseTypedCsv,
  type TypedCell,
  type TypedTable,
} from "../input/typed_csv.ts";
import {
  type DataFrame,
  makeFrame,
  placeOf,
  tableOf,
  typeOfColumn,
} from "./cells.ts";

export type { DataFrame, TypedCell };
export { sortBy, type SortKey } from "./sort_by.ts";
export {
  type Statistic,
  summarize,
  type SummarizeOptions,
} from "./summarize.ts";

/** What has rows, such as a study. */
export interface RowSource {
  /** Its rows. */
  rows(): readonly object[] | Promise<readonly object[]>;
}

/** How deep a row's objects may be nested. */
const DEEPEST = 8;

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The cells of a row by column; an object in it is a column for each of its keys. */
function flatten(
  value: object,
  path: readonly PropertyKey[],
  act: string,
  prefix = "",
  cells: Map<string, TypedCell> = new Map(),
): Map<string, TypedCell> {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix + key;
    const at = [...path, key];
    if (isPlainObject(inner) && path.length < DEEPEST) {
      flatten(inner, at, act, `${name}.`, cells);
      continue;
    }
    const isCell = inner === null ||
      ["number", "string", "boolean", "undefined"].includes(typeof inner);
    if (!isCell || cells.has(name)) {
      throw new InputError(
        `Cannot ${act}: ${describePath(at)} must be ${
          isCell
            ? "a column of its own"
            : "a number, a text, true, false, null or an object of these"
        }, got ${describeValue(inner)}`,
      );
    }
    cells.set(name, inner ?? null);
  }
  return cells;
}

/** Rows as a table of all their keys, in the order in which these come first. */
function tableOfRows(rows: readonly object[], act: string): TypedTable {
  const flat = rows.map((row, index) => {
    if (typeof row === "object" && row !== null && !Array.isArray(row)) {
      return flatten(row, ["rows", index], act);
    }
    throw new InputError(
      `Cannot ${act}: rows[${index}] must be an object, got ${
        describeValue(row)
      }`,
    );
  });
  const columns = [...new Set(flat.flatMap((cells) => [...cells.keys()]))];
  return {
    columns,
    rows: flat.map((cells) => columns.map((name) => cells.get(name) ?? null)),
  };
}

/** A study leaves cells empty that do not apply, such as another method's discount. */
function withoutEmptyTexts(rows: readonly object[]): object[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map((
        [key, cell],
      ) => [key, cell === "" ? null : cell]),
    )
  );
}

/**
 * Rows as a danfojs frame. From then on frames and series show as tables below a
 * cell.
 *
 * Keys may come in any order, and may be left out: such cells are missing, as null
 * and `undefined` are. An object in a row is a column for each of its keys:
 * `metrics.hitRate`.
 *
 * @param source Objects such as trials, evaluations or comparisons, or what has rows,
 * such as a study; there empty texts are missing, too.
 * @throws {InputError} If a cell is neither a number nor text nor boolean, a column
 * holds several of these, or is called as a member of danfojs frames, such as
 * `values` or `index`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { frameOf } from "./frame.ts";
 *
 * const frame = await frameOf([
 *   { method: "td3", hitRate: 0.5 },
 *   { hitRate: 0.75, method: "ddpg" },
 * ]);
 * assertEquals(frame.values, [["td3", 0.5], ["ddpg", 0.75]]);
 * ```
 */
export async function frameOf(
  source: readonly object[] | RowSource,
): Promise<DataFrame> {
  const act = "make a frame";
  const given: unknown = source;
  const rows = typeof (given as Partial<RowSource> | null)?.rows === "function"
    ? withoutEmptyTexts(await (given as RowSource).rows())
    : given;
  if (!Array.isArray(rows)) {
    throw new InputError(
      `Cannot ${act}: rows must be an array of objects, or what has rows, got ${
        describeValue(rows)
      }`,
    );
  }
  return await makeFrame(tableOfRows(rows, act), act);
}

/** The rows of a frame as plain objects, one property a column; null is missing. */
export function frameRows<Row extends object>(frame: DataFrame): Row[] {
  const { columns, rows } = tableOf(frame, "list the frame's rows");
  return rows.map((row) =>
    Object.fromEntries(columns.map((name, place) => [name, row[place]])) as Row
  );
}

/**
 * The cells of a column; null is missing.
 *
 * @throws {InputError} If there is none of that name; the nearest is named.
 */
export function columnOf(frame: DataFrame, name: string): TypedCell[] {
  const act = "take the column";
  const table = tableOf(frame, act);
  const place = placeOf(table, name, act);
  return table.rows.map((row) => row[place]);
}

/** Which of two formats a file's name asks for. */
function formatOf(path: string, act: string): "csv" | "parquet" {
  const ending = extname(String(path)).toLowerCase();
  if (ending === ".csv") return "csv";
  if (ending === ".parquet") return "parquet";
  throw new InputError(
    `Cannot ${act}: path must end with .csv or .parquet, got ${
      describeValue(path)
    }`,
  );
}

/**
 * Reads a CSV file with a head line, or a Parquet file, into a danfojs frame.
 *
 * A column of CSV is one of numbers (`NaN` and `Infinity` among them) if all its
 * cells are, of booleans if all are true or false, else of texts. An empty cell is
 * missing; what is quoted is text, so `""` is an empty one.
 *
 * @param path The file, relative to the working directory.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {InputError} If the name has another ending; with row and column, if the
 * file is cut or a row has more or fewer cells than the head; if a Parquet file is
 * damaged or holds other than numbers, texts and booleans.
 */
export async function readFrame(path: string): Promise<DataFrame> {
  const act = "read the frame";
  const source = { act, path };
  if (formatOf(path, act) === "csv") {
    const text = await readTableText(source);
    return await makeFrame(parseTypedCsv(text, source), `${act}: ${path}`);
  }
  const table = await readAnyParquet(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw error;
    throw new InputError(
      `Cannot ${act}: ${path} must be a whole Parquet file of numbers, texts and booleans, got ${error.message}`,
    );
  });
  return await makeFrame(table, `${act}: ${path}`);
}

function parquetTypeOf(
  table: TypedTable,
  column: number,
  act: string,
): ParquetType {
  const type = typeOfColumn(table, column, act);
  if (type !== "number") return type;
  const isWhole = table.rows.every((row) =>
    row[column] === null ||
    (Number.isSafeInteger(row[column]) && !Object.is(row[column], -0))
  );
  return isWhole ? "int" : "double";
}

/**
 * Writes a frame whole or not at all, as CSV or as Parquet by the path's ending.
 * {@linkcode readFrame} gives back the same cells: numbers to the last bit, NaN,
 * infinities, missing cells, and any text.
 *
 * @throws {InputError} If the name has another ending, a frame has no columns, a
 * column holds cells of several types, or a text is no Unicode.
 */
export async function writeFrame(
  frame: DataFrame,
  path: string,
): Promise<void> {
  const act = "write the frame";
  const format = formatOf(path, act);
  const table = tableOf(frame, act);
  const { columns, rows } = table;
  if (columns.length === 0) {
    throw new InputError(
      `Cannot ${act}: frame must have a column, got none`,
    );
  }
  for (const text of [columns, ...rows].flat()) {
    if (typeof text !== "string" || text.isWellFormed()) continue;
    throw new InputError(
      `Cannot ${act}: texts must be Unicode, got ${describeValue(text)}`,
    );
  }
  const types = columns.map((name, place): [string, ParquetType] => [
    name,
    parquetTypeOf(table, place, act),
  ]);
  await (format === "csv"
    ? writeFileAtomically(path, formatTypedCsv(table))
    : writeParquet(path, frameRows(frame), types));
}
