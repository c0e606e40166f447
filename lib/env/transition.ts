/**
 * From one slot to the next: what a decision earns and what it leaves behind.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { storageExcess } from "./action.ts";
import { groupMembers, groupUsers } from "./association.ts";
import { type ActionChoices, DEFAULT_ACTION } from "./choices.ts";
import { evaluateSlot } from "./evaluate_slot.ts";
import { type HitRates, hitRatesOf } from "./hit_rate.ts";
import { metersPerDistanceUnit } from "./readings.ts";
import { transmissionTimeS } from "./response_time.ts";
import type { Decision, SlotOutcome } from "./slot.ts";
import type { TraceSlot } from "../workload/trace.ts";

/** What a slot leaves to the next under readings that carry something over. */
export interface SlotMemory {
  /** β of the slot before, `[E][M]`. */
  readonly cache: Float64Array;
  /** When each downlink is free, in s from the start of the slot, length E. */
  readonly downlinkFreeAtS: Float64Array;
}

/** Memory at the start of an episode: empty caches, free downlinks. */
export function startMemory(instance: Instance): SlotMemory {
  return {
    cache: new Float64Array(instance.numServers * instance.numModels),
    downlinkFreeAtS: new Float64Array(instance.numServers),
  };
}

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

/**
 * Time and cost of loading models that their server did not hold before, over
 * the backhaul: S_m/R^down_E,CS and S_m·C_E,CS.
 */
function chargeLoading(
  instance: Instance,
  decision: Decision,
  before: Float64Array,
): { readonly loadingTimeS: Float64Array; readonly extraCost: number } {
  const loadingTimeS = new Float64Array(before.length);
  let extraCost = 0;
  decision.cache.forEach((cached, index) => {
    if (cached === 0 || before[index] !== 0) return;
    const bytes = instance.modelSizeBytes[index % instance.numModels];
    loadingTimeS[index] = transmissionTimeS(
      bytes,
      instance.backhaulDownlinkBps,
    );
    extraCost += bytes * instance.backhaulCostPerByte;
  });
  return { loadingTimeS, extraCost };
}

/** When each server has sent its last result, in s from the slot's start. */
function lastSentS(
  outcome: SlotOutcome,
  decision: Decision,
  freeAtS: Float64Array,
): Float64Array {
  const groups = groupUsers(decision.server, freeAtS.length);
  return freeAtS.map((free, server) =>
    groupMembers(groups, server).reduce(
      (last, user) =>
        outcome.readyTimeS[user] === Infinity
          ? last
          : Math.max(last, outcome.responseTimeS[user]),
      free,
    )
  );
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
  const { instance, state } = slot;
  const carried = assumptions.downlinkQueue === "carried";
  const loading = assumptions.modelLoading === "charged"
    ? chargeLoading(instance, decision, memory.cache)
    : undefined;
  const outcome = evaluateSlot(instance, state, decision, {
    metersPerDistanceUnit: metersPerDistanceUnit(assumptions),
    ...(carried ? { downlinkFreeAtS: memory.downlinkFreeAtS } : {}),
    ...loading,
  });
  const penalty = choices.storageViolation === "penalty"
    ? choices.storagePenalty *
      storageExcess(outcome.storageUsedBytes, instance.serverStorageBytes)
    : 0;
  const hitRates = hitRatesOf(instance, state, decision, outcome);
  return {
    outcome,
    reward: outcome.reward - penalty,
    hitRates,
    loadingCost: loading?.extraCost ?? 0,
    memory: {
      cache: decision.cache.slice(),
      downlinkFreeAtS: carried
        ? lastSentS(outcome, decision, memory.downlinkFreeAtS).map((sentS) =>
          Math.max(0, sentS - assumptions.slotDurationS)
        )
        : memory.downlinkFreeAtS,
    },
  };
}
