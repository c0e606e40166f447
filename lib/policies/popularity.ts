/**
 * What a static plan knows: how often each model is requested in the long run.
 *
 * @module
 */

import { requestProbabilities } from "../workload/requests.ts";
import type { Scenario } from "../scenario/scenario.ts";

const STEPS = 10_000;
const PRECISION = 1e-15;

/**
 * The stationary distribution π = π·P of the popularity chain (Eq. 1), by repeated
 * averaging of π and π·P, which leaves periodic chains no way to swing.
 *
 * @param transition P, `[K][K]` with rows that sum to 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { stationaryDistribution } from "./popularity.ts";
 *
 * const [first] = stationaryDistribution([[0.9, 0.1], [0.3, 0.7]]);
 * assertAlmostEquals(first, 0.75, 1e-12);
 * ```
 */
export function stationaryDistribution(
  transition: readonly (readonly number[])[],
): Float64Array {
  const size = transition.length;
  let present = new Float64Array(size).fill(1 / size);
  for (let step = 0; step < STEPS; step++) {
    const next = present.map((own, to) =>
      present.reduce(
        (sum, mass, from) => sum + mass * transition[from][to] / 2,
        own / 2,
      )
    );
    const moved = Math.max(
      ...next.map((mass, k) => Math.abs(mass - present[k])),
    );
    present = next;
    if (moved < PRECISION) break;
  }
  return present;
}

/**
 * How likely each model is requested in the long run: Eq. 2, averaged over the
 * stationary popularity.
 *
 * @returns Probabilities, length M.
 */
export function popularityMass(scenario: Scenario): Float64Array {
  const { numModels, popularityStates, popularityTransition } =
    scenario.parameters;
  const mass = new Float64Array(numModels);
  stationaryDistribution(popularityTransition).forEach((weight, state) => {
    requestProbabilities(numModels, popularityStates[state])
      .forEach((probability, model) => mass[model] += weight * probability);
  });
  return mass;
}
