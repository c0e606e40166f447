/**
 * A small search, and what its trials would leave.
 *
 * @module
 */

import type { TuneConfig } from "../../../lib/studies/tuning/config.ts";
import type { EvaluationRow } from "../../../lib/trials/rows.ts";

/** A search over two hyperparameters on the small scenario. */
export const CONFIG: TuneConfig = {
  name: "rates",
  scenario: "small",
  method: "td3",
  seeds: "0-2",
  space: {
    "td3.tau": { logUniform: [0.001, 0.1] },
    "td3.batchSize": { choice: [16, 32, 64] },
  },
  search: { halving: { configs: 9, episodes: 90, leastEpisodes: 10 } },
};

/** An evaluation with this return and objective; the rest is always the same. */
export function evaluation(
  split: EvaluationRow["split"],
  episode: number,
  value: number,
): EvaluationRow {
  return {
    split,
    episode,
    episodeReturn: value,
    objective: value,
    hitRate: 0.5,
    hitRateOwnServer: 0.5,
    hitRateAnyServer: 0.5,
    cacheUtilization: 0.5,
    violations: 0,
    responseTimeS: 1,
    responseTimeP95S: 2,
    uplinkTimeS: 0.25,
    backhaulUplinkTimeS: 0,
    inferenceTimeS: 0.5,
    backhaulDownlinkTimeS: 0,
    waitTimeS: 0,
    downlinkTimeS: 0.25,
    totalCost: 1,
    accessCost: 0.5,
    backhaulCost: 0,
    gpuCost: 0.25,
    storageCost: 0.25,
    loadingCost: 0,
    lowerBound: null,
  };
}
