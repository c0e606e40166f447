/**
 * The numbers of Figs. 6 and 7 as a table.
 *
 * @module
 */

import { mean, meanInterval } from "../../stats/statistics.ts";
import type { ScalabilityRow } from "../../trials/rows.ts";

/** A mean over seeds with half the width of its 95 % interval. */
function showMean(values: readonly number[], digits: number): string {
  const estimate = mean(values).toFixed(digits);
  if (values.length < 2) return estimate;
  const { lower, upper } = meanInterval(values);
  return `${estimate} ± ${((upper - lower) / 2).toFixed(digits)}`;
}

/**
 * A row per method and a column per number of users: the mean over seeds and, where
 * there are several, ± half the 95 % interval (Student's t).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { scalabilityTable } from "./scalability_summary.ts";
 *
 * const row = {
 *   series: "TD3",
 *   users: 5,
 *   seed: 0,
 *   hitRate: 0.3,
 *   objective: 4,
 *   episodeReturn: -8,
 *   hitRateOwnServer: 0.3,
 *   hitRateAnyServer: 0.5,
 *   cacheUtilization: 0.2,
 * };
 * assertEquals(scalabilityTable([row], "hitRate"), [
 *   ["hit rate", "U = 5"],
 *   ["TD3", "0.300"],
 * ]);
 * ```
 */
export function scalabilityTable(
  rows: readonly ScalabilityRow[],
  metric: "hitRate" | "objective",
): string[][] {
  const users = [...new Set(rows.map((row) => row.users))];
  const digits = metric === "hitRate" ? 3 : 2;
  return [
    [
      metric === "hitRate" ? "hit rate" : "objective G",
      ...users.map((count) => `U = ${count}`),
    ],
    ...[...Map.groupBy(rows, (row) => row.series)].map(([series, own]) => [
      series,
      ...users.map((count) =>
        showMean(
          own.filter((row) => row.users === count).map((row) => row[metric]),
          digits,
        )
      ),
    ]),
  ];
}
