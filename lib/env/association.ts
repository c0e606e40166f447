/**
 * Which users belong to which server in a slot.
 *
 * @module
 */

import { distancesM } from "../scenario/topology.ts";
import { isCached } from "./caching.ts";
import type { TraceSlot } from "../workload/trace.ts";

/** Users by server, as {@linkcode groupUsers} finds them. */
export interface UserGroups {
  /** The users of server 0 in rising order, then those of server 1, …; length U. */
  readonly users: Int32Array;
  /** Where each server's users start in `users`, and the end; length E + 1. */
  readonly starts: Int32Array;
}

/**
 * Groups the users by their server, by counting (O(U + E)).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { groupMembers, groupUsers } from "./association.ts";
 *
 * const groups = groupUsers(Int32Array.of(1, 0, 1), 2);
 * assertEquals([...groupMembers(groups, 1)], [0, 2]);
 * ```
 */
export function groupUsers(
  serverOfUser: Int32Array,
  numServers: number,
): UserGroups {
  const users = new Int32Array(serverOfUser.length);
  const starts = new Int32Array(numServers + 1);
  for (let user = 0; user < serverOfUser.length; user++) {
    starts[serverOfUser[user] + 1]++;
  }
  for (let server = 0; server < numServers; server++) {
    starts[server + 1] += starts[server];
  }
  // From the last user on, every start moves from its group's end to its start.
  for (let user = serverOfUser.length - 1; user >= 0; user--) {
    users[--starts[serverOfUser[user] + 1]] = user;
  }
  starts.copyWithin(0, 1);
  starts[numServers] = serverOfUser.length;
  return { users, starts };
}

/** The users of a server in rising order, as a view into their groups. */
export function groupMembers(groups: UserGroups, server: number): Int32Array {
  return groups.users.subarray(
    groups.starts[server],
    groups.starts[server + 1],
  );
}

/**
 * The nearest server that caches each user's model, else the server that the
 * user has in the trace: the ledger's `cached-anywhere`.
 *
 * @param slot The slot that is decided.
 * @param cache β, `[E][M]`.
 * @param distances Distances between users and servers, `[U][E]`, if they are at
 * hand.
 * @returns Server of every user, length U.
 */
export function associateToCaches(
  slot: TraceSlot,
  cache: Float64Array,
  distances: Float64Array = distancesM(
    slot.instance.userPositionsM,
    slot.instance.serverPositionsM,
  ),
): Int32Array {
  const { instance, state } = slot;
  const { numServers, numModels } = instance;
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
