/**
 * How arrays of rows show themselves.
 *
 * @module
 */

import { tableBundle } from "../table.ts";
import { type Display, isPlain } from "./display.ts";

type Row = Readonly<Record<string, unknown>>;

function isCell(value: unknown): boolean {
  return value === null ||
    ["number", "string", "boolean", "undefined"].includes(typeof value);
}

function isRow(value: unknown): value is Row {
  if (!isPlain(value)) return false;
  const cells = Object.values(value);
  return cells.length > 0 && cells.every(isCell);
}

/** How many rows are looked at: more than are shown. */
const MOST_LOOKED_AT = 1000;

/** Arrays whose elements are plain objects of numbers, texts and booleans. */
export const ROWS: Display<readonly Row[]> = {
  test: (value): value is readonly Row[] =>
    Array.isArray(value) && value.length > 0 &&
    value.slice(0, MOST_LOOKED_AT).every(isRow),
  bundles: (rows) => Promise.resolve([tableBundle(rows)]),
};
