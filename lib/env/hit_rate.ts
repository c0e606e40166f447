/**
 * Readings of the hit rate, which the paper never defines.
 *
 * @module
 */

import type { Assumptions } from "../scenario/assumptions.ts";
import type { Instance } from "../scenario/instance.ts";
import { isCached } from "./caching.ts";
import type { Decision, SlotOutcome, SlotState } from "./slot.ts";

function mean(flags: Iterable<boolean>): number {
  let count = 0;
  let set = 0;
  for (const flag of flags) {
    count++;
    if (flag) set++;
  }
  return count === 0 ? 0 : set / count;
}

/**
 * Hit rate of a slot under the reading of the ledger's `hitRate`, in [0, 1].
 *
 * - `own-server`: requests whose model the user's own server caches.
 * - `any-server`: requests whose model some server caches.
 * - `cached-used`: cached models that a user of their server requests; 0 if
 *   nothing is cached.
 */
export function hitRateOf(
  reading: Assumptions["hitRate"],
  instance: Instance,
  state: SlotState,
  decision: Decision,
  outcome: Pick<SlotOutcome, "hitRate">,
): number {
  if (reading === "own-server") return outcome.hitRate;
  const { numUsers, numServers, numModels } = instance;
  const users = Array.from({ length: numUsers }, (_, user) => user);
  const servers = Array.from({ length: numServers }, (_, server) => server);
  const models = Array.from({ length: numModels }, (_, model) => model);
  const cached = (server: number, model: number) =>
    isCached(decision.cache, numModels, server, model);
  if (reading === "any-server") {
    return mean(
      users.map((user) =>
        servers.some((server) => cached(server, state.requestedModel[user]))
      ),
    );
  }
  return mean(
    servers.flatMap((server) =>
      models.filter((model) => cached(server, model)).map((model) =>
        users.some((user) =>
          decision.server[user] === server &&
          state.requestedModel[user] === model
        )
      )
    ),
  );
}
