/**
 * Which methods of a study can be compared over all of its worlds.
 *
 * @module
 */

import type { MethodRow } from "./task_scales.ts";

/** What {@linkcode comparableRows} finds. */
export interface ComparableRows {
  /** Rows of the methods that can be compared. */
  readonly rows: readonly MethodRow[];
  /** A sentence on those that cannot. */
  readonly notes: readonly string[];
}

/**
 * Methods are compared over the worlds that all of them are in. Where there is no such
 * world, since some methods are for a few only, those that are in fewer worlds than
 * others are left out.
 *
 * @param rows One for every method, task and seed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { comparableRows } from "./comparable_rows.ts";
 *
 * const row = (series: string, task: string) => ({ series, task, seed: 0, value: 1 });
 * const { rows, notes } = comparableRows([
 *   row("TD3", "a"),
 *   row("TD3", "b"),
 *   row("hold", "a"),
 *   row("best for the chain", "b"),
 * ]);
 * assertEquals(rows.map(({ series }) => series), ["TD3", "TD3"]);
 * assertEquals(notes, [
 *   "Left out, as they are for some of the worlds: hold, best for the chain.",
 * ]);
 * ```
 */
export function comparableRows(rows: readonly MethodRow[]): ComparableRows {
  const tasks = new Map(
    Map.groupBy(rows, ({ series }) => series).entries().map(([series, own]) => [
      series,
      new Set(own.map(({ task }) => task)),
    ]),
  );
  const sets = [...tasks.values()];
  const shared = sets.reduce(
    (common, own) => common.intersection(own),
    sets[0] ?? new Set(),
  );
  if (shared.size > 0) return { rows, notes: [] };
  const most = Math.max(...sets.map(({ size }) => size));
  const left = [...tasks].filter(([, { size }]) => size < most)
    .map(([series]) => series);
  return left.length === 0 ? { rows, notes: [] } : {
    rows: rows.filter(({ series }) => !left.includes(series)),
    notes: [
      `Left out, as they are for some of the worlds: ${left.join(", ")}.`,
    ],
  };
}
