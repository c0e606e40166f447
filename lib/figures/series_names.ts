/**
 * What legends say of a method beside its name, and the method behind it.
 *
 * @module
 */

import { CLAIRVOYANT_MARK, clairvoyantNotes } from "../methods/clairvoyant.ts";
import { METHODS } from "../methods/registry.ts";
import { OPTIMUM_LABELS } from "../optimum/reference.ts";

/** What follows the name of a method that breaks constraints. */
const INFEASIBLE = " (infeasible)";

/**
 * What the policy `optimum` is called in worlds where it is no reference, so that
 * nothing is drawn relative to it.
 */
export const NO_REFERENCE_NAMES: readonly string[] = [
  OPTIMUM_LABELS.myopic,
  OPTIMUM_LABELS.approximate,
];

/** The name of a series without marks, and the optimum's by its usual one. */
export function methodNameOf(series: string): string {
  const name = [INFEASIBLE, CLAIRVOYANT_MARK].reduce(
    (rest, mark) => rest.endsWith(mark) ? rest.slice(0, -mark.length) : rest,
    series,
  );
  return NO_REFERENCE_NAMES.includes(name) ? OPTIMUM_LABELS.reference : name;
}

/**
 * The place of the method behind a series in {@linkcode METHODS}; -1 if it is none of
 * them. What follows its label are values of hyperparameters.
 */
export function placeOfMethod(series: string): number {
  const name = methodNameOf(series);
  const lengths = METHODS.map(({ label }) =>
    name === label || name.startsWith(`${label} `) ? label.length : 0
  );
  const longest = Math.max(...lengths);
  return longest === 0 ? -1 : lengths.indexOf(longest);
}

/**
 * The rows method by method as the registry lists them; then the rows of series that
 * it does not know, in their order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { inMethodOrder } from "./series_names.ts";
 *
 * const rows = ["mine", "optimum", "TD3"].map((series) => ({ series }));
 * assertEquals(
 *   inMethodOrder(rows).map(({ series }) => series),
 *   ["TD3", "optimum", "mine"],
 * );
 * ```
 */
export function inMethodOrder<Row extends { readonly series: string }>(
  rows: readonly Row[],
): Row[] {
  const places = new Map<string, number>();
  for (const { series } of rows) {
    if (places.has(series)) continue;
    const place = placeOfMethod(series);
    places.set(series, place < 0 ? METHODS.length : place);
  }
  return rows.toSorted((a, b) => places.get(a.series)! - places.get(b.series)!);
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

/** Lines for a subtitle about the marks of series, if there are any. */
export function markNotes(series: readonly string[]): string[] {
  return [
    ...series.some(isMarked)
      ? ["Infeasible: breaks constraints of Eq. 18, no rival of the others."]
      : [],
    ...clairvoyantNotes(series),
  ];
}
