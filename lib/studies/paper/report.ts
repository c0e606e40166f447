/**
 * The results of an experiment in a table and in words.
 *
 * @module
 */

import type { ExperimentRows } from "./aggregate.ts";
import { type Experiment, FIG05 } from "./registry.ts";
import { judgeBest, summarizeSeries, summaryTable } from "./series_summary.ts";
import { compareFig05, comparisonTable, judgeFig05 } from "./summary.ts";

/** What a reader gets to see of an experiment's results. */
export interface Report {
  /** Rows of a table; the first is its head. */
  readonly table: readonly (readonly string[])[];
  /** What the data say, a sentence each. */
  readonly verdicts: readonly string[];
}

/**
 * Fig. 5: ours beside the paper's numbers. Others: what each series comes to, and
 * whether the best is told apart from the second.
 */
export function reportExperiment(
  experiment: Experiment,
  rows: ExperimentRows,
): Report {
  if (experiment.figure === FIG05.figure) {
    const comparisons = compareFig05(rows);
    return {
      table: comparisonTable(comparisons),
      verdicts: judgeFig05(comparisons),
    };
  }
  return {
    table: summaryTable(summarizeSeries(rows), "series"),
    verdicts: judgeBest(rows),
  };
}
