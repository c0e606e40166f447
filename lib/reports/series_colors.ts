/**
 * One color for a method in all figures of a report.
 *
 * @module
 */

import { labelTrials } from "../studies/score_rows.ts";
import type { SweepTrial } from "../studies/expand.ts";
import {
  inMethodOrder,
  type SeriesColors,
  seriesColors,
} from "../figures/mod.ts";

/**
 * Colors of all series of a study, whichever a figure shows: those of the methods'
 * descriptions, or free ones. A method whose hyperparameter is the axis of a figure,
 * and is not in its name there, has the color of its first series.
 *
 * @param trials All trials of the study, finished or not, so that colors stay as more
 * are.
 */
export function studyColors(trials: readonly SweepTrial[]): SeriesColors {
  const labels = labelTrials(trials);
  const given: SeriesColors = Object.fromEntries(
    trials.flatMap(({ label, color }) =>
      color === undefined ? [] : [[label, color]]
    ),
  );
  const series = [
    ...new Set(
      inMethodOrder([...labels.values()]).map(({ series }) => series),
    ),
  ];
  // One of several variants of a method has its color, the others free ones.
  const first = new Map<string, string>();
  for (const trial of trials) {
    const { series } = labels.get(trial.id)!;
    if (!first.has(trial.label)) first.set(trial.label, series);
  }
  const known = Object.fromEntries(
    Array.from(first, ([label, series]) => [series, given[label]])
      .filter(([, color]) => color !== undefined),
  );
  const colors = seriesColors(series, known);
  const bySeries = new Map(series.map((name, i) => [name, colors[i]]));
  return Object.fromEntries([
    ...Array.from(first, ([label, name]) => [label, bySeries.get(name)!]),
    ...bySeries,
  ]);
}
