/**
 * Reference solvers and bounds of slots and episodes, and which of them is a reference
 * in which world.
 *
 * @module
 */

export { chainBound } from "./chain_bound.ts";
export { chainCost, type ChainCostOptions } from "./chain_cost.ts";
export { dualBound } from "./dual_bound.ts";
export { type EpisodePlan, planBound, planEpisode } from "./episode_plan.ts";
export {
  type NoReference,
  OPTIMUM_LABELS,
  optimumLabel,
  PER_SLOT_SCALE,
  type Reference,
  referenceOf,
  type ReferenceScale,
} from "./reference.ts";
