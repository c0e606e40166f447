/**
 * Networks, their gradients and optimizer behind one interface of engines.
 *
 * @module
 */

export type {
  Actor,
  AdamState,
  Critics,
  Engine,
  EngineOptions,
  LearnerNetworks,
  LearnerShape,
  Minibatch,
  Parameterized,
  PolicyFunction,
  Regression,
  TargetActor,
  TargetCritics,
  Tracking,
  Trained,
  ValueFunctions,
} from "./types.ts";
export {
  actorSizes,
  criticSizes,
  initialParameters,
  layerSpans,
  parameterCount,
} from "./layers.ts";
export type { LayerSpan } from "./layers.ts";
export { allocateMinibatch } from "./minibatch.ts";
export {
  DEFAULT_ENGINE,
  ENGINE_CHOICES,
  ENGINE_NAMES,
  type EngineChoice,
  type EngineName,
} from "./engine_name.ts";
export { openEngine } from "./open_engine.ts";
export {
  ADAM_BETA1,
  ADAM_BETA2,
  ADAM_EPSILON,
  adamStep,
  softUpdate,
} from "./optimization.ts";
export type { AdamStepOptions } from "./optimization.ts";
export { encodeTfjsModel } from "./reference/tfjs_model.ts";
export type { ActorNetwork, TfjsModelFiles } from "./reference/tfjs_model.ts";
