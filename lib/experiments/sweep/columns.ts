/**
 * Names of columns in a sweep's table.
 *
 * @module
 */

import { EVALUATION_COLUMNS, type EvaluationRow } from "../rows.ts";

/** A number that every trial is measured by. */
export type Metric = Exclude<keyof EvaluationRow, "split" | "episode">;

/** What every trial is measured by. */
export const METRIC_COLUMNS: readonly Metric[] = Object.keys(EVALUATION_COLUMNS)
  .filter((column) => column !== "split" && column !== "episode") as Metric[];

const TAKEN: readonly string[] = [
  ...["trial", "method", "seed"],
  ...Object.keys(EVALUATION_COLUMNS),
];

/**
 * Name of the column of a grid's key: its last part, unless that is taken.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { columnOf } from "./columns.ts";
 *
 * assertEquals(columnOf("assumptions.discount"), "discount");
 * assertEquals(columnOf("assumptions.hitRate"), "assumptions.hitRate");
 * ```
 */
export function columnOf(key: string): string {
  const last = key.slice(key.lastIndexOf(".") + 1);
  return TAKEN.includes(last) ? key : last;
}
