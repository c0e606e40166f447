/**
 * What a server's caches cost, and the best sets of models.
 *
 * @module
 */

import { slotObjective } from "../env/objective.ts";
import { bestSet, type Candidate, type SetCosts } from "./best_sets.ts";
import { Dominance } from "./dominance.ts";
import { type CacheProblem, scaleBytes } from "./relaxation.ts";
import type { SearchEffort } from "./search_effort.ts";
import { squareRootShares } from "../env/compute_shares.ts";
import type { ServerProblem } from "./server_problem.ts";

/** Numbers up to here can be multiplied without overflow. */
const LARGEST = 1e150;

/** A server's costs as functions of the set of models that it caches. */
export class CacheCosts implements SetCosts {
  /** The server's part of a slot. */
  readonly problem: ServerProblem;
  /** The knapsack of the set, without waits, relative to no caching. */
  readonly knapsack: CacheProblem;
  /** ω2·(storage − backhaul) of caching each model, length D. */
  readonly addedCost: Float64Array;
  /** 1 for the users whose model is in the set, length n. */
  readonly hit: Uint8Array;
  /** Σ of backhaul, inference and downlink if the cloud serves all, in s. */
  readonly cloudOnlyS: number;
  /** What a call of `boundOf` takes, in steps of a search. */
  readonly steps: number;
  readonly #share: Float64Array;

  /** Prepares a server. */
  constructor(problem: ServerProblem) {
    const { users, models, item, timeWeight, costWeight } = problem;
    this.problem = problem;
    this.hit = new Uint8Array(users.length);
    this.#share = new Float64Array(users.length);
    const load = new Float64Array(models.length);
    this.addedCost = problem.modelBytes.map((bytes) =>
      costWeight * problem.storageCostPerByte * bytes
    );
    const cloudS = new Float64Array(models.length);
    let cloudOnlyS = 0;
    for (let i = 0; i < users.length; i++) {
      load[item[i]] += Math.sqrt(problem.edgeInferenceS[i]);
      cloudS[item[i]] += problem.cloudS[i];
      cloudOnlyS += problem.cloudS[i] + problem.downlinkS[i];
      this.addedCost[item[i]] -= costWeight * problem.backhaulCost[i];
    }
    this.cloudOnlyS = cloudOnlyS;
    this.steps = users.length;
    this.knapsack = {
      ...scaleBytes(problem.modelBytes, problem.capacityBytes),
      load,
      saving: cloudS.map((timeS, m) => timeWeight * timeS - this.addedCost[m]),
      // With a floor the effective shares can add up to as much as 1 + n·floor.
      loadWeight: timeWeight / (1 + users.length * problem.shareFloor),
    };
  }

  /** Chooses the set that the other methods speak of. */
  setHits(chosen: Uint8Array): void {
    const { item } = this.problem;
    for (let i = 0; i < item.length; i++) this.hit[i] = chosen[item[i]];
  }

  /** Least Σ of the hits' inference times, in s. */
  inferenceS(): number {
    const { edgeInferenceS, shareFloor } = this.problem;
    return squareRootShares(edgeInferenceS, this.hit, shareFloor, this.#share);
  }

  /** ω1·Σ T_i + ω2·(costs) for a sum of response times. */
  objective(totalS: number, chosen: Uint8Array): number {
    const { problem, hit } = this;
    let cost = problem.fixedCost;
    for (let i = 0; i < hit.length; i++) {
      if (hit[i] === 0) cost += problem.backhaulCost[i];
    }
    for (let m = 0; m < chosen.length; m++) {
      if (chosen[m] === 1) {
        cost += problem.storageCostPerByte * problem.modelBytes[m];
      }
    }
    return slotObjective(totalS, cost, problem.timeWeight, problem.costWeight);
  }

  /**
   * Least ω1·(inference and cloud times) + ω2·(costs) of a set without waits,
   * relative to no caching; leaves the set as the chosen one.
   */
  boundOf(chosen: Uint8Array, load: number, saving: number): number {
    this.setHits(chosen);
    const { shareFloor, timeWeight } = this.problem;
    const inferenceS = shareFloor === 0 ? load * load : this.inferenceS();
    return timeWeight * inferenceS - saving;
  }

  /**
   * ω1·Σ T_i + ω2·(costs) without caching and without waits; leaves the empty set
   * as the chosen one.
   *
   * @param uploadS Sum of the uploads in s.
   */
  withoutCaches(uploadS: number): number {
    const none = new Uint8Array(this.problem.models.length);
    this.setHits(none);
    return this.objective(uploadS + this.cloudOnlyS, none);
  }

  /** Whether the numbers are small enough to be searched over. */
  isSearchable(): boolean {
    const { load, saving, loadWeight } = this.knapsack;
    const total = load.reduce((sum, one) => sum + one, 0);
    return total <= LARGEST && loadWeight * total * total <= LARGEST &&
      saving.every((one) => Math.abs(one) <= LARGEST);
  }

  /** The set of least cost without waits, as far as the effort reaches. */
  best(effort: SearchEffort): Candidate & { readonly lowerBound: number } {
    const { knapsack } = this;
    return bestSet(knapsack, this, {
      effort,
      // On a floor a lower load need not be faster.
      ...(this.problem.shareFloor === 0
        ? {
          exclude: (cost) =>
            new Dominance(knapsack).excluded(knapsack.capacityBytes, cost),
        }
        : {}),
    });
  }
}
