/**
 * Where users and servers stand, and which server a user belongs to.
 *
 * @module
 */

import { RandomStream } from "../math/prng.ts";

/**
 * Positions of users, uniform in a square of side `areaSideM`.
 *
 * @returns Flattened `[x, y]` pairs in m, length `2·numUsers`.
 */
export function placeUsers(
  numUsers: number,
  areaSideM: number,
  seed: number | string,
): Float64Array {
  const stream = new RandomStream(seed, "user-positions");
  return Float64Array.from(
    { length: 2 * numUsers },
    () => areaSideM * stream.uniform(),
  );
}

/**
 * Positions of servers, evenly on the horizontal mid-line of the square: each
 * in the middle of its own strip.
 *
 * @returns Flattened `[x, y]` pairs in m, length `2·numServers`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { placeServers } from "./topology.ts";
 *
 * assertEquals([...placeServers(2, 1000)], [250, 500, 750, 500]);
 * ```
 */
export function placeServers(
  numServers: number,
  areaSideM: number,
): Float64Array {
  const positionsM = new Float64Array(2 * numServers);
  for (let server = 0; server < numServers; server++) {
    positionsM[2 * server] = areaSideM * (server + 0.5) / numServers;
    positionsM[2 * server + 1] = areaSideM / 2;
  }
  return positionsM;
}

/**
 * Eq. 4: Euclidean distance between user i and server j in m,
 * D = √((X_U − X_E)² + (Y_U − Y_E)²).
 */
export function distanceM(
  userXM: number,
  userYM: number,
  serverXM: number,
  serverYM: number,
): number {
  const dx = userXM - serverXM;
  const dy = userYM - serverYM;
  return Math.sqrt(dx * dx + dy * dy);
}

/** Distances in m (Eq. 4) of every user and server, `[U][E]` row by row. */
export function distancesM(
  userPositionsM: Float64Array,
  serverPositionsM: Float64Array,
): Float64Array {
  const numUsers = userPositionsM.length / 2;
  const numServers = serverPositionsM.length / 2;
  const result = new Float64Array(numUsers * numServers);
  for (let user = 0; user < numUsers; user++) {
    for (let server = 0; server < numServers; server++) {
      result[user * numServers + server] = distanceM(
        userPositionsM[2 * user],
        userPositionsM[2 * user + 1],
        serverPositionsM[2 * server],
        serverPositionsM[2 * server + 1],
      );
    }
  }
  return result;
}

/**
 * The nearest server of every user; the lower index wins a tie.
 *
 * @returns Server indices, length U.
 */
export function nearestServers(
  userPositionsM: Float64Array,
  serverPositionsM: Float64Array,
): Int32Array {
  const numServers = serverPositionsM.length / 2;
  const distances = distancesM(userPositionsM, serverPositionsM);
  const result = new Int32Array(userPositionsM.length / 2);
  for (let user = 0; user < result.length; user++) {
    let nearest = 0;
    for (let server = 1; server < numServers; server++) {
      if (
        distances[user * numServers + server] <
          distances[user * numServers + nearest]
      ) nearest = server;
    }
    result[user] = nearest;
  }
  return result;
}

/**
 * Servers such that none has more than ceil(U/E) users: pairs of user and
 * server are taken from the closest on, as long as the server has room.
 *
 * @returns Server indices, length U.
 */
export function balancedServers(
  userPositionsM: Float64Array,
  serverPositionsM: Float64Array,
): Int32Array {
  const numUsers = userPositionsM.length / 2;
  const numServers = serverPositionsM.length / 2;
  const distances = distancesM(userPositionsM, serverPositionsM);
  const pairs = Array.from(distances.keys())
    .sort((a, b) => distances[a] - distances[b] || a - b);
  const room = new Int32Array(numServers).fill(
    Math.ceil(numUsers / numServers),
  );
  const result = new Int32Array(numUsers).fill(-1);
  for (const pair of pairs) {
    const user = Math.floor(pair / numServers);
    const server = pair % numServers;
    if (result[user] >= 0 || room[server] === 0) continue;
    result[user] = server;
    room[server]--;
  }
  return result;
}
