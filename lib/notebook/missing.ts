/**
 * Which cells of danfojs frames are missing.
 *
 * Danfojs takes null for 0, so a missing number is stored as NaN. Rows with a NaN that
 * was given as such are marked, so that it does not get lost.
 *
 * @module
 */

const GIVEN_NAN = Symbol("columns with a given NaN");

/** Cells of a row as danfojs stores them. */
interface StoredRow extends ReadonlyArray<unknown> {
  readonly [GIVEN_NAN]?: readonly number[];
}

/** Marks a row in which NaN was given in some columns. */
export function markGivenNaN(
  row: readonly unknown[],
  columns: readonly number[],
): void {
  Object.defineProperty(row, GIVEN_NAN, { value: columns });
}

/** Whether a cell of a row is missing: null, `undefined`, or NaN that was not given. */
export function isMissing(row: readonly unknown[], column: number): boolean {
  const cell = row[column];
  const given = (row as StoredRow)[GIVEN_NAN] ?? [];
  return cell === undefined || cell === null ||
    (Number.isNaN(cell) && !given.includes(column));
}
