/**
 * What response times and costs are made of, over the slots that are played.
 *
 * @module
 */

import type { EdgeStepInfo } from "../env/edge_env.ts";

/**
 * Means over slots of the terms of Eqs. 10 to 15. Times are means over requests in s,
 * infinite where a request is never served; the parts add up to `responseTimeS`. Costs
 * are sums over the users of a slot; the parts add up to `totalCost`.
 */
export interface OutcomeMeans {
  /** T^res (Eqs. 10 and 11) in s. */
  readonly responseTimeS: number;
  /** Upload to the server, in s. */
  readonly uplinkTimeS: number;
  /** Upload from server to cloud, in s; 0 for a hit. */
  readonly backhaulUplinkTimeS: number;
  /** Inference at the edge or in the cloud, in s, and loading where it is charged. */
  readonly inferenceTimeS: number;
  /** Download from cloud to server, in s; 0 for a hit. */
  readonly backhaulDownlinkTimeS: number;
  /** T^tw, wait for the downlink, in s. */
  readonly waitTimeS: number;
  /** Transmission on the downlink, in s. */
  readonly downlinkTimeS: number;
  /** Σ_i C_i + C^st of a slot (Eqs. 12 to 14), and loading where it is charged. */
  readonly totalCost: number;
  /** Transfer between users and servers (Eq. 12). */
  readonly accessCost: number;
  /** Transfer between servers and cloud for misses (Eq. 13). */
  readonly backhaulCost: number;
  /** GPU rental (Eq. 12). */
  readonly gpuCost: number;
  /** C^st (Eq. 14). */
  readonly storageCost: number;
  /** Loading of models that their server did not hold before; 0 where it is free. */
  readonly loadingCost: number;
}

/** Gathers the slots of one episode. */
export class OutcomeTotals {
  #slots = 0;
  #responseTimesS: number[] = [];
  #responseTimeS = 0;
  #uplinkTimeS = 0;
  #backhaulUplinkTimeS = 0;
  #inferenceTimeS = 0;
  #backhaulDownlinkTimeS = 0;
  #waitTimeS = 0;
  #downlinkTimeS = 0;
  #totalCost = 0;
  #accessCost = 0;
  #backhaulCost = 0;
  #gpuCost = 0;
  #storageCost = 0;
  #loadingCost = 0;

  /** Adds a slot. */
  add({ outcome, loadingCost }: EdgeStepInfo): void {
    const { responseTimeS } = outcome;
    for (let user = 0; user < responseTimeS.length; user++) {
      this.#responseTimesS.push(responseTimeS[user]);
      this.#uplinkTimeS += outcome.uplinkTimeS[user];
      this.#backhaulUplinkTimeS += outcome.backhaulUplinkTimeS[user];
      this.#inferenceTimeS += outcome.inferenceTimeS[user];
      this.#backhaulDownlinkTimeS += outcome.backhaulDownlinkTimeS[user];
      this.#waitTimeS += outcome.waitTimeS[user];
      this.#downlinkTimeS += outcome.downlinkTimeS[user];
      this.#accessCost += outcome.accessCost[user];
      this.#backhaulCost += outcome.backhaulCost[user];
      this.#gpuCost += outcome.gpuCost[user];
    }
    this.#slots++;
    this.#responseTimeS += outcome.totalResponseTimeS;
    this.#totalCost += outcome.totalCost;
    this.#storageCost += outcome.storageCost;
    this.#loadingCost += loadingCost;
  }

  /** Response times of all requests so far, in s, in the order of slots and users. */
  get responseTimesS(): readonly number[] {
    return this.#responseTimesS;
  }

  /** What the slots so far come to. */
  means(): OutcomeMeans {
    const slots = this.#slots;
    const requests = this.#responseTimesS.length;
    return {
      responseTimeS: this.#responseTimeS / requests,
      uplinkTimeS: this.#uplinkTimeS / requests,
      backhaulUplinkTimeS: this.#backhaulUplinkTimeS / requests,
      inferenceTimeS: this.#inferenceTimeS / requests,
      backhaulDownlinkTimeS: this.#backhaulDownlinkTimeS / requests,
      waitTimeS: this.#waitTimeS / requests,
      downlinkTimeS: this.#downlinkTimeS / requests,
      totalCost: this.#totalCost / slots,
      accessCost: this.#accessCost / slots,
      backhaulCost: this.#backhaulCost / slots,
      gpuCost: this.#gpuCost / slots,
      storageCost: this.#storageCost / slots,
      loadingCost: this.#loadingCost / slots,
    };
  }
}
