/**
 * What no policy is below in expectation, where requests are not seen in time.
 *
 * @module
 */

import { sharesLater } from "../env/served_shares.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { CacheCosts } from "./cache_costs.ts";
import { bestChainSets } from "./chain_best.ts";
import { expectedUplink } from "./chain_cost.ts";
import { solveChain } from "./chain_program.ts";
import { expectedSizes } from "./expected_requests.ts";
import { prepareAlone, serverProblem } from "./server_problem.ts";
import { UplinkSolver } from "../env/uplink_shares.ts";
import { chainNeeds, requireWorld } from "./world_needs.ts";

/** G(t) of the slot's requests without caches and waits, with the best shares. */
function cloudOnly(scenario: Scenario, visible: TraceSlot): number {
  const slot = prepareAlone({ scenario, visible });
  const { inputBytes } = expectedSizes(scenario, visible.instance);
  let sum = 0;
  for (let j = 0; j < visible.instance.numServers; j++) {
    const problem = serverProblem(slot, j);
    const { users, uplink } = problem;
    let uploadS = 0;
    if (sharesLater(scenario.assumptions)) {
      const all = new Float64Array(users.length).fill(1);
      uploadS = new UplinkSolver(uplink).solve(all).lowerBound;
    } else {
      const { solver, valueS, lowerBoundS } = expectedUplink(
        slot,
        j,
        inputBytes,
      );
      // What shares on the floor might still save is no matter of these inputs.
      uploadS = lowerBoundS - valueS;
      users.forEach((user, k) =>
        uploadS += solver.timeS[k] * visible.state.inputBytes[user] /
          inputBytes
      );
    }
    sum += new CacheCosts(problem).withoutCaches(uploadS);
  }
  return sum;
}

/**
 * What the mean of G(t) over these slots is not below, in expectation over traces, for
 * any policy where requests are lagged: the slots' own cost without caches, less what
 * the best caches save in expectation, given γ(t) of each slot or, where loading is
 * charged, given that of the first. Waits, floors and carried queues only add to it.
 *
 * On one trace a policy may be below it by luck. In expectation the best policy meets
 * it but for waits and floors, so that it is a scale and not only a bound.
 *
 * @param scenario A world in which requests are lagged.
 * @param slots The slots that were played, from the first one of an episode.
 * @throws {InputError} If requests are not lagged; where loading is charged, if
 * servers or models change from slot to slot, or if there are too many sets.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { deriveScenario, SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { generateTrace } from "../workload/trace.ts";
 * import { chainBound } from "./chain_bound.ts";
 *
 * const boundIn = (shareTiming: "with-caches" | "after-requests") => {
 *   const scenario = deriveScenario(SMALL_SCENARIO, {
 *     assumptions: { requestVisibility: "lagged", shareTiming },
 *   });
 *   const { slots } = generateTrace(scenario, { instanceSeed: 0, seed: 0 });
 *   return chainBound(scenario, slots.slice(0, -1));
 * };
 * // Who shares later shares better.
 * assert(boundIn("after-requests") < boundIn("with-caches"));
 * ```
 */
export function chainBound(
  scenario: Scenario,
  slots: readonly TraceSlot[],
): number {
  requireWorld(scenario, chainNeeds(scenario), "bound the episode");
  const [{ instance, server, state }] = slots;
  let sum = slots.reduce((total, slot) => total + cloudOnly(scenario, slot), 0);
  if (scenario.assumptions.modelLoading === "charged") {
    for (const { value } of solveChain(scenario, instance, server)) {
      sum += value[state.popularityIndex];
    }
  } else {
    for (const visible of slots) {
      sum += bestChainSets({ scenario, visible })
        .reduce((saved, { lowerBound }) => saved + lowerBound, 0);
    }
  }
  return sum / slots.length;
}
