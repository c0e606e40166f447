/**
 * Tables of plain text.
 *
 * @module
 */

import { oneLine } from "./terminal.ts";

/**
 * Lines of a table whose columns are as wide as their widest cell. Cells may hold
 * texts of users: their control characters are escaped.
 */
export function formatTable(cells: readonly (readonly string[])[]): string[] {
  const rows = cells.map((row) => row.map(oneLine));
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map((row) => row[column].length))
  );
  return rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd()
  );
}
