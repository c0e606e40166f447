/**
 * The best caches for a known chain, where requests are not seen yet and loading is
 * charged: a finite Markov decision process of each server.
 *
 * @module
 */

import { groupMembers, groupUsers } from "../env/association.ts";
import { SUM_TOLERANCE } from "../env/constraints.ts";
import { InputError } from "../input/input_error.ts";
import type { Instance } from "../scenario/instance.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { CacheSets } from "./cache_sets.ts";
import { type ChainServer, chainServer } from "./chain_server.ts";
import { costsOfSets } from "./set_form.ts";
import { passBackward } from "./set_passes.ts";
import { CHARGED_CHAIN_NEEDS, requireWorld } from "./world_needs.ts";

/** Entries of a table of choices, slots × states × sets, of a server. */
const MOST_ENTRIES = 2 ** 23;

/**
 * The models that pay if they alone are held: by the optimal stopping of each over
 * the states of the chain. Others are in no best set, whatever else is held, since
 * (Q + q)² − Q² ≥ q².
 */
function payingModels(
  states: readonly ChainServer[],
  { popularityTransition, slotsPerEpisode }: Scenario["parameters"],
): Int32Array {
  const { bytes, capacityBytes } = states[0].knapsack;
  return Int32Array.from(bytes.keys()).filter((m) => {
    if (bytes[m] > capacityBytes) return false;
    const gain = states.map(({ knapsack: { load, saving, loadWeight } }) =>
      saving[m] - loadWeight * load[m] * load[m]
    );
    let free = gain.map(() => 0);
    let held = free;
    for (let t = 0; t < slotsPerEpisode; t++) {
      const after = (values: readonly number[], state: number) =>
        popularityTransition[state].reduce(
          (sum, p, next) => sum + p * values[next],
          0,
        );
      const [nextFree, nextHeld] = [free, held];
      const rest = gain.map((_, k) => after(nextFree, k));
      const hold = gain.map((one, k) => one + after(nextHeld, k));
      free = rest.map((value, k) =>
        Math.max(value, hold[k] - states[k].loading[m])
      );
      held = rest.map((value, k) => Math.max(value, hold[k]));
    }
    return free.some((value) => value > 0);
  });
}

/**
 * The program of one server over γ and the set X of the slot before:
 *
 *     V_t(γ, X') = min_X c_γ(X) + Σ_(X∖X') loading_γ + Σ_γ' P(γ, γ')·V_(t+1)(γ', X)
 *
 * with c_γ of {@linkcode chainServer}, V_T = 0 and no discount. All sets are gone
 * through by a pass that loads, model after model, and one that drops.
 */
export class ServerChain {
  /** The models that pay, in rising order. */
  readonly models: Int32Array;
  /** V_0(γ, ∅) of each state: what caching adds to an episode's Σ G(t), at most 0. */
  readonly value: Float64Array;
  readonly #sets: CacheSets;
  /** `[t·K + γ]`: the set that follows each set. */
  readonly #choice: readonly Int32Array[];

  /**
   * Solves the program.
   *
   * @param states The server's numbers in each state of the chain.
   * @param capacityBytes S_j^E in byte, with the tolerance of the evaluator.
   * @throws {InputError} If there are too many sets.
   */
  constructor(
    states: readonly ChainServer[],
    { parameters }: Pick<Scenario, "parameters">,
    { modelSizeBytes, capacityBytes }: {
      readonly modelSizeBytes: Float64Array;
      readonly capacityBytes: number;
    },
  ) {
    const { slotsPerEpisode, popularityTransition } = parameters;
    this.models = payingModels(states, parameters);
    const sets = new CacheSets(
      Float64Array.from(this.models, (model) => modelSizeBytes[model]),
      capacityBytes,
    );
    this.#sets = sets;
    const entries = slotsPerEpisode * states.length * sets.count;
    if (entries > MOST_ENTRIES) {
      throw new InputError(
        `Cannot plan for the chain: slots × popularity states × sets of models that fit on a server must be at most ${MOST_ENTRIES}, got ${entries}`,
      );
    }
    const costs = states.map(({ knapsack: { load, saving, loadWeight } }) =>
      costsOfSets(
        {
          linear: saving.map((one) => -one),
          squares: [{ weight: loadWeight, root: load }],
        },
        this.models,
        sets,
      )
    );
    const loading = states.map((state) =>
      Float64Array.from(this.models, (model) => state.loading[model])
    );
    let next = states.map(() => new Float64Array(sets.count));
    const choice: Int32Array[] = [];
    for (let t = slotsPerEpisode - 1; t >= 0; t--) {
      const after = next;
      next = costs.map((cost, state) => {
        const value = cost.slice();
        popularityTransition[state].forEach((p, k) => {
          if (p === 0) return;
          for (let set = 0; set < value.length; set++) {
            value[set] += p * after[k][set];
          }
        });
        const next = Int32Array.from(value.keys());
        passBackward(sets, loading[state], value, next);
        choice[t * states.length + state] = next;
        return value;
      });
    }
    this.value = Float64Array.from(next, (value) => value[0]);
    this.#choice = choice;
  }

  /**
   * The models to cache.
   *
   * @param t Number of the slot, from 0.
   * @param popularityIndex γ(t).
   * @param before β of the slot before at this server, length M.
   */
  cacheAt(
    t: number,
    popularityIndex: number,
    before: Float64Array,
  ): Float64Array {
    const states = this.value.length;
    let set = 0;
    this.models.forEach((model, m) => {
      const joined = before[model] === 1 ? this.#sets.joined[m][set] : -1;
      if (joined >= 0) set = joined;
    });
    const chosen = this.#choice[t * states + popularityIndex][set];
    const cache = new Float64Array(before.length);
    for (const m of this.#sets.modelsOf(chosen)) cache[this.models[m]] = 1;
    return cache;
  }
}

/**
 * Solves the program of every server, where requests are lagged and loading is
 * charged (`requestVisibility: "lagged"`, `modelLoading: "charged"`). Without waits for
 * the downlink and floors of shares it is exact: no policy that starts from empty
 * caches has a lower expected G over an episode.
 *
 * @param server Server of every user in every slot, length U.
 * @throws {InputError} If the world is another one, or if there are too many sets.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { drawInstance } from "../scenario/instance.ts";
 * import { deriveScenario, SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { solveChain } from "./chain_program.ts";
 *
 * // Models of a hundredth of a gigabyte load in minutes.
 * const scenario = deriveScenario(SMALL_SCENARIO, {
 *   parameters: { modelGigabytes: [0.01, 0.02] },
 *   assumptions: { requestVisibility: "lagged", modelLoading: "charged" },
 * });
 * const instance = drawInstance(scenario, 0);
 * const [first] = solveChain(scenario, instance, Int32Array.of(0, 0, 1));
 * assert(first.value.every((value) => value < 0));
 * const cache = first.cacheAt(0, 0, new Float64Array(5));
 * assertEquals([...first.cacheAt(1, 0, cache)], [...cache]);
 * ```
 */
export function solveChain(
  scenario: Scenario,
  instance: Instance,
  server: Int32Array,
): readonly ServerChain[] {
  requireWorld(scenario, CHARGED_CHAIN_NEEDS, "plan for the chain");
  const { modelSizeBytes, serverStorageBytes, numServers } = instance;
  const groups = groupUsers(server, numServers);
  return Array.from(serverStorageBytes, (bytes, j) => {
    const count = groupMembers(groups, j).length;
    const states = scenario.parameters.popularityStates.map((
      _,
      popularityIndex,
    ) => chainServer(scenario, instance, j, { count, popularityIndex }));
    return new ServerChain(states, scenario, {
      modelSizeBytes,
      capacityBytes: bytes * (1 + SUM_TOLERANCE),
    });
  });
}
