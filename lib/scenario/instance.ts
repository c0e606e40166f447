/**
 * One draw of a scenario: every capacity, size, price and position in SI units.
 *
 * @module
 */

import { checkSeed } from "../input/seeds.ts";
import { type Range, uniformIn } from "../math/distributions.ts";
import { RandomStream } from "../math/prng.ts";
import {
  BITS_PER_BYTE,
  BYTES_PER_GIGABYTE,
  BYTES_PER_MEGABYTE,
  HERTZ_PER_MEGAHERTZ,
  SECONDS_PER_HOUR,
} from "../math/units.ts";
import { checkScenario, type Scenario } from "./scenario.ts";
import { placeServers, placeUsers } from "./topology.ts";

/**
 * What the equations need beside state and decision, in SI units.
 *
 * Shapes: U users, E servers, M models. Positions are flattened `[x, y]` pairs.
 */
export interface Instance {
  /** U. */
  readonly numUsers: number;
  /** E. */
  readonly numServers: number;
  /** M. */
  readonly numModels: number;
  /** p_i^U in dBm. */
  readonly userTxPowerDbm: number;
  /** p_j^E in dBm. */
  readonly serverTxPowerDbm: number;
  /** N_0 in dBm/Hz. */
  readonly noisePsdDbmPerHz: number;
  /** S_j^E in byte, length E. */
  readonly serverStorageBytes: Float64Array;
  /** W_j^up in Hz, length E. */
  readonly uplinkBandwidthHz: Float64Array;
  /** W_j^down in Hz, length E. */
  readonly downlinkBandwidthHz: Float64Array;
  /** K_j, length E. */
  readonly serverGpus: Float64Array;
  /** K_CS. */
  readonly cloudGpusPerRequest: number;
  /** A_8 in FLOP/s. */
  readonly gpuFlopPerS: number;
  /** R_E,CS^up in bit/s. */
  readonly backhaulUplinkBps: number;
  /** R_E,CS^down in bit/s. */
  readonly backhaulDownlinkBps: number;
  /** S_m in byte, length M. */
  readonly modelSizeBytes: Float64Array;
  /** F_m in FLOP, length M. */
  readonly modelFlop: Float64Array;
  /** Type of each model (0 text, 1 speech, 2 image, 3 video), length M. */
  readonly modelType: Int32Array;
  /** C_E,CS^tran in currency/byte. */
  readonly backhaulCostPerByte: number;
  /** C_U,E^tran in currency/byte. */
  readonly accessCostPerByte: number;
  /** C_A8^com in currency/s. */
  readonly gpuCostPerS: number;
  /** C_E^st in currency/byte, for a slot. */
  readonly storageCostPerByte: number;
  /** ω1 in 1/s. */
  readonly responseTimeWeight: number;
  /** ω2 in 1/currency. */
  readonly costWeight: number;
  /** Least effective share in Eqs. 7 and 10. */
  readonly shareFloor: number;
  /** User positions in m, length 2U. */
  readonly userPositionsM: Float64Array;
  /** Server positions in m, length 2E. */
  readonly serverPositionsM: Float64Array;
  /** Least distance of the path loss model in m. */
  readonly minDistanceM: number;
}

const BACKHAUL_BPS_PER_PRINTED_UNIT = {
  kilobit: 1e3,
  kilobyte: 1e3 * BITS_PER_BYTE,
  megabit: 1e6,
} as const;

const FLOP_PER_PRINTED_UNIT = { exaflop: 1e18, petaflop: 1e15 } as const;

const GPU_FLOP_PER_S = {
  "dense-fp16": 312e12,
  "sparse-fp16": 624e12,
  fp32: 19.5e12,
} as const;

function drawMany(
  count: number,
  seed: number | string,
  name: string,
  range: Range,
  unit: number,
): Float64Array {
  const stream = new RandomStream(seed, name);
  return Float64Array.from(
    { length: count },
    () => uniformIn(stream, range) * unit,
  );
}

function typeOfModel(scenario: Scenario, model: number): number {
  return scenario.assumptions.typeOrder === "interleaved"
    ? model % 4
    : Math.floor(4 * model / scenario.parameters.numModels);
}

/**
 * Draws what a scenario gives as ranges, and converts every printed unit.
 *
 * @param scenario The scenario.
 * @param seed Root of the streams: the same scenario and seed give the same
 * instance, and one quantity's draws never shift another's.
 * @throws {InputError} If the scenario is not valid, or a number is no seed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { drawInstance } from "./instance.ts";
 * import { PAPER_SCENARIO } from "./scenario.ts";
 *
 * const instance = drawInstance(PAPER_SCENARIO, 0);
 * assertEquals(instance.modelSizeBytes.length, 20);
 * assertEquals(instance.backhaulUplinkBps, 500e3);
 * ```
 */
export function drawInstance(
  scenario: Scenario,
  seed: number | string,
): Instance {
  const act = "draw the instance";
  const { parameters: p, assumptions: a } = checkScenario(scenario, act);
  if (typeof seed !== "string") checkSeed(seed, act);
  const root = `instance/${seed}`;
  const megabyte = BYTES_PER_MEGABYTE[a.byteUnit];
  const gigabyte = BYTES_PER_GIGABYTE[a.byteUnit];
  const backhaulUnit = BACKHAUL_BPS_PER_PRINTED_UNIT[a.backhaulRate];
  const transferUnit = a.transferCostUnit === "megabyte" ? megabyte : gigabyte;
  const storageUnit = a.storageCostUnit === "megabyte" ? megabyte : gigabyte;
  // Tied models read the same stream twice and so keep their rank in both ranges.
  const flopStream = a.sizeFlopCoupling === "tied"
    ? "model-size"
    : "model-flop";
  return {
    numUsers: p.numUsers,
    numServers: p.numServers,
    numModels: p.numModels,
    userTxPowerDbm: p.userTxPowerDbm,
    serverTxPowerDbm: p.serverTxPowerDbm,
    noisePsdDbmPerHz: p.noisePsdDbmPerHz,
    serverStorageBytes: drawMany(
      p.numServers,
      root,
      "server-storage",
      p.serverStorageGigabytes,
      gigabyte,
    ),
    uplinkBandwidthHz: drawMany(
      p.numServers,
      root,
      "uplink-bandwidth",
      p.uplinkBandwidthMegahertz,
      HERTZ_PER_MEGAHERTZ,
    ),
    downlinkBandwidthHz: drawMany(
      p.numServers,
      root,
      "downlink-bandwidth",
      p.downlinkBandwidthMegahertz,
      HERTZ_PER_MEGAHERTZ,
    ),
    serverGpus: drawMany(p.numServers, root, "server-gpus", p.serverGpus, 1),
    cloudGpusPerRequest: p.cloudGpusPerRequest,
    gpuFlopPerS: GPU_FLOP_PER_S[a.gpuFlopRate],
    backhaulUplinkBps: p.backhaulUplinkKbps * backhaulUnit,
    backhaulDownlinkBps: p.backhaulDownlinkKbps * backhaulUnit,
    modelSizeBytes: drawMany(
      p.numModels,
      root,
      "model-size",
      p.modelGigabytes,
      gigabyte,
    ),
    modelFlop: drawMany(
      p.numModels,
      root,
      flopStream,
      p.modelExaflop,
      FLOP_PER_PRINTED_UNIT[a.modelFlopUnit],
    ),
    modelType: Int32Array.from(
      { length: p.numModels },
      (_, model) => typeOfModel(scenario, model),
    ),
    backhaulCostPerByte: p.backhaulTransferCost / transferUnit,
    accessCostPerByte: p.accessTransferCost / transferUnit,
    gpuCostPerS: p.gpuRentalCost /
      (a.gpuCostUnit === "hour" ? SECONDS_PER_HOUR : 1),
    storageCostPerByte: p.storageCost / storageUnit,
    responseTimeWeight: a.responseTimeWeight,
    costWeight: a.costWeight,
    shareFloor: a.shareFloor,
    userPositionsM: placeUsers(p.numUsers, a.areaSideM, root),
    serverPositionsM: placeServers(p.numServers, a.areaSideM),
    minDistanceM: a.minDistanceM,
  };
}
