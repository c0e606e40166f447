/**
 * A policy on a slot that belongs to no trace.
 *
 * @module
 */

import { observe } from "../env/observation.ts";
import type { Decision } from "../env/slot.ts";
import type { TraceSlot } from "../env/trace.ts";
import { deriveScenario, PAPER_SCENARIO } from "../scenario/scenario.ts";
import type { DecidingPolicy } from "./deciding_policy.ts";
import { OptimumPolicy } from "./optimum.ts";

/** What {@linkcode decideSlot} returns. */
export interface SlotDecision {
  /** The decision. */
  readonly decision: Decision;
  /** What G(t) of no decision can be below, where the policy knows. */
  readonly lowerBound?: number;
  /** (G(t) − lowerBound)/G(t), where the policy knows. */
  readonly gap?: number;
}

/**
 * Lets a policy decide a slot under the ledger's defaults: capacities, sizes and
 * prices are the slot's own, the popularity states those of the paper.
 *
 * @param policy The policy.
 * @param visible Instance, state and servers.
 * @param slot Number of the slot; by default 0.
 */
export function decideSlot(
  policy: DecidingPolicy,
  { instance, state, server }: TraceSlot,
  slot = 0,
): SlotDecision {
  const { numUsers, numServers, numModels } = instance;
  const scenario = deriveScenario(PAPER_SCENARIO, {
    name: "slot",
    parameters: { numUsers, numServers, numModels },
  });
  const visible = { instance, state, server };
  const view = {
    scenario,
    slot,
    observation: observe(scenario, {
      current: visible,
      requests: visible,
      previousCache: new Float64Array(numServers * numModels),
    }),
    visible,
  };
  if (policy instanceof OptimumPolicy) {
    const { decision, lowerBound, gap } = policy.solve(view);
    return { decision, lowerBound, gap };
  }
  return { decision: policy.decide(view) };
}
