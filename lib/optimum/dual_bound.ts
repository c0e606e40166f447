/**
 * What no method that cannot see the future is below, where loading is charged.
 *
 * @module
 */

import { InputError } from "../input/input_error.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { CacheSets } from "./cache_sets.ts";
import { PLAN_NEEDS, requireWorld } from "./world_needs.ts";
import {
  type ExpectedServer,
  expectedServer,
  HoldingCost,
} from "./holding_cost.ts";
import { neededModels, type PathProblem } from "./needed_models.ts";
import { type PlannedServer, planServer } from "./plan_problem.ts";
import { prepareAlone } from "./server_problem.ts";
import { loadingCosts, slotForm } from "./slot_form.ts";
import { combineForms, costsOfSets, type SetForm } from "./set_form.ts";
import { passForward } from "./set_passes.ts";

/** What {@linkcode leastPathCost} looks for the least of. */
export interface SetPathCosts {
  /** The sets of models that fit. */
  readonly sets: CacheSets;
  /** The cost of every set in each slot, `[T][sets]`. */
  readonly costs: readonly Float64Array[];
  /** What loading each of the models costs in each slot, `[T][models]`. */
  readonly loading: readonly Float64Array[];
}

/**
 * min Σ_t [costs_t(X_t) + Σ_{X_t∖X_{t−1}} loading_t] over all sequences of sets, X_0
 * empty: a slot is a pass that drops models, one that loads them, a model at a time,
 * and the slot's cost.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CacheSets } from "./cache_sets.ts";
 * import { leastPathCost } from "./dual_bound.ts";
 *
 * // One model that saves 2 in each of two slots, and takes 5 or 3 to load.
 * const sets = new CacheSets(Float64Array.of(1), 1);
 * const costs = [Float64Array.of(0, -2), Float64Array.of(0, -2)];
 * const path = (first: number, second: number) =>
 *   leastPathCost({
 *     sets,
 *     costs,
 *     loading: [Float64Array.of(first), Float64Array.of(second)],
 *   });
 * assertEquals(path(5, 5), 0);
 * assertEquals(path(3, 1), -1);
 * ```
 */
export function leastPathCost(
  { sets, costs, loading }: SetPathCosts,
): number {
  const { count } = sets;
  const cost = new Float64Array(count).fill(Infinity);
  cost[0] = 0;
  for (let t = 0; t < costs.length; t++) {
    passForward(sets, loading[t], cost);
    const ofSlot = costs[t];
    for (let set = 0; set < count; set++) cost[set] += ofSlot[set];
  }
  let least = Infinity;
  for (let set = 0; set < count; set++) least = Math.min(least, cost[set]);
  return least;
}

/** A server's slots as costs of sets, with what a set is fined for the future. */
export interface PenalizedServer extends PathProblem {
  /** Σ_t of the server's part of G(t) without caches, waits and loads. */
  readonly cloudOnly: number;
  /** pen_t as a cost of sets, length T; a part of `forms`. */
  readonly penalties: readonly SetForm[];
}

/**
 * A server's part of an episode with the penalties
 *
 * pen_t(X) = E[W_{t+1}(X) | γ(t)] − W_{t+1}(X), pen_T = 0,
 *
 * where W_{t+1}(X) is what holding X costs in slot t + 1, in which requests have come,
 * and is expected to cost afterwards ({@linkcode HoldingCost}).
 *
 * @param planned The server in each slot.
 * @param states Index of γ(t) in each slot.
 * @param server What the server knows of slots to come.
 */
export function penalizedServer(
  planned: readonly PlannedServer[],
  states: readonly number[],
  server: ExpectedServer,
): PenalizedServer {
  const holding = new HoldingCost(server, planned.length);
  const came = planned.map((one): SetForm => {
    const { linear, squares: [{ root }] } = slotForm(one);
    // With the weight of what is expected, which users who move leave open.
    return { linear, squares: [{ weight: server.loadWeight, root }] };
  });
  const expected = states.map((state, t) =>
    holding.form(planned.length - 1 - t, state)
  );
  const none: SetForm = {
    linear: new Float64Array(server.price.length),
    squares: [],
  };
  const penalties = planned.map((_, t) =>
    t + 1 === planned.length ? none : combineForms([
      [1, expected[t]],
      [-1, came[t + 1]],
      [-1, expected[t + 1]],
    ])
  );
  return {
    cloudOnly: planned.reduce((sum, { slot }) => sum + slot.cloudOnly, 0),
    penalties,
    forms: planned.map((one, t) =>
      combineForms([[1, slotForm(one)], [1, penalties[t]]])
    ),
    loading: planned.map((one) => loadingCosts(server, one)),
    modelBytes: server.modelBytes,
    capacityBytes: server.capacityBytes,
  };
}

/** The servers of an episode with their penalties. */
export function penalizedServers(
  scenario: Scenario,
  slots: readonly TraceSlot[],
): PenalizedServer[] {
  const [{ instance }] = slots;
  const prepared = slots.map((visible) => prepareAlone({ scenario, visible }));
  const states = slots.map(({ state }) => state.popularityIndex);
  return Array.from({ length: instance.numServers }, (_, j) => {
    const planned = prepared.map((slot) => planServer(slot, j));
    const numUsers = planned[0].problem.users.length;
    return penalizedServer(
      planned,
      states,
      expectedServer(scenario, instance, j, numUsers),
    );
  });
}

/** A server's part of Σ_t G(t) plus penalties, at least. */
function leastPenalizedCost(server: PenalizedServer): number {
  const { cloudOnly, forms, loading, modelBytes, capacityBytes } = server;
  const { models, slack } = neededModels(server);
  const sets = new CacheSets(
    Float64Array.from(models, (model) => modelBytes[model]),
    capacityBytes,
  );
  return cloudOnly - slack + leastPathCost({
    sets,
    costs: forms.map((form) => costsOfSets(form, models, sets)),
    loading: loading.map((cost) =>
      Float64Array.from(models, (model) => cost[model])
    ),
  });
}

/**
 * What the mean of G(t) over an episode with these slots is not below, in expectation
 * over traces, for any method that decides a slot before it sees the next one.
 *
 * Information relaxation (Brown, Smith and Sun 2010): the best sets X_t of an episode
 * that is known, where a set is fined for what its requests will turn out better than
 * was to be expected, pen_t of {@linkcode penalizedServer}. Given what is seen in slot
 * t, fines are 0 on average, so that they cost a method that does not see ahead
 * nothing on average, and no method is below the least sum on average. With the true
 * value in place of W the sum is the best causal one on every path. The program is
 * exact, server by server, over all sets of the models of {@linkcode neededModels}, for
 * up to 20 of them; for more the bound is lower by their slack.
 *
 * One episode may be above the bound or below: luck, which the fines take out only as
 * far as caches are concerned. Queues that are carried and floors of shares only raise
 * costs, requests that are lagged only hide them: the bound holds there, and says less.
 *
 * @param scenario The world.
 * @param slots The slots of the whole episode, at least one.
 * @throws {InputError} If loading is free, instances are redrawn from slot to slot, or
 * caches decide who belongs to which server; or if somebody is never served.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { deriveScenario, SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { generateTrace } from "../workload/trace.ts";
 * import { dualBound } from "./dual_bound.ts";
 * import { planEpisode } from "./episode_plan.ts";
 *
 * const scenario = deriveScenario(SMALL_SCENARIO, {
 *   assumptions: { modelLoading: "charged" },
 * });
 * let aboveClairvoyant = 0;
 * for (let seed = 0; seed < 20; seed++) {
 *   const { slots } = generateTrace(scenario, { instanceSeed: 0, seed });
 *   const episode = slots.slice(0, -1);
 *   aboveClairvoyant += dualBound(scenario, episode) -
 *     planEpisode(scenario, episode).lowerBound;
 * }
 * assert(aboveClairvoyant >= 0);
 * ```
 */
export function dualBound(
  scenario: Scenario,
  slots: readonly TraceSlot[],
): number {
  requireWorld(scenario, PLAN_NEEDS, "bound the episode");
  let cost = 0;
  for (const server of penalizedServers(scenario, slots)) {
    if (!Number.isFinite(server.cloudOnly)) {
      throw new InputError(
        "Cannot bound the episode: its slots must have finite response times, got Infinity",
      );
    }
    cost += leastPenalizedCost(server);
  }
  return cost / slots.length;
}
