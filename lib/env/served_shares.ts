/**
 * Shares that servers set by themselves, once they have seen the requests.
 *
 * @module
 */

import type { Assumptions } from "../scenario/assumptions.ts";
import { isCached } from "./caching.ts";
import { squareRootShares } from "./compute_shares.ts";
import { inferenceTimeS } from "./response_time.ts";
import { type LinkedSlot, serverUplink } from "./server_uplink.ts";
import type { Decision } from "./slot.ts";
import { UplinkSolver } from "./uplink_shares.ts";

/**
 * Whether servers set shares by themselves when they see the requests: under lagged
 * visibility, if the ledger's `shareTiming` says so. A decision's shares are then not
 * read, whichever way it comes.
 */
export function sharesLater(
  { requestVisibility, shareTiming }: Assumptions,
): boolean {
  return requestVisibility === "lagged" && shareTiming === "after-requests";
}

/** What a server shares out. */
interface SharingServer {
  /** Its users in rising order, length n. */
  readonly users: Int32Array;
  /** α, length n. */
  readonly bandwidth: Float64Array;
  /** Inference on all of its GPUs in s, length n. */
  readonly work: Float64Array;
  /** Who hits, length n. */
  readonly hit: Uint8Array;
  /** ℓ, length n. */
  readonly compute: Float64Array;
}

/**
 * The best shares for given caches without waits, as the ledger's `shareTiming`
 * reads `after-requests`: bandwidth by the convex problem of
 * {@linkcode UplinkSolver}, which caches do not change; GPUs among those that hit by
 * {@linkcode squareRootShares}.
 */
export class ServedShares {
  readonly #slot: LinkedSlot;
  /** The servers for which bandwidth was shared, length U. */
  readonly #server: Int32Array;
  #servers: readonly SharingServer[] = [];

  /** Prepares a slot; its links may change later. */
  constructor(slot: LinkedSlot) {
    const { numUsers } = slot.instance;
    this.#slot = slot;
    this.#server = new Int32Array(numUsers).fill(-1);
  }

  /**
   * Sets the shares for the links that the slot has now.
   *
   * @param cache β, `[E][M]`.
   * @param bandwidthShare Receives α of every user at its own server, length U.
   * @param computeShare Receives ℓ of every user at its own server, length U.
   */
  share(
    cache: Float64Array,
    bandwidthShare: Float64Array,
    computeShare: Float64Array,
  ): void {
    const { instance, state } = this.#slot;
    this.#follow();
    for (let server = 0; server < this.#servers.length; server++) {
      const { users, bandwidth, work, hit, compute } = this.#servers[server];
      for (let k = 0; k < users.length; k++) {
        const model = state.requestedModel[users[k]];
        hit[k] = isCached(cache, instance.numModels, server, model) ? 1 : 0;
      }
      squareRootShares(work, hit, instance.shareFloor, compute);
      for (let k = 0; k < users.length; k++) {
        bandwidthShare[users[k]] = bandwidth[k];
        computeShare[users[k]] = compute[k];
      }
    }
  }

  /** A decision as far as it is read: without shares, which break no constraint. */
  withoutShares(decision: Decision): Decision {
    const none = new Float64Array();
    return { ...decision, bandwidthShare: none, computeShare: none };
  }

  /** Shares bandwidth anew if users have changed servers. */
  #follow(): void {
    const { instance, constants: { flop }, links } = this.#slot;
    let same = true;
    for (let user = 0; user < links.server.length; user++) {
      same &&= links.server[user] === this.#server[user];
    }
    if (same) return;
    this.#server.set(links.server);
    this.#servers = Array.from({ length: instance.numServers }, (_, server) => {
      const users = links.usersOf(server).slice();
      const count = users.length;
      const uplink = new UplinkSolver(serverUplink(this.#slot, server));
      uplink.solve(new Float64Array(count).fill(1));
      return {
        users,
        bandwidth: uplink.share,
        work: Float64Array.from(users, (user) =>
          inferenceTimeS(
            flop[user],
            1,
            instance.serverGpus[server],
            instance.gpuFlopPerS,
          )),
        hit: new Uint8Array(count),
        compute: new Float64Array(count),
      };
    });
  }
}
