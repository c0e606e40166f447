/**
 * Means over the updates of an episode: how learning went.
 *
 * @module
 */

import type { Regression } from "../nn/mod.ts";

/**
 * Means over the gradient updates of an episode; null where there was none. They
 * are in units of the rewards that are stored, `rewardScale` times the world's.
 */
export interface LearningMeans {
  /**
   * Mean of (y' − Q_θi(s, a))² before each update (Eq. 26), over minibatch and
   * critics.
   */
  readonly criticLoss: number | null;
  /**
   * Mean of −Q_θ1(s, π_Φ(s)) before each update of the actor (Eq. 22), over the
   * minibatch.
   */
  readonly actorLoss: number | null;
  /**
   * Mean of Q_θi(s, a) before each update, over minibatch and critics: what the
   * critics hold of the pairs that they learn from.
   */
  readonly qValue: number | null;
}

function meanOrNull(sum: number, count: number): number | null {
  return count === 0 ? null : sum / count;
}

/**
 * Gathers what the updates of an episode give; an agent adds to it in
 * {@linkcode Agent.update}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LearningTotals } from "./learning_totals.ts";
 *
 * const totals = new LearningTotals();
 * totals.addCritics([{ loss: 1, value: -2 }, { loss: 3, value: -4 }]);
 * assertEquals(totals.means(), { criticLoss: 2, actorLoss: null, qValue: -3 });
 * ```
 */
export class LearningTotals {
  #loss = 0;
  #value = 0;
  #regressions = 0;
  #actorLoss = 0;
  #ascents = 0;

  /** Adds an update of the critics: what each gave. */
  addCritics(regressions: readonly Regression[]): void {
    for (const { loss, value } of regressions) {
      this.#loss += loss;
      this.#value += value;
      this.#regressions++;
    }
  }

  /** Adds an update of the actor, by its loss. */
  addActor(loss: number): void {
    this.#actorLoss += loss;
    this.#ascents++;
  }

  /** What the updates so far come to. */
  means(): LearningMeans {
    return {
      criticLoss: meanOrNull(this.#loss, this.#regressions),
      actorLoss: meanOrNull(this.#actorLoss, this.#ascents),
      qValue: meanOrNull(this.#value, this.#regressions),
    };
  }
}
