/**
 * What one server has to decide in a slot, as plain arrays over its users.
 *
 * For a given association nothing couples two servers: caches, bandwidth,
 * GPUs and the downlink each belong to one of them (Eqs. 7 to 18).
 *
 * @module
 */

import { dbmToWatt } from "../math/units.ts";
import type { Instance } from "../scenario/instance.ts";
import { usersOf } from "../env/association.ts";
import { SUM_TOLERANCE } from "../env/constraints.ts";
import { gpuRentalCost, transferCost } from "../env/cost.ts";
import { linkGain } from "../env/evaluate_slot.ts";
import { downlinkRateBps, uplinkRateBps } from "../env/rates.ts";
import { inferenceTimeS, transmissionTimeS } from "../env/response_time.ts";
import type { SlotState } from "../workload/slot_state.ts";
import type { UplinkProblem } from "./uplink_shares.ts";

/** Signal-to-noise ratios beyond this count as it. */
const LARGEST_SNR = 1e300;

/** A server's part of a slot: n users, who request D distinct models. */
export interface ServerProblem {
  /** Users of the server in rising order, length n. */
  readonly users: Int32Array;
  /** Upload times as functions of shares. */
  readonly uplink: UplinkProblem;
  /** F_m/(K_j·A_8): inference at the edge on all GPUs, in s, length n. */
  readonly edgeInferenceS: Float64Array;
  /** Backhaul and inference of a miss, in s, length n. */
  readonly cloudS: Float64Array;
  /** Backhaul cost of a miss, length n. */
  readonly backhaulCost: Float64Array;
  /** d^out/R^down in s, length n. */
  readonly downlinkS: Float64Array;
  /** Which of the distinct models each user requests, length n. */
  readonly item: Int32Array;
  /** The distinct requested models in rising order, length D. */
  readonly models: Int32Array;
  /** S_m of the distinct models in byte, length D. */
  readonly modelBytes: Float64Array;
  /** S_j^E in byte, with the tolerance of the evaluator. */
  readonly capacityBytes: number;
  /** C_E^st in currency/byte. */
  readonly storageCostPerByte: number;
  /** ω1 in 1/s. */
  readonly timeWeight: number;
  /** ω2 in 1/currency. */
  readonly costWeight: number;
  /** Least effective share. */
  readonly shareFloor: number;
  /** Access transfer and GPU rental, which no decision changes. */
  readonly fixedCost: number;
}

/**
 * A server's part of a slot.
 *
 * @param server The server j.
 * @param serverOfUser Server of every user, length U.
 * @param metersPerDistanceUnit Meters in the unit of D in Eq. 5.
 */
export function serverProblem(
  instance: Instance,
  state: SlotState,
  serverOfUser: Int32Array,
  server: number,
  metersPerDistanceUnit?: number,
): ServerProblem {
  const users = usersOf(serverOfUser, server);
  const count = users.length;
  const userTxPowerW = dbmToWatt(instance.userTxPowerDbm);
  const serverTxPowerW = dbmToWatt(instance.serverTxPowerDbm);
  const noisePsdWPerHz = dbmToWatt(instance.noisePsdDbmPerHz);
  const bandwidthHz = instance.uplinkBandwidthHz[server];
  const perUser = () => new Float64Array(count);
  const [fullShareS, snr, edgeInferenceS, cloudS, backhaulCost, downlinkS] = [
    perUser(),
    perUser(),
    perUser(),
    perUser(),
    perUser(),
    perUser(),
  ];
  const models = Int32Array.from(
    new Set(Array.from(users, (user) => state.requestedModel[user])),
  ).sort();
  const item = new Int32Array(count);
  let fixedCost = 0;
  for (let k = 0; k < count; k++) {
    const user = users[k];
    const model = state.requestedModel[user];
    const inputBytes = state.inputBytes[user];
    const outputBytes = state.outputBytes[user];
    const flop = instance.modelFlop[model];
    const gain = linkGain(
      instance,
      state,
      user,
      server,
      metersPerDistanceUnit,
    );
    item[k] = models.indexOf(model);
    snr[k] = userTxPowerW * gain / (noisePsdWPerHz * bandwidthHz);
    const measurable = snr[k] > 0 && snr[k] < Infinity;
    fullShareS[k] = transmissionTimeS(
      inputBytes,
      measurable
        ? bandwidthHz * Math.log1p(snr[k]) / Math.LN2
        : uplinkRateBps(1, bandwidthHz, userTxPowerW, gain, noisePsdWPerHz),
    );
    // Only the shape of Eq. 7 over shares hangs on it, which no longer changes.
    if (!measurable) snr[k] = snr[k] > 0 ? LARGEST_SNR : 1 / LARGEST_SNR;
    edgeInferenceS[k] = inferenceTimeS(
      flop,
      1,
      instance.serverGpus[server],
      instance.gpuFlopPerS,
    );
    cloudS[k] = transmissionTimeS(inputBytes, instance.backhaulUplinkBps) +
      inferenceTimeS(
        flop,
        1,
        instance.cloudGpusPerRequest,
        instance.gpuFlopPerS,
      ) + transmissionTimeS(outputBytes, instance.backhaulDownlinkBps);
    backhaulCost[k] = transferCost(
      inputBytes,
      outputBytes,
      instance.backhaulCostPerByte,
    );
    downlinkS[k] = transmissionTimeS(
      outputBytes,
      downlinkRateBps(
        instance.downlinkBandwidthHz[server],
        serverTxPowerW,
        gain,
        noisePsdWPerHz,
      ),
    );
    fixedCost += transferCost(
      inputBytes,
      outputBytes,
      instance.accessCostPerByte,
    ) + gpuRentalCost(flop, instance.gpuFlopPerS, instance.gpuCostPerS);
  }
  return {
    users,
    uplink: { fullShareS, snr, shareFloor: instance.shareFloor },
    edgeInferenceS,
    cloudS,
    backhaulCost,
    downlinkS,
    item,
    models,
    modelBytes: Float64Array.from(
      models,
      (model) => instance.modelSizeBytes[model],
    ),
    capacityBytes: instance.serverStorageBytes[server] * (1 + SUM_TOLERANCE),
    storageCostPerByte: instance.storageCostPerByte,
    timeWeight: instance.responseTimeWeight,
    costWeight: instance.costWeight,
    shareFloor: instance.shareFloor,
    fixedCost,
  };
}
