/**
 * The radio channel between users and servers (Section 3.3.1).
 *
 * @module
 */

import { decibelToLinear } from "../math/units.ts";

/**
 * Eq. 4: Euclidean distance between user i and server j in m,
 * D = √((X_U − X_E)² + (Y_U − Y_E)²).
 */
export function distanceM(
  userXM: number,
  userYM: number,
  serverXM: number,
  serverYM: number,
): number {
  const dx = userXM - serverXM;
  const dy = userYM - serverYM;
  return Math.sqrt(dx * dx + dy * dy);
}

/**
 * Eq. 5: path gain in decibel, g = −128.1 − 37.6·log10(D).
 *
 * @param distance D in the unit of the model: kilometres (see the ledger's
 * `pathLossDistanceUnit`). 0 gives Infinity: keep to a least distance.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pathGainDb } from "./channel.ts";
 *
 * assertEquals(pathGainDb(1), -128.1);
 * ```
 */
export function pathGainDb(distance: number): number {
  return -128.1 - 37.6 * Math.log10(distance);
}

/**
 * Eq. 6: channel gain h = 10^(g/10)·|δ|², linear.
 *
 * @param gainDb g of Eq. 5 in decibel, made linear before the product.
 * @param fadingRe Real part of δ_i.
 * @param fadingIm Imaginary part of δ_i.
 */
export function channelGain(
  gainDb: number,
  fadingRe: number,
  fadingIm: number,
): number {
  return decibelToLinear(gainDb) *
    (fadingRe * fadingRe + fadingIm * fadingIm);
}
