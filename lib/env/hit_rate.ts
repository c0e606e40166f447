/**
 * Readings of the hit rate, which the paper never defines.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";
import { isCached } from "./caching.ts";
import type { Decision, SlotOutcome } from "./slot.ts";
import type { SlotState } from "../workload/slot_state.ts";

/** What a slot comes to under each reading, in [0, 1]. */
export interface HitRates {
  /** Share of requests whose model the user's own server caches. */
  readonly hitRateOwnServer: number;
  /** Share of requests whose model some server caches. */
  readonly hitRateAnyServer: number;
  /**
   * Share of cached models that a user of their server requests; 0 if nothing is
   * cached.
   */
  readonly cacheUtilization: number;
}

/**
 * Hit rates of a slot under every reading of the studies' `hitRate`, in
 * O(E·M + U).
 *
 * @param outcome What `evaluateSlot` found; its hits are those of own servers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { EdgeEnv } from "./edge_env.ts";
 *
 * const env = new EdgeEnv(SMALL_SCENARIO);
 * env.reset(0);
 * const { hitRate, hitRates } = env.step(new Float32Array(env.actionSize)).info;
 * // The default reading is own-server.
 * assertEquals(hitRates.hitRateOwnServer, hitRate);
 * ```
 */
export function hitRatesOf(
  instance: Instance,
  state: SlotState,
  decision: Decision,
  outcome: Pick<SlotOutcome, "hitRate">,
): HitRates {
  const { numUsers, numServers, numModels } = instance;
  const { requestedModel } = state;
  const requested = new Uint8Array(numServers * numModels);
  for (let user = 0; user < numUsers; user++) {
    requested[decision.server[user] * numModels + requestedModel[user]] = 1;
  }
  const anywhere = new Uint8Array(numModels);
  let cached = 0;
  let used = 0;
  for (let server = 0; server < numServers; server++) {
    for (let model = 0; model < numModels; model++) {
      if (!isCached(decision.cache, numModels, server, model)) continue;
      cached++;
      used += requested[server * numModels + model];
      anywhere[model] = 1;
    }
  }
  let found = 0;
  for (let user = 0; user < numUsers; user++) {
    found += anywhere[requestedModel[user]];
  }
  return {
    hitRateOwnServer: outcome.hitRate,
    hitRateAnyServer: numUsers === 0 ? 0 : found / numUsers,
    cacheUtilization: cached === 0 ? 0 : used / cached,
  };
}
