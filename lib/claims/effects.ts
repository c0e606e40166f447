/**
 * The numbers that claims speak of, each with its interval over seeds.
 *
 * @module
 */

import type { IntervalAt } from "../stats/extreme_interval.ts";
import { ratioInterval } from "../stats/ratio_interval.ts";
import { mean, meanInterval } from "../stats/statistics.ts";
import {
  type BySeed,
  bySeed,
  pairBySeed,
  type ReturnRow,
  rising,
  type TestRow,
} from "./rows.ts";

/** A number that a claim speaks of. */
export interface Effect {
  /** What sets it apart from a claim's other numbers; empty if there is none. */
  readonly where: string;
  /** Seeds that it is measured on. */
  readonly seeds: number;
  /** Its interval over seeds; needs at least two. */
  readonly intervalAt: IntervalAt;
}

function meanEffect(where: string, values: readonly number[]): Effect {
  return {
    where,
    seeds: values.length,
    intervalAt: (confidence) => meanInterval(values, { confidence }),
  };
}

function ofSeries<Row extends { readonly series: string }>(
  rows: readonly Row[],
  series: string,
): Row[] {
  return rows.filter((row) => row.series === series);
}

/** Whether every one of the series was run. */
function haveRows(
  rows: readonly TestRow[],
  series: readonly string[],
): boolean {
  return series.every((name) => rows.some((row) => row.series === name));
}

/**
 * By how many percent the returns of `series` lie above those of each other series,
 * 100 (a − b) / |b|, seed by seed: an effect for each of the others.
 */
export function returnImprovements(
  rows: readonly ReturnRow[],
  series: string,
): Effect[] {
  const returns = (name: string) =>
    bySeed(ofSeries(rows, name), (row) => row.episodeReturn);
  const own = returns(series);
  if (own.size === 0) return [];
  const rivals = new Set(rows.map((row) => row.series));
  rivals.delete(series);
  return [...rivals].map((rival) => {
    const [a, b] = pairBySeed(own, returns(rival));
    const percent = a.map((value, i) => 100 * (value - b[i]) / Math.abs(b[i]));
    return meanEffect(rivals.size === 1 ? "" : `over (${rival})`, percent);
  });
}

/** The numbers of users that both series have rows for. */
function commonUsers(
  rows: readonly TestRow[],
  series: string,
  rival: string,
): number[] {
  const other = new Set(ofSeries(rows, rival).map((row) => row.users));
  return rising(ofSeries(rows, series).map((row) => row.users))
    .filter((users) => other.has(users));
}

function hitRates(
  rows: readonly TestRow[],
  series: string,
  users: number,
): BySeed {
  return bySeed(
    ofSeries(rows, series).filter((row) => row.users === users),
    (row) => row.hitRate,
  );
}

/**
 * By how many percent the mean hit rate of `series` lies above that of `rival`: an
 * effect for each number of users. Where the rival never hits, every improvement
 * is possible.
 */
export function hitRateImprovements(
  rows: readonly TestRow[],
  series: string,
  rival: string,
): Effect[] {
  return commonUsers(rows, series, rival).map((users) => {
    const [own, other] = pairBySeed(
      hitRates(rows, series, users),
      hitRates(rows, rival, users),
    );
    return {
      where: `with ${users} users`,
      seeds: own.length,
      intervalAt: (confidence) => {
        if (mean(other) === 0) {
          const estimate = mean(own) === 0 ? 0 : Infinity;
          return { estimate, lower: -Infinity, upper: Infinity };
        }
        const ratio = ratioInterval(own, other, { confidence });
        return {
          estimate: 100 * (ratio.estimate - 1),
          lower: 100 * (ratio.lower - 1),
          upper: 100 * (ratio.upper - 1),
        };
      },
    };
  });
}

/**
 * By how many percentage points the hit rate of `series` lies above that of each
 * rival with each number of users; no effects if one of them was not run.
 */
export function hitRateLeads(
  rows: readonly TestRow[],
  series: string,
  rivals: readonly string[],
): Effect[] {
  if (!haveRows(rows, [series, ...rivals])) return [];
  return rivals.flatMap((rival) =>
    commonUsers(rows, series, rival).map((users) => {
      const [own, other] = pairBySeed(
        hitRates(rows, series, users),
        hitRates(rows, rival, users),
      );
      return meanEffect(
        `over ${rival} with ${users} users`,
        own.map((value, i) => 100 * (value - other[i])),
      );
    })
  );
}

/** The slope of the least-squares line through points. */
function slope(x: readonly number[], y: readonly number[]): number {
  const center = mean(x);
  const spread = x.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return x.reduce((sum, value, i) => sum + (value - center) * y[i], 0) / spread;
}

/**
 * How a value grows with the number of users: for each series the slope of the
 * least-squares line through a seed's values. Only seeds with every number of users
 * count; there are no effects if one series was not run.
 *
 * @param value What grows, of a row; slopes are in its unit per user.
 */
export function trends(
  rows: readonly TestRow[],
  series: readonly string[],
  value: (row: TestRow) => number,
): Effect[] {
  if (!haveRows(rows, series)) return [];
  return series.flatMap((name) => {
    const own = ofSeries(rows, name);
    const users = rising(own.map((row) => row.users));
    if (users.length < 2) return [];
    const columns = users.map((count) =>
      bySeed(own.filter((row) => row.users === count), value)
    );
    const seeds = rising(own.map((row) => row.seed))
      .filter((seed) => columns.every((column) => column.has(seed)));
    return [meanEffect(
      series.length === 1 ? "" : `for ${name}`,
      seeds.map((seed) =>
        slope(users, columns.map((column) => column.get(seed)!))
      ),
    )];
  });
}
