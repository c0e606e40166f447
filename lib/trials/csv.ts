/**
 * Rows to CSV; `parseCsv` of `lib/input` reads them.
 *
 * @module
 */

// @ts-types="@types/d3-dsv"
import { csvFormat } from "d3-dsv";

/**
 * Rows as CSV, with a head line and a line feed at the end; numbers are written
 * in the shortest form that reads back to the same bits.
 *
 * @param rows Objects with the same keys.
 * @param columns Keys in the order of the columns, or what stands in each.
 * @throws {RangeError} If a number is not finite.
 */
export function formatCsv<Row extends object>(
  rows: readonly Row[],
  columns:
    | readonly (keyof Row & string)[]
    | Readonly<Record<keyof Row & string, unknown>>,
): string {
  const names = Array.isArray(columns)
    ? columns as (keyof Row & string)[]
    : Object.keys(columns) as (keyof Row & string)[];
  rows.forEach((row, index) => {
    for (const name of names) {
      const value = row[name];
      if (typeof value !== "number" || Number.isFinite(value)) continue;
      throw new RangeError(
        `Cannot write CSV: rows[${index}].${name} must be finite, got ${value}`,
      );
    }
  });
  return csvFormat<Row>([...rows], names) + "\n";
}
