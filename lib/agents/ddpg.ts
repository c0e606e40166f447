/**
 * Deep deterministic policy gradient (Lillicrap et al. 2015), the paper's
 * baseline of Fig. 5: four networks, Q_θ, π_Φ and their targets Q_θ', π_Φ'.
 *
 * Exploration noise is Gaussian, as for TD3, instead of Ornstein-Uhlenbeck.
 *
 * @module
 */

import { ActorCriticAgent } from "./actor_critic_agent.ts";
import type { AgentSetup } from "./agent.ts";
import { bellmanTarget } from "./equations.ts";
import {
  checkDdpgOptions,
  type DdpgHyperparameters,
} from "./hyperparameters.ts";
import type { LearningTotals } from "./learning_totals.ts";

/** What a DDPG agent is made from. */
export type DdpgOptions = AgentSetup & DdpgHyperparameters;

/** A DDPG agent. */
export class DdpgAgent extends ActorCriticAgent {
  #options: DdpgOptions;

  /**
   * Makes an untrained agent.
   *
   * @throws {InputError} If an option is unknown or out of range, or two exclude each
   * other.
   */
  constructor(options: DdpgOptions) {
    checkDdpgOptions(options);
    super("ddpg", 1, options);
    this.#options = options;
  }

  /** One update of all four networks (Lillicrap 2015, Algorithm 1). */
  protected override learn(totals?: LearningTotals): void {
    const { discount, tau } = this.#options;
    const { batch, targetActor, targetCritics } = this.learner;

    // A minibatch of transitions (s, a, r, s').
    this.replayBuffer.sample(batch, this.stream("replay-sampling"));

    // y = r + h Q_θ'(s', π_Φ'(s')).
    targetActor.act(batch.nextObservation, batch.nextAction);
    targetCritics.values(
      batch.nextObservation,
      batch.nextAction,
      batch.nextValues,
    );
    const [nextValue] = batch.nextValues;
    for (let e = 0; e < batch.size; e++) {
      batch.target[e] = bellmanTarget(
        batch.reward[e],
        discount,
        batch.terminated[e],
        nextValue[e],
      );
    }

    // The critic: down the mean of (y − Q_θ(s, a))².
    this.regressCritics(totals);

    // The actor: up the mean of Q_θ(s, π_Φ(s)).
    this.ascendActor(totals);

    // The targets: θ' ← τ θ + (1 − τ) θ', Φ' ← τ Φ + (1 − τ) Φ'.
    targetCritics.softUpdate(tau);
    targetActor.softUpdate(tau);
  }
}
