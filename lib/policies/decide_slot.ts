/**
 * A decider on a slot that belongs to no trace.
 *
 * @module
 */

import { decodeAction } from "../env/action.ts";
import { checkDecision } from "../env/check_decision.ts";
import { DEFAULT_CHOICES } from "../env/choices.ts";
import type { Decider } from "../env/decider.ts";
import { observe } from "../env/observation.ts";
import type { Decision } from "../env/slot.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { startMemory } from "../env/slot_memory.ts";
import type { Instance } from "../scenario/instance.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../scenario/scenario.ts";

/** What {@linkcode decideSlot} returns. */
export interface SlotDecision {
  /** The decision. */
  readonly decision: Decision;
  /** What G(t) of no decision can be below, where the decider knows. */
  readonly lowerBound?: number;
  /** (G(t) − lowerBound)/G(t), where the decider knows. */
  readonly gap?: number;
}

/** The ledger's defaults with the sizes of a slot that belongs to no scenario. */
export function scenarioOfSlot(
  { numUsers, numServers, numModels }: Instance,
): Scenario {
  return deriveScenario(PAPER_SCENARIO, {
    name: "slot",
    parameters: { numUsers, numServers, numModels },
  });
}

/**
 * Lets a decider decide a slot under the ledger's defaults: capacities, sizes and
 * prices are the slot's own, the popularity states those of the paper.
 *
 * @param decider The decider.
 * @param visible Instance, state and servers.
 * @param slot Number of the slot; by default 0.
 */
export function decideSlot(
  decider: Decider,
  { instance, state, server }: TraceSlot,
  slot = 0,
): SlotDecision {
  const scenario = scenarioOfSlot(instance);
  const visible = { instance, state, server };
  const choices = { ...DEFAULT_CHOICES, ...decider.choices };
  const previous = startMemory(instance);
  const view = {
    scenario,
    slot,
    observation: observe(scenario, {
      current: visible,
      requests: visible,
      slot,
      previous,
    }, choices),
    visible,
    previous,
  };
  if (decider.solve !== undefined) {
    const { decision, lowerBound, gap } = decider.solve(view);
    return { decision, lowerBound, gap };
  }
  decider.beginEpisode?.({ slots: [] });
  const decided = decider.decide(view);
  return {
    decision: decided instanceof Float32Array
      ? decodeAction(decided, visible, scenario.assumptions, choices)
      : checkDecision(decided, instance, "decide the slot"),
  };
}
