/**
 * What sets and loads cost in a slot, if the downlink is free at its start or not.
 *
 * @module
 */

import type { CacheSets } from "./cache_sets.ts";
import type { PlanProblem, PlanSlot } from "./plan_problem.ts";

/**
 * Costs of a slot for a server that holds X after it has loaded Y ⊆ X, on a downlink
 * that is free from B on. With b_i as the time at which the result of user i is
 * ready at the earliest, on all bandwidth and GPUs, without loads (`hitS`, `missS`),
 * and p_i = S_m/R^down_E,CS for the users of Y and 0 for the others, they are the
 * larger of
 *
 * - cloudOnly + ω1·(Σ_X load)² − Σ_X saving + Σ_Y ℓ, in which nobody waits, and
 * - costs + ω1·Σ_i (max(b_i + p_i, B) + d_i^out/R_i^down), in which users do not
 *   share.
 *
 * Both are sums over models, but for the square. With B they rise or stay, and at
 * B = 0 the first one is the larger.
 *
 * After the slot the downlink is free no earlier than B and all results after it, nor
 * than the last result of a load (ready at b_i + p_i), less the length of the slot.
 * Nor, whatever is decided, than the first result that can be ready and all after it,
 * which may take so long in a deep fade.
 */
export class PlanSlotCosts {
  /** Cost of each set without loads where nobody waits. */
  readonly freeCost: Float64Array;
  /** ℓ of each of the models. */
  readonly loadingCost: Float64Array;
  /** Cost of each set without loads where users do not share. */
  readonly blockedCost: Float64Array;
  /** What loading each of the models adds there. */
  readonly blockedLoadingCost: Float64Array;
  /** When the downlink is free after each load, in s from the next slot's start. */
  readonly freeAfterLoadS: Float64Array;
  /** When it is free without loads, in s from the next slot's start. */
  freeAfterS = 0;
  readonly #problem: PlanProblem;
  readonly #slot: PlanSlot;
  readonly #models: Int32Array;
  readonly #sets: CacheSets;
  /** Users of each of the models. */
  readonly #users: readonly (readonly number[])[];
  /** When the downlink is free whatever is decided, in s from the next slot's start. */
  readonly #leastFreeAfterS: number = 0;

  /**
   * Prepares a slot.
   *
   * @param models The models that may be held.
   * @param sets The sets of these models that fit.
   */
  constructor(
    problem: PlanProblem,
    slot: PlanSlot,
    models: Int32Array,
    sets: CacheSets,
  ) {
    const { slotDurationS = Infinity, timeWeight } = problem;
    const { hitS, downlinkS, loadWeight } = slot;
    this.#problem = problem;
    this.#slot = slot;
    this.#models = models;
    this.#sets = sets;
    this.#users = Array.from(models, (model) => {
      const users: number[] = [];
      slot.model.forEach((one, user) => {
        if (one === model) users.push(user);
      });
      return users;
    });
    let firstS = Infinity;
    let sentS = 0;
    let lastS = 0;
    for (let i = 0; i < hitS.length; i++) {
      const readyS = Math.min(hitS[i], slot.missS[i]);
      firstS = Math.min(firstS, readyS);
      sentS += downlinkS[i];
      lastS = Math.max(lastS, readyS + downlinkS[i]);
    }
    if (hitS.length > 0) {
      this.#leastFreeAfterS = Math.max(
        0,
        Math.max(firstS + sentS, lastS) - slotDurationS,
      );
    }
    this.freeAfterS = this.#leastFreeAfterS;
    this.loadingCost = new Float64Array(models.length);
    this.freeAfterLoadS = new Float64Array(models.length);
    models.forEach((model, m) => {
      const loadS = problem.loadingS[model];
      this.loadingCost[m] = problem.loadingCost[model] +
        timeWeight * this.#users[m].length * loadS;
      for (const i of this.#users[m]) {
        this.freeAfterLoadS[m] = Math.max(
          this.freeAfterLoadS[m],
          hitS[i] + loadS + downlinkS[i] - slotDurationS,
        );
      }
    });
    this.freeCost = new Float64Array(sets.count);
    this.blockedCost = new Float64Array(sets.count);
    this.blockedLoadingCost = new Float64Array(models.length);
    const load = this.blockedCost;
    this.#add(load, 0, (m) => slot.load[models[m]]);
    this.#add(this.freeCost, slot.cloudOnly, (m) => -slot.saving[models[m]]);
    for (let i = 0; i < load.length; i++) {
      this.freeCost[i] += loadWeight * load[i] * load[i];
    }
  }

  /** Sets what depends on when the downlink is free, in s; at 0 only when it is. */
  freeAt(freeAtS: number): void {
    this.freeAfterS = this.#leastFreeAfterS;
    if (freeAtS === 0) return;
    const { timeWeight, loadingS, loadingCost, slotDurationS = Infinity } =
      this.#problem;
    const { hitS, missS, downlinkS, savedCost, cloudOnlyCost } = this.#slot;
    const models = this.#models;
    let missesS = 0;
    let sentS = freeAtS;
    for (let i = 0; i < missS.length; i++) {
      missesS += Math.max(missS[i], freeAtS) + downlinkS[i];
      sentS += downlinkS[i];
    }
    this.freeAfterS = Math.max(this.freeAfterS, sentS - slotDurationS);
    const addedCost = new Float64Array(models.length);
    models.forEach((model, m) => {
      let hitsS = 0;
      let loadsS = 0;
      for (const i of this.#users[m]) {
        const hit = Math.max(hitS[i], freeAtS);
        hitsS += hit - Math.max(missS[i], freeAtS);
        loadsS += Math.max(hitS[i] + loadingS[model], freeAtS) - hit;
      }
      addedCost[m] = timeWeight * hitsS - savedCost[model];
      this.blockedLoadingCost[m] = loadingCost[model] + timeWeight * loadsS;
    });
    this.#add(
      this.blockedCost,
      cloudOnlyCost + timeWeight * missesS,
      (m) => addedCost[m],
    );
  }

  /** A sum over each set's models, on top of a constant. */
  #add(
    sum: Float64Array,
    constant: number,
    term: (m: number) => number,
  ): void {
    const { parent, last } = this.#sets;
    const terms = Float64Array.from(this.#models.keys(), term);
    sum[0] = constant;
    for (let i = 1; i < sum.length; i++) {
      sum[i] = sum[parent[i]] + terms[last[i]];
    }
  }
}
