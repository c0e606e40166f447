/**
 * What DDPG and TD3 share: networks, replay buffer, exploration, saved state.
 *
 * @module
 */

import { RandomStream, type RandomStreamState } from "../math/prng.ts";
import {
  type ActorNetwork,
  initialParameters,
  type LearnerNetworks,
} from "../nn/mod.ts";
import type { Agent, AgentSetup, AgentState, Transition } from "./agent.ts";
import { checkAgentState, checkFit, type StateAfter } from "./check_state.ts";
import { noisyAction } from "./equations.ts";
import type { DdpgHyperparameters } from "./hyperparameters.ts";
import {
  LEARNING_HINT,
  requireFiniteActorLoss,
  requireFiniteLearner,
  requireFiniteLosses,
} from "./finite_learner.ts";
import type { LearningTotals } from "./learning_totals.ts";
import { NotFiniteError, requireFiniteNumbers } from "./not_finite_error.ts";
import { ReplayBuffer } from "./replay_buffer.ts";

/**
 * Updates between looks at all parameters and moments. Losses and actions are
 * looked at every time, and show what has gone wrong almost as soon; a look costs
 * about as much as an update.
 */
const UPDATES_BETWEEN_LOOKS = 500;

/** An off-policy actor-critic agent; a subclass is its learning rule. */
export abstract class ActorCriticAgent implements Agent {
  /** The networks. */
  protected readonly learner: LearnerNetworks;
  /** The experience pool C. */
  protected readonly replayBuffer: ReplayBuffer;
  #algorithm: string;
  #options: AgentSetup & DdpgHyperparameters;
  #streams: Map<string, RandomStream> = new Map();
  #noise: Float32Array;
  #updates = 0;

  /** Makes the networks; each target network starts as a copy (θ' = θ). */
  constructor(
    algorithm: string,
    criticCount: 1 | 2,
    options: AgentSetup & DdpgHyperparameters,
  ) {
    this.#algorithm = algorithm;
    this.#options = options;
    const { observationSize, actionSize, replayCapacity: capacity } = options;
    this.learner = options.engine.createLearner({ ...options, criticCount });
    this.replayBuffer = new ReplayBuffer({
      capacity,
      observationSize,
      actionSize,
    });
    this.#noise = new Float32Array(actionSize);
    const { actor, targetActor, critics, targetCritics } = this.learner;
    const initialActor = initialParameters(
      this.learner.actorSizes,
      new RandomStream(options.seed, "actor-initialization"),
    );
    const initialCritics = Array.from(
      { length: criticCount },
      (_, i) =>
        initialParameters(
          this.learner.criticSizes,
          new RandomStream(options.seed, `critic-${i + 1}-initialization`),
        ),
    );
    actor.writeParameters(initialActor);
    targetActor.writeParameters(initialActor);
    critics.writeParameters(concatenate(initialCritics));
    targetCritics.writeParameters(concatenate(initialCritics));
  }

  /**
   * One gradient update; {@linkcode Agent.updates} counts it already.
   *
   * @param totals Receives losses and values, if they are wanted.
   */
  protected abstract learn(totals?: LearningTotals): void;

  /** Gradient updates so far. */
  get updates(): number {
    return this.#updates;
  }

  /** The random stream `name`, opened at its first use. */
  protected stream(name: string): RandomStream {
    const opened = this.#streams.get(name) ??
      new RandomStream(this.#options.seed, name);
    this.#streams.set(name, opened);
    return opened;
  }

  /**
   * One step of the critics towards the targets of the batch (Eq. 26).
   *
   * @throws {NotFiniteError} If a loss is not finite.
   */
  protected regressCritics(totals?: LearningTotals): void {
    const { batch, critics } = this.learner;
    const regressions = critics.regress(
      batch.observation,
      batch.action,
      batch.target,
      this.#options.criticLearningRate,
    );
    requireFiniteLosses(regressions, this.#updates);
    totals?.addCritics(regressions);
  }

  /**
   * One step of the actor up the first critic's values of the batch (Eq. 22).
   *
   * @throws {NotFiniteError} If its loss is not finite.
   */
  protected ascendActor(totals?: LearningTotals): void {
    const { batch, actor } = this.learner;
    const { actorLearningRate } = this.#options;
    const loss = actor.ascend(batch.observation, actorLearningRate);
    requireFiniteActorLoss(loss, this.#updates);
    totals?.addActor(loss);
  }

  /**
   * Looks at all parameters and moments.
   *
   * @throws {NotFiniteError} If one is not finite.
   */
  requireFinite(): void {
    requireFiniteLearner(this.learner, this.#updates);
  }

  /**
   * The greedy action π_Φ(s).
   *
   * @throws {RangeError} If the observation has another length.
   * @throws {NotFiniteError} If the observation or the action is not finite.
   */
  act(observation: Float32Array): Float32Array {
    const { observationSize, actionSize } = this.#options;
    if (observation.length !== observationSize) {
      throw new RangeError(
        `Cannot act: observation must have ${observationSize} numbers, got ${observation.length}`,
      );
    }
    const found = { act: "act", places: [] };
    requireFiniteNumbers(observation, found, (i) => `observation[${i}]`);
    const action = new Float32Array(actionSize);
    this.learner.actor.act(observation, action);
    const places = [`after update ${this.#updates}`];
    requireFiniteNumbers(
      action,
      { ...found, places, hint: LEARNING_HINT },
      (i) => `action[${i}]`,
    );
    return action;
  }

  /** The action with Gaussian exploration noise, kept in [-1, 1]. */
  explore(observation: Float32Array): Float32Array {
    const noise = this.stream("exploration-noise").fillNormal(this.#noise);
    const scale = this.#options.explorationNoise;
    return this.act(observation).map((action, i) =>
      noisyAction(action, scale * noise[i])
    );
  }

  /**
   * Stores a transition (Algorithm 1, line 6), its reward scaled.
   *
   * @throws {InputError} If an array has a wrong length.
   * @throws {NotFiniteError} If a number is not finite in 32 bits.
   */
  observe(transition: Transition): void {
    const { endOfEpisode, rewardScale } = this.#options;
    const masked = endOfEpisode === "masked";
    const reward = rewardScale * transition.reward;
    if (
      Number.isFinite(transition.reward) &&
      !Number.isFinite(Math.fround(reward))
    ) {
      throw new NotFiniteError({
        act: "store a transition",
        quantity:
          `the reward ${transition.reward} times rewardScale, ${rewardScale},`,
        value: Math.fround(reward),
        places: [],
        hint: "rewards are stored in 32 bits; a smaller rewardScale may help",
      });
    }
    this.replayBuffer.store({
      ...transition,
      reward,
      terminated: transition.terminated || (masked && transition.truncated),
    });
  }

  /**
   * Trains the networks once `size(C) > Min` (Algorithm 1, lines 7–9).
   *
   * @param totals Receives losses and values, if they are wanted.
   * @throws {NotFiniteError} If a number has become infinite or NaN.
   */
  update(totals?: LearningTotals): number {
    const { minReplaySize, updatesPerStep } = this.#options;
    if (this.replayBuffer.size <= minReplaySize) return 0;
    for (let i = 0; i < updatesPerStep; i++) {
      this.#updates++;
      this.learn(totals);
      if (this.#updates % UPDATES_BETWEEN_LOOKS === 0) this.requireFinite();
    }
    return updatesPerStep;
  }

  /**
   * A copy of everything that training goes on from.
   *
   * @throws {NotFiniteError} If a parameter or a moment is not finite.
   */
  save(): AgentState {
    this.requireFinite();
    const { actor, targetActor, critics, targetCritics } = this.learner;
    const actorAdam = actor.readOptimizer();
    const criticsAdam = critics.readOptimizer();
    const replay = this.replayBuffer.save();
    const streams: Record<string, RandomStreamState> = {};
    for (const [name, stream] of this.#streams) streams[name] = stream.state();
    return {
      algorithm: this.#algorithm,
      counters: {
        updates: this.#updates,
        actorAdamSteps: actorAdam.steps,
        criticsAdamSteps: criticsAdam.steps,
        transitionsStored: replay.stored,
      },
      streams,
      arrays: {
        actor: actor.readParameters(),
        targetActor: targetActor.readParameters(),
        critics: critics.readParameters(),
        targetCritics: targetCritics.readParameters(),
        actorFirstMoment: actorAdam.firstMoment,
        actorSecondMoment: actorAdam.secondMoment,
        criticsFirstMoment: criticsAdam.firstMoment,
        criticsSecondMoment: criticsAdam.secondMoment,
        replayRows: replay.rows,
      },
    };
  }

  /** Counters and opened streams of this agent after so many slots of training. */
  protected expectedAfter(slots: number): StateAfter {
    const { minReplaySize, updatesPerStep } = this.#options;
    const updates = updatesPerStep * Math.max(0, slots - minReplaySize);
    return {
      counters: {
        updates,
        actorAdamSteps: updates,
        criticsAdamSteps: updates,
        transitionsStored: slots,
      },
      streams: [
        ...slots > 0 ? ["exploration-noise"] : [],
        ...updates > 0 ? ["replay-sampling"] : [],
      ],
    };
  }

  /**
   * Looks whether this agent can have had a state after so many slots of training.
   *
   * @throws {CheckpointError} If it cannot.
   */
  requireState(state: AgentState, slots: number): void {
    const expected = this.expectedAfter(slots);
    checkAgentState(state, this.save(), { ...this.#options, ...expected });
  }

  /**
   * Continues from a saved state.
   *
   * @throws {NotFiniteError} If a number in it is not finite.
   */
  restore(state: AgentState): void {
    if (state.algorithm !== this.#algorithm) {
      throw new Error(
        `Cannot restore the agent: algorithm must be "${this.#algorithm}", got "${state.algorithm}"`,
      );
    }
    const { counters, arrays } = state;
    const { actor, targetActor, critics, targetCritics } = this.learner;
    checkFit("actor", actor, arrays.actor);
    checkFit("critics", critics, arrays.critics);
    this.replayBuffer.restore({
      stored: counters.transitionsStored,
      rows: arrays.replayRows,
    });
    this.#updates = counters.updates;
    actor.writeParameters(arrays.actor);
    targetActor.writeParameters(arrays.targetActor);
    critics.writeParameters(arrays.critics);
    targetCritics.writeParameters(arrays.targetCritics);
    actor.writeOptimizer({
      steps: counters.actorAdamSteps,
      firstMoment: arrays.actorFirstMoment,
      secondMoment: arrays.actorSecondMoment,
    });
    critics.writeOptimizer({
      steps: counters.criticsAdamSteps,
      firstMoment: arrays.criticsFirstMoment,
      secondMoment: arrays.criticsSecondMoment,
    });
    this.#streams = new Map(
      Object.entries(state.streams).map((
        [name, saved],
      ) => [name, RandomStream.restore(saved)]),
    );
    this.requireFinite();
  }

  /** The trained actor, to be exported. */
  policy(): ActorNetwork {
    return {
      sizes: this.learner.actorSizes,
      parameters: this.learner.actor.readParameters(),
    };
  }

  /** Frees the engine's memory. */
  dispose(): void {
    this.learner.dispose();
  }
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, p) => sum + p.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
