/**
 * The requests of a slot as costs of sets of models and of loads.
 *
 * @module
 */

import type { ExpectedServer } from "./holding_cost.ts";
import type { PlannedServer } from "./plan_problem.ts";
import type { SetForm } from "./set_form.ts";

/**
 * The server's part of G(t) as a cost of the set X that it caches, next to no caching
 * and without waits and loads: ω1·(Σ_X load)² − Σ_X saving.
 */
export function slotForm(
  { slot: { load, loadWeight, saving } }: PlannedServer,
): SetForm {
  return {
    linear: saving.map((one) => -one),
    squares: [{ weight: loadWeight, root: load }],
  };
}

/**
 * What loading each model costs in a slot, length M: ω2·S_m·C_E,CS, and ω1·S_m/R^down
 * for each user who requests it.
 */
export function loadingCosts(
  { price, waitCost }: Pick<ExpectedServer, "price" | "waitCost">,
  { slot: { model } }: PlannedServer,
): Float64Array {
  const loading = price.slice();
  for (const requested of model) loading[requested] += waitCost[requested];
  return loading;
}
