/**
 * What DDPG and TD3 share: networks, replay buffer, exploration, saved state.
 *
 * @module
 */

import { RandomStream, type RandomStreamState } from "../math/prng.ts";
import {
  type ActorNetwork,
  type Engine,
  initialParameters,
  type Learner,
  type Parameterized,
} from "../nn/mod.ts";
import type { Agent, AgentState, Transition } from "./agent.ts";
import { noisyAction } from "./equations.ts";
import type { DdpgHyperparameters } from "./hyperparameters.ts";
import { ReplayBuffer } from "./replay_buffer.ts";

/** What an agent is made from, apart from its hyperparameters. */
export interface AgentSetup {
  /** What computes the networks. */
  readonly engine: Engine;
  /** Length of an observation. */
  readonly observationSize: number;
  /** Length of an action. */
  readonly actionSize: number;
  /**
   * Root of the agent's random streams: actor-initialization,
   * critic-1-initialization, critic-2-initialization, exploration-noise,
   * replay-sampling, target-noise.
   */
  readonly seed: number | string;
}

/** An off-policy actor-critic agent; a subclass is its learning rule. */
export abstract class ActorCriticAgent implements Agent {
  /** The networks. */
  protected readonly learner: Learner;
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
    this.learner = options.engine.createLearner({ ...options, criticCount });
    this.replayBuffer = new ReplayBuffer({
      ...options,
      capacity: options.replayCapacity,
    });
    this.#noise = new Float32Array(options.actionSize);
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

  /** One gradient update; {@linkcode Agent.updates} counts it already. */
  protected abstract learn(): void;

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

  /** The greedy action π_Φ(s). */
  act(observation: Float32Array): Float32Array {
    const { observationSize, actionSize } = this.#options;
    if (observation.length !== observationSize) {
      throw new RangeError(
        `Cannot act: observation must have ${observationSize} numbers, got ${observation.length}`,
      );
    }
    const action = new Float32Array(actionSize);
    this.learner.actor.act(observation, action);
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

  /** Stores a transition (Algorithm 1, line 6), its reward scaled. */
  observe(transition: Transition): void {
    const masked = this.#options.endOfEpisode === "masked";
    this.replayBuffer.store({
      ...transition,
      reward: this.#options.rewardScale * transition.reward,
      terminated: transition.terminated || (masked && transition.truncated),
    });
  }

  /** Trains the networks once `size(C) > Min` (Algorithm 1, lines 7–9). */
  update(): number {
    const { minReplaySize, updatesPerStep } = this.#options;
    if (this.replayBuffer.size <= minReplaySize) return 0;
    for (let i = 0; i < updatesPerStep; i++) {
      this.#updates++;
      this.learn();
    }
    return updatesPerStep;
  }

  /** A copy of everything that training goes on from. */
  save(): AgentState {
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

  /** Continues from a saved state. */
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

function checkFit(
  name: string,
  network: Parameterized,
  saved: Float32Array,
): void {
  const expected = network.readParameters().length;
  if (saved.length === expected) return;
  throw new Error(
    `Cannot restore the agent: ${name} must have ${expected} parameters, got ${saved.length}`,
  );
}
