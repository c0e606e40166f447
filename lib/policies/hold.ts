/**
 * Loads what pays if it is held to the end.
 *
 * @module
 */

import { HOLDING_NEEDS, requireWorld } from "../optimum/world_needs.ts";
import { bestHeldSet } from "../optimum/held_set.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { decideCausally } from "./causal_caches.ts";
import type { DecidingPolicy } from "./deciding_policy.ts";

/**
 * A policy for worlds in which loading is charged: in each slot every server holds the
 * set of models of least cost in the slot, loads, and expected cost until the end of
 * the episode if nothing changes any more (`HoldingCost`). Shares are the best without
 * waits.
 *
 * Where queues are carried, it loads only models whose load is over, with the results
 * that wait for it, before the slot ends.
 *
 * @param scenario The world.
 * @throws {InputError} If loading is free, requests are not seen, instances are redrawn
 * from slot to slot, or caches decide who belongs to which server.
 */
export function createHold(scenario: Scenario): DecidingPolicy {
  requireWorld(scenario, HOLDING_NEEDS, "hold models");
  return {
    decide: (view) =>
      decideCausally(view, ({ form, loading, expected }) =>
        bestHeldSet({
          form,
          loading,
          modelBytes: expected.modelBytes,
          capacityBytes: expected.capacityBytes,
        })),
  };
}
