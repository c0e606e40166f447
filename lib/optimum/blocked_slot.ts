/**
 * What sets and loads cost in a slot whose downlink may be blocked at its start.
 *
 * @module
 */

import type { CacheSets } from "./cache_sets.ts";
import type { PlanProblem, PlanSlot } from "./plan_problem.ts";

/**
 * Costs of a slot on a downlink that is free from B on; b_i is when the result of
 * user i is ready at the earliest, on all bandwidth and GPUs (`hitS`, `missS`).
 *
 * Held sets cost the larger of two bounds: cloudOnly + ω1·(Σ load)² − Σ saving, in
 * which nobody waits, and costs + ω1·Σ_i (max(b_i, B) + d_i/R), in which users do
 * not share. A load adds its cost and, for its users, the ω1 of
 * max(b_i + S_m/R, B) − max(b_i, B). Since this is at most S_m/R, both bounds hold
 * with loads. At B = 0 the first bound is the larger one and all of S_m/R is added.
 *
 * After the slot the downlink is free no earlier than B and all results after it, or
 * than the last result of a load (ready at b_i + S_m/R), less the length of the slot.
 */
export class BlockedSlot {
  /** Cost of each set of models without loads. */
  readonly cost: Float64Array;
  /** The same on a downlink that is free at the start. */
  readonly freeCost: Float64Array;
  /** What is added by loading each of the models. */
  readonly loadingCost: Float64Array;
  /** When the downlink is free after each load, in s from the next slot's start. */
  readonly freeAfterLoadS: Float64Array;
  /** When it is free without loads, in s from the next slot's start. */
  freeAfterS = 0;
  /** The models whose loads keep it busy for longer, by rising time. */
  blocking: readonly number[] = [];
  readonly #problem: PlanProblem;
  readonly #slot: PlanSlot;
  readonly #models: Int32Array;
  readonly #sets: CacheSets;
  /** Users of each of the models. */
  readonly #users: readonly (readonly number[])[];
  readonly #partial: Float64Array;

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
    const { slotDurationS, loadingS } = problem;
    const { hitS, downlinkS } = slot;
    this.#problem = problem;
    this.#slot = slot;
    this.#models = models;
    this.#sets = sets;
    this.cost = new Float64Array(sets.count);
    this.#partial = new Float64Array(sets.count);
    this.freeCost = new Float64Array(sets.count);
    this.loadingCost = new Float64Array(models.length);
    this.freeAfterLoadS = new Float64Array(models.length);
    this.#users = Array.from(models, (model) => {
      const users: number[] = [];
      slot.model.forEach((one, user) => {
        if (one === model) users.push(user);
      });
      return users;
    });
    if (slotDurationS !== undefined) {
      this.#users.forEach((users, m) => {
        for (const i of users) {
          const sentS = hitS[i] + loadingS[models[m]] + downlinkS[i];
          this.freeAfterLoadS[m] = Math.max(
            this.freeAfterLoadS[m],
            sentS - slotDurationS,
          );
        }
      });
    }
    this.#add(this.#partial, 0, (m) => slot.load[models[m]]);
    this.#add(this.freeCost, slot.cloudOnly, (m) => -slot.saving[models[m]]);
    for (let i = 0; i < sets.count; i++) {
      this.freeCost[i] += slot.loadWeight * this.#partial[i] * this.#partial[i];
    }
  }

  /** Sets all costs for a time at which the downlink is free, in s. */
  freeAt(freeAtS: number): void {
    const { timeWeight, loadingS, loadingCost, slotDurationS } = this.#problem;
    const { hitS, missS, downlinkS, savedCost, cloudOnlyCost } = this.#slot;
    const models = this.#models;
    let cloudS = 0;
    let sentS = 0;
    for (let i = 0; i < missS.length; i++) {
      cloudS += Math.max(missS[i], freeAtS) + downlinkS[i];
      sentS += downlinkS[i];
    }
    this.cost.set(this.freeCost);
    if (freeAtS > 0) {
      this.#add(
        this.#partial,
        cloudOnlyCost + timeWeight * cloudS,
        (m) => {
          let addedS = 0;
          for (const i of this.#users[m]) {
            addedS += Math.max(hitS[i], freeAtS) - Math.max(missS[i], freeAtS);
          }
          return timeWeight * addedS - savedCost[models[m]];
        },
      );
      for (let i = 0; i < this.cost.length; i++) {
        this.cost[i] = Math.max(this.cost[i], this.#partial[i]);
      }
    }
    this.#users.forEach((users, m) => {
      const loadS = loadingS[models[m]];
      let waitS = 0;
      for (const i of users) {
        waitS += Math.max(hitS[i] + loadS, freeAtS) -
          Math.max(hitS[i], freeAtS);
      }
      this.loadingCost[m] = loadingCost[models[m]] + timeWeight * waitS;
    });
    this.freeAfterS = slotDurationS === undefined || freeAtS === 0
      ? 0
      : Math.max(0, freeAtS + sentS - slotDurationS);
    this.blocking = Array.from(models.keys())
      .filter((m) => this.freeAfterLoadS[m] > this.freeAfterS)
      .sort((a, b) => this.freeAfterLoadS[a] - this.freeAfterLoadS[b]);
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
