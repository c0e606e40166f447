/**
 * What a decision makes of a slot, in arrays that can be used again.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";
import type { SlotOutcome } from "./slot.ts";

/** The part of a {@linkcode SlotOutcome} that hangs on shares. */
export type JudgedSlot = {
  -readonly [
    key in
      | "hit"
      | "uplinkRateBps"
      | "uplinkTimeS"
      | "inferenceTimeS"
      | "readyTimeS"
      | "waitTimeS"
      | "responseTimeS"
      | "storageUsedBytes"
      | "totalResponseTimeS"
      | "storageCost"
      | "totalCost"
      | "objective"
  ]: SlotOutcome[key];
};

/** How many arrays {@linkcode judgedSlot} takes. */
export const JUDGED_ARRAYS = 6;

/**
 * A slot that nothing is known of yet.
 *
 * @param arrays {@linkcode JUDGED_ARRAYS} arrays of length U, or more.
 */
export function judgedSlot(
  arrays: readonly Float64Array[],
  instance: Instance,
): JudgedSlot {
  return {
    hit: new Uint8Array(instance.numUsers),
    uplinkRateBps: arrays[0],
    uplinkTimeS: arrays[1],
    inferenceTimeS: arrays[2],
    readyTimeS: arrays[3],
    waitTimeS: arrays[4],
    responseTimeS: arrays[5],
    storageUsedBytes: new Float64Array(instance.numServers),
    totalResponseTimeS: 0,
    storageCost: 0,
    totalCost: 0,
    objective: 0,
  };
}
