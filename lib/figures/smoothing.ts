/**
 * Runs as means of more and more episodes.
 *
 * @module
 */

import { mean } from "../stats/statistics.ts";
import { convergenceCurves } from "./curves.ts";
import { drawnPoints, meanFields } from "./curves_panel.ts";
import { intervalBars } from "./interval_bars.ts";
import type { SmoothingSlider } from "./page_parts.ts";
import type { ConvergencePoint, ConvergenceRow } from "./rows.ts";

/** How {@linkcode smoothRuns} averages. */
export interface SmoothRunsOptions {
  /** Episodes in a bin. */
  readonly binEpisodes: number;
  /** Bins in a mean: an odd number, so that the mean stands in the middle. */
  readonly bins: number;
}

/**
 * Every run in bins of episodes, each the mean of `bins` of them: the bin itself and
 * as many before as after it. At the ends of a run there are fewer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { smoothRuns } from "./smoothing.ts";
 *
 * const rows = [1, 3, 5, 7, 2, 4].map((episodeReturn, i) => (
 *   { series: "TD3", seed: 0, episode: i + 1, episodeReturn }
 * ));
 * // Bins of two: 2, 6 and 3; at the ends two of them, in the middle three.
 * assertEquals(
 *   smoothRuns(rows, { binEpisodes: 2, bins: 3 }).map((row) => row.episodeReturn),
 *   [4, 11 / 3, 4.5],
 * );
 * ```
 */
export function smoothRuns(
  rows: readonly ConvergenceRow[],
  { binEpisodes, bins }: SmoothRunsOptions,
): ConvergenceRow[] {
  const runs = Map.groupBy(
    rows,
    ({ series, seed }) => JSON.stringify([series, seed]),
  );
  return [...runs.values()].flatMap((run) => {
    const sorted = run.toSorted((a, b) => a.episode - b.episode);
    const count = Math.ceil(sorted.length / binEpisodes);
    const binned = Array.from({ length: count }, (_, k) => {
      const bin = sorted.slice(k * binEpisodes, (k + 1) * binEpisodes);
      return {
        ...bin[0],
        episode: mean(bin.map(({ episode }) => episode)),
        episodeReturn: mean(bin.map(({ episodeReturn }) => episodeReturn)),
      };
    });
    const reach = (bins - 1) / 2;
    return binned.map((bin, k) => ({
      ...bin,
      episodeReturn: mean(
        binned.slice(Math.max(0, k - reach), k + reach + 1)
          .map(({ episodeReturn }) => episodeReturn),
      ),
    }));
  });
}

/** Bins in the means that a slider chooses among. */
const CHOICES = [1, 3, 5, 7, 9];

/** Bins of a run from which on there is something to choose. */
const LEAST_BINS = 20;

/**
 * A slider over means of 1, 3, 5, 7 and 9 bins with their intervals over seeds;
 * `undefined` for short runs.
 *
 * @param means The means of one bin, which files show.
 */
export function smoothingSlider(
  rows: readonly ConvergenceRow[],
  means: readonly ConvergencePoint[],
  { binEpisodes, hasBars }: {
    readonly binEpisodes: number;
    readonly hasBars: boolean;
  },
): SmoothingSlider | undefined {
  const curves = Map.groupBy(means, ({ series }) => series);
  const longest = Math.max(...[...curves.values()].map(({ length }) => length));
  if (longest < LEAST_BINS) return undefined;
  const choices = CHOICES.map((bins) => {
    const points = bins === 1 ? means : convergenceCurves(
      smoothRuns(rows, { binEpisodes, bins }),
      { order: 0 },
    );
    return { window: bins * binEpisodes, points };
  });
  return {
    kind: "smoothing",
    least: binEpisodes,
    step: 2 * binEpisodes,
    most: binEpisodes * CHOICES[CHOICES.length - 1],
    datasets: {
      means: choices.flatMap(({ window, points }) =>
        drawnPoints(points, meanFields).map((row) => ({ ...row, window }))
      ),
      ...hasBars
        ? {
          meanBars: choices.flatMap(({ window, points }) =>
            intervalBars(points, meanFields).map((row) => ({ ...row, window }))
          ),
        }
        : {},
    },
  };
}
