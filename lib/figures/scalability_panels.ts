/**
 * What the panels of Figures 6 and 7 show: values of the rows, and their means over
 * seeds.
 *
 * @module
 */

import { type Interval, meanInterval } from "../math/statistics.ts";
import { extent } from "./panels.ts";
import type { UsersRow } from "./rows.ts";
import { isMarked } from "./series_names.ts";
import { roundSignificant } from "./spec.ts";

/** One panel: a value of every row, and how its axis shows it. */
export interface Panel {
  /** Title above the panel; empty for none. */
  readonly title: string;
  /** Title of the vertical axis. */
  readonly axis: string;
  /** What is averaged over seeds. */
  readonly value: (row: UsersRow) => number;
  /** Whether points of one number of users stand side by side. */
  readonly apart: boolean;
  /** Whether the panel leaves a series out; by default it shows all. */
  readonly without?: (series: string) => boolean;
  /** What the value cannot be below: intervals end there. */
  readonly least?: number;
  /** What the value cannot be above: intervals end there. */
  readonly greatest?: number;
}

/** A point of a line: a mean over seeds, set apart from its neighbors. */
export interface Point {
  /** The method. */
  readonly series: string;
  /** Number of users. */
  readonly users: number;
  /** Where the point stands: `users`, or a little beside it. */
  readonly position: number;
  /** Mean over seeds. */
  readonly mean: number;
  /** Lower end of its Student t interval; null for a single seed. */
  readonly lower: number | null;
  /** Upper end of its Student t interval; null for a single seed. */
  readonly upper: number | null;
}

/** What fails in errors. */
export const act = "draw the scalability figure";

/** Part of the distance of two numbers of users over which points are spread. */
const SPREAD = 0.4;

/** Refuses rows without numbers. */
export function requireRows(rows: readonly UsersRow[]): void {
  if (rows.length === 0) {
    throw new RangeError(`Cannot ${act}: rows must be at least 1 row, got 0`);
  }
  rows.forEach((row, i) => {
    for (const field of ["users", "seed", "hitRate", "objective"] as const) {
      if (Number.isFinite(row[field])) continue;
      throw new RangeError(
        `Cannot ${act}: rows[${i}].${field} must be a finite number, got ${
          row[field]
        }`,
      );
    }
  });
}

function overSeeds(values: readonly number[]): Partial<Interval> & {
  readonly estimate: number;
} {
  return values.length === 1 ? { estimate: values[0] } : meanInterval(values);
}

/** The least distance of two numbers of users; 1 if there is only one. */
function leastStep(users: readonly number[]): number {
  const steps = users.slice(1).map((count, i) => count - users[i]);
  return steps.length === 0 ? 1 : extent(steps)[0];
}

/** The points of a panel, series by series and with rising numbers of users. */
export function pointsOf(
  rows: readonly UsersRow[],
  panel: Panel,
  series: readonly string[],
  users: readonly number[],
): Point[] {
  const { least = -Infinity, greatest = Infinity, without } = panel;
  const spread = panel.apart
    ? SPREAD * leastStep(users) / Math.max(1, series.length - 1)
    : 0;
  const clip = (value: number | undefined) =>
    value === undefined
      ? null
      : roundSignificant(Math.min(greatest, Math.max(least, value)), 5);
  return series.filter((name) => !without?.(name)).flatMap((name) =>
    users.flatMap((count): Point[] => {
      const values = rows
        .filter((row) => row.series === name && row.users === count)
        .map(panel.value);
      if (values.length === 0) return [];
      const { estimate, lower, upper } = overSeeds(values);
      const offset = series.indexOf(name) - (series.length - 1) / 2;
      return [{
        series: name,
        users: count,
        position: roundSignificant(count + spread * offset, 5),
        mean: roundSignificant(estimate, 5),
        lower: clip(lower),
        upper: clip(upper),
      }];
    })
  );
}

/** The objective of the reference on the same traces, for every row. */
function referenceOf(
  rows: readonly UsersRow[],
  reference: string,
): (row: UsersRow) => number {
  const key = (row: UsersRow) => `${row.users} ${row.seed}`;
  const objectives = new Map(
    rows.filter((row) => row.series === reference)
      .map((row) => [key(row), row.objective]),
  );
  return (row) => {
    const objective = objectives.get(key(row));
    if (objective !== undefined) return objective;
    throw new RangeError(
      `Cannot ${act}: series "${reference}" must have ${row.users} users with ` +
        `seed ${row.seed}, got no such row`,
    );
  };
}

/** The panels of Figure 6 or 7; without the reference the latter has but one. */
export function panelsOf(
  rows: readonly UsersRow[],
  metric: "hitRate" | "objective",
  reference: string,
): Panel[] {
  if (metric === "hitRate") {
    return [{
      title: "",
      axis: "Hit rate",
      value: (row) => row.hitRate,
      apart: true,
      least: 0,
      greatest: 1,
    }];
  }
  const objective: Panel = {
    title: "As in the paper",
    axis: "Objective G",
    value: (row) => row.objective,
    // G rises so steeply that points set apart would change the lines' order.
    apart: false,
    least: 0,
  };
  if (rows.every((row) => row.series !== reference)) return [objective];
  const best = referenceOf(rows, reference);
  return [objective, {
    title: `Above the ${reference}, same traces`,
    axis: `G above the ${reference}, %`,
    value: (row) => 100 * (row.objective / best(row) - 1),
    apart: true,
    // Nothing is cut at 0: the reference's G is no proven bound where users wait.
    without: (series) => series === reference || isMarked(series),
  }];
}

/** Room beside the first and the last number of users. */
export function sideMargin(users: readonly number[]): number {
  return SPREAD * leastStep(users);
}
