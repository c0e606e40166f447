/**
 * Long runs with as many points as can be seen.
 *
 * @module
 */

import type { ConvergenceRow } from "./rows.ts";

/**
 * Runs of one series with at most `most` rows in all: where there are more, those with
 * the least and the greatest return among so many successive episodes of a run, so
 * that no peak is lost. Order stays; what is few enough stays whole.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { thinRuns } from "./thin_runs.ts";
 *
 * const rows = [5, 1, 9, 4, 4, 7].map((episodeReturn, episode) => (
 *   { series: "TD3", seed: 0, episode, episodeReturn }
 * ));
 * assertEquals(
 *   thinRuns(rows, 4).map(({ episodeReturn }) => episodeReturn),
 *   [1, 9, 4, 7],
 * );
 * ```
 */
export function thinRuns<Row extends ConvergenceRow>(
  rows: readonly Row[],
  most: number,
): readonly Row[] {
  if (rows.length <= most) return rows;
  const runs = [...Map.groupBy(rows, ({ seed }) => seed).values()];
  // Each bin leaves two rows.
  const bins = Math.max(1, Math.floor(most / runs.length / 2));
  return runs.flatMap((run) => {
    const sorted = run.toSorted((a, b) => a.episode - b.episode);
    const size = Math.ceil(sorted.length / bins);
    const kept: Row[] = [];
    for (let start = 0; start < sorted.length; start += size) {
      const end = Math.min(start + size, sorted.length);
      let [least, greatest] = [start, start];
      for (let k = start + 1; k < end; k += 1) {
        const { episodeReturn } = sorted[k];
        if (episodeReturn < sorted[least].episodeReturn) least = k;
        if (episodeReturn > sorted[greatest].episodeReturn) greatest = k;
      }
      kept.push(sorted[Math.min(least, greatest)]);
      if (least !== greatest) kept.push(sorted[Math.max(least, greatest)]);
    }
    return kept;
  });
}
