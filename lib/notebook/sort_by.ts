/**
 * Sorting frames.
 *
 * @module
 */

import { describeValue, InputError } from "../input/input_error.ts";
import type { TypedCell } from "../input/typed_csv.ts";
import { type DataFrame, makeFrame, placeOf, tableOf } from "./cells.ts";

/** A column to sort by. */
export interface SortKey {
  /** Its name. */
  readonly column: string;
  /** Whether the greatest comes first. */
  readonly descending?: boolean;
}

const ACT = "sort the frame";

/** Makes UTF-16 compare as code points do: surrogates come after all else. */
function orderOf(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function compareTexts(a: string, b: string): number {
  const { length } = a.length < b.length ? a : b;
  for (let k = 0; k < length; k++) {
    const [left, right] = [a.charCodeAt(k), b.charCodeAt(k)];
    if (left !== right) return orderOf(left) - orderOf(right);
  }
  return a.length - b.length;
}

function compareCells(a: TypedCell, b: TypedCell): number {
  if (typeof a === "string" && typeof b === "string") return compareTexts(a, b);
  const [left, right] = [Number(a), Number(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether a cell has no place in the order. */
function isLast(cell: TypedCell): boolean {
  return cell === null || Number.isNaN(cell);
}

function checkKey(key: unknown): SortKey {
  if (typeof key === "string") return { column: key };
  const { column, descending } = (key ?? {}) as Partial<SortKey>;
  if (
    typeof column === "string" &&
    ["undefined", "boolean"].includes(typeof descending)
  ) return key as SortKey;
  throw new InputError(
    `Cannot ${ACT}: keys must be names of columns, or { column, descending }, got ${
      describeValue(key)
    }`,
  );
}

/**
 * The rows of a frame in order: by the first key, and where that is equal by the
 * next. Numbers sort as such, texts by code points, false before true; missing cells
 * and NaN come last in either direction. Rows that are equal keep their order.
 *
 * @throws {InputError} If there is no such column, or a column holds cells of
 * several types.
 *
 * @example
 * ```ts ignore
 * await sortBy(frame, "users", { column: "hitRate", descending: true });
 * ```
 */
export async function sortBy(
  frame: DataFrame,
  ...keys: readonly (string | SortKey)[]
): Promise<DataFrame> {
  const table = tableOf(frame, ACT);
  const places = keys.map(checkKey).map(({ column, descending = false }) => ({
    place: placeOf(table, column, ACT),
    sign: descending ? -1 : 1,
  }));
  const rows = table.rows.toSorted((a, b) => {
    for (const { place, sign } of places) {
      const [left, right] = [a[place], b[place]];
      const order = Number(isLast(left)) - Number(isLast(right)) ||
        (isLast(left) ? 0 : sign * compareCells(left, right));
      if (order !== 0) return order;
    }
    return 0;
  });
  return await makeFrame({ ...table, rows }, ACT);
}
