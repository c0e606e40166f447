/**
 * The one place that makes danfojs frames and looks into them, so that what danfojs
 * stores wrongly never gets in, and what it leaves odd never gets out.
 *
 * @module
 */

import type * as danfojs from "danfojs";
import {
  describeValue,
  InputError,
  nearestWord,
} from "../input/input_error.ts";
import type { TypedCell, TypedTable } from "../input/typed_csv.ts";
import { isMissing, markGivenNaN } from "./missing.ts";
import { showFramesAsTables } from "./table.ts";

/** A frame of danfojs; its documentation says what it can. */
export type DataFrame = danfojs.DataFrame;

/** What all cells of a column are that are not missing. */
export type ColumnType = "number" | "string" | "boolean";

/** Types in words, for messages. */
const WORDS: Readonly<Record<ColumnType, string>> = {
  number: "a number",
  string: "a text",
  boolean: "true or false",
};

const GREATEST_INT32 = 2 ** 31 - 1;

/** Refuses names that a column cannot have. */
function checkNames(names: readonly string[], members: object, act: string) {
  for (const name of names) {
    const condition = name === ""
      ? "must have names"
      : name in members
      ? "must not be called as members of danfojs frames, which would be lost"
      : undefined;
    if (condition === undefined) continue;
    throw new InputError(
      `Cannot ${act}: columns ${condition}, got ${describeValue(name)}`,
    );
  }
}

/**
 * The type of a column; of numbers if all cells are missing.
 *
 * @throws {InputError} If the cells are of several types.
 */
export function typeOfColumn(
  { columns, rows }: TypedTable,
  column: number,
  act: string,
): ColumnType {
  let type: ColumnType | undefined;
  for (const [index, row] of rows.entries()) {
    const cell = row[column];
    if (cell === null) continue;
    const own = typeof cell as ColumnType;
    type ??= own;
    if (own !== type) {
      throw new InputError(
        `Cannot ${act}: rows[${index}], column ${
          describeValue(columns[column])
        } must be ${WORDS[type]}, as before it, got ${describeValue(cell)}`,
      );
    }
  }
  return type ?? "number";
}

/** Danfojs's own name of a column's type: whole numbers only if all of them are. */
function dtypeOf({ rows }: TypedTable, column: number, type: ColumnType) {
  if (type !== "number") return type;
  const isWhole = rows.length > 0 && rows.every((row) => {
    const cell = row[column];
    return Number.isInteger(cell) && Math.abs(Number(cell)) <= GREATEST_INT32 &&
      !Object.is(cell, -0);
  });
  return isWhole ? "int32" : "float32";
}

/** Cells as danfojs stores them. */
function storeRow(
  row: readonly TypedCell[],
  types: readonly ColumnType[],
): TypedCell[] {
  const stored = row.map((cell, column) =>
    cell === null && types[column] === "number" ? NaN : cell
  );
  const given = [...row.keys()].filter((column) => Number.isNaN(row[column]));
  if (given.length > 0) markGivenNaN(stored, given);
  return stored;
}

/**
 * A table as a danfojs frame. Danfojs would infer types from the first 20 rows; here
 * they come from all. A missing number becomes NaN, any other missing cell null.
 *
 * @throws {InputError} If a column has no name, or that of a member of frames, or
 * cells of several types.
 */
export async function makeFrame(
  table: TypedTable,
  act: string,
): Promise<DataFrame> {
  // Danfojs is large: it is loaded with the first frame.
  const { DataFrame } = await import("danfojs");
  showFramesAsTables(DataFrame);
  const columns = [...table.columns];
  checkNames(columns, new DataFrame([]), act);
  const types = columns.map((_, column) => typeOfColumn(table, column, act));
  return new DataFrame(table.rows.map((row) => storeRow(row, types)), {
    columns,
    dtypes: types.map((type, column) => dtypeOf(table, column, type)),
  });
}

function isCell(value: unknown): value is TypedCell {
  return ["number", "string", "boolean"].includes(typeof value);
}

/**
 * What is in a frame, also in one that danfojs has made: there NaN and `undefined` are
 * missing.
 *
 * @throws {InputError} If it is no frame, or its rows are ragged, as danfojs makes
 * them of objects with different keys.
 */
export function tableOf(frame: DataFrame, act: string): TypedTable {
  const { columns, values } = (frame ?? {}) as {
    columns?: unknown;
    values?: unknown;
  };
  if (
    !Array.isArray(columns) || !Array.isArray(values) ||
    !values.every((row) => Array.isArray(row))
  ) {
    throw new InputError(
      `Cannot ${act}: frame must be a danfojs frame, got ${
        describeValue(frame)
      }`,
    );
  }
  const rows = values.map((row: unknown[], index) => {
    if (row.length !== columns.length) {
      throw new InputError(
        `Cannot ${act}: rows[${index}] of the frame must have a cell for each of ${columns.length} columns, got ${row.length}`,
      );
    }
    return row.map((value, column) => {
      if (isMissing(row, column)) return null;
      if (isCell(value)) return value;
      throw new InputError(
        `Cannot ${act}: rows[${index}], column ${
          describeValue(columns[column])
        } must be a number, a text, true, false or missing, got ${
          describeValue(value)
        }`,
      );
    });
  });
  return { columns: columns.map(String), rows };
}

/**
 * Where a column stands.
 *
 * @throws {InputError} If there is none of that name; the nearest is named.
 */
export function placeOf(
  { columns }: TypedTable,
  name: unknown,
  act: string,
): number {
  const place = columns.findIndex((column) => column === name);
  if (place >= 0) return place;
  const nearest = columns.length === 0 || typeof name !== "string"
    ? ""
    : ` (nearest: ${nearestWord(name, columns)})`;
  throw new InputError(
    `Cannot ${act}: column must be one of the frame${nearest}, got ${
      describeValue(name)
    }`,
  );
}
