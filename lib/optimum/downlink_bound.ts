/**
 * What the results of a server must wait for its downlink at least.
 *
 * @module
 */

import { PreemptiveRow } from "./preemptive_row.ts";
import type { ServerProblem } from "./server_problem.ts";
import type { UplinkSolver } from "../env/uplink_shares.ts";

/** Weights λ of the sum of ready times against the first ready time. */
const MIXTURES = [0, 0.1, 0.25, 0.5, 0.75];

/**
 * Users up to whom the uplink is solved for each of them as the first, without and
 * with a floor, where that takes longer; for more, that user and all users each get
 * their own best shares, which is a weaker bound.
 */
const MOST_SOLVED = { withoutFloor: 1000, withFloor: 140 };

/**
 * Lower bounds on Σ T_i of a server with waits, for any shares and a given set
 * of hits; the larger of
 *
 * - shortest remaining first, with every result ready as early as it could be if
 *   its user had all bandwidth and GPUs, and
 * - for each λ in [0, 1], with i the user whose result is ready, and so sent, first:
 *   λ·Σ_k (r_k + p_k) + (1 − λ)·(n·(r_i + p_i) + Σ of the others' completion times,
 *   shortest first), at its least over i and over shares. With p the times on the
 *   downlink and r the ready times, both summands are bounds: results wait or not,
 *   and after the first one the downlink sends one at a time.
 */
export class DownlinkBound {
  /** A bound on Σ T_i in s that holds for any set of hits. */
  readonly leastS: number;
  readonly #problem: ServerProblem;
  /** Uploads on the whole bandwidth. */
  readonly #release: Float64Array;
  readonly #row: PreemptiveRow;
  readonly #root: Float64Array;
  /** `[λ][i]`: least weighted uploads, and the times on the downlink. */
  readonly #settled: readonly Float64Array[];
  readonly #computeScale: number;
  readonly #noLoads: Float64Array;

  /**
   * Prepares a server.
   *
   * @param uplink Its solver, which is used and left with other shares.
   */
  constructor(problem: ServerProblem, uplink: UplinkSolver) {
    const { downlinkS, edgeInferenceS, cloudS, shareFloor } = problem;
    const count = downlinkS.length;
    this.#problem = problem;
    this.#release = new Float64Array(count);
    this.#row = new PreemptiveRow(downlinkS);
    this.#root = edgeInferenceS.map(Math.sqrt);
    this.#computeScale = 1 / (1 + count * shareFloor);
    this.#noLoads = new Float64Array(count);
    const shortest = Array.from(downlinkS.keys())
      .sort((a, b) => downlinkS[a] - downlinkS[b]);
    const total = downlinkS.reduce((sum, timeS) => sum + timeS, 0);
    const queued = downlinkS.map((firstS, first) => {
      let sentS = firstS;
      let sum = firstS;
      for (const user of shortest) {
        if (user === first) continue;
        sentS += downlinkS[user];
        sum += sentS;
      }
      return sum;
    });
    const weights = new Float64Array(count);
    const solved = count <=
      (shareFloor > 0 ? MOST_SOLVED.withFloor : MOST_SOLVED.withoutFloor);
    const uploadsS = solved ? 0 : uplink.solve(weights.fill(1)).lowerBound;
    this.#settled = MIXTURES.map((lambda) =>
      queued.map((queuedS, first) => {
        const ofFirst = (1 - lambda) * count;
        let uploadS = lambda * uploadsS +
          ofFirst * problem.uplink.fullShareS[first];
        if (solved) {
          weights.fill(lambda);
          weights[first] += ofFirst;
          uploadS = uplink.solve(weights).lowerBound;
        }
        return lambda * total + (1 - lambda) * queuedS + uploadS;
      })
    );
    this.leastS = Math.min(
      ...this.#settled[0].map((settledS, first) =>
        settledS +
        count *
          Math.min(edgeInferenceS[first] * this.#computeScale, cloudS[first])
      ),
    );
  }

  /**
   * A lower bound on Σ T_i in s.
   *
   * @param hit 1 for the users whose model is cached, length n.
   * @param loadS What each of them waits for its model in s, length n; else nobody does.
   */
  totalS(hit: Uint8Array, loadS: Float64Array = this.#noLoads): number {
    const { uplink, edgeInferenceS, cloudS } = this.#problem;
    const count = hit.length;
    let root = 0;
    let missS = 0;
    for (let i = 0; i < count; i++) {
      if (hit[i] === 1) root += this.#root[i];
      else missS += cloudS[i];
      missS += loadS[i];
      this.#release[i] = uplink.fullShareS[i] + loadS[i] +
        (hit[i] === 1 ? edgeInferenceS[i] : cloudS[i]);
    }
    let bound = this.#row.completionSum(this.#release);
    for (let mixture = 0; mixture < MIXTURES.length; mixture++) {
      const lambda = MIXTURES[mixture];
      const settled = this.#settled[mixture];
      const common = Math.sqrt(lambda);
      const extra = Math.sqrt(lambda + (1 - lambda) * count) - common;
      let least = Infinity;
      for (let first = 0; first < count; first++) {
        const weighted = common * root + hit[first] * extra * this.#root[first];
        const timeS = settled[first] +
          weighted * weighted * this.#computeScale + lambda * missS +
          (1 - hit[first]) * (1 - lambda) * count * cloudS[first] +
          (1 - lambda) * count * loadS[first];
        if (timeS < least) least = timeS;
      }
      if (least > bound) bound = least;
    }
    return bound;
  }

  /**
   * Shortest remaining first in s, where some users are undecided: their results
   * are ready as early as they can be.
   *
   * @param state 1 for users whose model is cached, 0 where it is not, 2 where that
   * is open, length n.
   */
  rowS(state: Uint8Array): number {
    const { uplink, edgeInferenceS, cloudS } = this.#problem;
    for (let i = 0; i < state.length; i++) {
      this.#release[i] = uplink.fullShareS[i] + (
        state[i] === 1
          ? edgeInferenceS[i]
          : state[i] === 0
          ? cloudS[i]
          : Math.min(edgeInferenceS[i], cloudS[i])
      );
    }
    return this.#row.completionSum(this.#release);
  }
}
