/**
 * One slot through the model: requests and decision in, response times, costs,
 * objective and reward out.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";
import { dbmToWatt } from "../math/units.ts";
import { groupMembers, groupUsers } from "./association.ts";
import { isCached, storageUsedBytes } from "./caching.ts";
import { channelGain, distanceM, pathGainDb } from "./channel.ts";
import { findViolations } from "./constraints.ts";
import {
  cloudCost,
  edgeCost,
  gpuRentalCost,
  storageCost,
  transferCost,
} from "./cost.ts";
import { downlinkCompletionTimeS, waitForDownlink } from "./downlink.ts";
import { slotObjective } from "./objective.ts";
import { downlinkRateBps, uplinkRateBps } from "./rates.ts";
import {
  cloudResponseTimeS,
  edgeResponseTimeS,
  inferenceTimeS,
  transmissionTimeS,
} from "./response_time.ts";
import { slotReward } from "./reward.ts";
import { effectiveShare } from "./shares.ts";
import type { Decision, SlotOutcome } from "./slot.ts";
import type { SlotState } from "../workload/slot_state.ts";

const METERS_PER_KILOMETER = 1000;

/** How many numbers a {@linkcode SlotOutcome} has of every user. */
const FLOATS_PER_USER = 15;

/** What {@linkcode evaluateSlot} assumes beyond the paper's equations. */
export interface EvaluateSlotOptions {
  /** Meters in the unit of D in Eq. 5; by default a kilometer. */
  readonly metersPerDistanceUnit?: number;
  /** When each server's downlink is first free, in s, length E; by default 0. */
  readonly downlinkFreeAtS?: Float64Array;
  /** Time before an edge inference can start, in s, `[E][M]`; by default 0. */
  readonly loadingTimeS?: Float64Array;
  /** Cost of the slot that no equation of the paper names; by default 0. */
  readonly extraCost?: number;
}

/**
 * The gain h_ij between user i and server j (Eqs. 4 to 6), linear.
 *
 * @param metersPerDistanceUnit Meters in the unit of D in Eq. 5.
 */
export function linkGain(
  instance: Instance,
  state: SlotState,
  user: number,
  server: number,
  metersPerDistanceUnit: number = METERS_PER_KILOMETER,
): number {
  const distance = Math.max(
    distanceM(
      instance.userPositionsM[2 * user],
      instance.userPositionsM[2 * user + 1],
      instance.serverPositionsM[2 * server],
      instance.serverPositionsM[2 * server + 1],
    ),
    instance.minDistanceM,
  );
  return channelGain(
    pathGainDb(distance / metersPerDistanceUnit),
    state.fading[2 * user],
    state.fading[2 * user + 1],
  );
}

/**
 * Judges a decision as given: it repairs nothing and reports broken constraints.
 *
 * Results become ready after upload and inference (and, for a miss, both
 * backhaul transfers); the server's downlink then sends them one at a time.
 * A user without bandwidth, or a hit without compute, is never served: its
 * response time and the objective are infinite, other users are not held up.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawInstance } from "../scenario/instance.ts";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { generateTrace } from "../workload/trace.ts";
 * import { bandwidthMatrix, computeMatrix } from "./shares.ts";
 * import { evaluateSlot } from "./evaluate_slot.ts";
 *
 * const trace = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 0 });
 * const { instance, state, server } = trace.slots[0];
 * const outcome = evaluateSlot(instance, state, {
 *   cache: new Float64Array(2 * 5), // nothing: the cloud serves everybody
 *   bandwidthShare: bandwidthMatrix([1 / 3, 1 / 3, 1 / 3], server, 2),
 *   computeShare: computeMatrix([0, 0, 0], server, 2),
 *   server,
 * });
 * assertEquals(outcome.hitRate, 0);
 * assertEquals(outcome.violations, []);
 * ```
 */
export function evaluateSlot(
  instance: Instance,
  state: SlotState,
  decision: Decision,
  options: EvaluateSlotOptions = {},
): SlotOutcome {
  const { numUsers, numServers, numModels } = instance;
  const userTxPowerW = dbmToWatt(instance.userTxPowerDbm);
  const serverTxPowerW = dbmToWatt(instance.serverTxPowerDbm);
  const noisePsdWPerHz = dbmToWatt(instance.noisePsdDbmPerHz);
  // Buffers of their own would take longer than the equations.
  const block = new ArrayBuffer(
    FLOATS_PER_USER * numUsers * Float64Array.BYTES_PER_ELEMENT,
  );
  let used = 0;
  const perUser = () => {
    const array = new Float64Array(block, used, numUsers);
    used += array.byteLength;
    return array;
  };
  const outcome = {
    channelGain: perUser(),
    uplinkRateBps: perUser(),
    downlinkRateBps: perUser(),
    uplinkTimeS: perUser(),
    backhaulUplinkTimeS: perUser(),
    inferenceTimeS: perUser(),
    backhaulDownlinkTimeS: perUser(),
    readyTimeS: perUser(),
    waitTimeS: perUser(),
    downlinkTimeS: perUser(),
    responseTimeS: perUser(),
    accessCost: perUser(),
    backhaulCost: perUser(),
    gpuCost: perUser(),
    userCost: perUser(),
    hit: new Uint8Array(numUsers),
    storageUsedBytes: new Float64Array(numServers),
  };

  for (let user = 0; user < numUsers; user++) {
    const server = decision.server[user];
    const model = state.requestedModel[user];
    const inputBytes = state.inputBytes[user];
    const outputBytes = state.outputBytes[user];
    const flop = instance.modelFlop[model];
    const hit = isCached(decision.cache, numModels, server, model);
    outcome.hit[user] = hit ? 1 : 0;

    const gain = linkGain(
      instance,
      state,
      user,
      server,
      options.metersPerDistanceUnit,
    );
    outcome.channelGain[user] = gain;
    outcome.uplinkRateBps[user] = uplinkRateBps(
      effectiveShare(
        decision.bandwidthShare[server * numUsers + user],
        instance.shareFloor,
      ),
      instance.uplinkBandwidthHz[server],
      userTxPowerW,
      gain,
      noisePsdWPerHz,
    );
    outcome.downlinkRateBps[user] = downlinkRateBps(
      instance.downlinkBandwidthHz[server],
      serverTxPowerW,
      gain,
      noisePsdWPerHz,
    );

    outcome.uplinkTimeS[user] = transmissionTimeS(
      inputBytes,
      outcome.uplinkRateBps[user],
    );
    outcome.downlinkTimeS[user] = transmissionTimeS(
      outputBytes,
      outcome.downlinkRateBps[user],
    );
    if (hit) {
      outcome.inferenceTimeS[user] = inferenceTimeS(
        flop,
        effectiveShare(
          decision.computeShare[server * numUsers + user],
          instance.shareFloor,
        ),
        instance.serverGpus[server],
        instance.gpuFlopPerS,
      ) + (options.loadingTimeS?.[server * numModels + model] ?? 0);
    } else {
      outcome.backhaulUplinkTimeS[user] = transmissionTimeS(
        inputBytes,
        instance.backhaulUplinkBps,
      );
      outcome.inferenceTimeS[user] = inferenceTimeS(
        flop,
        1,
        instance.cloudGpusPerRequest,
        instance.gpuFlopPerS,
      );
      outcome.backhaulDownlinkTimeS[user] = transmissionTimeS(
        outputBytes,
        instance.backhaulDownlinkBps,
      );
      outcome.backhaulCost[user] = transferCost(
        inputBytes,
        outputBytes,
        instance.backhaulCostPerByte,
      );
    }
    outcome.readyTimeS[user] = outcome.uplinkTimeS[user] +
      outcome.backhaulUplinkTimeS[user] + outcome.inferenceTimeS[user] +
      outcome.backhaulDownlinkTimeS[user];

    outcome.accessCost[user] = transferCost(
      inputBytes,
      outputBytes,
      instance.accessCostPerByte,
    );
    outcome.gpuCost[user] = gpuRentalCost(
      flop,
      instance.gpuFlopPerS,
      instance.gpuCostPerS,
    );
    outcome.userCost[user] = hit
      ? edgeCost(outcome.accessCost[user], outcome.gpuCost[user])
      : cloudCost(
        outcome.accessCost[user],
        outcome.backhaulCost[user],
        outcome.gpuCost[user],
      );
  }

  const groups = groupUsers(decision.server, numServers);
  for (let server = 0; server < numServers; server++) {
    waitForDownlink(
      groupMembers(groups, server),
      outcome.readyTimeS,
      outcome.downlinkTimeS,
      outcome.waitTimeS,
      options.downlinkFreeAtS?.[server],
    );
    outcome.storageUsedBytes[server] = storageUsedBytes(
      decision.cache,
      instance.modelSizeBytes,
      server,
    );
  }

  let totalResponseTimeS = 0;
  let totalCost = 0;
  let hits = 0;
  for (let user = 0; user < numUsers; user++) {
    const completionTimeS = downlinkCompletionTimeS(
      outcome.waitTimeS[user],
      outcome.downlinkTimeS[user],
    );
    outcome.responseTimeS[user] = outcome.hit[user]
      ? edgeResponseTimeS(
        outcome.uplinkTimeS[user],
        outcome.inferenceTimeS[user],
        completionTimeS,
      )
      : cloudResponseTimeS(
        outcome.uplinkTimeS[user],
        outcome.backhaulUplinkTimeS[user],
        outcome.inferenceTimeS[user],
        outcome.backhaulDownlinkTimeS[user],
        completionTimeS,
      );
    totalResponseTimeS += outcome.responseTimeS[user];
    totalCost += outcome.userCost[user];
    hits += outcome.hit[user];
  }
  const storage = storageCost(
    outcome.storageUsedBytes,
    instance.storageCostPerByte,
  );
  totalCost += storage + (options.extraCost ?? 0);
  const objective = slotObjective(
    totalResponseTimeS,
    totalCost,
    instance.responseTimeWeight,
    instance.costWeight,
  );
  return {
    ...outcome,
    storageCost: storage,
    totalResponseTimeS,
    totalCost,
    objective,
    reward: slotReward(objective, numUsers),
    hitRate: hits / numUsers,
    violations: findViolations(instance, decision, outcome.storageUsedBytes),
  };
}
