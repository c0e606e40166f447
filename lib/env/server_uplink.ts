/**
 * The uplink of one server in a slot, as a problem of sharing.
 *
 * @module
 */

import type { Instance } from "../scenario/instance.ts";
import type { SlotState } from "../workload/slot_state.ts";
import { uplinkRateBps } from "./rates.ts";
import { transmissionTimeS } from "./response_time.ts";
import type { SlotConstants } from "./slot_constants.ts";
import type { SlotLinks } from "./slot_links.ts";
import type { UplinkProblem } from "./uplink_shares.ts";

/** Signal-to-noise ratios beyond this count as it. */
const LARGEST_SNR = 1e300;

/** A slot whose users have their servers. */
export interface LinkedSlot {
  /** Capacities, sizes and positions. */
  readonly instance: Instance;
  /** Popularity, fading and requests. */
  readonly state: SlotState;
  /** What no decision changes. */
  readonly constants: SlotConstants;
  /** The users' servers and channels. */
  readonly links: SlotLinks;
}

/**
 * Upload times of a server's users as functions of their shares (Eq. 7).
 *
 * @param slot The slot, with the servers that its users have.
 * @param server The server j.
 * @param inputBytes d^in of every user, length U; by default the slot's.
 */
export function serverUplink(
  { instance, state, constants, links }: LinkedSlot,
  server: number,
  inputBytes: Float64Array = state.inputBytes,
): UplinkProblem {
  const { userTxPowerW, noisePsdWPerHz } = constants;
  const bandwidthHz = instance.uplinkBandwidthHz[server];
  const users = links.usersOf(server);
  const fullShareS = new Float64Array(users.length);
  const snr = new Float64Array(users.length);
  for (let k = 0; k < users.length; k++) {
    const user = users[k];
    const gain = links.channelGain[user];
    snr[k] = userTxPowerW * gain / (noisePsdWPerHz * bandwidthHz);
    const measurable = snr[k] > 0 && snr[k] < Infinity;
    fullShareS[k] = transmissionTimeS(
      inputBytes[user],
      measurable
        ? bandwidthHz * Math.log1p(snr[k]) / Math.LN2
        : uplinkRateBps(1, bandwidthHz, userTxPowerW, gain, noisePsdWPerHz),
    );
    // Only the shape of Eq. 7 over shares hangs on it, which no longer changes.
    if (!measurable) snr[k] = snr[k] > 0 ? LARGEST_SNR : 1 / LARGEST_SNR;
  }
  return { fullShareS, snr, shareFloor: instance.shareFloor };
}
