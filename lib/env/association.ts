/**
 * Which users belong to which server in a slot.
 *
 * @module
 */

import { distancesM } from "../scenario/topology.ts";
import { isCached } from "./caching.ts";
import type { TraceSlot } from "./trace.ts";

/** The users of a server in rising order. */
export function usersOf(serverOfUser: Int32Array, server: number): Int32Array {
  const users = new Int32Array(serverOfUser.length);
  let count = 0;
  for (let user = 0; user < serverOfUser.length; user++) {
    if (serverOfUser[user] === server) users[count++] = user;
  }
  return users.subarray(0, count);
}

/**
 * The nearest server that caches each user's model, else the server that the
 * user has in the trace: the ledger's `cached-anywhere`.
 *
 * @param slot The slot that is decided.
 * @param cache β, `[E][M]`.
 * @returns Server of every user, length U.
 */
export function associateToCaches(
  slot: TraceSlot,
  cache: Float64Array,
): Int32Array {
  const { instance, state } = slot;
  const { numServers, numModels } = instance;
  const distances = distancesM(
    instance.userPositionsM,
    instance.serverPositionsM,
  );
  return slot.server.map((own, user) => {
    const model = state.requestedModel[user];
    const row = user * numServers;
    let best = -1;
    for (let server = 0; server < numServers; server++) {
      if (!isCached(cache, numModels, server, model)) continue;
      if (best < 0 || distances[row + server] < distances[row + best]) {
        best = server;
      }
    }
    return best < 0 ? own : best;
  });
}
