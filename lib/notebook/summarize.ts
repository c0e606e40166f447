/**
 * Groups of a frame's rows, each in a number with its interval.
 *
 * @module
 */

import {
  describeValue,
  InputError,
  nearestWord,
} from "../input/input_error.ts";
import type { TypedCell, TypedTable } from "../input/typed_csv.ts";
import { RandomStream } from "../math/prng.ts";
import {
  bootstrapInterval,
  interquartileMean,
  type Interval,
  mean,
  meanInterval,
  median,
} from "../stats/statistics.ts";
import {
  type DataFrame,
  makeFrame,
  placeOf,
  tableOf,
  typeOfColumn,
} from "./cells.ts";

/** What of a group's numbers is estimated. */
export type Statistic = "mean" | "interquartileMean" | "median";

const STATISTICS: Readonly<
  Record<Statistic, (values: ArrayLike<number>) => number>
> = { mean, interquartileMean, median };

/** What {@linkcode summarize} is asked for. */
export interface SummarizeOptions {
  /** The column of numbers; true counts as 1, false as 0. */
  readonly metric: string;
  /** Columns whose cells tell groups apart; by default all rows are one group. */
  readonly by?: string | readonly string[];
  /** What is estimated; by default the mean. */
  readonly statistic?: Statistic;
}

const ACT = "summarize the frame";

/** Columns after those of the groups. */
const MEASURED = ["estimate", "lower", "upper", "n", "missing"];

/**
 * Words a cell so that equal ones, and only these, are the same: 0 and −0 are equal,
 * and so are missing cells and NaN.
 */
function identityOf(cell: TypedCell): string {
  return cell === null || Number.isNaN(cell)
    ? "missing"
    : JSON.stringify([typeof cell, String(cell)]);
}

function groupRows(
  rows: TypedTable["rows"],
  places: readonly number[],
): (readonly TypedCell[])[][] {
  const keyOf = (row: readonly TypedCell[]) =>
    JSON.stringify(places.map((place) => identityOf(row[place])));
  return places.length === 0 ? [[...rows]] : [
    ...Map.groupBy(rows, keyOf).values(),
  ];
}

/** Estimate and interval, as far as so many numbers have them. */
function estimate(
  values: readonly number[],
  statistic: Statistic,
): { [Key in keyof Interval]: number | null } {
  const none = { lower: null, upper: null };
  if (values.length === 0) return { estimate: null, ...none };
  if (!values.every(Number.isFinite)) {
    if (statistic === "mean") {
      const sum = values.reduce((total, value) => total + value, 0);
      return { estimate: sum / values.length, ...none };
    }
    throw new InputError(
      `Cannot ${ACT}: metric must be finite for the statistic ${statistic}, got ${
        values.find((value) => !Number.isFinite(value))
      }`,
    );
  }
  if (values.length === 1) return { estimate: values[0], ...none };
  return statistic === "mean"
    ? meanInterval(values)
    : bootstrapInterval(values, STATISTICS[statistic], {
      stream: new RandomStream(0, "summarize"),
    });
}

/**
 * Summarizes one column of numbers: a row for each group, in the order in which the
 * groups come, with the columns of the groups and `estimate`, `lower`, `upper` (the
 * 95 % interval), `n` (how many numbers were counted) and `missing` (how many cells
 * were not, since they are missing or NaN).
 *
 * The interval of a mean is Student's t; others are bootstrapped, always with the same
 * draws, and too narrow for a handful of seeds. A group of one number has no
 * interval, one of none no estimate, and one with an infinite number that as its mean;
 * what there is not is missing. Rows whose group is missing or NaN are a group, too.
 *
 * @throws {InputError} If there is no such column, the metric is one of texts, a
 * group's column is called as one of the result's, or a number is infinite where the
 * statistic is not the mean.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { frameOf, frameRows, summarize } from "./frame.ts";
 *
 * const frame = await frameOf([
 *   { method: "a", hitRate: 0.5 },
 *   { method: "a", hitRate: 0.5 },
 *   { method: "a" },
 *   { method: "b", hitRate: 0.25 },
 * ]);
 * const summary = await summarize(frame, { by: "method", metric: "hitRate" });
 * assertEquals(frameRows(summary), [
 *   { method: "a", estimate: 0.5, lower: 0.5, upper: 0.5, n: 2, missing: 1 },
 *   { method: "b", estimate: 0.25, lower: null, upper: null, n: 1, missing: 0 },
 * ]);
 * ```
 */
export async function summarize(
  frame: DataFrame,
  options: SummarizeOptions,
): Promise<DataFrame> {
  const table = tableOf(frame, ACT);
  const { metric, by = [], statistic = "mean" } = options ?? {};
  if (!Object.hasOwn(STATISTICS, statistic)) {
    const names = Object.keys(STATISTICS);
    throw new InputError(
      `Cannot ${ACT}: statistic must be one of ${names.join(", ")} (nearest: ${
        nearestWord(String(statistic), names)
      }), got ${describeValue(statistic)}`,
    );
  }
  const groups = [by].flat();
  const taken = groups.find((name, k) =>
    MEASURED.includes(name) || groups.indexOf(name) < k
  );
  if (taken !== undefined) {
    throw new InputError(
      `Cannot ${ACT}: by must have columns, each once, that are not ${
        MEASURED.join(", ")
      }, got ${describeValue(taken)}`,
    );
  }
  const places = groups.map((name) => placeOf(table, name, ACT));
  const measured = placeOf(table, metric, ACT);
  if (typeOfColumn(table, measured, ACT) === "string") {
    throw new InputError(
      `Cannot ${ACT}: metric must be a column of numbers, got ${
        describeValue(metric)
      }, which holds texts`,
    );
  }
  const rows = groupRows(table.rows, places).map((own) => {
    const cells = own.map((row) => row[measured]);
    const values = cells.filter((cell) => cell !== null).map(Number)
      .filter((value) => !Number.isNaN(value));
    const { estimate: center, lower, upper } = estimate(values, statistic);
    const missing = own.length - values.length;
    return [
      ...places.map((place) =>
        Number.isNaN(own[0][place]) ? null : own[0][place]
      ),
      ...[center, lower, upper, values.length, missing],
    ];
  });
  return await makeFrame({ columns: [...groups, ...MEASURED], rows }, ACT);
}
