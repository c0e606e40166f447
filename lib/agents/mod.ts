/**
 * Agents that learn: TD3, DDPG, their training loop and checkpoints.
 *
 * @module
 */

export type { Agent, AgentSetup, AgentState, Transition } from "./agent.ts";
export type { StateAfter } from "./check_state.ts";
export { ActorCriticAgent } from "./actor_critic_agent.ts";
export {
  CheckpointError,
  decodeCheckpoint,
  encodeCheckpoint,
} from "./checkpoint.ts";
export type { Checkpoint } from "./checkpoint.ts";
export { DdpgAgent } from "./ddpg.ts";
export type { DdpgOptions } from "./ddpg.ts";
export type { EpisodeSummary, Metrics } from "./episode_totals.ts";
export {
  bellmanTarget,
  clippedDoubleTarget,
  noisyAction,
  smoothedTargetAction,
} from "./equations.ts";
export { evaluate } from "./evaluate.ts";
export type { EvaluateOptions, EvaluationResult } from "./evaluate.ts";
export {
  createPause,
  PAUSE_INTERVAL_MS,
  PAUSES_TO_CERTAINTY,
} from "./event_loop.ts";
export type {
  DdpgHyperparameters,
  EndOfEpisode,
  EquationReading,
  Td3Hyperparameters,
} from "./hyperparameters.ts";
export {
  DDPG_LEDGER,
  DEFAULT_LEARNER,
  SMALL_LEARNER,
  TD3_LEDGER,
} from "./ledger.ts";
export { LearningTotals } from "./learning_totals.ts";
export type { LearningMeans } from "./learning_totals.ts";
export { NotFiniteError } from "./not_finite_error.ts";
export type { NotFinite } from "./not_finite_error.ts";
export { ReplayBuffer } from "./replay_buffer.ts";
export type {
  ReplayBufferOptions,
  ReplayBufferState,
  StoredTransition,
} from "./replay_buffer.ts";
export { Td3Agent } from "./td3.ts";
export type { Td3Options } from "./td3.ts";
export { train } from "./train.ts";
export type { EvaluationOptions, TrainingRow, TrainOptions } from "./train.ts";
