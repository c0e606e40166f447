/**
 * What every choice of hits and loads costs a server in a slot, waits included.
 *
 * @module
 */

import { CacheCosts } from "./cache_costs.ts";
import { DownlinkBound } from "./downlink_bound.ts";
import type { PlannedServer, PlanProblem } from "./plan_problem.ts";
import { UplinkSolver } from "../env/uplink_shares.ts";
import { type ServerShares, WaitSearch } from "./wait_search.ts";

/** Shares tried for a choice from each start. */
const SHARE_STEPS = 24;

/** What a model saves in a slot at most, if it is held and if it is loaded. */
export interface WaitSavings {
  /** If it was held before. */
  readonly held: number;
  /** If it is loaded, which is charged. */
  readonly loaded: number;
}

/** A choice with shares. */
export interface SharedChoice {
  /** The shares. */
  readonly shares: ServerShares;
  /** The server's part of G(t), without the price of models that nobody requests. */
  readonly cost: number;
}

/**
 * How many choices of hits and of loads among them fit, up to some number.
 *
 * @param bytes Size of each requested model.
 */
export function countChoices(
  bytes: Float64Array,
  capacityBytes: number,
  most: number,
): number {
  const used = [0];
  const weight = [1];
  let sum = 1;
  for (const size of bytes) {
    for (let k = used.length - 1; k >= 0; k--) {
      if (used[k] + size > capacityBytes) continue;
      used.push(used[k] + size);
      weight.push(2 * weight[k]);
      sum += 2 * weight[k];
      if (sum > most) return sum;
    }
  }
  return sum;
}

/**
 * Costs of a slot for a server that hits the requested models H and has loaded Y ⊆ H
 * for it: the larger of
 *
 * - the cost without waits, cloudOnly + ω1·(Σ_H load)² − Σ_H saving + ω1·Σ_Y n_m·p_m
 *   with p_m = S_m/R^down_E,CS, and
 * - costs + ω1 times {@linkcode DownlinkBound} with p_m in the ready times of loads,
 *
 * and in both ω2·S_m·C_E,CS for each load. No shares are below. A choice is a number
 * in base 3: a digit for each requested model, 0 if it is no hit, 1 if it was held
 * before, and 2 if it is loaded.
 */
export class WaitTable {
  /** The requested models in rising order. */
  readonly models: Int32Array;
  /** 3^k, the value of each model's digit. */
  readonly place: Int32Array;
  /** Cost of each choice; Infinity if it does not fit. */
  readonly cost: Float64Array;
  readonly #planned: PlannedServer;
  readonly #problem: PlanProblem;
  readonly #costs: CacheCosts;
  readonly #search: WaitSearch;
  readonly #downlink: DownlinkBound;
  readonly #chosen: Uint8Array;
  readonly #loadS: Float64Array;
  readonly #shared = new Map<number, SharedChoice>();

  /** Bounds every choice of a slot. */
  constructor(planned: PlannedServer, problem: PlanProblem) {
    const server = planned.problem;
    const uplink = new UplinkSolver(server.uplink);
    this.#planned = planned;
    this.#problem = problem;
    this.#costs = new CacheCosts(server);
    this.#search = new WaitSearch(server, uplink);
    this.#downlink = new DownlinkBound(server, uplink);
    this.models = server.models;
    this.place = this.models.map((_, k) => 3 ** k);
    this.#chosen = new Uint8Array(this.models.length);
    this.#loadS = new Float64Array(server.users.length);
    this.cost = new Float64Array(3 ** this.models.length).fill(Infinity);
    this.#fill(0, 0, 0);
  }

  /**
   * What a model saves in the slot at most, over all choices of other models.
   *
   * @param k Its place among the requested models.
   * @param left 1 for the models, of all M, which may be held.
   */
  savings(k: number, left: Uint8Array): WaitSavings {
    const { cost, place, models } = this;
    let held = -Infinity;
    let loaded = -Infinity;
    const visit = (j: number, choice: number): void => {
      if (j === models.length) {
        const without = cost[choice];
        held = Math.max(held, without - cost[choice + place[k]]);
        loaded = Math.max(loaded, without - cost[choice + 2 * place[k]]);
        return;
      }
      visit(j + 1, choice);
      if (j === k || left[models[j]] === 0) return;
      for (let digit = 1; digit <= 2; digit++) {
        const next = choice + digit * place[j];
        if (cost[next] < Infinity) visit(j + 1, next);
      }
    };
    visit(0, 0);
    return { held, loaded };
  }

  /** A choice with the best shares that are found for it. */
  shared(choice: number): SharedChoice {
    const found = this.#shared.get(choice);
    if (found !== undefined) return found;
    const loading = this.#choose(choice);
    const costs = this.#costs;
    const shares = this.#search.search(costs.hit, SHARE_STEPS, this.#loadS);
    const cost = costs.objective(shares.totalS, this.#chosen) + loading;
    const shared = { shares, cost };
    this.#shared.set(choice, shared);
    return shared;
  }

  /** Bounds all choices with given first digits. */
  #fill(k: number, choice: number, usedBytes: number): void {
    if (k === this.models.length) {
      this.cost[choice] = this.#bound(choice);
      return;
    }
    this.#fill(k + 1, choice, usedBytes);
    const bytes = usedBytes + this.#planned.problem.modelBytes[k];
    if (bytes > this.#problem.capacityBytes) return;
    this.#fill(k + 1, choice + this.place[k], bytes);
    this.#fill(k + 1, choice + 2 * this.place[k], bytes);
  }

  #bound(choice: number): number {
    const { timeWeight } = this.#problem;
    const { slot } = this.#planned;
    const loading = this.#choose(choice);
    const costs = this.#costs;
    let load = 0;
    let alone = slot.cloudOnly;
    this.models.forEach((model, k) => {
      if (this.#chosen[k] === 0) return;
      load += slot.load[model];
      alone -= slot.saving[model];
    });
    for (const timeS of this.#loadS) alone += timeWeight * timeS;
    alone += slot.loadWeight * load * load;
    const totalS = this.#downlink.totalS(costs.hit, this.#loadS);
    return loading + Math.max(alone, costs.objective(totalS, this.#chosen));
  }

  /** Sets hits and load times, and gives the price of the loads. */
  #choose(choice: number): number {
    const { loadingS, loadingCost } = this.#problem;
    const { item } = this.#planned.problem;
    const models = this.models;
    let price = 0;
    let rest = choice;
    const loaded = new Uint8Array(models.length);
    for (let k = 0; k < models.length; k++) {
      const digit = rest % 3;
      rest = (rest - digit) / 3;
      this.#chosen[k] = digit > 0 ? 1 : 0;
      if (digit < 2) continue;
      loaded[k] = 1;
      price += loadingCost[models[k]];
    }
    for (let i = 0; i < item.length; i++) {
      this.#loadS[i] = loaded[item[i]] * loadingS[models[item[i]]];
    }
    this.#costs.setHits(this.#chosen);
    return price;
  }
}
