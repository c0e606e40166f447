/**
 * What an agent asks of a compute engine: the networks of one actor-critic
 * learner, and the few things that TD3 and DDPG do with them.
 *
 * Every array is a row-major `Float32Array` with one row per state. An engine
 * may hand out {@linkcode Minibatch} arrays that are views of its own memory
 * and must accept any other array; it may fuse and reorder inside a call as it
 * likes, since all that a call returns beside its results are means over the rows.
 *
 * @module
 */

import type { EngineName } from "./engine_name.ts";

/** The shape of a {@linkcode LearnerNetworks}. */
export interface LearnerShape {
  /** Length of an observation. */
  readonly observationSize: number;
  /** Length of an action. */
  readonly actionSize: number;
  /** Widths of the ReLU layers, the same for actor and critics; may be empty. */
  readonly hiddenSizes: readonly number[];
  /** Most rows that any call has to handle. */
  readonly batchSize: number;
  /** Critics: 1 for DDPG, 2 for TD3. */
  readonly criticCount: 1 | 2;
}

/**
 * The arrays of one update, allocated once: the sampled transitions, and what
 * the algorithm computes from them.
 */
export interface Minibatch {
  /** Number of transitions. */
  readonly size: number;
  /** s(t): `size` × `observationSize`. */
  readonly observation: Float32Array;
  /** a(t): `size` × `actionSize`. */
  readonly action: Float32Array;
  /** r(t), scaled: `size`. */
  readonly reward: Float32Array;
  /** s(t+1): `size` × `observationSize`. */
  readonly nextObservation: Float32Array;
  /** 1 where nothing after s(t+1) counts, otherwise 0: `size`. */
  readonly terminated: Float32Array;
  /** The action that the target supposes in s(t+1): `size` × `actionSize`. */
  readonly nextAction: Float32Array;
  /** Per critic, the value of s(t+1) and `nextAction`: `size` each. */
  readonly nextValues: readonly Float32Array[];
  /** y'(t), what the critics are regressed to (Eq. 24): `size`. */
  readonly target: Float32Array;
}

/** The running moments of Adam for all parameters of an actor or of critics. */
export interface AdamState {
  /** Steps taken. */
  readonly steps: number;
  /** First moments, in the order of the parameters. */
  readonly firstMoment: Float32Array;
  /** Second moments, in the order of the parameters. */
  readonly secondMoment: Float32Array;
}

/**
 * Parameters that can be read and written.
 *
 * Layout: per network, per layer from input to output, the kernel [in][out]
 * row-major, then the bias [out]. Twin critics stand one after the other.
 */
export interface Parameterized {
  /** A copy of all parameters. */
  readParameters(): Float32Array;
  /** Overwrites all parameters; `values` has the length that was read. */
  writeParameters(values: Float32Array): void;
}

/** Parameters trained by Adam, with moments that can be saved. */
export interface Trained extends Parameterized {
  /** A copy of the optimizer's state. */
  readOptimizer(): AdamState;
  /** Overwrites the optimizer's state. */
  writeOptimizer(state: AdamState): void;
}

/** Parameters that follow the online network of the same learner. */
export interface Tracking extends Parameterized {
  /** target ← τ online + (1 − τ) target (Eqs. 23 and 27). */
  softUpdate(tau: number): void;
}

/** A policy π: observation → tanh action in [-1, 1]. */
export interface PolicyFunction {
  /**
   * Evaluates the policy.
   *
   * @param observations rows × `observationSize`, rows ≤ `batchSize`.
   * @param actions Receives rows × `actionSize`.
   */
  act(observations: Float32Array, actions: Float32Array): void;
}

/** One or two value functions Q: (observation, action) → number. */
export interface ValueFunctions {
  /**
   * Evaluates every critic.
   *
   * @param observations rows × `observationSize`, rows ≤ `batchSize`.
   * @param actions rows × `actionSize`.
   * @param values Per critic, receives one number a row.
   */
  values(
    observations: Float32Array,
    actions: Float32Array,
    values: readonly Float32Array[],
  ): void;
}

/** What a step of a critic was, before it was taken. */
export interface Regression {
  /** Mean of (Q − target)² over the rows. */
  readonly loss: number;
  /** Mean of Q over the rows. */
  readonly value: number;
}

/** The online actor π_Φ. */
export interface Actor extends PolicyFunction, Trained {
  /**
   * One Adam step up the deterministic policy gradient of the learner's first
   * critic, averaged over the observations (Eq. 22).
   *
   * @returns Its loss before the step: the mean of −Q_θ1(s, π_Φ(s)).
   */
  ascend(observations: Float32Array, learningRate: number): number;
}

/** The online critics Q_θ1 and, for TD3, Q_θ2; input [observation | action]. */
export interface Critics extends ValueFunctions, Trained {
  /**
   * One Adam step down every critic's mean squared error (Eqs. 25 and 26).
   *
   * @param observations rows × `observationSize`, rows ≤ `batchSize`.
   * @param actions rows × `actionSize`.
   * @param targets One number a row.
   * @returns Per critic, its mean squared error and mean value before the step.
   */
  regress(
    observations: Float32Array,
    actions: Float32Array,
    targets: Float32Array,
    learningRate: number,
  ): readonly Regression[];
}

/** The target actor π_Φ'. */
export interface TargetActor extends PolicyFunction, Tracking {}

/** The target critics Q_θ'1 and, for TD3, Q_θ'2. */
export interface TargetCritics extends ValueFunctions, Tracking {}

/**
 * All networks of one actor-critic agent.
 *
 * They are made together so that an engine can lay them out in one memory that
 * never moves. Parameters are zero until they are written.
 */
export interface LearnerNetworks {
  /** Layer widths of the actor, input and output included. */
  readonly actorSizes: readonly number[];
  /** Layer widths of each critic, input and output included. */
  readonly criticSizes: readonly number[];
  /** The arrays of one update; valid until `dispose`. */
  readonly batch: Minibatch;
  /** The online actor. */
  readonly actor: Actor;
  /** The target actor. */
  readonly targetActor: TargetActor;
  /** The online critics. */
  readonly critics: Critics;
  /** The target critics. */
  readonly targetCritics: TargetCritics;
  /** Frees what the engine holds outside the garbage collector's reach. */
  dispose(): void;
}

/** How an engine is opened. */
export interface EngineOptions {
  /**
   * Whether to take the kernels compiled from C where they are built and permitted;
   * by default so. Results are the same to the bit.
   */
  readonly native?: boolean;
}

/** A way to compute networks. */
export interface Engine {
  /** Name as in `--engine` and in manifests. */
  readonly name: EngineName;
  /** What libraries it calls, by what they say of themselves: version, kernels. */
  readonly library?: string;
  /** Makes the networks of one agent. */
  createLearner(shape: LearnerShape): LearnerNetworks;
}
