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

/** Savings where the downlink is free at the start of the slot. */
function savingsWhenFree(
  { timeWeight, loadingS, loadingCost }: PlanProblem,
  { model, saving, load, loadWeight }: PlanSlot,
  m: number,
): Savings {
  let users = 0;
  for (const one of model) if (one === m) users++;
  const held = saving[m] - loadWeight * load[m] * load[m];
  const waitS = users * loadingS[m];
  return { held, loaded: held - loadingCost[m] - timeWeight * waitS };
}

/**
 * Savings where the downlink may be blocked. What blocks it hides how long
 * inference and loading take: a result that comes from the edge is then later for no
 * more than the time that the cloud would take less, and at best for none.
 */
function savingsWhenBlocked(
  { timeWeight, loadingS, loadingCost }: PlanProblem,
  { model, savedCost, hitS, missS, load, loadWeight }: PlanSlot,
  m: number,
): Savings {
  const gainS: number[] = [];
  let loadedS = 0;
  for (let i = 0; i < model.length; i++) {
    if (model[i] !== m) continue;
    gainS.push(missS[i] - hitS[i]);
    loadedS += Math.max(0, missS[i] - hitS[i] - loadingS[m]);
  }
  return {
    held: savedCost[m] +
      timeWeight * gainS.reduce((sum, one) => sum + Math.max(0, one), 0),
    loaded: savedCost[m] - loadingCost[m] + timeWeight * loadedS,
  };
}

/**
 * The models that save something in a plan that holds them alone, by Viterbi's
 * algorithm (1967) over the two states of each: held or not. A plan that holds
 * another one is no worse without it, since users who share the GPUs with others
 * are no faster than alone: (Q + q)² − Q² ≥ q². Where the queue is carried, what a
 * model saves in all slots but the first is taken as if the downlink were blocked
 * for as long as helps most.
 *
 * @returns The models in rising order.
 */
export function payingModels(problem: PlanProblem): Int32Array {
  const paying: number[] = [];
  for (let m = 0; m < problem.modelBytes.length; m++) {
    if (problem.modelBytes[m] > problem.capacityBytes) continue;
    let best = 0;
    let holding = -Infinity;
    problem.slots.forEach((slot, t) => {
      const { held, loaded } = problem.slotDurationS === undefined || t === 0
        ? savingsWhenFree(problem, slot, m)
        : savingsWhenBlocked(problem, slot, m);
      // Dropped models may come again: `best` is that of all plans so far.
      holding = Math.max(holding + held, best + loaded);
      best = Math.max(best, holding);
    });
    if (best > 0) paying.push(m);
  }
  return Int32Array.from(paying);
}
