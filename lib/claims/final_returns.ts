/**
 * What training ends with: the returns that Figs. 4 and 5 are judged by.
 *
 * @module
 */

import { mean } from "../stats/statistics.ts";
import type { ExperimentRows } from "../studies/paper/aggregate.ts";
import type { EpisodeRow } from "../trials/rows.ts";
import { finalRows, meanBySeed } from "../studies/paper/series_summary.ts";
import type { ReturnRow } from "./rows.ts";

/** Mean return over the last fifth of the training of every series and seed. */
export function finalReturns(rows: ExperimentRows): ReturnRow[] {
  const { training } = finalRows(rows);
  return [...new Set(training.map(({ series }) => series))].flatMap((series) =>
    [...meanBySeed(training, series, "episodeReturn")].map((
      [seed, episodeReturn],
    ) => ({ series, seed, episodeReturn }))
  );
}

/** Mean return over the last fifth of the training of one trial. */
export function finalReturn(episodes: readonly EpisodeRow[]): number {
  const curves = episodes.map((row) => ({ series: "", seed: 0, ...row }));
  const { training } = finalRows({ curves, evaluations: [] });
  return mean(training.map(({ episodeReturn }) => episodeReturn));
}
