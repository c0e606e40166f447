/**
 * Response times (Sections 3.3.1 and 3.3.2) and the terms they are made of.
 *
 * @module
 */

import { BITS_PER_BYTE } from "../math/units.ts";

/**
 * d/R: time to send `bytes` at `rateBps`, in s.
 *
 * Nothing to send takes no time at any rate; otherwise rate 0 takes forever.
 */
export function transmissionTimeS(bytes: number, rateBps: number): number {
  return bytes === 0 ? 0 : bytes * BITS_PER_BYTE / rateBps;
}

/**
 * F/(ℓ·K·A_8): time that `flop` operations take on a share of some GPUs, in s.
 *
 * @param flop F_m.
 * @param share ℓ_ji; 1 in the cloud, whose K is counted per request.
 * @param gpus K_j or K_CS.
 * @param gpuFlopPerS A_8.
 * @returns Infinity for a share of 0, unless there is nothing to compute.
 */
export function inferenceTimeS(
  flop: number,
  share: number,
  gpus: number,
  gpuFlopPerS: number,
): number {
  return flop === 0 ? 0 : flop / (share * gpus * gpuFlopPerS);
}

/**
 * Eq. 10: response time of a request served at the edge in s,
 * T^res = d^in/R^up + F_m/(ℓ_ji·K_j·A_8) + T^to.
 *
 * @param uplinkTimeS d^in/R^up.
 * @param edgeInferenceTimeS F_m/(ℓ_ji·K_j·A_8).
 * @param completionTimeS T^to of Eq. 9.
 */
export function edgeResponseTimeS(
  uplinkTimeS: number,
  edgeInferenceTimeS: number,
  completionTimeS: number,
): number {
  return uplinkTimeS + edgeInferenceTimeS + completionTimeS;
}

/**
 * Eq. 11: response time of a request served by the cloud in s,
 * T^res = d^in/R^up + d^in/R^up_E,CS + F_m/(K_CS·A_8) + d^out/R^down_E,CS + T^to.
 *
 * @param uplinkTimeS d^in/R^up.
 * @param backhaulUplinkTimeS d^in/R^up_E,CS.
 * @param cloudInferenceTimeS F_m/(K_CS·A_8).
 * @param backhaulDownlinkTimeS d^out/R^down_E,CS.
 * @param completionTimeS T^to of Eq. 9.
 */
export function cloudResponseTimeS(
  uplinkTimeS: number,
  backhaulUplinkTimeS: number,
  cloudInferenceTimeS: number,
  backhaulDownlinkTimeS: number,
  completionTimeS: number,
): number {
  return uplinkTimeS + backhaulUplinkTimeS + cloudInferenceTimeS +
    backhaulDownlinkTimeS + completionTimeS;
}
