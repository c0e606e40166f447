/**
 * Loads what is best now on average over futures that are drawn.
 *
 * @module
 */

import type { RandomStream } from "../math/prng.ts";
import { CacheSets } from "../optimum/cache_sets.ts";
import { HOLDING_NEEDS, requireWorld } from "../optimum/world_needs.ts";
import { drawFuture, FutureValue } from "../optimum/sampled_futures.ts";
import { combineForms, costAlone, costsOfSets } from "../optimum/set_form.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { type CausalServer, decideCausally } from "./causal_caches.ts";
import type { DecidingPolicy } from "./deciding_policy.ts";

/** Options of {@linkcode createSampledPlan}. */
export interface SampledPlanOptions {
  /** Futures that are drawn for each server in each slot, at least 1. */
  readonly sampledFutures: number;
  /** Models that a server's sets are made of at most, at least those that it holds. */
  readonly plannedModels: number;
  /** Where they are drawn from, in the order of slots and servers. */
  readonly stream: RandomStream;
}

/**
 * The models that may pay: those that are held, and of those that would pay alone if
 * they were loaded now, or in the next slot while nobody waits, whatever its state, the
 * ones that would pay most.
 */
function candidates(
  { expected, holding, slotsLeft, form, held, loading }: CausalServer,
  plannedModels: number,
): Int32Array {
  const { price, modelBytes, capacityBytes } = expected;
  const next = slotsLeft === 0
    ? []
    : holding.slotForms.map((slot, k) =>
      combineForms([[1, slot], [1, holding.form(slotsLeft - 1, k)]])
    );
  const cost = modelBytes.map((_, m) =>
    Math.min(
      costAlone(form, m) + loading[m],
      ...next.map((later) => costAlone(later, m) + price[m]),
    )
  );
  const others = Array.from(modelBytes.keys())
    .filter((m) =>
      !held.includes(m) && cost[m] < 0 && modelBytes[m] <= capacityBytes
    )
    .sort((a, b) => cost[a] - cost[b] || a - b)
    .slice(0, Math.max(0, plannedModels - held.length));
  return Int32Array.from([...held, ...others]).sort();
}

/** The models to hold. */
function chooseSet(
  server: CausalServer,
  { sampledFutures, plannedModels, stream }: SampledPlanOptions,
): number[] {
  const { expected, holding, slotsLeft, state, form, loading } = server;
  const models = candidates(server, plannedModels);
  const sets = new CacheSets(
    Float64Array.from(models, (m) => expected.modelBytes[m]),
    expected.capacityBytes,
  );
  const value = new FutureValue(expected, holding, models, sets);
  const changes = new Float64Array(sets.count);
  for (let sample = 0; sample < sampledFutures; sample++) {
    const future = drawFuture(expected, state, slotsLeft, stream);
    value.changes(future).forEach((change, set) => changes[set] += change);
  }
  const cost = costsOfSets(form, models, sets);
  const loads = new Float64Array(sets.count);
  let best = 0;
  let least = Infinity;
  for (let set = 0; set < sets.count; set++) {
    if (set > 0) {
      loads[set] = loads[sets.parent[set]] + loading[models[sets.last[set]]];
    }
    const total = cost[set] + loads[set] + changes[set] / sampledFutures;
    if (total >= least) continue;
    least = total;
    best = set;
  }
  return sets.modelsOf(best).map((m) => models[m]);
}

/**
 * A policy for worlds in which loading is charged: in each slot every server draws
 * futures from the popularity state that it sees, and holds the set of models of least
 * cost in the slot, loads, and cost to go.
 *
 * The cost to go is what holding the set to the end is expected to cost, exactly
 * (`HoldingCost`), plus the mean over futures of what the best later changes of caches
 * take off it. Each future is known to its program, but fined as in `dualBound`, so
 * that it gains little by that.
 *
 * Where queues are carried, it loads only models whose load is over, with the results
 * that wait for it, before the slot ends.
 *
 * @param scenario The world.
 * @throws {InputError} If loading is free, requests are not seen, instances are redrawn
 * from slot to slot, or caches decide who belongs to which server.
 */
export function createSampledPlan(
  scenario: Scenario,
  options: SampledPlanOptions,
): DecidingPolicy {
  requireWorld(scenario, HOLDING_NEEDS, "plan by samples");
  return {
    decide: (view) =>
      decideCausally(view, (server) => chooseSet(server, options)),
  };
}
