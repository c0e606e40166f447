/**
 * The methods that come with the project.
 *
 * @module
 */

import { InputError, nearestWord } from "../input/input_error.ts";
import bestForChain from "./best_for_chain.ts";
import cloudOnly from "./cloud_only.ts";
import ddpg from "./ddpg.ts";
import ga from "./ga.ts";
import hold from "./hold.ts";
import type { Method } from "./method.ts";
import optimum from "./optimum.ts";
import plan from "./plan.ts";
import popularityKnapsack from "./popularity_knapsack.ts";
import pso from "./pso.ts";
import random from "./random.ts";
import requestAwareEqual from "./request_aware_equal.ts";
import requestAwareMarginal from "./request_aware_marginal.ts";
import requestAwareSquareRoot from "./request_aware_square_root.ts";
import sampledPlan from "./sampled_plan.ts";
import staticPopularity from "./static_popularity.ts";
import td3 from "./td3.ts";

/** The methods that the paper compares. */
export const METHODS_OF_PAPER: readonly Method[] = [td3, ddpg, pso, ga];

/** Every method, in the order of tables and legends. */
export const METHODS: readonly Method[] = [
  ...METHODS_OF_PAPER,
  random,
  cloudOnly,
  staticPopularity,
  popularityKnapsack,
  requestAwareEqual,
  requestAwareSquareRoot,
  requestAwareMarginal,
  optimum,
  bestForChain,
  hold,
  sampledPlan,
  plan,
];

/** Names of all methods. */
export const METHOD_NAMES: readonly string[] = METHODS.map(({ name }) => name);

/** Methods that are trained. */
export const LEARNERS: readonly Method[] = METHODS.filter(({ learns }) =>
  learns
);

/**
 * The method of that name.
 *
 * @throws {InputError} If there is none.
 */
export function findMethod(name: string): Method {
  const method = METHODS.find((one) => one.name === name);
  if (method !== undefined) return method;
  throw new InputError(
    `Cannot find the method: it must be one of ${
      METHOD_NAMES.join(", ")
    } (nearest: ${nearestWord(name, METHOD_NAMES)}), got ${name}`,
  );
}

/** What tables and figures call a method. */
export function labelOf(name: string): string {
  return findMethod(name).label;
}
