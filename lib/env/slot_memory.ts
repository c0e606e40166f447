/**
 * What one slot leaves to the next.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";

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
