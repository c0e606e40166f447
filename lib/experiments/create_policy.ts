/**
 * The policies of trials that train nothing.
 *
 * @module
 */

import type { Policy } from "../env/policy.ts";
import { POLICIES } from "../policies/mod.ts";
import { SearchPolicy } from "../search/mod.ts";
import { instanceSeedOf, type PolicyConfig } from "./trial.ts";

/**
 * Makes the policy of a trial: PCRAS and GCRAS search under the scenario's
 * `searchProtocol`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { createPolicy } from "./create_policy.ts";
 *
 * const policy = createPolicy({
 *   policy: "pso",
 *   scenario: SMALL_SCENARIO,
 *   seed: 0,
 *   testEpisodes: 1,
 * });
 * assertEquals(policy.name, "PCRAS");
 * ```
 */
export function createPolicy(config: PolicyConfig): Policy {
  const { policy, scenario, seed, actionsPerPlan } = config;
  if (policy !== "pso" && policy !== "ga") return POLICIES[policy]({ seed });
  return new SearchPolicy(scenario, {
    algorithm: policy,
    seed,
    instanceSeed: instanceSeedOf(config),
    ...(actionsPerPlan === undefined ? {} : { actionsPerPlan }),
  });
}
