/**
 * The models by which requests gain most, server by server.
 *
 * @module
 */

import { CacheCosts } from "../optimum/cache_costs.ts";
import type { DecidingPolicy } from "./deciding_policy.ts";
import { fillCaches } from "./fill_caches.ts";
import type { CacheProblem } from "../optimum/relaxation.ts";
import { prepareAlone, serverProblem } from "../optimum/server_problem.ts";
import { decisionFor } from "./shares.ts";

/**
 * Models in the order of their marginal gain, until no hit pays.
 *
 * With square-root shares a set of loads f_m takes ω1·(Σ f_m)² of inference, so that
 * a model on top of a load Q gains saving_m − ω1·((Q + f_m)² − Q²): what its users
 * save on the way to the cloud and there, less what they take from the others' GPUs.
 */
function byMarginalGain(
  { load, saving, loadWeight, bytes, capacityBytes }: CacheProblem,
): number[] {
  const chosen: number[] = [];
  const left = new Set(load.keys());
  let loaded = 0;
  let usedBytes = 0;
  for (;;) {
    let best = -1;
    let most = 0;
    for (const item of left) {
      if (usedBytes + bytes[item] > capacityBytes) continue;
      const together = loaded + load[item];
      const gain = saving[item] -
        loadWeight * (together * together - loaded * loaded);
      if (gain > most) {
        most = gain;
        best = item;
      }
    }
    if (best < 0) return chosen;
    chosen.push(best);
    left.delete(best);
    loaded += load[best];
    usedBytes += bytes[best];
  }
}

/**
 * A policy that sees the requests: every server caches in order of marginal gain
 * (backhaul and cloud time saved, less the GPU time that a hit takes from the
 * server's other hits) and stops when a hit no longer pays; shares by square roots.
 */
export function createRequestAwareMarginal(): DecidingPolicy {
  return {
    decide(view) {
      const slot = prepareAlone(view);
      const cache = fillCaches(slot.instance, (j) => {
        const problem = serverProblem(slot, j);
        const { knapsack } = new CacheCosts(problem);
        return byMarginalGain(knapsack).map((item) => problem.models[item]);
      });
      return decisionFor(view, cache, "square-root");
    },
  };
}
