/**
 * Names of columns in a sweep's table.
 *
 * @module
 */

import { EVALUATION_COLUMNS, type EvaluationRow } from "../trials/rows.ts";

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
 * Name of the column of a grid's key: the last part of a key of the world, unless
 * that is taken; a hyperparameter keeps the name of its method.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { columnOf } from "./columns.ts";
 *
 * assertEquals(columnOf("assumptions.association"), "association");
 * assertEquals(columnOf("td3.discount"), "td3.discount");
 * ```
 */
export function columnOf(key: string): string {
  const last = key.replace(/^(parameters|assumptions)\./, "");
  return TAKEN.includes(last) ? key : last;
}
