/**
 * The best decision for the chain of popularity, where requests are not seen in time.
 *
 * @module
 */

import type { SlotView } from "../env/decider.ts";
import { bestForChain, chainDecision } from "../optimum/chain_best.ts";
import { chainNeeds, requireWorld } from "../optimum/world_needs.ts";
import { type ServerChain, solveChain } from "../optimum/chain_program.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { DecidingPolicy } from "./deciding_policy.ts";

/**
 * A policy that knows the popularity chain (Eqs. 1 and 2) and is shown γ(t) and the
 * fading, but no request of the slot. Where loading is free it takes the decision of
 * least expected cost of each slot ({@linkcode bestForChain}), where it is charged that
 * of the exact program over γ and caches ({@linkcode solveChain}). Waits for the
 * downlink are left out.
 *
 * @throws {InputError} If requests are not lagged; where loading is charged, if servers
 * or models change from slot to slot.
 */
export function createBestForChain(scenario: Scenario): DecidingPolicy {
  requireWorld(scenario, chainNeeds(scenario), "decide for the chain");
  if (scenario.assumptions.modelLoading === "free") {
    return { decide: (view) => bestForChain(view) };
  }
  let chains: readonly ServerChain[] | undefined;
  return {
    decide(view: SlotView) {
      const { instance, server, state: { popularityIndex } } = view.visible;
      const { numServers, numModels } = instance;
      chains ??= solveChain(scenario, instance, server);
      const cache = new Float64Array(numServers * numModels);
      chains.forEach((chain, j) => {
        const before = view.previous.cache
          .subarray(j * numModels, (j + 1) * numModels);
        cache.set(
          chain.cacheAt(view.slot, popularityIndex, before),
          j * numModels,
        );
      });
      return chainDecision(view, cache);
    },
  };
}
