/**
 * From one slot to the next: what a decision earns and what it leaves behind.
 *
 * @module
 */

import type { Scenario } from "../scenario/scenario.ts";
import { type ActionChoices, DEFAULT_ACTION } from "./choices.ts";
import { type HitRates, hitRatesOf } from "./hit_rate.ts";
import { PreparedSlot } from "./prepared_slot.ts";
import type { SlotMemory } from "./slot_memory.ts";
import type { Decision, SlotOutcome } from "./slot.ts";
import type { TraceSlot } from "../workload/trace.ts";

/** What {@linkcode playSlot} returns. */
export interface PlayedSlot {
  /** Everything that follows from state and decision. */
  readonly outcome: SlotOutcome;
  /** Reward: Eq. 21, minus the storage penalty where the action is read so. */
  readonly reward: number;
  /** Hit rates under every reading. */
  readonly hitRates: HitRates;
  /** Cost of loading models that their server did not hold; 0 where it is free. */
  readonly loadingCost: number;
  /** What is left to the next slot. */
  readonly memory: SlotMemory;
}

/** When each server has sent its last result, in s from the slot's start. */
function lastSentS(
  outcome: SlotOutcome,
  decision: Decision,
  freeAtS: Float64Array,
): Float64Array {
  const lastS = freeAtS.slice();
  outcome.responseTimeS.forEach((timeS, user) => {
    // A result that is never ready holds nobody up.
    if (outcome.readyTimeS[user] === Infinity) return;
    const server = decision.server[user];
    lastS[server] = Math.max(lastS[server], timeS);
  });
  return lastS;
}

/**
 * Plays a slot: judges the decision under a scenario's readings.
 *
 * Pure: the same arguments give the same result, and nothing is changed.
 *
 * @param scenario Readings: `modelLoading`, `downlinkQueue`,
 * `pathLossDistanceUnit`.
 * @param slot The slot to play.
 * @param decision The decision to judge.
 * @param memory What the slot before left.
 * @param choices How the action is read: `storageViolation`, `storagePenalty`.
 */
export function playSlot(
  scenario: Scenario,
  slot: TraceSlot,
  decision: Decision,
  memory: SlotMemory,
  choices: ActionChoices = DEFAULT_ACTION,
): PlayedSlot {
  const { assumptions } = scenario;
  const prepared = new PreparedSlot(slot, { assumptions, memory, choices });
  const outcome = prepared.outcome(decision);
  return {
    outcome,
    reward: outcome.reward - prepared.storagePenalty(outcome.storageUsedBytes),
    hitRates: hitRatesOf(slot.instance, slot.state, decision, outcome),
    loadingCost: prepared.loadingCost(decision.cache),
    memory: {
      cache: decision.cache.slice(),
      downlinkFreeAtS: assumptions.downlinkQueue === "carried"
        ? lastSentS(outcome, decision, memory.downlinkFreeAtS).map((sentS) =>
          Math.max(0, sentS - assumptions.slotDurationS)
        )
        : memory.downlinkFreeAtS,
    },
  };
}
