/**
 * Twin delayed deep deterministic policy gradient, TD3: Section 4 of the paper
 * and Fujimoto et al. 2018.
 *
 * Six networks: the online actor π_Φ and the online critics Q_θ1, Q_θ2 are
 * trained; the targets π_Φ', Q_θ'1, Q_θ'2 follow them slowly. Against DDPG's
 * overestimated values it takes the smaller of two critics' values, smooths
 * the target action by noise, and updates the policy less often.
 *
 * Where the paper's equations differ from TD3 (Eqs. 24 and 25), the options
 * `eq24` and `eq25` choose the reading.
 *
 * @module
 */

import { ActorCriticAgent } from "./actor_critic_agent.ts";
import type { AgentSetup } from "./agent.ts";
import type { StateAfter } from "./check_state.ts";
import { clippedDoubleTarget, smoothedTargetAction } from "./equations.ts";
import { checkTd3Options, type Td3Hyperparameters } from "./hyperparameters.ts";
import type { LearningTotals } from "./learning_totals.ts";

/** What a TD3 agent is made from. */
export type Td3Options = AgentSetup & Td3Hyperparameters;

/** A TD3 agent. */
export class Td3Agent extends ActorCriticAgent {
  #options: Td3Options;
  #noise: Float32Array;

  /**
   * Makes an untrained agent.
   *
   * @throws {InputError} If an option is unknown or out of range, or two exclude each
   * other.
   */
  constructor(options: Td3Options) {
    checkTd3Options(options);
    super("td3", 2, options);
    this.#options = options;
    this.#noise = new Float32Array(options.batchSize * options.actionSize);
  }

  /** As DDPG's, but for the delayed actor and the noise of the target action. */
  protected override expectedAfter(slots: number): StateAfter {
    const { counters, streams } = super.expectedAfter(slots);
    const { policyDelay, eq24 } = this.#options;
    return {
      counters: {
        ...counters,
        actorAdamSteps: Math.floor(counters.updates / policyDelay),
      },
      streams: counters.updates > 0 && eq24 === "standard"
        ? [...streams, "target-noise"]
        : streams,
    };
  }

  /**
   * One update of the critics and, every `policyDelay` updates, of the actor
   * and the targets (Algorithm 1, line 8; Fujimoto 2018, Algorithm 1).
   */
  protected override learn(totals?: LearningTotals): void {
    const { discount, tau, eq24, eq25, policyDelay } = this.#options;
    const { batch, actor, targetActor, critics, targetCritics } = this.learner;

    // A minibatch of transitions (s, a, r, s').
    this.replayBuffer.sample(batch, this.stream("replay-sampling"));

    // Eq. 24: y' = r + h min(Q_θ'1(s', a'), Q_θ'2(s', a')) with the target
    // policy's action a', smoothed. As printed: Q_θ1 and Q_θ2, not smoothed.
    targetActor.act(batch.nextObservation, batch.nextAction);
    if (eq24 === "standard") this.#smooth(batch.nextAction);
    const judges = eq24 === "standard" ? targetCritics : critics;
    judges.values(batch.nextObservation, batch.nextAction, batch.nextValues);
    const [firstValue, secondValue] = batch.nextValues;
    for (let e = 0; e < batch.size; e++) {
      batch.target[e] = clippedDoubleTarget(
        batch.reward[e],
        discount,
        batch.terminated[e],
        firstValue[e],
        secondValue[e],
      );
    }

    // Eq. 25: the critics judge Q_θi(s, a). As printed: Q_θi(s, π_Φ(s)).
    if (eq25 === "paper") actor.act(batch.observation, batch.action);

    // Eq. 26: each critic down the mean of (y' − Q_θi)².
    this.regressCritics(totals);

    if (this.updates % policyDelay !== 0) return;

    // Eq. 22: the actor up the mean of Q_θ1(s, π_Φ(s)).
    this.ascendActor(totals);

    // Eqs. 27 and 23: θ'i ← τ θi + (1 − τ) θ'i, Φ' ← τ Φ + (1 − τ) Φ'.
    targetCritics.softUpdate(tau);
    targetActor.softUpdate(tau);
  }

  /** Target policy smoothing (Fujimoto 2018, Section 5.3), in place. */
  #smooth(actions: Float32Array): void {
    const { targetNoise, targetNoiseClip } = this.#options;
    const noise = this.stream("target-noise").fillNoise(this.#noise);
    for (let i = 0; i < actions.length; i++) {
      actions[i] = smoothedTargetAction(
        actions[i],
        targetNoise * noise[i],
        targetNoiseClip,
      );
    }
  }
}
