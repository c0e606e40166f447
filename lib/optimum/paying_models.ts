/**
 * Models that no plan needs.
 *
 * @module
 */

import type { PlanProblem, PlanSlot } from "./plan_problem.ts";

/** What a model saves in a slot at most, if it is held and if it is loaded. */
interface Savings {
  readonly held: number;
  readonly loaded: number;
}

/** Savings of a model in a slot in which nobody waits. */
function freeSavings(
  { timeWeight, loadingS, loadingCost }: PlanProblem,
  { model, saving, load, loadWeight }: PlanSlot,
  m: number,
): Savings {
  const users = model.reduce((sum, one) => one === m ? sum + 1 : sum, 0);
  const held = saving[m] - loadWeight * load[m] * load[m];
  const loading = loadingCost[m] + timeWeight * users * loadingS[m];
  return { held, loaded: held - loading };
}

/**
 * Savings of a model in a slot whose downlink is blocked: of what its users save at
 * the edge nothing is lost to others, and what they would lose there is hidden by the
 * wait for the downlink.
 */
function blockedSavings(
  { timeWeight, loadingS, loadingCost }: PlanProblem,
  { model, savedCost, hitS, missS }: PlanSlot,
  m: number,
): Savings {
  let heldS = 0;
  let loadedS = 0;
  for (let i = 0; i < model.length; i++) {
    if (model[i] !== m) continue;
    heldS += Math.max(0, missS[i] - hitS[i]);
    loadedS += Math.max(0, missS[i] - hitS[i] - loadingS[m]);
  }
  return {
    held: savedCost[m] + timeWeight * heldS,
    loaded: savedCost[m] - loadingCost[m] + timeWeight * loadedS,
  };
}

/**
 * The models that save something in a plan that holds them alone, by Viterbi's
 * algorithm (1967) over the two states of each: held or not. Any other plan is no
 * worse without the rest, since users who share GPUs with others are no faster than
 * alone: (Q + q)² − Q² ≥ q². Where the queue is carried, the downlink may be blocked
 * in all slots but the first, and the larger savings count.
 *
 * @returns The models in rising order.
 */
export function payingModels(problem: PlanProblem): Int32Array {
  const { slots, modelBytes, capacityBytes, slotDurationS } = problem;
  const models = Int32Array.from(modelBytes.keys());
  return models.filter((m) => {
    if (modelBytes[m] > capacityBytes) return false;
    let best = 0;
    let holding = -Infinity;
    slots.forEach((slot, t) => {
      let { held, loaded } = freeSavings(problem, slot, m);
      if (slotDurationS !== undefined && t > 0) {
        const blocked = blockedSavings(problem, slot, m);
        held = Math.max(held, blocked.held);
        loaded = Math.max(loaded, blocked.loaded);
      }
      holding = Math.max(holding + held, best + loaded);
      best = Math.max(best, holding);
    });
    return best > 0;
  });
}
