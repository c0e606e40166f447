/**
 * A metric of a study's trials against one of the things that it varies.
 *
 * @module
 */

import type { Metric } from "../studies/columns.ts";
import type { SweepTrial } from "../studies/expand.ts";
import { labelTrials, scoreRows } from "../studies/score_rows.ts";
import { taskScales } from "../studies/task_scales.ts";
import { gapPercent } from "../stats/score_rows.ts";
import type { MetricRow } from "../figures/mod.ts";
import { mean } from "../stats/statistics.ts";
import type { StudyResults } from "./gather.ts";

/** Rows of a figure or table, and what has to be said of them. */
export interface MetricRows {
  /** One for every method, place and seed. */
  readonly rows: readonly MetricRow[];
  /** Sentences that belong below. */
  readonly notes: readonly string[];
  /** The series that is the least there is, where one is, and what is known of it. */
  readonly reference?: {
    /** The series. */
    readonly series: string;
    /** A sentence on its bound, where it is known only up to one. */
    readonly notes: readonly string[];
  };
}

/** Trials as they are where a column is the axis: it tells no methods apart. */
function withoutColumn(
  trials: readonly SweepTrial[],
  column: string,
): SweepTrial[] {
  return trials.map(({ values: { [column]: _, ...values }, ...trial }) => ({
    ...trial,
    values,
  }));
}

/** The places of an axis, in the order in which the study has them. */
export function placesOf(
  trials: readonly SweepTrial[],
  column: string,
): (number | string)[] {
  return [...new Set(trials.map(({ values }) => values[column]))]
    .filter((value) => value !== "" && value !== undefined);
}

/** What is the least of the objective in all worlds, if one series is. */
function referenceAt(
  { finished, rows }: Pick<StudyResults, "finished" | "rows">,
  column: string,
): MetricRows["reference"] {
  const trials = withoutColumn(finished, column);
  const scores = scoreRows(trials, rows, "objective").map((row, i) => ({
    ...row,
    task: JSON.stringify([row.task, finished[i].values[column]]),
  }));
  const scales = [...taskScales(scores, "objective").scales];
  const [series, ...others] = new Set(scales.map(([, { one }]) => one));
  if (series === undefined || others.length > 0) return undefined;
  const widths = scales.flatMap(([task, { bounds }]) =>
    scores.filter((row) => row.task === task && row.series === series)
      .map(({ seed, value }) =>
        bounds === undefined ? 0 : gapPercent(value, bounds.get(seed)!)
      )
  );
  const isBracket = scales.some(([, { bounds }]) => bounds !== undefined);
  return {
    series,
    notes: isBracket
      ? [
        `The ${series} itself is ${
          mean(widths).toPrecision(2)
        } % above its bound on average.`,
      ]
      : [],
  };
}

/**
 * A metric against a column of the study's table. What else the study varies in the
 * world is averaged, seed by seed, where a method has all of it; a method that lacks
 * the column, as the hyperparameter is another's, is the same at every place.
 */
export function metricRows(
  { finished, rows }: StudyResults,
  metric: Metric,
  column: string,
): MetricRows {
  const labels = labelTrials(withoutColumn(finished, column));
  const places = placesOf(finished, column);
  let empty = 0;
  const single = finished.flatMap(({ id, values, config }) => {
    const row = rows.get(id)!;
    const value = row[metric];
    if (value === null) empty += 1;
    if (typeof value !== "number") return [];
    const own = values[column];
    return (own === "" ? places : [own]).map((x) => ({
      ...labels.get(id)!,
      x,
      seed: config.seed,
      value,
      violations: Number(row.violations),
    }));
  });
  const reference = metric === "objective"
    ? referenceAt({ finished, rows }, column)
    : undefined;
  const tasks = new Set(single.map(({ task }) => task)).size;
  let incomplete = 0;
  const groups = Map.groupBy(
    single,
    ({ series, x, seed }) => JSON.stringify([series, x, seed]),
  );
  const means = [...groups.values()].flatMap((group): MetricRow[] => {
    if (group.length < tasks) {
      incomplete += 1;
      return [];
    }
    const [{ series, x, seed }] = group;
    return [{
      series,
      x,
      seed,
      value: mean(group.map(({ value }) => value)),
      violations: group.reduce((sum, { violations }) => sum + violations, 0),
    }];
  });
  const constant = finished.filter(({ values }) => values[column] === "");
  const same = [...new Set(constant.map(({ id }) => labels.get(id)!.series))];
  const count = (trials: number) => `${trials} trial${trials === 1 ? "" : "s"}`;
  return {
    rows: means,
    ...reference === undefined ? {} : { reference },
    notes: [
      ...tasks > 1 ? [`Means over ${tasks} worlds that differ otherwise.`] : [],
      ...same.length > 0
        ? [`Without ${column}, and so the same everywhere: ${same.join(", ")}.`]
        : [],
      ...incomplete > 0
        ? [`Left out, as some worlds are not finished: ${count(incomplete)}.`]
        : [],
      ...empty > 0
        ? [
          `Left out, as ${
            metric === "lowerBound" ? "no bound is known" : "a time is infinite"
          }: ${count(empty)}.`,
        ]
        : [],
    ],
  };
}
