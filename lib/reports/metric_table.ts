/**
 * A metric of methods at every place of an axis, as a table.
 *
 * @module
 */

import type { MetricRow, ShownValue } from "../figures/mod.ts";
import { overSeeds } from "../stats/statistics.ts";
import { formatEstimate } from "../studies/metrics.ts";
import type { Table } from "./tables.ts";

/** Significant digits of the greatest number of a table. */
const DIGITS = 4;

/** Most digits behind the point. */
const MOST_DECIMALS = 6;

/** Decimals with which the greatest of some numbers has its significant digits. */
function decimalsOf(values: readonly number[]): number {
  const greatest = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const before = greatest === 0 ? 1 : Math.floor(Math.log10(greatest)) + 1;
  return Math.min(MOST_DECIMALS, Math.max(0, DIGITS - before));
}

/**
 * A row a method and a column a place: the mean over seeds and, where there are
 * several, its 95 % interval (Student's t).
 *
 * @param head What the first cell says: metric and axis.
 * @param named What a column's head says of a place.
 * @param ends What the value cannot be beyond: intervals end there, as in figures.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { metricTable } from "./metric_table.ts";
 *
 * const rows = [5, 10].map((x) => ({ series: "TD3", x, seed: 0, value: x / 20 }));
 * assertEquals(metricTable(rows, "hit rate", (x) => `U = ${x}`), [
 *   ["hit rate", "U = 5", "U = 10"],
 *   ["TD3", "0.2500", "0.5000"],
 * ]);
 * ```
 */
export function metricTable(
  rows: readonly MetricRow[],
  head: string,
  named: (x: number | string) => string,
  ends: Pick<ShownValue, "least" | "greatest"> = {},
): Table {
  const { least = -Infinity, greatest = Infinity } = ends;
  const clip = (value: number) => Math.min(greatest, Math.max(least, value));
  const decimals = decimalsOf(rows.map(({ value }) => value));
  const places = [...new Set(rows.map(({ x }) => x))].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : 0
  );
  const cell = (values: readonly number[]) => {
    if (values.length === 0) return "–";
    const mean = overSeeds(values);
    return formatEstimate(
      mean.lower === null
        ? mean
        : { ...mean, lower: clip(mean.lower), upper: clip(mean.upper) },
      decimals,
    );
  };
  return [
    [head, ...places.map(named)],
    ...[...Map.groupBy(rows, ({ series }) => series)].map(([series, own]) => [
      series,
      ...places.map((x) =>
        cell(own.filter((row) => row.x === x).map(({ value }) => value))
      ),
    ]),
  ];
}
