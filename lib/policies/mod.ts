/**
 * Policies that give the scale: from the cloud alone to the per-slot optimum.
 *
 * @module
 */

export { createBestForChain } from "./best_for_chain.ts";
export { createCloudOnly } from "./cloud_only.ts";
export {
  decideSlot,
  scenarioOfSlot,
  type SlotDecision,
} from "./decide_slot.ts";
export type { DecidingPolicy } from "./deciding_policy.ts";
export { fillCaches } from "./fill_caches.ts";
export { createHold } from "./hold.ts";
export { OptimumPolicy, type SlotOptimum, solveSlot } from "./optimum.ts";
export { createPlan } from "./plan.ts";
export { createPopularityKnapsack } from "./popularity_knapsack.ts";
export {
  createRandomFeasible,
  type RandomFeasibleOptions,
} from "./random_feasible.ts";
export { createRequestAware } from "./request_aware.ts";
export { createRequestAwareMarginal } from "./request_aware_marginal.ts";
export { createSampledPlan, type SampledPlanOptions } from "./sampled_plan.ts";
export { decisionFor, type ShareRule } from "./shares.ts";
export { createStaticPopularity } from "./static_popularity.ts";
