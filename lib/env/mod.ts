/**
 * The environment of Sections 3 and 4.2: one function per equation, the slot
 * they make up, traces, and Gymnasium's contract on top.
 *
 * @module
 */

export {
  type ActionParts,
  actionSize,
  decodeAction,
  splitAction,
} from "./action.ts";
export { cachingMatrix, isCached, storageUsedBytes } from "./caching.ts";
export {
  ACTION_LEDGER,
  type ActionChoices,
  choicesIn,
  DEFAULT_ACTION,
  DEFAULT_CHOICES,
  DEFAULT_OBSERVATION,
  type DoorChoices,
  OBSERVATION_LEDGER,
  type ObservationChoices,
} from "./choices.ts";
export { channelGain, distanceM, pathGainDb } from "./channel.ts";
export { checkEnvironment, type CheckEnvironmentOptions } from "./check_env.ts";
export { findViolations, SUM_TOLERANCE } from "./constraints.ts";
export {
  cloudCost,
  edgeCost,
  gpuRentalCost,
  storageCost,
  transferCost,
} from "./cost.ts";
export { downlinkCompletionTimeS, waitForDownlink } from "./downlink.ts";
export {
  EdgeEnv,
  type EdgeEnvOptions,
  type EdgeResetInfo,
  type EdgeStepInfo,
} from "./edge_env.ts";
export type { ActionRows } from "./action_decoder.ts";
export { evaluateSlot } from "./evaluate_slot.ts";
export { PreparedSlot, type SlotOptions } from "./prepared_slot.ts";
export type { SlotConstants } from "./slot_constants.ts";
export type { SlotLinks } from "./slot_links.ts";
export type { SlotMemory } from "./slot_memory.ts";
export { type HitRates, hitRatesOf } from "./hit_rate.ts";
export { slotObjective } from "./objective.ts";
export {
  type ObservationBlock,
  observationBlocks,
  observationSize,
  observe,
  type ObserveOptions,
} from "./observation.ts";
export { downlinkRateBps, uplinkRateBps } from "./rates.ts";
export {
  cloudResponseTimeS,
  edgeResponseTimeS,
  inferenceTimeS,
  transmissionTimeS,
} from "./response_time.ts";
export { slotReward } from "./reward.ts";
export { bandwidthMatrix, computeMatrix } from "./shares.ts";
export type { Constraint, Decision, SlotOutcome } from "./slot.ts";
export {
  decisionToJson,
  outcomeToJson,
  parseSlots,
  parseUndecidedSlots,
  type SlotDocument,
  slotToJson,
  type UndecidedSlot,
} from "./slot_json.ts";
export type {
  BoundedDecision,
  Decider,
  EpisodeView,
  SlotFeedback,
  SlotView,
} from "./decider.ts";
export type { Environment, ResetResult, StepResult } from "./types.ts";
