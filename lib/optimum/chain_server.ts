/**
 * What one server's caches are worth in expectation, where requests are not seen yet.
 *
 * Given γ(t), each of a server's n users requests model m with p_m (Eq. 2),
 * independently of the others and of all that was before. What caches change of the
 * server's part of G(t) is then, without waits for the downlink,
 *
 *     a·(Σ_X load_m)² − Σ_X saving_m + Σ_(X∖X') loading_m
 *
 * for the set X of cached models and the set X' of the slot before.
 *
 * @module
 */

import { SUM_TOLERANCE } from "../env/constraints.ts";
import { squareRootShares } from "../env/compute_shares.ts";
import { inferenceTimeS } from "../env/response_time.ts";
import { sharesLater } from "../env/served_shares.ts";
import type { Instance } from "../scenario/instance.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { requestProbabilities } from "../workload/requests.ts";
import {
  expectedMiss,
  expectedSizes,
  loadingTimeS,
} from "./expected_requests.ts";
import { type CacheProblem, scaleBytes } from "./relaxation.ts";

/** A server as it is before a slot's requests are seen. */
export interface ChainServer {
  /** Sets, loads and savings of all models. */
  readonly knapsack: CacheProblem;
  /** What loading each model adds, length M; 0 where it is free. */
  readonly loading: Float64Array;
}

/** Who may request what. */
export interface ChainRequests {
  /** Users of the server, n. */
  readonly count: number;
  /** Index of γ(t) among the scenario's popularity states. */
  readonly popularityIndex: number;
}

/**
 * A server's numbers for a state of the chain.
 *
 * A hit of model m saves ω1·(cloud time) + ω2·(backhaul), and inference on all GPUs
 * takes f_m = F_m/(K_j·A_8). With shares that are set before the requests are seen
 * all users are alike, and each has 1/n: n²·p_m·f_m in expectation, so that nothing
 * is left of the square. With shares after the requests (the ledger's `shareTiming`)
 * the hits take (Σ √f)², in expectation
 * n·Σ p_m·f_m + n·(n − 1)·(Σ p_m·√f_m)².
 *
 * Floors of shares (`shareFloor`) are free: before the requests users on the floor are
 * reckoned exactly; after them effective shares add up to 1 + n·floor at most, and the
 * numbers are what nothing is below.
 *
 * @param server The server j.
 */
export function chainServer(
  scenario: Scenario,
  instance: Instance,
  server: number,
  { count, popularityIndex }: ChainRequests,
): ChainServer {
  const { assumptions, parameters: { popularityStates } } = scenario;
  const { numModels, modelSizeBytes, shareFloor, storageCostPerByte } =
    instance;
  const { responseTimeWeight: timeWeight, costWeight } = instance;
  const probability = requestProbabilities(
    numModels,
    popularityStates[popularityIndex],
  );
  const { cloudS, backhaulCost } = expectedMiss(
    expectedSizes(scenario, instance),
    instance,
  );
  const later = sharesLater(assumptions);
  const all = new Uint8Array(count).fill(1);
  const alike = new Float64Array(count).fill(1);
  const shares = later
    ? count / (1 + count * shareFloor)
    : squareRootShares(alike, all, shareFloor, new Float64Array(count));
  const charged = assumptions.modelLoading === "charged";
  const saving = new Float64Array(numModels);
  const load = new Float64Array(numModels);
  const loading = new Float64Array(numModels);
  for (let m = 0; m < numModels; m++) {
    const edgeS = inferenceTimeS(
      instance.modelFlop[m],
      1,
      instance.serverGpus[server],
      instance.gpuFlopPerS,
    );
    const hits = count * probability[m];
    saving[m] = timeWeight *
        (hits * cloudS[m] - shares * probability[m] * edgeS) +
      costWeight *
        (hits * backhaulCost[m] - modelSizeBytes[m] * storageCostPerByte);
    if (later) {
      load[m] = Math.sqrt(count * Math.max(0, count - 1) * edgeS) *
        probability[m];
    }
    if (charged) {
      loading[m] = timeWeight * hits * loadingTimeS(instance, m) +
        costWeight * modelSizeBytes[m] * instance.backhaulCostPerByte;
    }
  }
  return {
    knapsack: {
      load,
      saving,
      loadWeight: timeWeight / (1 + count * shareFloor),
      ...scaleBytes(
        modelSizeBytes,
        instance.serverStorageBytes[server] * (1 + SUM_TOLERANCE),
      ),
    },
    loading,
  };
}
