/**
 * The best shares of a server's GPUs, in closed form.
 *
 * By Cauchy and Schwarz Σ w_i·f_i/ℓ_i under Σ ℓ_i ≤ 1 is least for ℓ_i ∝ √(w_i·f_i),
 * where it is (Σ √(w_i·f_i))².
 *
 * @module
 */

/**
 * Shares ℓ of least Σ w_i·f_i/max(ℓ_i, floor) over the users that hit.
 *
 * A floor costs nothing, so that those with the least √(w_i·f_i) may do better on
 * it: some number of them, by exchange of a user on the floor with one that is
 * not. Every number is tried, which is exact.
 *
 * @param work w_i·f_i, length n; f_i is the inference time on all GPUs. An infinite
 * one stays infinite on any share, and gets none.
 * @param hit 1 for those who share, length n; others get 0.
 * @param shareFloor Least effective share.
 * @param share Receives ℓ, length n.
 * @returns The least sum.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { squareRootShares } from "./compute_shares.ts";
 *
 * const share = new Float64Array(3);
 * const sum = squareRootShares(
 *   Float64Array.of(1, 9, 4),
 *   Uint8Array.of(1, 1, 0),
 *   0,
 *   share,
 * );
 * assertEquals([...share], [0.25, 0.75, 0]);
 * assertEquals(sum, 16);
 * ```
 */
export function squareRootShares(
  work: Float64Array,
  hit: Uint8Array,
  shareFloor: number,
  share: Float64Array,
): number {
  let total = 0;
  let endless = false;
  for (let i = 0; i < work.length; i++) {
    share[i] = hit[i] === 1 ? Math.sqrt(work[i]) : 0;
    if (share[i] === Infinity) {
      endless = true;
      share[i] = 0;
    }
    total += share[i];
  }
  const least = shareFloor > 0
    ? leaveToFloor(share, total, shareFloor)
    : { sum: total * total, sharing: total };
  if (least.sharing > 0) {
    for (let i = 0; i < work.length; i++) {
      // What is left of a sum after subtractions can be rounded below a term.
      share[i] = Math.min(1, share[i] / least.sharing);
    }
  }
  return endless ? Infinity : least.sum;
}

/** Sets those roots to 0 whose users do better on the floor. */
function leaveToFloor(
  root: Float64Array,
  total: number,
  shareFloor: number,
): { readonly sum: number; readonly sharing: number } {
  const order = Array.from(root.keys()).sort((a, b) => root[a] - root[b]);
  let best = { sum: total * total, sharing: total };
  let left = 0;
  let sharing = total;
  let onFloor = 0;
  order.forEach((user, index) => {
    sharing = index + 1 === order.length ? 0 : sharing - root[user];
    onFloor += root[user] * root[user] / shareFloor;
    const sum = onFloor + sharing * sharing;
    if (sum >= best.sum) return;
    best = { sum, sharing };
    left = index + 1;
  });
  for (const user of order.slice(0, left)) root[user] = 0;
  return best;
}
