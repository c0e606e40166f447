/**
 * The best decision of one server in a slot, with a bound.
 *
 * @module
 */

import { bestSets, type Candidate } from "./best_sets.ts";
import { CacheCosts } from "./cache_costs.ts";
import type { LinearBound } from "./cache_search.ts";
import { DownlinkBound } from "./downlink_bound.ts";
import { SearchEffort } from "./search_effort.ts";
import type { ServerProblem } from "./server_problem.ts";
import { UplinkSolver } from "../env/uplink_shares.ts";
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
 *
 * Where the effort ends early, the best sets so far are taken, and the lower bound
 * is that of all that was left out. Where numbers are so large that they overflow,
 * two plain sets are compared, and the bound is 0.
 *
 * @param effort What searches may use; what they leave is left in it.
 */
export function solveServer(
  problem: ServerProblem,
  effort: SearchEffort,
): ServerOptimum {
  const { timeWeight } = problem;
  const count = problem.users.length;
  const costs = new CacheCosts(problem);
  const uplink = new UplinkSolver(problem.uplink);
  const waits = new WaitSearch(problem, uplink);
  const equal = new Float64Array(count).fill(1);
  if (!costs.isSearchable()) return solvePlainly(costs, waits);
  const uploads = uplink.solve(equal);

  const part = new SearchEffort(effort.left / 2);
  const first = costs.best(part);
  effort.use(effort.left / 2 - part.left);
  let { chosen } = first;
  costs.setHits(chosen);
  let shares = waits.improve(costs.hit, equal, 1);
  let objective = costs.objective(shares.totalS, chosen);
  if (timeWeight === 0) {
    const lowerBound = objective - (first.bound - first.lowerBound);
    return { chosen, shares, objective, lowerBound };
  }
  if (!(shares.totalS < Infinity)) {
    const lowerBound = isHopeless(problem) ? Infinity : 0;
    return { chosen, shares, objective, lowerBound };
  }

  const offset = costs.withoutCaches(uploads.lowerBound);
  let lowerBound = Math.min(objective, offset + first.lowerBound);
  if (objective - lowerBound <= NEGLIGIBLE_GAP * objective) {
    return { chosen, shares, objective, lowerBound };
  }

  const downlink = new DownlinkBound(problem, uplink);
  const limit = objective - offset;
  const { sets: candidates, others } = bestSets(
    costs.knapsack,
    {
      steps: 5 * count,
      boundOf(set, load, saving) {
        const bound = costs.boundOf(set, load, saving);
        if (bound >= limit) return bound;
        return Math.max(
          bound,
          costs.objective(downlink.totalS(costs.hit), set) - offset,
        );
      },
    },
    {
      count: CANDIDATES,
      limit,
      effort,
      linearBound: boundOfRow(costs, downlink, uploads.lowerBound),
    },
  );
  const leastBound = Math.min(candidates[0]?.bound ?? limit, others);
  lowerBound = Math.min(objective, Math.max(lowerBound, offset + leastBound));
  for (const candidate of candidates) {
    if (offset + candidate.bound >= objective) break;
    if (objective - lowerBound <= NEGLIGIBLE_GAP * objective) break;
    costs.setHits(candidate.chosen);
    const found = waits.search(costs.hit, SHARE_STEPS);
    const value = costs.objective(found.totalS, candidate.chosen);
    if (!(value < objective)) continue;
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

/** The bound of the downlink's row as what a search of caches takes for granted. */
function boundOfRow(
  costs: CacheCosts,
  downlink: DownlinkBound,
  uploadS: number,
): LinearBound {
  const { timeWeight, item, models, edgeInferenceS, cloudS } = costs.problem;
  const state = new Uint8Array(item.length).fill(2);
  const leastS = Math.max(downlink.leastS, downlink.rowS(state));
  const harmless = new Uint8Array(models.length).fill(1);
  item.forEach((model, i) => {
    if (edgeInferenceS[i] > cloudS[i]) harmless[model] = 0;
  });
  return {
    constant: timeWeight * (leastS - uploadS - costs.cloudOnlyS),
    added: costs.addedCost,
    harmless,
    steps: 2 * item.length,
    increase(chosen, open) {
      for (let i = 0; i < item.length; i++) {
        state[i] = open[item[i]] === 1 ? 2 : chosen[item[i]];
      }
      return timeWeight * Math.max(0, downlink.rowS(state) - leastS);
    },
  };
}

/** Whether some user can never be served, whatever is decided. */
function isHopeless(problem: ServerProblem): boolean {
  const { uplink, edgeInferenceS, cloudS, downlinkS } = problem;
  return problem.users.some((_, i) =>
    uplink.fullShareS[i] === Infinity || downlinkS[i] === Infinity ||
    Math.min(edgeInferenceS[i], cloudS[i]) === Infinity
  );
}

/** No caching, or as many models as fit, those of most users first. */
function solvePlainly(costs: CacheCosts, waits: WaitSearch): ServerOptimum {
  const { problem } = costs;
  const { item, models, modelBytes, capacityBytes } = problem;
  const users = new Int32Array(models.length);
  for (const model of item) users[model]++;
  const filled = new Uint8Array(models.length);
  let usedBytes = 0;
  for (
    const m of Array.from(users.keys()).sort((a, b) => users[b] - users[a])
  ) {
    if (usedBytes + modelBytes[m] > capacityBytes) continue;
    filled[m] = 1;
    usedBytes += modelBytes[m];
  }
  const equal = new Float64Array(item.length).fill(1);
  const [none, full] = [new Uint8Array(models.length), filled]
    .map((chosen): Candidate & Pick<ServerOptimum, "shares"> => {
      costs.setHits(chosen);
      const shares = waits.improve(costs.hit, equal, 1);
      return { chosen, shares, bound: costs.objective(shares.totalS, chosen) };
    });
  const { chosen, shares, bound } = full.bound < none.bound ? full : none;
  return { chosen, shares, objective: bound, lowerBound: 0 };
}
