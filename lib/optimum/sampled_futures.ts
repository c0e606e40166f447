/**
 * What may come after a slot, drawn, and what it may be worth to change caches then.
 *
 * @module
 */

import { categorical } from "../math/distributions.ts";
import type { RandomStream } from "../math/prng.ts";
import type { CacheSets } from "./cache_sets.ts";
import type { ExpectedServer, HoldingCost } from "./holding_cost.ts";
import { costsOfSets } from "./set_form.ts";

/** A slot that may come. */
export interface FutureSlot {
  /** Index of γ. */
  readonly state: number;
  /** Requests for each model, length M. */
  readonly requests: Int32Array;
}

/**
 * Draws slots that may follow: the state by Eq. 1, then for each user who may be with
 * the server what it requests and, where users move, whether it is there.
 *
 * @param server What the server knows.
 * @param state Index of γ(t) in the slot that is seen.
 * @param numSlots Slots to draw.
 * @param stream Where numbers come from; as many for a slot whatever is drawn.
 */
export function drawFuture(
  { numUsers, presence, probability, transition }: Pick<
    ExpectedServer,
    "numUsers" | "presence" | "probability" | "transition"
  >,
  state: number,
  numSlots: number,
  stream: RandomStream,
): FutureSlot[] {
  let now = state;
  return Array.from({ length: numSlots }, () => {
    now = categorical(stream, transition[now]);
    const requests = new Int32Array(probability[now].length);
    for (let i = 0; i < numUsers; i++) {
      const model = categorical(stream, probability[now]);
      const isThere = presence === 1 || stream.uniform() < presence;
      if (isThere) requests[model]++;
    }
    return { state: now, requests };
  });
}

/** The sets of some models of a server, with what they are expected to cost. */
export class FutureValue {
  readonly #server: ExpectedServer;
  readonly #holding: HoldingCost;
  readonly #models: Int32Array;
  readonly #sets: CacheSets;
  /** Expected cost of each set in a slot of each state. */
  readonly #expected: readonly Float64Array[];

  /**
   * Prepares the sets.
   *
   * @param server What the server knows.
   * @param holding What holding costs it.
   * @param models The models that may be held.
   * @param sets The sets of these models that fit.
   */
  constructor(
    server: ExpectedServer,
    holding: HoldingCost,
    models: Int32Array,
    sets: CacheSets,
  ) {
    this.#server = server;
    this.#holding = holding;
    this.#models = models;
    this.#sets = sets;
    this.#expected = holding.slotForms
      .map((form) => costsOfSets(form, models, sets));
  }

  /**
   * What is added to the cost of holding each set to the end if caches are changed for
   * the best in slots that have been drawn, ≤ 0: the least of
   *
   * Σ_u [J_u(X_u) − J_u(X_{u−1}) + Σ_{X_u∖X_{u−1}} ℓ_u],
   *
   * where J_u(X) is what X costs in slot u and, held, is expected to cost afterwards.
   * Sizes of data are taken at their means.
   */
  changes(future: readonly FutureSlot[]): Float64Array {
    const { count } = this.#sets;
    const value = new Float64Array(count);
    const heldOn = new Float64Array(count);
    for (let u = future.length - 1; u >= 0; u--) {
      this.#holdOn(future[u], future.length - 1 - u, heldOn);
      for (let set = 0; set < count; set++) value[set] += heldOn[set];
      this.#change(future[u], value);
      for (let set = 0; set < count; set++) value[set] -= heldOn[set];
    }
    return value;
  }

  /** J of each set. */
  #holdOn(
    { state, requests }: FutureSlot,
    slotsLeft: number,
    cost: Float64Array,
  ): void {
    const { rootS, meanSaving, storageCost, loadWeight } = this.#server;
    const { parent, last, count } = this.#sets;
    const load = Float64Array.from(this.#models, (m) => requests[m] * rootS[m]);
    const own = Float64Array.from(
      this.#models,
      (m) => storageCost[m] - requests[m] * meanSaving[m],
    );
    const sum = new Float64Array(count);
    cost[0] = 0;
    // Two sums over each set's models, the second one squared.
    for (let set = 1; set < count; set++) {
      sum[set] = sum[parent[set]] + load[last[set]];
      cost[set] = cost[parent[set]] + own[last[set]];
    }
    for (let set = 1; set < count; set++) {
      cost[set] += loadWeight * sum[set] * sum[set];
    }
    this.#holding.visits(slotsLeft, state).forEach((slots, k) => {
      const expected = this.#expected[k];
      for (let set = 1; set < count; set++) {
        cost[set] += slots * expected[set];
      }
    });
  }

  /** The least costs after models are loaded into sets, and dropped before. */
  #change({ requests }: FutureSlot, cost: Float64Array): void {
    const { price, waitCost } = this.#server;
    const { holding, without } = this.#sets;
    this.#models.forEach((model, m) => {
      const loading = price[model] + requests[model] * waitCost[model];
      const [held, left] = [holding[m], without[m]];
      for (let k = 0; k < held.length; k++) {
        const loaded = cost[held[k]] + loading;
        if (loaded < cost[left[k]]) cost[left[k]] = loaded;
      }
    });
    for (let m = 0; m < holding.length; m++) {
      const [held, left] = [holding[m], without[m]];
      for (let k = 0; k < held.length; k++) {
        if (cost[left[k]] < cost[held[k]]) cost[held[k]] = cost[left[k]];
      }
    }
  }
}
