/**
 * The per-slot optimum.
 *
 * Popularity, fading and requests do not depend on decisions, and caching costs
 * nothing to change, so that the best decision of every slot is the best policy.
 *
 * @module
 */

import type { SlotView } from "../env/decider.ts";
import type { Decision } from "../env/slot.ts";
import { solveAnywhere } from "../optimum/anywhere.ts";
import type { DecidingPolicy } from "./deciding_policy.ts";
import { EffortPool } from "../optimum/search_effort.ts";
import { prepareAlone, serverProblem } from "../optimum/server_problem.ts";
import { solveServer } from "../optimum/server_optimum.ts";
import { decisionFor } from "./shares.ts";

/** A slot's best known decision, and how much better any other could be. */
export interface SlotOptimum {
  /** The decision. */
  readonly decision: Decision;
  /** G(t) of the decision. */
  readonly objective: number;
  /** What G(t) of no decision can be below. */
  readonly lowerBound: number;
  /** {@linkcode optimalityGap}: (objective − lowerBound)/objective. */
  readonly gap: number;
}

/** Steps of the searches in a slot; see {@linkcode EffortPool}. */
const EFFORT = 12_000_000;

/**
 * Solves a slot for the association that the ledger gives (Eqs. 15 and 18).
 *
 * Servers do not meet in any equation, and each is solved alone; see
 * {@linkcode solveServer}. Without waits for the downlink the result is exact; waits
 * part `objective` and `lowerBound`, and "optimal" is true as far as these agree.
 * Searches end after a fixed number of steps, which slots of a hundred users a server
 * do not reach; for more, both bounds still hold, and `gap` says how near they are.
 *
 * Under the ledger's `cached-anywhere` caches decide who belongs where: then
 * {@linkcode solveAnywhere} searches from the decision of the nearest servers, and
 * the bound is that of all servers pooled. `modelLoading: "charged"` and
 * `downlinkQueue: "carried"` add what no view of a slot shows: the result then is
 * the optimum of a slot that starts empty and loads for free.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { generateTrace } from "../workload/trace.ts";
 * import { SMALL_SCENARIO as scenario } from "../scenario/scenario.ts";
 * import { solveSlot } from "./optimum.ts";
 *
 * const [visible] = generateTrace(scenario, { instanceSeed: 0, seed: 0 }).slots;
 * const { objective, lowerBound, gap } = solveSlot({ scenario, visible });
 * assert(lowerBound <= objective);
 * assert(gap < 1e-3);
 * ```
 */
export function solveSlot(
  { scenario, visible }: Pick<SlotView, "scenario" | "visible">,
): SlotOptimum {
  const { numUsers, numServers, numModels } = visible.instance;
  const slot = prepareAlone({ scenario, visible });
  const cache = new Float64Array(numServers * numModels);
  const bandwidthShare = new Float64Array(numServers * numUsers);
  const computeShare = new Float64Array(numServers * numUsers);
  const pool = new EffortPool(EFFORT, numServers);
  let lowerBound = 0;
  for (let j = 0; j < numServers; j++) {
    const problem = serverProblem(slot, j);
    const effort = pool.take();
    const optimum = solveServer(problem, effort);
    pool.giveBack(effort);
    lowerBound += optimum.lowerBound;
    problem.models.forEach((model, m) => {
      cache[j * numModels + model] = optimum.chosen[m];
    });
    problem.users.forEach((user, k) => {
      bandwidthShare[j * numUsers + user] = optimum.shares.bandwidth[k];
      computeShare[j * numUsers + user] = optimum.shares.compute[k];
    });
  }
  if (scenario.assumptions.association === "cached-anywhere") {
    return bounded(solveAnywhere({ scenario, visible }, cache));
  }
  const { server } = visible;
  const decision = { cache, bandwidthShare, computeShare, server };
  const { objective } = slot.outcome(decision);
  return bounded({ decision, objective, lowerBound });
}

/**
 * (objective − lowerBound)/objective: how much less G(t) can be at most, as a part
 * of it; 0 if the two are equal, and 1 if only the objective is infinite.
 */
export function optimalityGap(objective: number, lowerBound: number): number {
  if (!(lowerBound < objective)) return 0;
  return objective === Infinity ? 1 : (objective - lowerBound) / objective;
}

/** Puts the bounds in order, which rounding can cross, and adds the gap. */
function bounded(
  { decision, objective, lowerBound }: Omit<SlotOptimum, "gap">,
): SlotOptimum {
  // Nothing costs less than nothing, even where sums are too large to be known.
  const positive = lowerBound > 0 ? lowerBound : 0;
  const least = positive > objective ? objective : positive;
  return {
    decision,
    objective,
    lowerBound: least,
    gap: optimalityGap(objective, least),
  };
}

/**
 * The per-slot optimum as a policy.
 *
 * Under lagged visibility it is no optimum: it caches as if the requests of the
 * slot before came again, and divides shares as {@linkcode decisionFor} does. Where
 * else it is none, and what results call it there, says `reference.ts`.
 */
export class OptimumPolicy implements DecidingPolicy {
  /** The decision of {@linkcode OptimumPolicy.solve}. */
  decide(view: SlotView): Decision {
    const { decision } = this.solve(view);
    return view.scenario.assumptions.requestVisibility === "lagged"
      ? decisionFor(view, decision.cache, "best")
      : decision;
  }

  /** Decision and bounds for the requests that are visible. */
  solve(view: SlotView): SlotOptimum {
    return solveSlot(view);
  }
}
