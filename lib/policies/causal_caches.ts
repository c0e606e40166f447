/**
 * What policies look at that weigh loads now against what they save later.
 *
 * @module
 */

import type { SlotView } from "../env/decider.ts";
import type { Decision } from "../env/slot.ts";
import {
  type ExpectedServer,
  expectedServer,
  HoldingCost,
} from "../optimum/holding_cost.ts";
import { type PlannedServer, planServer } from "../optimum/plan_problem.ts";
import { prepareAlone } from "../optimum/server_problem.ts";
import { combineForms, type SetForm } from "../optimum/set_form.ts";
import { loadingCosts, slotForm } from "../optimum/slot_form.ts";
import { decisionFor } from "./shares.ts";

/** A server's part of a slot, as far as it is seen when it is decided. */
export interface CausalServer {
  /** What it knows of slots to come. */
  readonly expected: ExpectedServer;
  /** What holding models to the end is expected to cost. */
  readonly holding: HoldingCost;
  /** Slots that follow. */
  readonly slotsLeft: number;
  /** Index of γ(t). */
  readonly state: number;
  /** The cost of a set in the slot and, held to the end, in those that follow. */
  readonly form: SetForm;
  /** Models that were held in the slot before, in rising order. */
  readonly held: readonly number[];
  /**
   * What loading each model costs, length M; 0 for those that are held, and infinite
   * where the load would keep a carried downlink from the next slot.
   */
  readonly loading: Float64Array;
}

/** Whether each model's load would keep the downlink busy when the slot ends. */
function blocksDownlink(
  { slot: { model, hitS, downlinkS } }: PlannedServer,
  loadS: (model: number) => number,
  slotDurationS: number,
): Set<number> {
  const blocking = new Set<number>();
  model.forEach((m, i) => {
    if (hitS[i] + loadS(m) + downlinkS[i] > slotDurationS) blocking.add(m);
  });
  return blocking;
}

/**
 * Decides a slot server by server.
 *
 * @param view The slot.
 * @param choose The models that a server holds, of a set that fits.
 */
export function decideCausally(
  view: SlotView,
  choose: (server: CausalServer) => readonly number[],
): Decision {
  const { scenario, visible, previous } = view;
  const { instance, state: { popularityIndex: state } } = visible;
  const { numServers, numModels } = instance;
  const { downlinkQueue, slotDurationS, responseTimeWeight } =
    scenario.assumptions;
  const { slotsPerEpisode } = scenario.parameters;
  const slotsLeft = Math.max(0, slotsPerEpisode - 1 - view.slot);
  const prepared = prepareAlone({ scenario, visible });
  const cache = new Float64Array(numServers * numModels);
  for (let j = 0; j < numServers; j++) {
    const planned = planServer(prepared, j);
    const numUsers = planned.problem.users.length;
    const expected = expectedServer(scenario, instance, j, numUsers);
    const holding = new HoldingCost(expected, slotsLeft);
    const loading = loadingCosts(expected, planned);
    if (downlinkQueue === "carried") {
      const loadS = (m: number) => expected.waitCost[m] / responseTimeWeight;
      for (const m of blocksDownlink(planned, loadS, slotDurationS)) {
        loading[m] = Infinity;
      }
    }
    const held: number[] = [];
    for (let m = 0; m < numModels; m++) {
      if (previous.cache[j * numModels + m] === 0) continue;
      held.push(m);
      loading[m] = 0;
    }
    const form = combineForms([
      [1, slotForm(planned)],
      [1, holding.form(slotsLeft, state)],
    ]);
    const server = { expected, holding, slotsLeft, state, form, held, loading };
    for (const m of choose(server)) cache[j * numModels + m] = 1;
  }
  return decisionFor(view, cache, "best");
}
