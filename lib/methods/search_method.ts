/**
 * What the searches of the paper have in common as methods.
 *
 * @module
 */

import { ACTION_LEDGER, choicesIn } from "../env/choices.ts";
import { type SearchAlgorithm, SearchPolicy } from "../search/mod.ts";
import type { DecidingMethod, Hyperparameters } from "./method.ts";

const PLAN = "per-episode";

/** A search as a method: it plans by its `protocol`. */
export function searchMethod(
  name: SearchAlgorithm,
  { hyperparameters, ...description }: Pick<
    DecidingMethod,
    "label" | "color" | "hyperparameters"
  >,
): DecidingMethod {
  return {
    name,
    ...description,
    sees: (_, { protocol }) => protocol === PLAN ? "episode" : "visible",
    hyperparameters: { ...hyperparameters, ...ACTION_LEDGER },
    exclusion: ({ assumptions }, { protocol, eliteCount, populationSize }) => {
      if (protocol === PLAN && assumptions.requestVisibility === "lagged") {
        const condition =
          'must be another with requestVisibility "lagged", which hides the requests that it needs';
        return { key: "protocol", condition };
      }
      return eliteCount === undefined || eliteCount < populationSize
        ? undefined
        : {
          key: "eliteCount",
          condition: `must be below populationSize, ${populationSize}`,
        };
    },
    create: ({ scenario, seed, instanceSeed, hyperparameters, budget }) =>
      new SearchPolicy(scenario, {
        algorithm: name,
        seed,
        instanceSeed,
        budget,
        hyperparameters: hyperparameters as Hyperparameters,
        choices: choicesIn(hyperparameters),
      }),
  };
}
