/**
 * From the episode returns of several runs to the curves of Figures 4 and 5.
 *
 * @module
 */

import { evaluatePolynomial, fitPolynomial } from "../math/polynomial.ts";
import { mean, overSeeds } from "../stats/statistics.ts";
import { requireRows } from "./require_rows.ts";
import type { ConvergencePoint, ConvergenceRow } from "./rows.ts";

/** One run: its episodes in rising order, with their returns. */
interface Run {
  readonly seed: number;
  readonly episodes: readonly number[];
  readonly returns: readonly number[];
}

/** How {@linkcode convergenceCurves} condenses the runs. */
export interface ConvergenceCurvesOptions {
  /** Order of the polynomial fit; by default the paper's 4 (Section 5.2.1). */
  readonly order?: number;
  /**
   * How many successive episodes are averaged, within each run, before the runs
   * are compared; by default 1. The last bin may hold fewer.
   */
  readonly binEpisodes?: number;
  /** Confidence of the intervals; by default 0.95. */
  readonly confidence?: number;
  /**
   * Of how many bins one is a point of the curve, beside the last; by default of 1.
   */
  readonly step?: number;
}

const act = "compute convergence curves";

/** Columns of rows that curves are drawn from. */
export const CURVE_FIELDS = ["seed", "episode", "episodeReturn"] as const;

/** The runs of every series, in the order in which series and seeds appear. */
function runsBySeries(
  rows: readonly ConvergenceRow[],
): Map<string, readonly Run[]> {
  const runOf = ([seed, rows]: [number, ConvergenceRow[]]): Run => {
    const sorted = rows.toSorted((a, b) => a.episode - b.episode);
    return {
      seed,
      episodes: sorted.map((row) => row.episode),
      returns: sorted.map((row) => row.episodeReturn),
    };
  };
  return new Map(
    [...Map.groupBy(rows, (row) => row.series)].map(([name, own]) => [
      name,
      [...Map.groupBy(own, (row) => row.seed)].map(runOf),
    ]),
  );
}

/** Runs are compared episode by episode, so each must have every episode once. */
function requireSameEpisodes(series: string, runs: readonly Run[]): void {
  const { seed: firstSeed, episodes: expected } = runs[0];
  for (const { seed, episodes } of runs) {
    const where = `Cannot ${act}: series "${series}", seed ${seed}`;
    const repeated = episodes.find((episode, i) => episode === episodes[i - 1]);
    if (repeated !== undefined) {
      throw new RangeError(
        `${where} must have each episode once, got episode ${repeated} again`,
      );
    }
    if (
      episodes.length !== expected.length ||
      episodes.some((episode, i) => episode !== expected[i])
    ) {
      throw new RangeError(
        `${where} must have the ${expected.length} episodes ${expected[0]} to ${
          expected.at(-1)
        } of seed ${firstSeed}, got ${episodes.length} from ${episodes[0]} to ${
          episodes.at(-1)
        }`,
      );
    }
  }
}

/**
 * The mean return with its interval over seeds, and the paper's polynomial fit,
 * for every series and every bin of episodes.
 *
 * Statistics are over seeds, never over episodes: a bin's episodes are averaged
 * within each run first. The fit minimizes the squared error to all episodes of
 * the mean curve, unbinned; as a least-squares fit is linear in the returns, it
 * is the mean over seeds of the fits of the runs, and its interval comes from
 * them.
 *
 * @param rows In any order. The runs of one series have the same episodes.
 * @returns The series in order of first appearance, episodes rising.
 * @throws {RangeError} If there are no rows, a number is not finite, the runs of
 * a series differ in their episodes, or there are too few for the fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { convergenceCurves } from "./curves.ts";
 *
 * const rows = [-4, -2, -2, 0].map((episodeReturn, i) => (
 *   { series: "TD3", seed: i >> 1, episode: i & 1, episodeReturn }
 * ));
 * const curves = convergenceCurves(rows, { order: 1 });
 * assertEquals(curves.map((point) => point.mean), [-3, -1]);
 * ```
 */
export function convergenceCurves(
  rows: readonly ConvergenceRow[],
  options: ConvergenceCurvesOptions = {},
): ConvergencePoint[] {
  const { order = 4, binEpisodes = 1, confidence = 0.95, step = 1 } = options;
  requireRows(rows, CURVE_FIELDS, act);
  for (const [name, count] of Object.entries({ binEpisodes, step })) {
    if (Number.isInteger(count) && count >= 1) continue;
    throw new RangeError(
      `Cannot ${act}: ${name} must be a positive integer, got ${count}`,
    );
  }
  const points: ConvergencePoint[] = [];
  for (const [series, runs] of runsBySeries(rows)) {
    requireSameEpisodes(series, runs);
    const { episodes } = runs[0];
    if (episodes.length <= order) {
      throw new RangeError(
        `Cannot ${act}: series "${series}" must have at least ${
          order + 1
        } episodes for a fit of order ${order}, got ${episodes.length}`,
      );
    }
    const fits = runs.map((run) => fitPolynomial(episodes, run.returns, order));
    for (let start = 0; start < episodes.length; start += binEpisodes) {
      const end = start + binEpisodes;
      const isPoint = start % (step * binEpisodes) === 0 ||
        end >= episodes.length;
      if (!isPoint) continue;
      const episode = mean(episodes.slice(start, end));
      const { estimate: center, lower, upper } = overSeeds(
        runs.map((run) => mean(run.returns.slice(start, end))),
        { confidence },
      );
      const fit = overSeeds(
        fits.map((polynomial) => evaluatePolynomial(polynomial, episode)),
        { confidence },
      );
      points.push({
        series,
        episode,
        seeds: runs.length,
        mean: center,
        lower,
        upper,
        fit: fit.estimate,
        fitLower: fit.lower,
        fitUpper: fit.upper,
      });
    }
  }
  return points;
}
