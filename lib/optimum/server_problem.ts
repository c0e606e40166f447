/**
 * What one server has to decide in a slot, as plain arrays over its users.
 *
 * For a given association nothing couples two servers: caches, bandwidth,
 * GPUs and the downlink each belong to one of them (Eqs. 7 to 18).
 *
 * @module
 */

import { SUM_TOLERANCE } from "../env/constraints.ts";
import type { SlotView } from "../env/decider.ts";
import { PreparedSlot } from "../env/prepared_slot.ts";
import { inferenceTimeS } from "../env/response_time.ts";
import { serverUplink } from "../env/server_uplink.ts";
import type { UplinkProblem } from "../env/uplink_shares.ts";

/** A server's part of a slot: n users, who request D distinct models. */
export interface ServerProblem {
  /** Users of the server in rising order, length n. */
  readonly users: Int32Array;
  /** Upload times as functions of shares. */
  readonly uplink: UplinkProblem;
  /** F_m/(K_j·A_8): inference at the edge on all GPUs, in s, length n. */
  readonly edgeInferenceS: Float64Array;
  /** Backhaul and inference of a miss, in s, length n. */
  readonly cloudS: Float64Array;
  /** Backhaul cost of a miss, length n. */
  readonly backhaulCost: Float64Array;
  /** d^out/R^down in s, length n. */
  readonly downlinkS: Float64Array;
  /** Which of the distinct models each user requests, length n. */
  readonly item: Int32Array;
  /** The distinct requested models in rising order, length D. */
  readonly models: Int32Array;
  /** S_m of the distinct models in byte, length D. */
  readonly modelBytes: Float64Array;
  /** S_j^E in byte, with the tolerance of the evaluator. */
  readonly capacityBytes: number;
  /** C_E^st in currency/byte. */
  readonly storageCostPerByte: number;
  /** ω1 in 1/s. */
  readonly timeWeight: number;
  /** ω2 in 1/currency. */
  readonly costWeight: number;
  /** Least effective share. */
  readonly shareFloor: number;
  /** Access transfer and GPU rental, which no decision changes. */
  readonly fixedCost: number;
}

/** How a slot is solved: alone, as if nothing came before it. */
export function prepareAlone(
  { scenario, visible }: Pick<SlotView, "scenario" | "visible">,
): PreparedSlot {
  return new PreparedSlot(visible, {
    assumptions: {
      ...scenario.assumptions,
      modelLoading: "free",
      downlinkQueue: "empty",
    },
  });
}

/**
 * A server's part of a slot.
 *
 * @param slot The slot, with the servers that its users have.
 * @param server The server j.
 */
export function serverProblem(
  slot: PreparedSlot,
  server: number,
): ServerProblem {
  const { instance, state, constants } = slot;
  const users = slot.links.usersOf(server);
  const perUser = (value: (user: number) => number) =>
    Float64Array.from(users, value);
  const models = Int32Array.from(
    new Set(Array.from(users, (user) => state.requestedModel[user])),
  ).sort();
  let fixedCost = 0;
  for (const user of users) fixedCost += constants.hitCost[user];
  return {
    users,
    uplink: serverUplink(slot, server),
    edgeInferenceS: perUser((user) =>
      inferenceTimeS(
        constants.flop[user],
        1,
        instance.serverGpus[server],
        instance.gpuFlopPerS,
      )
    ),
    cloudS: perUser((user) =>
      constants.backhaulUplinkTimeS[user] +
      constants.cloudInferenceTimeS[user] +
      constants.backhaulDownlinkTimeS[user]
    ),
    backhaulCost: perUser((user) => constants.backhaulCost[user]),
    downlinkS: perUser((user) => slot.links.downlinkTimeS[user]),
    item: Int32Array.from(
      users,
      (user) => models.indexOf(state.requestedModel[user]),
    ),
    models,
    modelBytes: Float64Array.from(
      models,
      (model) => instance.modelSizeBytes[model],
    ),
    capacityBytes: instance.serverStorageBytes[server] * (1 + SUM_TOLERANCE),
    storageCostPerByte: instance.storageCostPerByte,
    timeWeight: instance.responseTimeWeight,
    costWeight: instance.costWeight,
    shareFloor: instance.shareFloor,
    fixedCost,
  };
}
