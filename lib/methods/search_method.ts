/**
 * What the searches of the paper have in common as methods.
 *
 * @module
 */

import { type NumberEntry, quantity } from "../scenario/ledger_entry.ts";
import { type SearchAlgorithm, SearchPolicy } from "../search/mod.ts";
import type { DecidingMethod } from "./method.ts";

/** Entry of the budget of a search. */
export const ACTIONS_PER_PLAN: NumberEntry = quantity({
  paper: "Not given.",
  unit: "actions",
  default: 10_000,
  minimum: 1,
  integer: true,
  reason: "200 generations of 50, after which hardly anything is found.",
  matters: "low: 2,000 actions cost 0.8 % of G at most, 50,000 gain 0.1 %",
});

/** A search as a method: it plans by the scenario's `searchProtocol`. */
export function searchMethod(
  name: SearchAlgorithm,
  label: string,
  color: string,
): DecidingMethod {
  return {
    name,
    label,
    color,
    sees: ({ assumptions }) =>
      assumptions.searchProtocol === "per-episode" ? "episode" : "visible",
    hyperparameters: { actionsPerPlan: ACTIONS_PER_PLAN },
    create: ({ scenario, seed, instanceSeed, hyperparameters, budget }) =>
      new SearchPolicy(scenario, {
        algorithm: name,
        seed,
        instanceSeed,
        budget,
        actionsPerPlan: hyperparameters.actionsPerPlan as number,
      }),
  };
}
