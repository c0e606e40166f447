/**
 * Shares for the sets of a plan.
 *
 * @module
 */

import type { PlannedServer, PlanProblem } from "./plan_problem.ts";
import { UplinkSolver } from "../env/uplink_shares.ts";
import { type ServerShares, WaitSearch } from "./wait_search.ts";

/** Shares tried for a slot from each start. */
const SHARE_STEPS = 24;

/**
 * The shares that {@linkcode WaitSearch} finds for the sets of a plan, each slot on a
 * downlink that is free.
 *
 * @param models The models of each slot, length T.
 */
export function sharesOfPlan(
  planned: readonly PlannedServer[],
  { loadingS }: PlanProblem,
  models: readonly (readonly number[])[],
): ServerShares[] {
  return planned.map(({ problem, slot }, t) => {
    const before = t === 0 ? [] : models[t - 1];
    const hit = Uint8Array.from(
      slot.model,
      (model) => models[t].includes(model) ? 1 : 0,
    );
    const loadS = Float64Array.from(
      slot.model,
      (model, i) =>
        hit[i] === 1 && !before.includes(model) ? loadingS[model] : 0,
    );
    const search = new WaitSearch(problem, new UplinkSolver(problem.uplink));
    return search.search(hit, SHARE_STEPS, loadS);
  });
}
