/**
 * Slots as peers read them.
 *
 * @module
 */

import type { TraceSlot } from "../lib/workload/trace.ts";

/** Flattened pairs as rows. */
function pairs(values: Float64Array): number[][] {
  return Array.from(
    { length: values.length / 2 },
    (_, row) => [values[2 * row], values[2 * row + 1]],
  );
}

/** An object with its typed arrays as arrays. */
export function plain(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      ArrayBuffer.isView(item) ? Array.from(item as Float64Array) : item,
    ]),
  );
}

/** Instance and state of a slot under the keys of a slot file. */
export function slotToJson(
  { instance, state }: Pick<TraceSlot, "instance" | "state">,
): Record<"scenario" | "state", Record<string, unknown>> {
  return {
    scenario: {
      ...plain(instance),
      userPositionsM: pairs(instance.userPositionsM),
      serverPositionsM: pairs(instance.serverPositionsM),
    },
    state: { ...plain(state), fading: pairs(state.fading) },
  };
}
