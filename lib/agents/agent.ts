/**
 * What every learning agent offers to the training loop.
 *
 * @module
 */

import type { RandomStreamState } from "../math/prng.ts";
import type { ActorNetwork, Engine } from "../nn/mod.ts";
import type { LearningTotals } from "./learning_totals.ts";

/** One step of experience: {s(t), a(t), r(t), s(t+1)} of Algorithm 1. */
export interface Transition {
  /** s(t). */
  readonly observation: Float32Array;
  /** a(t), as it was applied. */
  readonly action: Float32Array;
  /** r(t), unscaled. */
  readonly reward: number;
  /** s(t+1). */
  readonly nextObservation: Float32Array;
  /** Whether s(t+1) is a terminal state. */
  readonly terminated: boolean;
  /** Whether the episode was cut off after this step. */
  readonly truncated: boolean;
}

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

/** All that an agent's future depends on, hyperparameters apart. */
export interface AgentState {
  /** Name of the algorithm. */
  readonly algorithm: string;
  /** Integers by name. */
  readonly counters: Readonly<Record<string, number>>;
  /** States of the random streams by name. */
  readonly streams: Readonly<Record<string, RandomStreamState>>;
  /** Parameters, moments and replay rows by name. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

/** An agent that learns from transitions to act in [-1, 1]ⁿ. */
export interface Agent {
  /** Gradient updates so far. */
  readonly updates: number;
  /** The greedy action π_Φ(s), a new array. */
  act(observation: Float32Array): Float32Array;
  /** The action with exploration noise, a new array. */
  explore(observation: Float32Array): Float32Array;
  /** Stores a transition (Algorithm 1, line 6). */
  observe(transition: Transition): void;
  /**
   * Trains the networks if enough is stored (Algorithm 1, lines 7–9).
   *
   * @param totals Receives losses and values of every update; an agent that has
   * none need not take it.
   * @returns Gradient updates made; 0 while `size(C) ≤ Min`.
   */
  update(totals?: LearningTotals): number;
  /**
   * Looks at all that has been learned; called before an evaluation.
   *
   * @throws {NotFiniteError} If a parameter or a moment is not finite.
   */
  requireFinite(): void;
  /** A copy of the agent's state. */
  save(): AgentState;
  /**
   * Continues from a state that an agent with the same options saved.
   *
   * @throws {Error} If the state is of another algorithm or shape.
   */
  restore(state: AgentState): void;
  /** The trained actor, to be exported. */
  policy(): ActorNetwork;
  /** Frees the engine's memory; the agent is of no use afterwards. */
  dispose(): void;
}
