/**
 * The best plan of a server for an episode that is known, by dynamic programming.
 *
 * @module
 */

import type { CacheSets } from "./cache_sets.ts";
import { type PlanLayer, PlanLayers } from "./plan_layers.ts";
import type { PlanProblem } from "./plan_problem.ts";
import { PlanSlotCosts } from "./plan_slot_costs.ts";
import { dropModels, passBackward, stepWith } from "./set_passes.ts";

/** A plan of a server. */
export interface Plan {
  /** Its cost: the server's part of Σ_t G(t), as far as the program has it. */
  readonly cost: number;
  /** The set of each slot, length T. */
  readonly sets: Int32Array;
}

/** What a pass goes on with: costs of the sets that are left of those before. */
interface Kept {
  /** Least cost so far of each set. */
  readonly cost: Float64Array;
  /** The states that they come from. */
  readonly from: Int32Array;
}

/** The program over the sets of one server. */
class PlanProgram {
  readonly #sets: CacheSets;
  readonly #slots: readonly PlanSlotCosts[];

  constructor(sets: CacheSets, slots: readonly PlanSlotCosts[]) {
    this.#sets = sets;
    this.#slots = slots;
  }

  /** The best plan without loads that keep the downlink busy, if nothing else does. */
  solveFree(): Plan {
    const plan = this.#solve((slot, layer, next) => {
      slot.freeAt(0);
      const kept = this.#drop(layer);
      this.#loadAll(slot, kept, (m) => slot.freeAfterLoadS[m] === 0);
      const { cost, from } = kept;
      for (let set = 0; set < cost.length; set++) {
        next.reach(0, set, cost[set] + slot.freeCost[set], from[set]);
      }
    });
    return { ...plan, cost: this.#costOf(plan) };
  }

  /**
   * The best plan of all, if it costs less than some limit; else a plan of infinite
   * cost.
   */
  solveBelow(limit: number): Plan {
    const toGo = this.#costsToGo();
    return this.#solve((slot, layer, next, t) => {
      const after = toGo[t + 1];
      const reach = (
        timeS: number,
        set: number,
        cost: number,
        from: number,
      ) => {
        if (cost + after[set] < limit) next.reach(timeS, set, cost, from);
      };
      slot.freeAt(layer.freeAtS);
      if (layer.freeAtS === 0) {
        return this.#passFree(slot, this.#drop(layer), reach);
      }
      const { blockedCost } = slot;
      // What this slot and those after it cost at least, whatever is loaded.
      let least = Infinity;
      for (let set = 0; set < after.length; set++) {
        least = Math.min(least, blockedCost[set] + after[set]);
      }
      if (layer.least + least >= limit) return;
      const kept = this.#drop(layer);
      for (let set = 0; set < after.length; set++) {
        const rest = Math.max(least, toGo[t][set]);
        if (kept.cost[set] + rest >= limit) kept.cost[set] = Infinity;
      }
      this.#passBlocked(slot, kept, reach);
    });
  }

  /** What a plan costs, blocked slots included. */
  #costOf({ cost, sets }: Plan): number {
    let isFree = true;
    let blockedCost = 0;
    let freeAtS = 0;
    let before: readonly number[] = [];
    this.#slots.forEach((slot, t) => {
      slot.freeAt(freeAtS);
      const set = sets[t];
      const models = this.#sets.modelsOf(set);
      let free = slot.freeCost[set];
      let blocked = freeAtS > 0 ? slot.blockedCost[set] : 0;
      if (freeAtS > 0) isFree = false;
      let nextS = slot.freeAfterS;
      for (const m of models) {
        if (before.includes(m)) continue;
        free += slot.loadingCost[m];
        if (freeAtS > 0) blocked += slot.blockedLoadingCost[m];
        nextS = Math.max(nextS, slot.freeAfterLoadS[m]);
      }
      blockedCost += freeAtS > 0 ? Math.max(free, blocked) : free;
      freeAtS = nextS;
      before = models;
    });
    return isFree ? cost : blockedCost;
  }

  /** Goes through the slots, and back along the best plan. */
  #solve(
    pass: (
      slot: PlanSlotCosts,
      layer: PlanLayer,
      next: PlanLayers,
      t: number,
    ) => void,
  ): Plan {
    const { count } = this.#sets;
    const start = new PlanLayers(count);
    start.reach(0, 0, 0, 0);
    const history = [start.list];
    this.#slots.forEach((slot, t) => {
      const next = new PlanLayers(count);
      for (const layer of history[t]) pass(slot, layer, next, t);
      history.push(next.list);
    });
    let cost = Infinity;
    let state = 0;
    history[this.#slots.length].forEach((layer, index) =>
      layer.cost.forEach((total, set) => {
        if (total >= cost) return;
        cost = total;
        state = index * count + set;
      })
    );
    const sets = new Int32Array(this.#slots.length);
    if (cost === Infinity) return { cost, sets };
    for (let t = sets.length; t > 0; t--) {
      const set = state % count;
      sets[t - 1] = set;
      state = history[t][(state - set) / count].from[set];
    }
    return { cost, sets };
  }

  /** The least costs of what is left of the sets of a layer when models go. */
  #drop(layer: PlanLayer): Kept {
    const { count } = this.#sets;
    const cost = layer.cost.slice();
    const from = new Int32Array(count);
    for (let set = 0; set < count; set++) from[set] = layer.index * count + set;
    dropModels(this.#sets, cost, from);
    return { cost, from };
  }

  /** Loads all models of a kind. */
  #loadAll(slot: PlanSlotCosts, kept: Kept, isLoaded: (m: number) => boolean) {
    slot.loadingCost.forEach((cost, m) => {
      if (isLoaded(m)) stepWith(this.#sets, m, cost, kept.cost, kept.from);
    });
  }

  /** A slot on a downlink that is free: models are loaded one after the other. */
  #passFree(
    slot: PlanSlotCosts,
    kept: Kept,
    reach: PlanLayers["reach"],
  ): void {
    const { holding } = this.#sets;
    const { freeCost, freeAfterLoadS, loadingCost } = slot;
    const { cost, from } = kept;
    const { freeAfterS } = slot;
    this.#loadAll(slot, kept, (m) => freeAfterLoadS[m] <= freeAfterS);
    for (let set = 0; set < cost.length; set++) {
      reach(freeAfterS, set, cost[set] + freeCost[set], from[set]);
    }
    // By rising time: the last of them that is loaded says when the downlink is free.
    const blocking = Array.from(freeAfterLoadS.keys())
      .filter((m) => freeAfterLoadS[m] > freeAfterS)
      .sort((a, b) => freeAfterLoadS[a] - freeAfterLoadS[b]);
    for (const m of blocking) {
      const without = this.#sets.without[m];
      for (let k = 0; k < without.length; k++) {
        const set = holding[m][k];
        const total = cost[without[k]] + loadingCost[m] + freeCost[set];
        reach(freeAfterLoadS[m], set, total, from[without[k]]);
      }
      stepWith(this.#sets, m, loadingCost[m], cost, from);
    }
  }

  /** A slot on a downlink that is not free: every set and all that is loaded to it. */
  #passBlocked(
    slot: PlanSlotCosts,
    { cost, from }: Kept,
    reach: PlanLayers["reach"],
  ): void {
    const { loadingCost, blockedLoadingCost, freeAfterLoadS } = slot;
    const { joined } = this.#sets;
    const extend = (
      set: number,
      first: number,
      { origin, free, blocked, timeS }: {
        readonly origin: number;
        readonly free: number;
        readonly blocked: number;
        readonly timeS: number;
      },
    ): void => {
      const total = Math.max(
        free + slot.freeCost[set],
        blocked + slot.blockedCost[set],
      );
      reach(timeS, set, total, origin);
      for (let m = first; m < joined.length; m++) {
        const larger = joined[m][set];
        if (larger < 0) continue;
        extend(larger, m + 1, {
          origin,
          free: free + loadingCost[m],
          blocked: blocked + blockedLoadingCost[m],
          timeS: Math.max(timeS, freeAfterLoadS[m]),
        });
      }
    };
    cost.forEach((least, set) => {
      if (least === Infinity) return;
      extend(set, 0, {
        origin: from[set],
        free: least,
        blocked: least,
        timeS: slot.freeAfterS,
      });
    });
  }

  /**
   * What all slots from each one on cost at least, by the set before it: on a downlink
   * that is free whatever is loaded; length T + 1.
   */
  #costsToGo(): Float64Array[] {
    const costs = [new Float64Array(this.#sets.count)];
    for (let t = this.#slots.length - 1; t >= 0; t--) {
      const { freeCost, loadingCost } = this.#slots[t];
      const cost = costs[0].map((rest, set) => rest + freeCost[set]);
      passBackward(this.#sets, loadingCost, cost);
      costs.unshift(cost);
    }
    return costs;
  }
}

/**
 * The sets X_t of least
 *
 * Σ_t [cloudOnly + ω1·(Σ_{X_t} load)² − Σ_{X_t} saving] + Σ_t Σ_{X_t∖X_{t−1}} ℓ,
 *
 * with ℓ_m = ω2·S_m·C_E,CS + ω1·n_m·S_m/R^down_E,CS for the n_m users of the model,
 * and X_0 empty. The state is the set; a slot is a pass that drops models, one that
 * loads models, a model at a time, and the slot's cost. Since whatever is left of a
 * set that fits does so, too, every change of sets is a way through the passes.
 * O(T·Σ|X|).
 *
 * Where the queue is carried, a load that users wait for keeps the downlink from
 * others until its last result is sent. The time at which the downlink is free is
 * then part of the state, and {@linkcode PlanSlotCosts} says what a slot costs. The
 * best plan without such loads is found first. Then only those states are looked at
 * from which something better can come, which are few.
 *
 * Exact for these costs, which no decisions are below.
 *
 * @param models The models that may be held.
 * @param sets The sets of these models that fit.
 * @param options.blocks Whether loads may keep the downlink busy where that is carried.
 */
export function solvePlan(
  problem: PlanProblem,
  models: Int32Array,
  sets: CacheSets,
  { blocks = problem.slotDurationS !== undefined } = {},
): Plan {
  const slots = problem.slots.map((slot) =>
    new PlanSlotCosts(problem, slot, models, sets)
  );
  const program = new PlanProgram(sets, slots);
  const plan = program.solveFree();
  if (!blocks) return plan;
  const other = program.solveBelow(plan.cost);
  return other.cost < plan.cost ? other : plan;
}
