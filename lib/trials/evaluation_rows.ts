/**
 * Rows of what episodes came to.
 *
 * @module
 */

import type { EpisodeSummary, LearningMeans } from "../agents/mod.ts";
import { meanMetrics } from "../agents/episode_totals.ts";
import { meanOf, sortedQuantile } from "../math/sample.ts";
import { mean } from "../stats/statistics.ts";
import type { OutcomeMeans, PlayedEpisode } from "../methods/mod.ts";
import type {
  EpisodeRow,
  EvaluationRow,
  OutcomeRow,
  TrainingEpisodeRow,
} from "./rows.ts";

const NO_LEARNING: LearningMeans = {
  criticLoss: null,
  actorLoss: null,
  qValue: null,
};

/** A row of an episode, or of the means over several. */
export function toRow(
  episode: number,
  result: Pick<EpisodeSummary, "episodeReturn" | "metrics">,
): EpisodeRow {
  const { objective, hitRate } = result.metrics;
  return { episode, episodeReturn: result.episodeReturn, objective, hitRate };
}

/** A row of a training episode; what its learner does not tell is null. */
export function toTrainingRow(
  episode: number,
  result: Pick<EpisodeSummary, "episodeReturn" | "metrics"> & {
    readonly learning?: Partial<LearningMeans>;
  },
): TrainingEpisodeRow {
  const { criticLoss, actorLoss, qValue } = {
    ...NO_LEARNING,
    ...result.learning,
  };
  return { ...toRow(episode, result), criticLoss, actorLoss, qValue };
}

/**
 * The quantile of response times by linear interpolation between order statistics
 * (type 7, as `quantile` of `lib/math`), of which some may be infinite: it is, if it
 * reaches one of these.
 *
 * @param timesS At least one number; no NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { responseTimeQuantileS } from "./evaluation_rows.ts";
 *
 * assertEquals(responseTimeQuantileS([3, 1, 2, Infinity], 0.5), 2.5);
 * assertEquals(responseTimeQuantileS([3, 1, 2, Infinity], 0.95), Infinity);
 * ```
 */
export function responseTimeQuantileS(
  timesS: readonly number[],
  probability: number,
): number {
  const sorted = Float64Array.from(timesS).sort();
  const position = (sorted.length - 1) * probability;
  if (sorted[Math.ceil(position)] === Infinity) return Infinity;
  // What lies beyond has weight 0, which times infinity would be NaN.
  return sortedQuantile(
    sorted.map((timeS) => Math.min(timeS, Number.MAX_VALUE)),
    probability,
  );
}

/** What stands in a cell of times: nothing, if the number is infinite. */
function timeCell(timeS: number): number | null {
  return timeS === Infinity ? null : timeS;
}

/** Means over episodes of the same number of slots and requests. */
function meanOutcome(outcomes: readonly OutcomeMeans[]): OutcomeRow {
  const cost = (name: keyof OutcomeMeans) =>
    meanOf(outcomes.map((outcome) => outcome[name]));
  const time = (name: keyof OutcomeMeans) =>
    outcomes.some((outcome) => outcome[name] === Infinity) ? null : cost(name);
  return {
    responseTimeS: time("responseTimeS"),
    uplinkTimeS: time("uplinkTimeS"),
    backhaulUplinkTimeS: time("backhaulUplinkTimeS"),
    inferenceTimeS: time("inferenceTimeS"),
    backhaulDownlinkTimeS: time("backhaulDownlinkTimeS"),
    waitTimeS: time("waitTimeS"),
    downlinkTimeS: time("downlinkTimeS"),
    totalCost: cost("totalCost"),
    accessCost: cost("accessCost"),
    backhaulCost: cost("backhaulCost"),
    gpuCost: cost("gpuCost"),
    storageCost: cost("storageCost"),
    loadingCost: cost("loadingCost"),
  };
}

/** The mean over episodes, if all have one. */
function meanBound(bounds: readonly (number | null)[]): number | null {
  const known = bounds.filter((bound) => bound !== null);
  return known.length < bounds.length ? null : meanOf(known);
}

/** A row of an evaluation after so many training episodes: means over its episodes. */
export function toEvaluationRow(
  split: EvaluationRow["split"],
  episode: number,
  results: readonly PlayedEpisode[],
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
    ...meanOutcome(results.map(({ outcome }) => outcome)),
    responseTimeP95S: timeCell(
      responseTimeQuantileS(
        results.flatMap(({ responseTimesS }) => responseTimesS),
        0.95,
      ),
    ),
    lowerBound: meanBound(results.map(({ lowerBound }) => lowerBound)),
  };
}
