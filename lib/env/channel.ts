/**
 * The radio channel between users and servers (Section 3.3.1).
 *
 * @module
 */

import { decibelToLinear } from "../math/units.ts";

export { distanceM } from "../scenario/topology.ts";

/**
 * Eq. 5: path gain in decibel, g = −128.1 − 37.6·log10(D).
 *
 * @param distance D in the unit of the model: kilometers (see the ledger's
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
  const power = fadingRe * fadingRe + fadingIm * fadingIm;
  return power === 0 ? 0 : decibelToLinear(gainDb) * power;
}
