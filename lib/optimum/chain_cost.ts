/**
 * What a decision costs in expectation, where requests are not seen yet.
 *
 * @module
 */

import { isCached, storageUsedBytes } from "../env/caching.ts";
import { loadingCost, storageCost } from "../env/cost.ts";
import { slotObjective } from "../env/objective.ts";
import type { PreparedSlot } from "../env/prepared_slot.ts";
import { downlinkRateBps, uplinkRateBps } from "../env/rates.ts";
import { inferenceTimeS, transmissionTimeS } from "../env/response_time.ts";
import { serverUplink } from "../env/server_uplink.ts";
import { sharesLater } from "../env/served_shares.ts";
import { effectiveShare } from "../env/shares.ts";
import type { Decision } from "../env/slot.ts";
import { UplinkSolver } from "../env/uplink_shares.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { TraceSlot } from "../workload/trace.ts";
import { requestProbabilities } from "../workload/requests.ts";
import {
  expectedMiss,
  expectedSizes,
  loadingTimeS,
} from "./expected_requests.ts";
import { prepareAlone } from "./server_problem.ts";
import { LAGGED_NEEDS, requireWorld } from "./world_needs.ts";

/** What {@linkcode expectedUplink} finds. */
export interface ExpectedUplink {
  /** The shares, and the time of each upload. */
  readonly solver: UplinkSolver;
  /** Sum of the uploads in s. */
  readonly valueS: number;
  /** What no shares are below: less than `valueS` only with a floor of shares. */
  readonly lowerBoundS: number;
}

/** The best uplink of a server for inputs of the expected size. */
export function expectedUplink(
  slot: PreparedSlot,
  server: number,
  inputBytes: number,
): ExpectedUplink {
  const expected = new Float64Array(slot.instance.numUsers).fill(inputBytes);
  const problem = serverUplink(slot, server, expected);
  const solver = new UplinkSolver(problem);
  const { value, lowerBound } = solver.solve(
    new Float64Array(problem.snr.length).fill(1),
  );
  return { solver, valueS: value, lowerBoundS: lowerBound };
}

/** What {@linkcode chainCost} is told besides the decision. */
export interface ChainCostOptions {
  /** β of the slot before, `[E][M]`, where loading is charged; by default nothing. */
  readonly previousCache?: Float64Array;
}

/**
 * E[G(t) | γ(t), fading, decision] where requests are lagged, without waits for the
 * downlink: requests by Eq. 2, independent of each other and of all that was before,
 * sizes uniform. Waits only add to it.
 *
 * It is exact where shares are set with the caches. Where servers set them after the
 * requests (the ledger's `shareTiming`), uploads are those of inputs of the expected
 * size, which is more than their expectation by less than 10⁻⁵ of G in printed units,
 * and no matter of the decision; with a floor of shares inference is what it is not
 * below.
 *
 * Luck is not in it: on finite traces two decisions differ by luck, and here by what
 * they are worth.
 *
 * @param scenario A world in which requests are lagged.
 * @param visible The slot as it is seen: of its state only γ and fading are read.
 * @param decision The decision.
 * @throws {InputError} If requests are not lagged.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { EdgeEnv } from "../env/edge_env.ts";
 * import { deriveScenario, SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { chainCost } from "./chain_cost.ts";
 *
 * // One model and sizes without a range: nothing is left to chance.
 * const scenario = deriveScenario(SMALL_SCENARIO, {
 *   parameters: {
 *     numUsers: 1,
 *     numModels: 1,
 *     inputMegabytes: [6, 6],
 *     outputMegabytes: [[500, 500], [520, 520], [540, 540], [560, 560]],
 *   },
 *   assumptions: { requestVisibility: "lagged" },
 * });
 * const env = new EdgeEnv(scenario);
 * env.reset(0);
 * const decision = {
 *   cache: Float64Array.of(1, 1),
 *   bandwidthShare: Float64Array.of(1, 1),
 *   computeShare: Float64Array.of(1, 1),
 *   server: env.view.visible.server,
 * };
 * const expected = chainCost(scenario, env.view.visible, decision);
 * assertAlmostEquals(env.stepDecision(decision).info.objective, expected, 1e-12);
 * ```
 */
export function chainCost(
  scenario: Scenario,
  visible: TraceSlot,
  decision: Decision,
  { previousCache }: ChainCostOptions = {},
): number {
  requireWorld(scenario, LAGGED_NEEDS, "reckon the expected cost");
  const { assumptions, parameters: { popularityStates } } = scenario;
  const { instance, state } = visible;
  const { numUsers, numServers, numModels, modelFlop, gpuFlopPerS } = instance;
  const { cache, server, bandwidthShare, computeShare } = decision;
  const slot = prepareAlone({ scenario, visible: { ...visible, server } });
  const sizes = expectedSizes(scenario, instance);
  const { cloudS, backhaulCost } = expectedMiss(sizes, instance);
  const probability = requestProbabilities(
    numModels,
    popularityStates[state.popularityIndex],
  );
  const before = assumptions.modelLoading === "free"
    ? cache
    : previousCache ?? new Float64Array(numServers * numModels);
  const later = sharesLater(assumptions);
  const { userTxPowerW, serverTxPowerW, noisePsdWPerHz } = slot.constants;
  let timeS = 0;
  let cost = loadingCost(instance, before, cache);
  for (let user = 0; user < numUsers; user++) {
    const own = server[user];
    const gain = slot.links.channelGain[user];
    if (!later) {
      const share = effectiveShare(
        bandwidthShare[own * numUsers + user],
        instance.shareFloor,
      );
      timeS += transmissionTimeS(
        sizes.inputBytes,
        uplinkRateBps(
          share,
          instance.uplinkBandwidthHz[own],
          userTxPowerW,
          gain,
          noisePsdWPerHz,
        ),
      );
    }
    const downlinkBps = downlinkRateBps(
      instance.downlinkBandwidthHz[own],
      serverTxPowerW,
      gain,
      noisePsdWPerHz,
    );
    const gpus = effectiveShare(
      computeShare[own * numUsers + user],
      instance.shareFloor,
    );
    for (let m = 0; m < numModels; m++) {
      const p = probability[m];
      const bytes = sizes.inputBytes + sizes.outputBytes[m];
      timeS += p * transmissionTimeS(sizes.outputBytes[m], downlinkBps);
      cost += p * (bytes * instance.accessCostPerByte +
        instance.gpuCostPerS * modelFlop[m] / gpuFlopPerS);
      if (!isCached(cache, numModels, own, m)) {
        timeS += p * cloudS[m];
        cost += p * backhaulCost[m];
        continue;
      }
      if (before[own * numModels + m] === 0) {
        timeS += p * loadingTimeS(instance, m);
      }
      if (later) continue;
      timeS += p *
        inferenceTimeS(
          modelFlop[m],
          gpus,
          instance.serverGpus[own],
          gpuFlopPerS,
        );
    }
  }
  const usedBytes = new Float64Array(numServers);
  for (let j = 0; j < numServers; j++) {
    usedBytes[j] = storageUsedBytes(cache, instance.modelSizeBytes, j);
    const count = slot.links.usersOf(j).length;
    if (!later || count === 0) continue;
    timeS += expectedUplink(slot, j, sizes.inputBytes).valueS;
    let work = 0;
    let root = 0;
    for (let m = 0; m < numModels; m++) {
      if (!isCached(cache, numModels, j, m)) continue;
      const edgeS = inferenceTimeS(
        modelFlop[m],
        1,
        instance.serverGpus[j],
        gpuFlopPerS,
      );
      work += probability[m] * edgeS;
      root += probability[m] * Math.sqrt(edgeS);
    }
    timeS += count * (work + (count - 1) * root * root) /
      (1 + count * instance.shareFloor);
  }
  cost += storageCost(usedBytes, instance.storageCostPerByte);
  return slotObjective(
    timeS,
    cost,
    instance.responseTimeWeight,
    instance.costWeight,
  );
}
