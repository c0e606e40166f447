/**
 * What no decision changes in a slot.
 *
 * @module
 */

import { dbmToWatt } from "../math/units.ts";
import type { Instance } from "../scenario/instance.ts";
import type { SlotState } from "../workload/slot_state.ts";
import { cloudCost, edgeCost, gpuRentalCost, transferCost } from "./cost.ts";
import { inferenceTimeS, transmissionTimeS } from "./response_time.ts";

/** Constants of a slot; lengths are U unless said. */
export interface SlotConstants {
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
  /** Cost of transfer between user and server. */
  readonly accessCost: Float64Array;
  /** Cost of transfer between server and cloud on a miss. */
  readonly backhaulCost: Float64Array;
  /** Cost of GPU rental. */
  readonly gpuCost: Float64Array;
  /** C_i of a hit (Eq. 12). */
  readonly hitCost: Float64Array;
  /** C_i of a miss (Eq. 13). */
  readonly missCost: Float64Array;
}

/**
 * `count` arrays of one length, in one buffer: buffers of their own would take
 * longer than the equations.
 */
export function floatArrays(count: number, length: number): Float64Array[] {
  const bytes = length * Float64Array.BYTES_PER_ELEMENT;
  const buffer = new ArrayBuffer(count * bytes);
  const arrays: Float64Array[] = [];
  for (let offset = 0; arrays.length < count; offset += bytes) {
    arrays.push(new Float64Array(buffer, offset, length));
  }
  return arrays;
}

/** Computes the constants of a slot. */
export function slotConstants(
  instance: Instance,
  state: SlotState,
): SlotConstants {
  const { numUsers, gpuFlopPerS } = instance;
  const [
    flop,
    backhaulUplinkTimeS,
    cloudInferenceTimeS,
    backhaulDownlinkTimeS,
    accessCost,
    backhaulCost,
    gpuCost,
    hitCost,
    missCost,
  ] = floatArrays(9, numUsers);
  for (let user = 0; user < numUsers; user++) {
    const inputBytes = state.inputBytes[user];
    const outputBytes = state.outputBytes[user];
    flop[user] = instance.modelFlop[state.requestedModel[user]];
    backhaulUplinkTimeS[user] = transmissionTimeS(
      inputBytes,
      instance.backhaulUplinkBps,
    );
    cloudInferenceTimeS[user] = inferenceTimeS(
      flop[user],
      1,
      instance.cloudGpusPerRequest,
      gpuFlopPerS,
    );
    backhaulDownlinkTimeS[user] = transmissionTimeS(
      outputBytes,
      instance.backhaulDownlinkBps,
    );
    accessCost[user] = transferCost(
      inputBytes,
      outputBytes,
      instance.accessCostPerByte,
    );
    backhaulCost[user] = transferCost(
      inputBytes,
      outputBytes,
      instance.backhaulCostPerByte,
    );
    gpuCost[user] = gpuRentalCost(
      flop[user],
      gpuFlopPerS,
      instance.gpuCostPerS,
    );
    hitCost[user] = edgeCost(accessCost[user], gpuCost[user]);
    missCost[user] = cloudCost(
      accessCost[user],
      backhaulCost[user],
      gpuCost[user],
    );
  }
  return {
    userTxPowerW: dbmToWatt(instance.userTxPowerDbm),
    serverTxPowerW: dbmToWatt(instance.serverTxPowerDbm),
    noisePsdWPerHz: dbmToWatt(instance.noisePsdDbmPerHz),
    flop,
    backhaulUplinkTimeS,
    cloudInferenceTimeS,
    backhaulDownlinkTimeS,
    accessCost,
    backhaulCost,
    gpuCost,
    hitCost,
    missCost,
  };
}
