/**
 * What legends say of a method beside its name, and the method behind it.
 *
 * @module
 */

/** What follows the name of a method that breaks constraints. */
const INFEASIBLE = " (infeasible)";

/**
 * What the policy `optimum` is called in worlds where it is no reference, so that
 * nothing is drawn relative to it.
 */
export const NO_REFERENCE_NAMES: readonly string[] = [
  "myopic optimum",
  "approximate optimum",
];

/** The method behind a series, whose colour it has. */
export function methodOfSeries(series: string): string {
  const name = isMarked(series) ? series.slice(0, -INFEASIBLE.length) : series;
  return NO_REFERENCE_NAMES.includes(name) ? "optimum" : name;
}

/** Whether a series is marked as breaking constraints. */
export function isMarked(series: string): boolean {
  return series.endsWith(INFEASIBLE);
}

/**
 * The rows with every series marked that broke a constraint of Eq. 18 in any of
 * them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { markInfeasible } from "./series_names.ts";
 *
 * const rows = [{ series: "TD3", violations: 2 }, { series: "TD3" }];
 * assertEquals(markInfeasible(rows)[1].series, "TD3 (infeasible)");
 * ```
 */
export function markInfeasible<
  Row extends { readonly series: string; readonly violations?: number },
>(rows: readonly Row[]): Row[] {
  const broken = new Set(
    rows.filter(({ violations = 0 }) => violations > 0)
      .map(({ series }) => series),
  );
  return rows.map((row) =>
    broken.has(row.series) ? { ...row, series: row.series + INFEASIBLE } : row
  );
}

/** A line for a subtitle about the marked series, if there are any. */
export function infeasibleNote(series: readonly string[]): string[] {
  return series.some(isMarked)
    ? ["Infeasible: breaks constraints of Eq. 18, no rival of the others."]
    : [];
}
