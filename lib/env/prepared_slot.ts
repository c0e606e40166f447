/**
 * What no action changes in a slot (see `fast_slot.ts`): computed once, with the
 * functions that `evaluateSlot` calls for every decision.
 *
 * @module
 */

import { dbmToWatt } from "../math/units.ts";
import { cloudCost, edgeCost, gpuRentalCost, transferCost } from "./cost.ts";
import { inferenceTimeS, transmissionTimeS } from "./response_time.ts";
import type { TraceSlot } from "../workload/trace.ts";

/**
 * The same slot with its users in another order.
 *
 * @param order Which user comes at each place, length U.
 */
export function reorderUsers(slot: TraceSlot, order: Int32Array): TraceSlot {
  const { instance, state, server } = slot;
  const floats = (values: Float64Array, width: number) =>
    values.map((_, k) =>
      values[width * order[Math.floor(k / width)] + k % width]
    );
  return {
    instance: {
      ...instance,
      userPositionsM: floats(instance.userPositionsM, 2),
    },
    state: {
      popularityIndex: state.popularityIndex,
      fading: floats(state.fading, 2),
      requestedModel: order.map((user) => state.requestedModel[user]),
      inputBytes: floats(state.inputBytes, 1),
      outputBytes: floats(state.outputBytes, 1),
    },
    server: order.map((user) => server[user]),
  };
}

/** Constants of a slot; lengths are U unless said. */
export interface PreparedSlot {
  /** p_i^U in watt. */
  readonly userTxPowerW: number;
  /** p_j^E in watt. */
  readonly serverTxPowerW: number;
  /** N_0 in watt/Hz. */
  readonly noisePsdWPerHz: number;
  /** F_m of every user's model in FLOP. */
  readonly flop: Float64Array;
  /** Upload from server to cloud on a miss, in s. */
  readonly backhaulUplinkTimeS: Float64Array;
  /** Inference in the cloud, in s. */
  readonly cloudInferenceTimeS: Float64Array;
  /** Download from cloud to server on a miss, in s. */
  readonly backhaulDownlinkTimeS: Float64Array;
  /** Loading of every model over the backhaul, in s, length M. */
  readonly loadingTimeS: Float64Array;
  /** C_i of a hit (Eq. 12). */
  readonly hitCost: Float64Array;
  /** C_i of a miss (Eq. 13). */
  readonly missCost: Float64Array;
}

/** Computes the constants of a slot. */
export function prepareSlot({ instance, state }: TraceSlot): PreparedSlot {
  const { inputBytes, outputBytes } = state;
  const perUser = (value: (user: number) => number) =>
    Float64Array.from({ length: instance.numUsers }, (_, user) => value(user));
  const flop = perUser((i) => instance.modelFlop[state.requestedModel[i]]);
  const accessCost = perUser((i) =>
    transferCost(inputBytes[i], outputBytes[i], instance.accessCostPerByte)
  );
  const backhaulCost = perUser((i) =>
    transferCost(inputBytes[i], outputBytes[i], instance.backhaulCostPerByte)
  );
  const gpuCost = perUser((i) =>
    gpuRentalCost(flop[i], instance.gpuFlopPerS, instance.gpuCostPerS)
  );
  return {
    userTxPowerW: dbmToWatt(instance.userTxPowerDbm),
    serverTxPowerW: dbmToWatt(instance.serverTxPowerDbm),
    noisePsdWPerHz: dbmToWatt(instance.noisePsdDbmPerHz),
    flop,
    backhaulUplinkTimeS: perUser((i) =>
      transmissionTimeS(inputBytes[i], instance.backhaulUplinkBps)
    ),
    cloudInferenceTimeS: perUser((i) =>
      inferenceTimeS(
        flop[i],
        1,
        instance.cloudGpusPerRequest,
        instance.gpuFlopPerS,
      )
    ),
    backhaulDownlinkTimeS: perUser((i) =>
      transmissionTimeS(outputBytes[i], instance.backhaulDownlinkBps)
    ),
    loadingTimeS: instance.modelSizeBytes.map((bytes) =>
      transmissionTimeS(bytes, instance.backhaulDownlinkBps)
    ),
    hitCost: perUser((i) => edgeCost(accessCost[i], gpuCost[i])),
    missCost: perUser((i) =>
      cloudCost(accessCost[i], backhaulCost[i], gpuCost[i])
    ),
  };
}
