/**
 * Rows to CSV and back.
 *
 * @module
 */

// @ts-types="@types/d3-dsv"
import { autoType, csvFormat, csvParse } from "d3-dsv";

/**
 * Rows as CSV, with a head line and a line feed at the end; numbers are written
 * in the shortest form that reads back to the same bits.
 *
 * @param rows Objects with the same keys.
 * @param columns Keys in the order of the columns.
 */
export function formatCsv<Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
): string {
  return csvFormat<Row>([...rows], [...columns]) + "\n";
}

/**
 * Rows of a CSV text with a head line; cells that read as numbers are numbers.
 *
 * @throws {Error} If a column is missing.
 */
export function parseCsv<Row extends object>(
  text: string,
  columns: readonly (keyof Row & string)[],
): Row[] {
  const table = csvParse(text.trimEnd(), autoType);
  const given: readonly string[] = table.columns;
  for (const column of columns) {
    if (!given.includes(column)) {
      throw new Error(
        `Cannot read CSV: the columns must include ${column}, got ${
          given.join(", ")
        }`,
      );
    }
  }
  return Array.from(table) as unknown as Row[];
}
