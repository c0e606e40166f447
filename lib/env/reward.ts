/**
 * The reward (Section 4.2).
 *
 * @module
 */

/**
 * Eq. 21: r = −G/U.
 *
 * @param objective G(t) of Eq. 15.
 * @param numUsers U.
 */
export function slotReward(objective: number, numUsers: number): number {
  return -objective / numUsers;
}
