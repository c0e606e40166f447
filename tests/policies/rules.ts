/**
 * The rules and the optimum as deciders, without their descriptions as methods.
 *
 * @module
 */

import {
  createCloudOnly,
  createPopularityKnapsack,
  createRandomFeasible,
  createRequestAware,
  createRequestAwareMarginal,
  createStaticPopularity,
  type DecidingPolicy,
  OptimumPolicy,
} from "../../lib/policies/mod.ts";

/** Creates each of them, by the name of its method. */
export const RULES: Readonly<
  Record<string, (options?: { readonly seed?: number }) => DecidingPolicy>
> = {
  "cloud-only": createCloudOnly,
  "random": createRandomFeasible,
  "static-popularity": createStaticPopularity,
  "popularity-knapsack": createPopularityKnapsack,
  "request-aware-equal": () => createRequestAware("equal"),
  "request-aware-square-root": () => createRequestAware("square-root"),
  "request-aware-marginal": createRequestAwareMarginal,
  "optimum": () => new OptimumPolicy(),
};
