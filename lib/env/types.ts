/**
 * What an agent sees of an environment: Gymnasium's contract, typed.
 *
 * @module
 */

/** What {@linkcode Environment.reset} returns. */
export interface ResetResult<Info> {
  /** First observation of the episode, length `observationSize`. */
  readonly observation: Float32Array;
  /** Diagnostics that an agent must not learn from. */
  readonly info: Info;
}

/** What {@linkcode Environment.step} returns. */
export interface StepResult<Info> {
  /** Observation after the step, length `observationSize`. */
  readonly observation: Float32Array;
  /** Reward of the step. */
  readonly reward: number;
  /** Whether a terminal state was reached: the future is worth nothing. */
  readonly terminated: boolean;
  /** Whether the episode was cut off: the future still has a value. */
  readonly truncated: boolean;
  /** Diagnostics of the step. */
  readonly info: Info;
}

/**
 * An environment with continuous observations and actions in [-1, 1].
 *
 * After a step that is terminated or truncated, `step` throws until `reset`.
 */
export interface Environment<ResetInfo = unknown, StepInfo = ResetInfo> {
  /** Length of every observation. */
  readonly observationSize: number;
  /** Length of every action; each component lies in [-1, 1]. */
  readonly actionSize: number;
  /**
   * Starts an episode.
   *
   * @param seed With a seed, the sequence of episodes starts over from it;
   * without one, the next episode of the present sequence starts.
   */
  reset(seed?: number): ResetResult<ResetInfo>;
  /** Applies an action of length `actionSize` and advances one step. */
  step(action: Float32Array): StepResult<StepInfo>;
}
