/**
 * The radio channel between users and servers (Section 3.3.1).
 *
 * @module
 */

import { decibelToLinear } from "../math/units.ts";
import type { Instance } from "../scenario/instance.ts";
import { distanceM } from "../scenario/topology.ts";
import type { SlotState } from "../workload/slot_state.ts";

export { distanceM };

const METERS_PER_KILOMETER = 1000;

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
