/**
 * Rows of what episodes came to.
 *
 * @module
 */

import type { EpisodeSummary } from "../agents/mod.ts";
import { meanMetrics } from "../agents/episode_totals.ts";
import { mean } from "../math/statistics.ts";
import type { EpisodeRow, EvaluationRow } from "./rows.ts";

/** A row of an episode, or of the means over several. */
export function toRow(
  episode: number,
  result: Pick<EpisodeSummary, "episodeReturn" | "metrics">,
): EpisodeRow {
  const { objective, hitRate } = result.metrics;
  return { episode, episodeReturn: result.episodeReturn, objective, hitRate };
}

/** A row of an evaluation after so many training episodes: means over its episodes. */
export function toEvaluationRow(
  split: EvaluationRow["split"],
  episode: number,
  results: readonly EpisodeSummary[],
): EvaluationRow {
  const metrics = meanMetrics(results.map((result) => result.metrics));
  const { hitRateOwnServer, hitRateAnyServer, cacheUtilization } = metrics;
  return {
    split,
    ...toRow(episode, {
      episodeReturn: mean(results.map((result) => result.episodeReturn)),
      metrics,
    }),
    hitRateOwnServer,
    hitRateAnyServer,
    cacheUtilization,
    violations: results.reduce((sum, { violations }) => sum + violations, 0),
  };
}
