/**
 * Costs (Sections 3.4.1, 3.4.2 and 3.5), in the paper's currency.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";

/** (d^in + d^out)·C: cost of moving a request and its result over one link. */
export function transferCost(
  inputBytes: number,
  outputBytes: number,
  costPerByte: number,
): number {
  return (inputBytes + outputBytes) * costPerByte;
}

/** C_A8^com·F_m/A_8: GPU rental for `flop` operations; shares do not matter. */
export function gpuRentalCost(
  flop: number,
  gpuFlopPerS: number,
  gpuCostPerS: number,
): number {
  return gpuCostPerS * flop / gpuFlopPerS;
}

/**
 * Eq. 12: cost of a request served at the edge,
 * C = d^in·C_U,E + C_A8^com·F_m/A_8 + d^out·C_U,E.
 *
 * @param accessCost (d^in + d^out)·C_U,E.
 * @param gpuCost C_A8^com·F_m/A_8.
 */
export function edgeCost(accessCost: number, gpuCost: number): number {
  return accessCost + gpuCost;
}

/**
 * Eq. 13: cost of a request served by the cloud: Eq. 12 and the transfer between
 * server and cloud.
 *
 * @param accessCost (d^in + d^out)·C_U,E.
 * @param backhaulCost (d^in + d^out)·C_E,CS.
 * @param gpuCost C_A8^com·F_m/A_8.
 */
export function cloudCost(
  accessCost: number,
  backhaulCost: number,
  gpuCost: number,
): number {
  return accessCost + backhaulCost + gpuCost;
}

/**
 * Eq. 14: cost of the storage that cached models occupy, C^st = Σ_j S_M,j·C_E^st.
 *
 * @param usedBytes S_M,j in byte, length E.
 * @param costPerByte C_E^st in currency/byte, for a slot.
 */
export function storageCost(
  usedBytes: Float64Array,
  costPerByte: number,
): number {
  let cost = 0;
  for (let server = 0; server < usedBytes.length; server++) {
    cost += usedBytes[server] * costPerByte;
  }
  return cost;
}

/**
 * Cost of loading the models that their server did not hold before, over the
 * backhaul: Σ S_m·C_E,CS.
 *
 * @param instance Sizes and prices.
 * @param before β of the slot before, `[E][M]`.
 * @param cache β, `[E][M]`.
 */
export function loadingCost(
  { numModels, modelSizeBytes, backhaulCostPerByte }: Instance,
  before: Float64Array,
  cache: Float64Array,
): number {
  let cost = 0;
  for (let entry = 0; entry < cache.length; entry++) {
    if (cache[entry] === 0 || before[entry] !== 0) continue;
    cost += modelSizeBytes[entry % numModels] * backhaulCostPerByte;
  }
  return cost;
}
