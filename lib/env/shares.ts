/**
 * Shares of bandwidth and compute (Section 3.5): matrices with a row a server.
 *
 * @module
 */

/**
 * Eq. 16: the bandwidth matrix α from one share per user: a user's share stands
 * in the row of the server that serves the user, every other entry is 0.
 *
 * @param share Share of every user at its own server, length U.
 * @param server Server of every user, length U.
 * @param numServers E.
 * @returns α, `[E][U]` row by row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bandwidthMatrix } from "./shares.ts";
 *
 * const alpha = bandwidthMatrix([0.4, 1, 0.6], Int32Array.of(0, 1, 0), 2);
 * assertEquals([...alpha], [0.4, 0, 0.6, 0, 1, 0]);
 * ```
 */
export function bandwidthMatrix(
  share: ArrayLike<number>,
  server: Int32Array,
  numServers: number,
): Float64Array {
  return shareMatrix(share, server, numServers);
}

/**
 * Eq. 17: the compute matrix ℓ from one share per user, as Eq. 16.
 *
 * @param share Share of every user at its own server, length U.
 * @param server Server of every user, length U.
 * @param numServers E.
 * @returns ℓ, `[E][U]` row by row.
 */
export function computeMatrix(
  share: ArrayLike<number>,
  server: Int32Array,
  numServers: number,
): Float64Array {
  return shareMatrix(share, server, numServers);
}

function shareMatrix(
  share: ArrayLike<number>,
  server: Int32Array,
  numServers: number,
): Float64Array {
  const numUsers = server.length;
  const matrix = new Float64Array(numServers * numUsers);
  for (let user = 0; user < numUsers; user++) {
    matrix[server[user] * numUsers + user] = share[user];
  }
  return matrix;
}

/** The share that Eqs. 7 and 10 use: never below the floor. */
export function effectiveShare(share: number, shareFloor: number): number {
  return Math.max(share, shareFloor);
}
