/**
 * The constraints of the optimization problem (Eq. 18).
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";
import type { Constraint, Decision } from "./slot.ts";

/**
 * Sums may pass their bound by this fraction: shares that are meant to add up
 * to 1 often add up to 1 + 2e-16.
 */
export const SUM_TOLERANCE = 1e-12;

function withinSum(sum: number, bound: number): boolean {
  return sum <= bound * (1 + SUM_TOLERANCE);
}

/** Eq. 18b: every β_jm is 0 or 1. */
export function isBinary(cache: Float64Array): boolean {
  return cache.every((value) => value === 0 || value === 1);
}

/** Eqs. 18c and 18d: every share lies in [0, 1]. */
export function areShares(shares: Float64Array): boolean {
  return shares.every((share) => share >= 0 && share <= 1);
}

/** Eq. 18e: Σ_m β_jm·S_m ≤ S_j^E for every server. */
export function fitsStorage(
  storageUsedBytes: Float64Array,
  serverStorageBytes: Float64Array,
): boolean {
  return storageUsedBytes.every((used, server) =>
    withinSum(used, serverStorageBytes[server])
  );
}

/** Eqs. 18f and 18g: Σ_i share_ji ≤ 1 for every server, whoever is associated. */
export function sumsToAtMostOne(
  shares: Float64Array,
  numServers: number,
): boolean {
  const numUsers = shares.length / numServers;
  for (let server = 0; server < numServers; server++) {
    let sum = 0;
    for (let user = 0; user < numUsers; user++) {
      sum += shares[server * numUsers + user];
    }
    if (!withinSum(sum, 1)) return false;
  }
  return true;
}

/**
 * Eq. 18: the constraints that a decision breaks, in the order 18b to 18g.
 *
 * @param instance Capacities and sizes.
 * @param decision The decision as given.
 * @param storageUsedBytes S_M,j of the decision, length E.
 */
export function findViolations(
  instance: Instance,
  decision: Decision,
  storageUsedBytes: Float64Array,
): Constraint[] {
  const held: [Constraint, boolean][] = [
    ["18b", isBinary(decision.cache)],
    ["18c", areShares(decision.bandwidthShare)],
    ["18d", areShares(decision.computeShare)],
    ["18e", fitsStorage(storageUsedBytes, instance.serverStorageBytes)],
    ["18f", sumsToAtMostOne(decision.bandwidthShare, instance.numServers)],
    ["18g", sumsToAtMostOne(decision.computeShare, instance.numServers)],
  ];
  return held.filter(([, holds]) => !holds).map(([constraint]) => constraint);
}

/**
 * How far caches exceed their servers, in servers: Σ_j max(0, used_j/S_j − 1).
 * Rounding within {@linkcode SUM_TOLERANCE} counts as nothing.
 */
export function storageExcess(
  storageUsedBytes: Float64Array,
  serverStorageBytes: Float64Array,
): number {
  let excess = 0;
  storageUsedBytes.forEach((used, server) => {
    const over = used / serverStorageBytes[server] - 1;
    if (over > SUM_TOLERANCE) excess += over;
  });
  return excess;
}
