/**
 * From a slot and its outcome to the rows of figures.
 *
 * @module
 */

import type { SlotOutcome } from "../env/slot.ts";
import type { Instance } from "../scenario/instance.ts";
import type { TraceSlot } from "../workload/trace.ts";
import type { QueueRow } from "./downlink_queue.ts";
import type { MethodBarRow } from "./method_bars.ts";
import type { MapRow } from "./network_map.ts";
import type { AnatomyRow } from "./slot_anatomy.ts";
import type { TimelineRow } from "./slot_timeline.ts";

/**
 * The servers and the users of a slot, with what each user requests.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { generateTrace } from "../workload/trace.ts";
 * import { slotMapRows } from "./slot_rows.ts";
 *
 * const { slots } = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 0 });
 * const kinds = slotMapRows(slots[0]).map(({ kind }) => kind);
 * assertEquals(kinds, ["server", "server", "user", "user", "user"]);
 * ```
 */
export function slotMapRows({ instance, state, server }: TraceSlot): MapRow[] {
  const { numServers, serverPositionsM, userPositionsM } = instance;
  return [
    ...Array.from({ length: numServers }, (_, id): MapRow => ({
      kind: "server",
      id,
      xM: serverPositionsM[2 * id],
      yM: serverPositionsM[2 * id + 1],
      server: id,
    })),
    ...Array.from(server, (own, id): MapRow => ({
      kind: "user",
      id,
      xM: userPositionsM[2 * id],
      yM: userPositionsM[2 * id + 1],
      server: own,
      note: `requests model ${state.requestedModel[id]}`,
    })),
  ];
}

/** What a user's response time is made of. */
export function timelineRow(outcome: SlotOutcome, user: number): TimelineRow {
  return {
    user,
    isHit: outcome.hit[user] === 1,
    uplinkTimeS: outcome.uplinkTimeS[user],
    backhaulUplinkTimeS: outcome.backhaulUplinkTimeS[user],
    inferenceTimeS: outcome.inferenceTimeS[user],
    backhaulDownlinkTimeS: outcome.backhaulDownlinkTimeS[user],
    waitTimeS: outcome.waitTimeS[user],
    downlinkTimeS: outcome.downlinkTimeS[user],
  };
}

/** The parts of the response time and of the cost of every user. */
export function anatomyRows(outcome: SlotOutcome): AnatomyRow[] {
  return Array.from(outcome.hit, (_, user) => ({
    ...timelineRow(outcome, user),
    accessCost: outcome.accessCost[user],
    backhaulCost: outcome.backhaulCost[user],
    gpuCost: outcome.gpuCost[user],
  }));
}

/**
 * What every user's result goes through at the downlink of its server.
 *
 * @param server Server of every user, length U.
 */
export function queueRows(
  outcome: SlotOutcome,
  server: Int32Array,
): QueueRow[] {
  return Array.from(server, (own, user) => ({
    user,
    server: own,
    readyTimeS: outcome.readyTimeS[user],
    waitTimeS: outcome.waitTimeS[user],
    downlinkTimeS: outcome.downlinkTimeS[user],
  }));
}

/**
 * What a method comes to on some slots: the two parts of G(t) (Eq. 15) and the hit
 * rate, each the mean over the slots.
 *
 * @param weights ω1 and ω2, such as an instance has them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { methodBarRow } from "./slot_rows.ts";
 *
 * const row = methodBarRow("mine", [
 *   { totalResponseTimeS: 10, totalCost: 1, hitRate: 0 },
 *   { totalResponseTimeS: 30, totalCost: 3, hitRate: 1 },
 * ], { responseTimeWeight: 0.25, costWeight: 2 });
 * assertEquals(row, { series: "mine", timePart: 5, costPart: 4, hitRate: 0.5 });
 * ```
 */
export function methodBarRow(
  series: string,
  outcomes: readonly Pick<
    SlotOutcome,
    "totalResponseTimeS" | "totalCost" | "hitRate"
  >[],
  weights: Pick<Instance, "responseTimeWeight" | "costWeight">,
): MethodBarRow {
  const { length } = outcomes;
  const meanOf = (value: (outcome: typeof outcomes[number]) => number) =>
    outcomes.reduce((sum, outcome) => sum + value(outcome), 0) / length;
  return {
    series,
    timePart: weights.responseTimeWeight *
      meanOf((outcome) => outcome.totalResponseTimeS),
    costPart: weights.costWeight * meanOf((outcome) => outcome.totalCost),
    hitRate: meanOf((outcome) => outcome.hitRate),
  };
}
