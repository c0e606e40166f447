/**
 * Methods: their contract, those that come with the project, and how they play.
 *
 * @module
 */

export { agentLearner } from "./agent_learner.ts";
export { agentLedger, agentSetup } from "./agent_setup.ts";
export {
  CLAIRVOYANT_MARK,
  clairvoyantNotes,
  markClairvoyant,
  seesOf,
} from "./clairvoyant.ts";
export {
  type AgentName,
  createAgent,
  type CreateAgentOptions,
} from "./create_agent.ts";
export type { AgentHyperparameters } from "./agent_setup.ts";
export type {
  DecidingMethod,
  EpisodeBound,
  HyperparameterExclusion,
  Hyperparameters,
  HyperparameterValue,
  Learner,
  LearningMethod,
  Method,
  MethodDescription,
  MethodSetup,
  Sees,
  TrainingSession,
} from "./method.ts";
export {
  findMethod,
  labelOf,
  LEARNERS,
  METHOD_NAMES,
  METHODS,
  METHODS_OF_PAPER,
} from "./registry.ts";
export type { WorldExclusion } from "../optimum/world_needs.ts";
export {
  isFor,
  type OpenedMethod,
  openMethod,
  type OpenMethodOptions,
  refuseExclusions,
  requireMethod,
  resolveHyperparameters,
} from "./open_method.ts";
export {
  isViolated,
  metricsOf,
  type PlayedEpisode,
  playEpisode,
  type PlayEpisodeOptions,
} from "./rollout.ts";
export { type OutcomeMeans, OutcomeTotals } from "./outcome_totals.ts";
export { SlotBudget } from "./slot_budget.ts";
