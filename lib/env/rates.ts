/**
 * Transmission rates between users and servers (Section 3.3.1).
 *
 * @module
 */

import { log1p } from "../math/elementary.ts";

/** Shannon's capacity B·log2(1 + p·h/(N_0·B)) in bit/s; no bandwidth, no rate. */
function shannonRateBps(
  bandwidthHz: number,
  txPowerW: number,
  gain: number,
  noisePsdWPerHz: number,
): number {
  const receivedW = txPowerW * gain;
  if (bandwidthHz === 0 || receivedW === 0) return 0;
  const signalToNoise = receivedW / (noisePsdWPerHz * bandwidthHz);
  // log1p keeps deep fades exact, where 1 + x would round x away; where the
  // noise underflows, log(1 + x) is log(x).
  const nats = signalToNoise === Infinity
    ? Math.log(receivedW) - Math.log(noisePsdWPerHz) - Math.log(bandwidthHz)
    : log1p(signalToNoise);
  return bandwidthHz * nats / Math.LN2;
}

/**
 * Eq. 7: uplink rate of user i at server j in bit/s,
 * R = α·W·log2(1 + p^U·h/(N_0·α·W)).
 *
 * @param share Effective share α in [0, 1]; 0 gives rate 0, the limit.
 * @param bandwidthHz W_j^up.
 * @param txPowerW p_i^U in watt.
 * @param gain h_ij, linear.
 * @param noisePsdWPerHz N_0 in watt/Hz.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { uplinkRateBps } from "./rates.ts";
 *
 * // A signal three times the noise in half of 2 Hz: 1·log2(4).
 * assertAlmostEquals(uplinkRateBps(0.5, 2, 3, 1, 1), 2);
 * ```
 */
export function uplinkRateBps(
  share: number,
  bandwidthHz: number,
  txPowerW: number,
  gain: number,
  noisePsdWPerHz: number,
): number {
  return shannonRateBps(share * bandwidthHz, txPowerW, gain, noisePsdWPerHz);
}

/**
 * Eq. 8: downlink rate from server j to user i in bit/s, over the whole
 * bandwidth, R = W·log2(1 + p^E·h/(N_0·W)).
 *
 * @param bandwidthHz W_j^down.
 * @param txPowerW p_j^E in watt.
 * @param gain h_ij, linear.
 * @param noisePsdWPerHz N_0 in watt/Hz.
 */
export function downlinkRateBps(
  bandwidthHz: number,
  txPowerW: number,
  gain: number,
  noisePsdWPerHz: number,
): number {
  return shannonRateBps(bandwidthHz, txPowerW, gain, noisePsdWPerHz);
}
