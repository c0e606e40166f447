/**
 * The most popularity that fits on every server.
 *
 * @module
 */

import { SUM_TOLERANCE } from "../env/constraints.ts";
import type { DecidingPolicy } from "./deciding_policy.ts";
import { fillKnapsacks } from "../optimum/knapsack.ts";
import { popularityMass } from "./popularity.ts";
import { decisionFor } from "./shares.ts";

/**
 * A policy that ignores requests when it caches: every server caches the set of
 * models of largest popularity mass that fits, an exact 0/1 knapsack. Its shares
 * are the best without waits for the requests that are visible.
 */
export function createPopularityKnapsack(): DecidingPolicy {
  return {
    decide(view) {
      const { instance } = view.visible;
      const { numServers, numModels } = instance;
      const mass = popularityMass(view.scenario);
      const cache = new Float64Array(numServers * numModels);
      const capacities = instance.serverStorageBytes
        .map((bytes) => bytes * (1 + SUM_TOLERANCE));
      fillKnapsacks(mass, instance.modelSizeBytes, capacities)
        .forEach(({ chosen }, server) => cache.set(chosen, server * numModels));
      return decisionFor(view, cache, "best");
    },
  };
}
