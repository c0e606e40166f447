/**
 * Where requests come from: popularity and requests (Eqs. 1 and 2), and traces of
 * whole episodes, hashed.
 *
 * @module
 */

export { nextPopularity } from "./popularity.ts";
export {
  drawInputSizes,
  drawOutputSizes,
  drawRequests,
  requestProbabilities,
} from "./requests.ts";
export type { SlotState } from "./slot_state.ts";
export {
  generateTrace,
  hashTrace,
  type Split,
  type Trace,
  type TraceKey,
  type TraceSlot,
} from "./trace.ts";
