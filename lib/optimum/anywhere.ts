/**
 * Slots whose users go to the servers that cache their model: the ledger's
 * `cached-anywhere`.
 *
 * @module
 */

import { associateToCaches } from "../env/association.ts";
import { SUM_TOLERANCE } from "../env/constraints.ts";
import { storageUsedBytes } from "../env/caching.ts";
import type { SlotView } from "../env/decider.ts";
import type { Decision } from "../env/slot.ts";
import { CacheCosts } from "./cache_costs.ts";
import { SearchEffort } from "./search_effort.ts";
import {
  prepareAlone,
  type ServerProblem,
  serverProblem,
} from "./server_problem.ts";
import { UplinkSolver } from "../env/uplink_shares.ts";
import { WaitSearch } from "./wait_search.ts";

/** What {@linkcode solveAnywhere} returns. */
export interface AnywhereSolution {
  /** The best decision found. */
  readonly decision: Decision;
  /** Its G(t). */
  readonly objective: number;
  /** What G(t) of no decision can be below. */
  readonly lowerBound: number;
}

/**
 * All servers as one, which can do whatever they can do together: their storage
 * and GPUs are added up, and every user has the best of their channels.
 *
 * A model cached somewhere serves all who request it, so that hits are the same;
 * by Cauchy and Schwarz Σ_j (Σ_j √F)²/K_j ≥ (Σ √F)²/Σ_j K_j.
 */
export function pooledProblem(
  { scenario, visible }: Pick<SlotView, "scenario" | "visible">,
): ServerProblem {
  const { instance } = visible;
  const { numUsers, numServers } = instance;
  const parts = Array.from({ length: numServers }, (_, j) => {
    const server = new Int32Array(numUsers).fill(j);
    return serverProblem(
      prepareAlone({ scenario, visible: { ...visible, server } }),
      j,
    );
  });
  const [first] = parts;
  const least = (timesOf: (part: ServerProblem) => Float64Array) =>
    timesOf(first).map((_, user) =>
      Math.min(...parts.map((part) => timesOf(part)[user]))
    );
  const gpus = instance.serverGpus.reduce((sum, count) => sum + count, 0);
  return {
    ...first,
    uplink: {
      ...first.uplink,
      fullShareS: least((part) => part.uplink.fullShareS),
    },
    edgeInferenceS: first.edgeInferenceS.map((timeS) =>
      timeS * instance.serverGpus[0] / gpus
    ),
    downlinkS: least((part) => part.downlinkS),
    capacityBytes: parts.reduce((sum, part) => sum + part.capacityBytes, 0),
  };
}

/** Steps of the search for the bound. */
const BOUNDING_STEPS = 5_000_000;

/** A lower bound on G(t) for any caches and any association. */
function pooledBound(view: Pick<SlotView, "scenario" | "visible">): number {
  const problem = pooledProblem(view);
  const costs = new CacheCosts(problem);
  const { lowerBound } = costs.best(new SearchEffort(BOUNDING_STEPS));
  const uploadS = problem.uplink.fullShareS
    .reduce((sum, timeS) => sum + timeS, 0);
  return costs.withoutCaches(uploadS) + lowerBound;
}

/** Shares tried for caches on the way. */
const JUDGING_STEPS = 4;
/** Users of all decisions that are judged on the way: where the search ends. */
const JUDGED_USERS = 500_000;
/** Shares tried for the last caches. */
const REFINING_STEPS = 40;

/** The decision with given caches and searched shares, and its G(t). */
function searchShares(
  { scenario, visible }: Pick<SlotView, "scenario" | "visible">,
  cache: Float64Array,
  steps: number,
): Omit<AnywhereSolution, "lowerBound"> {
  const { instance, state } = visible;
  const { numUsers, numServers, numModels } = instance;
  const server = associateToCaches(visible, cache);
  const slot = prepareAlone({ scenario, visible: { ...visible, server } });
  const bandwidthShare = new Float64Array(numServers * numUsers);
  const computeShare = new Float64Array(numServers * numUsers);
  for (let j = 0; j < numServers; j++) {
    const problem = serverProblem(slot, j);
    const hit = Uint8Array.from(
      problem.users,
      (user) => cache[j * numModels + state.requestedModel[user]],
    );
    const search = new WaitSearch(problem, new UplinkSolver(problem.uplink));
    const shares = search.search(hit, steps);
    problem.users.forEach((user, k) => {
      bandwidthShare[j * numUsers + user] = shares.bandwidth[k];
      computeShare[j * numUsers + user] = shares.compute[k];
    });
  }
  const decision = { cache, bandwidthShare, computeShare, server };
  return { decision, objective: slot.outcome(decision).objective };
}

/**
 * Searches caches from given ones, one model on one server more or less at a time,
 * until no such change helps or a fixed number of them was tried. Users go to the nearest server that caches their
 * model, and shares are those of a {@linkcode WaitSearch}: approximate, but bounded.
 *
 * @param cache β to start from, `[E][M]`.
 */
export function solveAnywhere(
  view: Pick<SlotView, "scenario" | "visible">,
  cache: Float64Array,
): AnywhereSolution {
  const { instance, state } = view.visible;
  const { numServers, numModels, modelSizeBytes, serverStorageBytes } =
    instance;
  const judge = (candidate: Float64Array, steps = JUDGING_STEPS) =>
    searchShares(view, candidate, steps);
  const requested = [...new Set(state.requestedModel)];
  let best = judge(cache);
  let judgements = JUDGED_USERS / instance.numUsers;
  let improved = true;
  while (improved && judgements > 0) {
    improved = false;
    for (let server = 0; server < numServers; server++) {
      const room = serverStorageBytes[server] * (1 + SUM_TOLERANCE);
      for (const model of requested) {
        const candidate = best.decision.cache.slice();
        const place = server * numModels + model;
        candidate[place] = 1 - candidate[place];
        if (storageUsedBytes(candidate, modelSizeBytes, server) > room) {
          continue;
        }
        if (judgements-- <= 0) break;
        const found = judge(candidate);
        if (found.objective >= best.objective) continue;
        best = found;
        improved = true;
      }
    }
  }
  const refined = judge(best.decision.cache, REFINING_STEPS);
  if (refined.objective < best.objective) best = refined;
  return { ...best, lowerBound: pooledBound(view) };
}
