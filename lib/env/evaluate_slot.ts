/**
 * A slot and one decision.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";
import type { SlotState } from "../workload/slot_state.ts";
import { PreparedSlot, type SlotOptions } from "./prepared_slot.ts";
import type { Decision, SlotOutcome } from "./slot.ts";

/**
 * {@linkcode PreparedSlot.outcome} of a decision that alone is judged.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { generateTrace } from "../workload/trace.ts";
 * import { evaluateSlot } from "./evaluate_slot.ts";
 * import { bandwidthMatrix, computeMatrix } from "./shares.ts";
 *
 * const trace = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 0 });
 * const { instance, state, server } = trace.slots[0];
 * const outcome = evaluateSlot(instance, state, {
 *   cache: new Float64Array(2 * 5), // nothing: the cloud serves everybody
 *   bandwidthShare: bandwidthMatrix([1 / 3, 1 / 3, 1 / 3], server, 2),
 *   computeShare: computeMatrix([0, 0, 0], server, 2),
 *   server,
 * });
 * assertEquals(outcome.hitRate, 0);
 * assertEquals(outcome.violations, []);
 * ```
 */
export function evaluateSlot(
  instance: Instance,
  state: SlotState,
  decision: Decision,
  options: SlotOptions = {},
): SlotOutcome {
  const { server } = decision;
  return new PreparedSlot({ instance, state, server }, options)
    .outcome(decision);
}
