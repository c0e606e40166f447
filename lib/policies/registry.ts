/**
 * The policies by name.
 *
 * @module
 */

import type { DecidingPolicy } from "./deciding_policy.ts";
import { createCloudOnly } from "./cloud_only.ts";
import { OptimumPolicy } from "./optimum.ts";
import { createPopularityKnapsack } from "./popularity_knapsack.ts";
import { createRandomFeasible } from "./random_feasible.ts";
import { createRequestAware } from "./request_aware.ts";
import { createStaticPopularity } from "./static_popularity.ts";

/** What a policy can be given when it is created. */
export interface PolicyOptions {
  /** Root of its streams, if it draws anything; by default 0. */
  readonly seed?: number;
}

/** Creates each policy, by its name. */
export const POLICIES: Readonly<
  Record<string, (options?: PolicyOptions) => DecidingPolicy>
> = {
  "cloud-only": createCloudOnly,
  "random": createRandomFeasible,
  "static-popularity": createStaticPopularity,
  "popularity-knapsack": createPopularityKnapsack,
  "request-aware-equal": () => createRequestAware("equal"),
  "request-aware-square-root": () => createRequestAware("square-root"),
  "optimum": () => new OptimumPolicy(),
};
