/**
 * The best decision for a known chain, where requests are not seen yet and loading is
 * free.
 *
 * γ(t) is seen, requests are independent of all that was before, and caches cost
 * nothing to change: no decision matters later, and the best one of each slot is the
 * best policy.
 *
 * @module
 */

import { groupMembers, groupUsers } from "../env/association.ts";
import { squareRootShares } from "../env/compute_shares.ts";
import type { SlotView } from "../env/decider.ts";
import { sharesLater } from "../env/served_shares.ts";
import type { Decision } from "../env/slot.ts";
import { bestSet, type Candidate } from "./best_sets.ts";
import { expectedUplink } from "./chain_cost.ts";
import { LAGGED_NEEDS, requireWorld } from "./world_needs.ts";
import { type ChainServer, chainServer } from "./chain_server.ts";
import { expectedSizes } from "./expected_requests.ts";
import { Dominance } from "./dominance.ts";
import { SearchEffort } from "./search_effort.ts";
import { prepareAlone } from "./server_problem.ts";

/** Steps of the search of a server's caches; a hundred models take fewer. */
const EFFORT = 2_000_000;

/**
 * The set of models of least expected cost, relative to no caching, where loading is
 * free; as far as the search reaches, with what no set is below.
 */
export function bestChainSet(
  { knapsack }: Pick<ChainServer, "knapsack">,
): Candidate & { readonly lowerBound: number } {
  const { loadWeight } = knapsack;
  return bestSet(knapsack, {
    steps: 1,
    boundOf: (_chosen, load, saving) => loadWeight * load * load - saving,
  }, {
    effort: new SearchEffort(EFFORT),
    exclude: (cost) =>
      new Dominance(knapsack).excluded(knapsack.capacityBytes, cost),
  });
}

/** {@linkcode bestChainSet} of every server in a slot. */
export function bestChainSets(
  { scenario, visible }: Pick<SlotView, "scenario" | "visible">,
): ReturnType<typeof bestChainSet>[] {
  const { instance, state: { popularityIndex }, server } = visible;
  const groups = groupUsers(server, instance.numServers);
  return Array.from({ length: instance.numServers }, (_, j) =>
    bestChainSet(
      chainServer(scenario, instance, j, {
        count: groupMembers(groups, j).length,
        popularityIndex,
      }),
    ));
}

/**
 * The decision with given caches whose shares are the best in expectation, where they
 * are set before the requests are seen: bandwidth for inputs of the expected size, by
 * the fading that is seen; GPUs equally, since all users are alike. Where servers share
 * after the requests, shares are not read, and equal.
 *
 * @param cache β, `[E][M]`.
 */
export function chainDecision(
  { scenario, visible }: Pick<SlotView, "scenario" | "visible">,
  cache: Float64Array,
): Decision {
  const { instance, server } = visible;
  const { numUsers, numServers, shareFloor } = instance;
  const slot = prepareAlone({ scenario, visible });
  const { inputBytes } = expectedSizes(scenario, instance);
  const bandwidthShare = new Float64Array(numServers * numUsers);
  const computeShare = new Float64Array(numServers * numUsers);
  for (let j = 0; j < numServers; j++) {
    const users = slot.links.usersOf(j);
    const equal = new Float64Array(users.length).fill(1 / users.length);
    let bandwidth: Float64Array = equal;
    let compute: Float64Array = equal;
    if (!sharesLater(scenario.assumptions)) {
      bandwidth = expectedUplink(slot, j, inputBytes).solver.share;
      compute = new Float64Array(users.length);
      const all = new Uint8Array(users.length).fill(1);
      squareRootShares(equal, all, shareFloor, compute);
    }
    users.forEach((user, k) => {
      bandwidthShare[j * numUsers + user] = bandwidth[k];
      computeShare[j * numUsers + user] = compute[k];
    });
  }
  return { cache, bandwidthShare, computeShare, server: server.slice() };
}

/**
 * The decision of least E[G(t) | γ(t), fading] where requests are lagged and loading is
 * free, without waits for the downlink: a search of each server's caches
 * ({@linkcode chainServer}) and the shares of {@linkcode chainDecision}.
 *
 * With shares set before the requests the caches are a knapsack of the models' gains;
 * after them, a knapsack with a square. Both are exact but for searches of more than
 * a hundred models, which may end early.
 *
 * @param view The slot: of its requests nothing is read.
 * @throws {InputError} If requests are not lagged.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { EdgeEnv } from "../env/edge_env.ts";
 * import { deriveScenario, SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { bestForChain } from "./chain_best.ts";
 * import { chainCost } from "./chain_cost.ts";
 *
 * const scenario = deriveScenario(SMALL_SCENARIO, {
 *   assumptions: { requestVisibility: "lagged" },
 * });
 * const env = new EdgeEnv(scenario);
 * env.reset(0);
 * const { visible } = env.view;
 * const best = bestForChain({ scenario, visible });
 * const nothing = { ...best, cache: new Float64Array(2 * 5) };
 * assert(
 *   chainCost(scenario, visible, best) < chainCost(scenario, visible, nothing),
 * );
 * ```
 */
export function bestForChain(
  view: Pick<SlotView, "scenario" | "visible">,
): Decision {
  const { scenario, visible } = view;
  requireWorld(scenario, LAGGED_NEEDS, "decide for the chain");
  const { numServers, numModels } = visible.instance;
  const cache = new Float64Array(numServers * numModels);
  bestChainSets(view).forEach(({ chosen }, j) =>
    cache.set(chosen, j * numModels)
  );
  return chainDecision(view, cache);
}
