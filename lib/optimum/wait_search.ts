/**
 * Shares for a server whose results wait for each other.
 *
 * @module
 */

import { waitForDownlink } from "../env/downlink.ts";
import { squareRootShares } from "../env/compute_shares.ts";
import type { ServerProblem } from "./server_problem.ts";
import type { UplinkSolver } from "../env/uplink_shares.ts";

/** Shares of a server and what they lead to. */
export interface ServerShares {
  /** α of the server's users, length n. */
  readonly bandwidth: Float64Array;
  /** ℓ of the server's users, length n. */
  readonly compute: Float64Array;
  /** Σ T_i with waits in s. */
  readonly totalS: number;
}

/**
 * Shares for given hits, by a subgradient of Σ T_i in the ready times.
 *
 * While a server sends without a pause, a result that is ready later delays all
 * that follow it in the row if it comes first, and nothing if it waits anyway. So
 * Σ T_i has the subgradient g with g_i = the length of the row for its first
 * result and 0 for the others. For the ready times weighted by w the best shares
 * are known (no waits); w starts at the given weights and moves towards g by
 * 1.5/(k + 1.5) in step k. The best shares met on the way are kept.
 */
export class WaitSearch {
  readonly #problem: ServerProblem;
  readonly #uplink: UplinkSolver;
  readonly #equal: Float64Array;
  /** n, n − 1, … 1 by rising time on the downlink. */
  readonly #shortestFirst: Float64Array;
  readonly #order: Int32Array;
  readonly #weights: Float64Array;
  readonly #work: Float64Array;
  readonly #compute: Float64Array;
  readonly #readyS: Float64Array;
  readonly #waitS: Float64Array;
  readonly #noLoads: Float64Array;

  /** Prepares a server. */
  constructor(problem: ServerProblem, uplink: UplinkSolver) {
    const count = problem.users.length;
    this.#problem = problem;
    this.#uplink = uplink;
    this.#equal = new Float64Array(count).fill(1);
    this.#shortestFirst = new Float64Array(count);
    Array.from(problem.downlinkS.keys())
      .sort((a, b) => problem.downlinkS[a] - problem.downlinkS[b])
      .forEach((user, rank) => this.#shortestFirst[user] = count - rank);
    this.#order = new Int32Array(count);
    this.#weights = new Float64Array(count);
    this.#work = new Float64Array(count);
    this.#compute = new Float64Array(count);
    this.#readyS = new Float64Array(count);
    this.#waitS = new Float64Array(count);
    this.#noLoads = new Float64Array(count);
  }

  /**
   * The best shares met.
   *
   * @param hit 1 for the users whose model is cached, length n.
   * @param start Weights to start from, length n, all above 0; equal ones give the
   * best shares without waits.
   * @param steps Number of shares tried.
   * @param loadS What each user waits for its model in s, length n; else nobody does.
   */
  improve(
    hit: Uint8Array,
    start: Float64Array,
    steps: number,
    loadS: Float64Array = this.#noLoads,
  ): ServerShares {
    const { edgeInferenceS, shareFloor } = this.#problem;
    const weights = this.#weights;
    weights.set(start);
    let best: ServerShares | undefined;
    for (let step = 1; step <= steps; step++) {
      this.#uplink.solve(weights);
      for (let i = 0; i < weights.length; i++) {
        this.#work[i] = weights[i] * edgeInferenceS[i];
      }
      squareRootShares(this.#work, hit, shareFloor, this.#compute);
      const totalS = this.#evaluate(hit, loadS);
      if (best === undefined || totalS < best.totalS) {
        best = {
          bandwidth: this.#uplink.share.slice(),
          compute: this.#compute.slice(),
          totalS,
        };
      }
      this.#moveWeights(1.5 / (step + 1.5));
    }
    return best!;
  }

  /**
   * The best shares met from two starts: equal weights, and weights that fall with
   * the time on the downlink, which send short results first.
   *
   * @param hit 1 for the users whose model is cached, length n.
   * @param steps Number of shares tried from each start.
   * @param loadS What each user waits for its model in s, length n; else nobody does.
   */
  search(
    hit: Uint8Array,
    steps: number,
    loadS: Float64Array = this.#noLoads,
  ): ServerShares {
    const equal = this.improve(hit, this.#equal, steps, loadS);
    const shortest = this.improve(hit, this.#shortestFirst, steps, loadS);
    return shortest.totalS < equal.totalS ? shortest : equal;
  }

  /** Σ T_i of the present shares; leaves the order of sending. */
  #evaluate(hit: Uint8Array, loadS: Float64Array): number {
    const { cloudS, downlinkS, edgeInferenceS, shareFloor } = this.#problem;
    const count = hit.length;
    let totalS = 0;
    for (let i = 0; i < count; i++) {
      this.#order[i] = i;
      const share = Math.max(this.#compute[i], shareFloor);
      const inferenceS = hit[i] === 0
        ? cloudS[i]
        : edgeInferenceS[i] === 0
        ? 0
        : edgeInferenceS[i] / share;
      this.#readyS[i] = this.#uplink.timeS[i] + inferenceS + loadS[i];
    }
    waitForDownlink(this.#order, this.#readyS, downlinkS, this.#waitS);
    for (let i = 0; i < count; i++) {
      totalS += this.#readyS[i] + this.#waitS[i] + downlinkS[i];
    }
    return totalS;
  }

  /** Moves the weights towards the subgradient at the present ready times. */
  #moveWeights(rate: number): void {
    const count = this.#order.length;
    let end = count;
    for (let k = count - 1; k >= 0; k--) {
      const user = this.#order[k];
      const first = this.#waitS[user] === 0;
      const gradient = first ? end - k : 0;
      if (first) end = k;
      this.#weights[user] += rate * (gradient - this.#weights[user]);
    }
  }
}
