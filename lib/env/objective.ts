/**
 * The objective of the optimization problem (Section 3.5).
 *
 * @module
 */

/** A weight of 0 takes a term out, even an infinite one. */
function weighted(weight: number, value: number): number {
  return weight === 0 ? 0 : weight * value;
}

/**
 * Eq. 15: weighted sum of time and cost in a slot,
 * G = ω1·Σ_i T_i^res + ω2·(Σ_i C_i + C^st).
 *
 * @param totalResponseTimeS Σ_i T_i^res in s.
 * @param totalCost Σ_i C_i + C^st.
 * @param responseTimeWeight ω1 in 1/s.
 * @param costWeight ω2 in 1/currency.
 */
export function slotObjective(
  totalResponseTimeS: number,
  totalCost: number,
  responseTimeWeight: number,
  costWeight: number,
): number {
  return weighted(responseTimeWeight, totalResponseTimeS) +
    weighted(costWeight, totalCost);
}
