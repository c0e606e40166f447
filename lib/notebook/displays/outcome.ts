/**
 * How a slot's outcome shows itself.
 *
 * @module
 */

import type { SlotOutcome } from "../../env/slot.ts";
import type { TimelineRow } from "../../figures/slot_timeline.ts";
import { timelineRow } from "../../figures/slot_rows.ts";
import type { DisplayBundle } from "../front_end.ts";
import { type Display, isPlain, pageBundle } from "./display.ts";
import { specBundle } from "./vega_lite.ts";

/** How many users are shown at most. */
const MOST_USERS = 40;

const SIGNIFICANT_DIGITS = 5;

function rounded(value: number): string {
  return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}

function tableOf(
  outcome: SlotOutcome,
  times: readonly TimelineRow[],
): DisplayBundle {
  const { violations, responseTimeS, userCost } = outcome;
  const users = responseTimeS.length;
  return pageBundle({
    title: `Slot: G ${rounded(outcome.objective)}, reward ${
      rounded(outcome.reward)
    }, hit rate ${rounded(outcome.hitRate)}`,
    rows: times.map((row) => ({
      user: row.user,
      "served by": row.isHit ? "edge" : "cloud",
      "upload (s)": row.uplinkTimeS,
      "backhaul (s)": row.backhaulUplinkTimeS + row.backhaulDownlinkTimeS,
      "inference (s)": row.inferenceTimeS,
      "wait (s)": row.waitTimeS,
      "download (s)": row.downlinkTimeS,
      "response (s)": responseTimeS[row.user],
      cost: userCost[row.user],
    })),
    notes: [
      users > times.length ? `… ${users} users in all` : "",
      `All users: ${rounded(outcome.totalResponseTimeS)} s; all costs: ${
        rounded(outcome.totalCost)
      }, of which storage ${rounded(outcome.storageCost)}.`,
      violations.length === 0
        ? "No constraint is broken."
        : `Broken constraints: ${violations.join(", ")}.`,
    ],
  });
}

async function outcomeBundles(
  outcome: SlotOutcome,
): Promise<readonly DisplayBundle[]> {
  const times = Array.from(
    { length: Math.min(MOST_USERS, outcome.hit.length) },
    (_, user) => timelineRow(outcome, user),
  );
  const table = tableOf(outcome, times);
  const someServed = times.some(({ user }) =>
    Number.isFinite(outcome.responseTimeS[user])
  );
  if (!someServed) return [table];
  const { slotTimelineFigure } = await import(
    "../../figures/slot_timeline.ts"
  );
  return [table, await specBundle(slotTimelineFigure(times))];
}

/** Outcomes of slots: a table, and a bar for every user. */
export const OUTCOME: Display<SlotOutcome> = {
  test: (value): value is SlotOutcome =>
    isPlain(value) && value.hit instanceof Uint8Array &&
    value.responseTimeS instanceof Float64Array &&
    value.backhaulUplinkTimeS instanceof Float64Array &&
    Array.isArray(value.violations),
  bundles: outcomeBundles,
};
