/**
 * The scalar equations of TD3 and DDPG, one function each.
 *
 * @module
 */

/** The nearest number in [-`bound`, `bound`]. */
function clip(value: number, bound: number): number {
  return value > bound ? bound : value < -bound ? -bound : value;
}

/**
 * The action with exploration noise, kept in [-1, 1]: clip(π_Φ(s) + ε, -1, 1)
 * (Lillicrap 2015; Gaussian noise as in Fujimoto 2018, Section 6.1).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { noisyAction } from "./equations.ts";
 *
 * assertEquals(noisyAction(0.5, -0.25), 0.25);
 * assertEquals(noisyAction(0.75, 0.5), 1);
 * ```
 */
export function noisyAction(action: number, noise: number): number {
  return clip(action + noise, 1);
}

/**
 * The action that the target supposes in the next state:
 * clip(π_Φ'(s(t+1)) + clip(ε, -c, c), -1, 1) (Fujimoto 2018, Section 5.3), which
 * Eq. 24 leaves out.
 *
 * @param action π_Φ'(s(t+1)).
 * @param noise ε.
 * @param noiseClip c.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { smoothedTargetAction } from "./equations.ts";
 *
 * assertEquals(smoothedTargetAction(0.25, 0.125, 0.5), 0.375);
 * assertEquals(smoothedTargetAction(0.25, -9, 0.5), -0.25);
 * assertEquals(smoothedTargetAction(0.75, 9, 0.5), 1);
 * ```
 */
export function smoothedTargetAction(
  action: number,
  noise: number,
  noiseClip: number,
): number {
  return clip(action + clip(noise, noiseClip), 1);
}

/**
 * What a single critic is regressed to: y = r + h (1 − d) Q'(s(t+1), a')
 * (Lillicrap 2015, Algorithm 1).
 *
 * @param reward r.
 * @param discount h.
 * @param terminated d: 1 where nothing after s(t+1) counts, otherwise 0.
 * @param nextValue Q'(s(t+1), a').
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bellmanTarget } from "./equations.ts";
 *
 * assertEquals(bellmanTarget(-1, 0.5, 0, 4), 1);
 * assertEquals(bellmanTarget(-1, 0.5, 1, 4), -1);
 * ```
 */
export function bellmanTarget(
  reward: number,
  discount: number,
  terminated: number,
  nextValue: number,
): number {
  return reward + discount * (1 - terminated) * nextValue;
}

/**
 * What twin critics are regressed to:
 * y' = r + h (1 − d) min(Q₁(s(t+1), a'), Q₂(s(t+1), a')) (Eq. 24; Fujimoto
 * 2018, Section 4.2). The mask (1 − d) is not in Eq. 24.
 *
 * @param reward r.
 * @param discount h.
 * @param terminated d: 1 where nothing after s(t+1) counts, otherwise 0.
 * @param firstValue Q₁(s(t+1), a').
 * @param secondValue Q₂(s(t+1), a').
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { clippedDoubleTarget } from "./equations.ts";
 *
 * assertEquals(clippedDoubleTarget(-1, 0.5, 0, 4, 6), 1);
 * assertEquals(clippedDoubleTarget(-1, 0.5, 0, 4, 2), 0);
 * ```
 */
export function clippedDoubleTarget(
  reward: number,
  discount: number,
  terminated: number,
  firstValue: number,
  secondValue: number,
): number {
  const nextValue = Math.min(firstValue, secondValue);
  return bellmanTarget(reward, discount, terminated, nextValue);
}
