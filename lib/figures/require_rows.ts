/**
 * The check that rows of figures have in common.
 *
 * @module
 */

/**
 * Refuses rows without numbers.
 *
 * @param fields Columns that must be finite numbers.
 * @throws {RangeError} If there are no rows, or a number is not finite.
 */
export function requireRows<Field extends string>(
  rows: readonly Readonly<Record<Field, unknown>>[],
  fields: readonly Field[],
  act: string,
): void {
  if (rows.length === 0) {
    throw new RangeError(`Cannot ${act}: rows must be at least 1 row, got 0`);
  }
  rows.forEach((row, i) => {
    for (const field of fields) {
      if (Number.isFinite(row[field])) continue;
      throw new RangeError(
        `Cannot ${act}: rows[${i}].${field} must be a finite number, got ${
          row[field]
        }`,
      );
    }
  });
}
