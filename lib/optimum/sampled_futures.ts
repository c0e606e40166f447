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
import { passBackward } from "./set_passes.ts";

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
    const { price, waitCost } = this.#server;
    const { count } = this.#sets;
    const value = new Float64Array(count);
    for (let u = future.length - 1; u >= 0; u--) {
      const { requests } = future[u];
      const heldOn = this.#holdOn(future[u], future.length - 1 - u);
      for (let set = 0; set < count; set++) value[set] += heldOn[set];
      const loading = Float64Array.from(
        this.#models,
        (m) => price[m] + requests[m] * waitCost[m],
      );
      passBackward(this.#sets, loading, value);
      for (let set = 0; set < count; set++) value[set] -= heldOn[set];
    }
    return value;
  }

  /** J of each set. */
  #holdOn({ state, requests }: FutureSlot, slotsLeft: number): Float64Array {
    const { rootS, meanSaving, storageCost, loadWeight } = this.#server;
    const cost = costsOfSets(
      {
        linear: storageCost.map((one, m) => one - requests[m] * meanSaving[m]),
        squares: [{
          weight: loadWeight,
          root: rootS.map((root, m) => requests[m] * root),
        }],
      },
      this.#models,
      this.#sets,
    );
    this.#holding.visits(slotsLeft, state).forEach((slots, k) => {
      const expected = this.#expected[k];
      for (let set = 1; set < cost.length; set++) {
        cost[set] += slots * expected[set];
      }
    });
    return cost;
  }
}
