/**
 * The best decision of one server in a slot, with a bound.
 *
 * @module
 */

import { bestSets, CacheCosts } from "./cache_costs.ts";
import { DownlinkBound } from "./downlink_bound.ts";
import type { ServerProblem } from "./server_problem.ts";
import { UplinkSolver } from "./uplink_shares.ts";
import { type ServerShares, WaitSearch } from "./wait_search.ts";

/** What {@linkcode solveServer} returns. */
export interface ServerOptimum {
  /** 1 for the distinct requested models that are cached, length D. */
  readonly chosen: Uint8Array;
  /** The shares. */
  readonly shares: ServerShares;
  /** The server's part of G(t) under this decision. */
  readonly objective: number;
  /** What no decision of the server can be below. */
  readonly lowerBound: number;
}

/** Sets of models whose shares are searched where waits matter. */
const CANDIDATES = 6;
/** Shares tried for each set from each start. */
const SHARE_STEPS = 24;
/** Relative difference of the bounds at which waits do not matter. */
const NEGLIGIBLE_GAP = 1e-5;

/**
 * Solves a server's part of a slot.
 *
 * Without waits uploads, inference and caches come apart, and each is solved
 * exactly: that value is a lower bound, and its decision with waits an upper one.
 * If the two differ, the sets of models are ranked by {@linkcode DownlinkBound}, of
 * which the least bounds the optimum, and shares for the first few sets are
 * searched by {@linkcode WaitSearch}.
 */
export function solveServer(problem: ServerProblem): ServerOptimum {
  const { timeWeight } = problem;
  const count = problem.users.length;
  const costs = new CacheCosts(problem);
  const { knapsack } = costs;
  const uplink = new UplinkSolver(problem.uplink);
  const waits = new WaitSearch(problem, uplink);
  const equal = new Float64Array(count).fill(1);
  const uploads = uplink.solve(equal);

  const withoutWaits = costs.relative.bind(costs);
  const [first] = bestSets(knapsack, 1, Infinity, withoutWaits);
  let { chosen } = first;
  costs.setHits(chosen);
  let shares = waits.improve(costs.hit, equal, 1);
  let objective = costs.objective(shares.totalS, chosen);
  if (!(shares.totalS < Infinity) || timeWeight === 0) {
    return { chosen, shares, objective, lowerBound: objective };
  }

  const offset = costs.withoutCaches(uploads.lowerBound);
  let lowerBound = Math.min(objective, offset + first.bound);
  if (objective - lowerBound <= NEGLIGIBLE_GAP * objective) {
    return { chosen, shares, objective, lowerBound };
  }

  const downlink = new DownlinkBound(problem, uplink);
  const limit = objective - offset;
  const linearBound = {
    constant: timeWeight *
      (downlink.leastS - uploads.lowerBound - costs.cloudOnlyS),
    added: costs.addedCost,
  };
  const candidates = bestSets(
    { ...knapsack, linearBound },
    CANDIDATES,
    limit,
    (set, load, saving) => {
      const bound = withoutWaits(set, load, saving);
      if (bound >= limit) return bound;
      return Math.max(
        bound,
        costs.objective(downlink.totalS(costs.hit), set) - offset,
      );
    },
  );
  lowerBound = Math.min(
    objective,
    Math.max(lowerBound, offset + (candidates[0]?.bound ?? limit)),
  );
  for (const candidate of candidates) {
    if (offset + candidate.bound >= objective) break;
    if (objective - lowerBound <= NEGLIGIBLE_GAP * objective) break;
    costs.setHits(candidate.chosen);
    const found = waits.search(costs.hit, SHARE_STEPS);
    const value = costs.objective(found.totalS, candidate.chosen);
    if (value >= objective) continue;
    objective = value;
    shares = found;
    chosen = candidate.chosen;
  }
  return {
    chosen,
    shares,
    objective,
    lowerBound: Math.min(lowerBound, objective),
  };
}
