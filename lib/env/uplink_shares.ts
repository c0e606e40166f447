/**
 * The best shares of an uplink: a convex problem with one dual variable.
 *
 * Upload of user i on share α takes T_i(α) = b_i/R_i(α) with Eq. 7. With
 * x = s_i/α, where s_i is the signal-to-noise ratio on the whole bandwidth,
 * T_i = κ_i·x/ln(1 + x). T_i is convex and falls in α, so that Σ w_i·T_i(α_i)
 * under Σ α_i ≤ 1 is least where every w_i·|T_i'(α_i)| equals one price λ
 * (Boyd and Vandenberghe 2004, Section 5.5.3).
 *
 * @module
 */

import { areValidShares } from "./valid_shares.ts";

/** Upload times of the users of a server. */
export interface UplinkProblem {
  /** Upload time on the whole bandwidth in s, length n; 0 with nothing to send. */
  readonly fullShareS: Float64Array;
  /** s_i, signal-to-noise ratio on the whole bandwidth, length n. */
  readonly snr: Float64Array;
  /** Least effective share; it costs nothing. */
  readonly shareFloor: number;
}

/** What {@linkcode UplinkSolver.solve} returns. */
export interface UplinkSolution {
  /** Σ w_i·T_i of the shares that were found. */
  readonly value: number;
  /** A value that no shares can be below: the dual value, with a floor. */
  readonly lowerBound: number;
}

/** ln(1 + x) − x/(1 + x) without the cancellation at small x. */
function curvatureTerm(x: number, log: number): number {
  if (x > 0.02) return log - x / (1 + x);
  return x * x *
    (1 / 2 + x * (-2 / 3 + x * (3 / 4 + x * (-4 / 5 + x *
                    (5 / 6 + x * (-6 / 7 + x * (7 / 8)))))));
}

/** ln x beyond which x² would underflow or overflow. */
const LARGEST_LOG_X = 200;
const NEWTON_STEPS = 60;
/** Size of the last move; what it leaves over is of the order of its square. */
const NEWTON_PRECISION = 1e-7;
const BISECTION_STEPS = 60;

/**
 * Solves {@linkcode UplinkProblem}s of one server for changing weights.
 *
 * Newton's method on u_i = ln x_i and ln λ at once: ln|T'| has a slope between
 * 1.79 and 2 in u everywhere, so that full steps converge from any start.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { UplinkSolver } from "./uplink_shares.ts";
 *
 * // Two equal users share equally.
 * const solver = new UplinkSolver({
 *   fullShareS: Float64Array.of(1, 1),
 *   snr: Float64Array.of(10, 10),
 *   shareFloor: 0,
 * });
 * solver.solve(Float64Array.of(1, 1));
 * assertAlmostEquals(solver.share[0], 0.5);
 * ```
 */
export class UplinkSolver {
  /** α of the last solution, length n; sums to at most 1. */
  readonly share: Float64Array;
  /** T_i on the effective shares of the last solution, in s, length n. */
  readonly timeS: Float64Array;
  readonly #problem: UplinkProblem;
  /** κ_i: T_i = κ_i·x/ln(1 + x). */
  readonly #scaleS: Float64Array;
  /** ln x_i, kept between calls as the next start. */
  readonly #logX: Float64Array;
  /** ln(w_i·κ_i/s_i). */
  readonly #logPrice: Float64Array;
  /** Slope of the log price in ln x_i. */
  readonly #slope: Float64Array;
  readonly #price: Float64Array;
  readonly #active: Uint8Array;
  #logLambda = 0;

  /** Prepares a server's users. */
  constructor(problem: UplinkProblem) {
    const { fullShareS, snr } = problem;
    const perUser = () => new Float64Array(snr.length);
    this.#problem = problem;
    this.share = perUser();
    this.timeS = perUser();
    this.#scaleS = fullShareS.map((timeS, i) =>
      snr[i] > 0 ? timeS * Math.log1p(snr[i]) / snr[i] : 0
    );
    this.#logX = perUser().fill(NaN);
    this.#logPrice = perUser();
    this.#slope = perUser();
    this.#price = perUser();
    this.#active = new Uint8Array(snr.length);
  }

  /** T_i in s on an effective share; 0 where there is nothing to send. */
  timeOnS(user: number, share: number): number {
    const fullShareS = this.#problem.fullShareS[user];
    if (fullShareS === 0 || fullShareS === Infinity) return fullShareS;
    if (share === 0) return Infinity;
    const x = this.#problem.snr[user] / share;
    // Without noise the rate is in proportion to the share, without signal to none.
    if (x === 0) return fullShareS;
    if (x === Infinity) return fullShareS / share;
    return this.#scaleS[user] * x / Math.log1p(x);
  }

  /**
   * Finds the shares of least Σ w_i·T_i, into `share` and `timeS`.
   *
   * A user with weight 0, with nothing to send or without a channel gets no
   * share. With a floor the problem is not convex, since the floor is free: the
   * dual then says who takes it, and its value bounds what could be gained.
   *
   * @param weights w_i, length n.
   */
  solve(weights: Float64Array): UplinkSolution {
    const { snr, fullShareS, shareFloor } = this.#problem;
    for (let i = 0; i < snr.length; i++) {
      const active = weights[i] > 0 && fullShareS[i] > 0 &&
        fullShareS[i] < Infinity;
      this.#active[i] = active ? 1 : 0;
      if (active) {
        this.#logPrice[i] = Math.log(weights[i] * this.#scaleS[i] / snr[i]);
      }
    }
    if (shareFloor > 0) {
      return this.#checked(this.#solveWithFloor(weights), weights);
    }
    this.#equalisePrices();
    const value = this.#setTimes(weights);
    return this.#checked({ value, lowerBound: value }, weights);
  }

  /**
   * The solution, or equal shares where numbers were too large or too small for
   * one: nobody is faster than on the whole bandwidth.
   */
  #checked(solution: UplinkSolution, weights: Float64Array): UplinkSolution {
    if (areValidShares(this.share) && !Number.isNaN(solution.lowerBound)) {
      return solution;
    }
    const { fullShareS } = this.#problem;
    this.share.fill(1 / fullShareS.length);
    this.#logX.fill(NaN);
    const value = this.#setTimes(weights);
    const lowerBound = fullShareS.reduce(
      (sum, timeS, i) => weights[i] > 0 ? sum + weights[i] * timeS : sum,
      0,
    );
    return { value, lowerBound: Math.min(lowerBound, value) };
  }

  /** Price of user i at x = exp(`#logX`), and its slope; returns x. */
  #setPrice(i: number): number {
    const logX = this.#logX[i];
    const x = Math.exp(logX);
    if (logX < -LARGEST_LOG_X) {
      this.#price[i] = this.#logPrice[i] + 2 * logX - Math.LN2;
      this.#slope[i] = 2;
      return x;
    }
    if (logX > LARGEST_LOG_X) {
      this.#price[i] = this.#logPrice[i] + 2 * logX + Math.log(logX - 1) -
        2 * Math.log(logX);
      this.#slope[i] = 2 + 1 / (logX - 1) - 2 / logX;
      return x;
    }
    const log = Math.log1p(x);
    const term = curvatureTerm(x, log);
    const ratio = x / (1 + x);
    this.#price[i] = this.#logPrice[i] + Math.log(x * x * term / (log * log));
    this.#slope[i] = 2 + ratio * ratio / term - 2 * ratio / log;
    return x;
  }

  /** Shares of the active users at which all prices are equal and Σ α = 1. */
  #equalisePrices(): void {
    const { snr } = this.#problem;
    const count = snr.length;
    let numActive = 0;
    for (let i = 0; i < count; i++) {
      numActive += this.#active[i];
      this.share[i] = 0;
    }
    if (numActive === 0) return;
    for (let i = 0; i < count; i++) {
      if (this.#active[i] === 1 && Number.isNaN(this.#logX[i])) {
        this.#logX[i] = Math.log(snr[i] * numActive);
      }
    }
    for (let step = 0; step < NEWTON_STEPS; step++) {
      let sum = 0;
      let sumOverSlope = 0;
      let sumOfPrices = 0;
      for (let i = 0; i < count; i++) {
        if (this.#active[i] === 0) continue;
        const share = snr[i] / this.#setPrice(i);
        sum += share;
        sumOverSlope += share / this.#slope[i];
        sumOfPrices += share * this.#price[i] / this.#slope[i];
      }
      // ln Σ α = 0 and equal prices, both linear in the moves of ln x.
      this.#logLambda = (sum * Math.log(sum) + sumOfPrices) / sumOverSlope;
      let largestMove = 0;
      for (let i = 0; i < count; i++) {
        if (this.#active[i] === 0) continue;
        const move = (this.#logLambda - this.#price[i]) / this.#slope[i];
        this.#logX[i] += move;
        largestMove = Math.max(largestMove, Math.abs(move));
      }
      if (largestMove < NEWTON_PRECISION) break;
    }
    let sum = 0;
    for (let i = 0; i < count; i++) {
      if (this.#active[i] === 0) continue;
      this.share[i] = snr[i] / Math.exp(this.#logX[i]);
      sum += this.share[i];
    }
    for (let i = 0; i < count; i++) this.share[i] /= sum;
  }

  /** Times on the present shares; returns Σ w_i·T_i. */
  #setTimes(weights: Float64Array): number {
    let value = 0;
    for (let i = 0; i < this.share.length; i++) {
      this.timeS[i] = this.timeOnS(
        i,
        Math.max(this.share[i], this.#problem.shareFloor),
      );
      if (weights[i] > 0) value += weights[i] * this.timeS[i];
    }
    return value;
  }

  /**
   * Bisection on λ for max_λ Σ_i min(w_i·T_i(floor), min_α w_i·T_i(α) + λ·α) − λ.
   * Users for whom the free floor is better leave the sharing.
   */
  #solveWithFloor(weights: Float64Array): UplinkSolution {
    const sharing = this.#active.slice();
    this.#equalisePrices();
    let high = this.#logLambda;
    let low = high;
    let lowerBound = -Infinity;
    const visit = (logLambda: number): boolean => {
      this.#active.set(sharing);
      const { dual, demand } = this.#leaveToFloor(weights, logLambda);
      lowerBound = Math.max(lowerBound, dual);
      return demand >= 1;
    };
    if (sharing.includes(1)) {
      // No demand at a price of 0: the floor is the best for all.
      while (!visit(low) && Math.exp(low) > 0) low--;
      for (let step = 0; step < BISECTION_STEPS; step++) {
        const middle = (low + high) / 2;
        if (visit(middle)) low = middle;
        else high = middle;
      }
    }
    visit(low);
    this.#equalisePrices();
    const generous = this.#setTimes(weights);
    const generousShare = this.share.slice();
    visit(high);
    this.#equalisePrices();
    let value = this.#setTimes(weights);
    if (generous < value) {
      this.share.set(generousShare);
      value = this.#setTimes(weights);
    }
    return { value, lowerBound: Math.min(lowerBound, value) };
  }

  /** Takes those to whom the floor is worth more out of the active users. */
  #leaveToFloor(
    weights: Float64Array,
    logLambda: number,
  ): { readonly dual: number; readonly demand: number } {
    const { snr, shareFloor } = this.#problem;
    const lambda = Math.exp(logLambda);
    let dual = -lambda;
    let demand = 0;
    for (let i = 0; i < snr.length; i++) {
      if (weights[i] === 0) continue;
      const onFloor = weights[i] * this.timeOnS(i, shareFloor);
      if (this.#active[i] === 0) {
        dual += onFloor;
        continue;
      }
      for (let step = 0; step < NEWTON_STEPS; step++) {
        this.#setPrice(i);
        const move = (logLambda - this.#price[i]) / this.#slope[i];
        this.#logX[i] += move;
        if (Math.abs(move) < NEWTON_PRECISION) break;
      }
      const share = snr[i] / Math.exp(this.#logX[i]);
      const paid = weights[i] * this.timeOnS(i, share) + lambda * share;
      dual += Math.min(paid, onFloor);
      if (paid < onFloor) demand += share;
      else this.#active[i] = 0;
    }
    return { dual, demand };
  }
}
