/**
 * The best plan of a server for an episode that is known, by dynamic programming.
 *
 * @module
 */

import { BlockedSlot } from "./blocked_slot.ts";
import type { CacheSets } from "./cache_sets.ts";
import type { PlanProblem } from "./plan_problem.ts";

/** A plan of a server. */
export interface Plan {
  /** Its cost: the server's part of Σ_t G(t), as far as the program has it. */
  readonly cost: number;
  /** The set of each slot, length T. */
  readonly sets: Int32Array;
}

/** States before a slot: each set, and when the downlink is free. */
interface Layer {
  /** When the downlink is free, in s from the start of the slot. */
  readonly freeAtS: number;
  /** Least cost so far of each set. */
  readonly cost: Float64Array;
  /** The state before: its layer's index times the number of sets, plus its set. */
  readonly from: Int32Array;
}

/** The layers before a slot by their times, in the order in which they were made. */
class Layers {
  /** All of them. */
  readonly list: Layer[] = [];
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  /** The layer of a time, which is made if there is none. */
  at(freeAtS: number): Layer {
    let layer = this.list.find((one) => one.freeAtS === freeAtS);
    if (layer === undefined) {
      const cost = new Float64Array(this.#count).fill(Infinity);
      layer = { freeAtS, cost, from: new Int32Array(this.#count) };
      this.list.push(layer);
    }
    return layer;
  }
}

/** Which layers a program goes on from, before the slot t that they stand before. */
type Keeps = (layer: Layer, t: number) => boolean;

/** The program over the sets of one server. */
class PlanProgram {
  readonly #sets: CacheSets;
  readonly #slots: readonly BlockedSlot[];

  constructor(sets: CacheSets, slots: readonly BlockedSlot[]) {
    this.#sets = sets;
    this.#slots = slots;
  }

  /**
   * The best plan; its cost is infinite if no layer of some slot counts.
   *
   * @param blocks Whether loads may keep the downlink busy.
   * @param keeps Which layers count, if not all.
   */
  solve(blocks: boolean, keeps: Keeps = () => true): Plan {
    const { count } = this.#sets;
    const start = new Layers(count);
    start.at(0).cost[0] = 0;
    const history = [start.list];
    this.#slots.forEach((slot, t) => {
      const next = new Layers(count);
      history[t].forEach((layer, index) => {
        slot.freeAt(layer.freeAtS);
        if (keeps(layer, t)) {
          this.#pass(layer.cost, index, { slot, blocks, next });
        }
      });
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

  /** Goes through a slot from one layer to those after it. */
  #pass(
    before: Float64Array,
    layer: number,
    { slot, blocks, next }: {
      readonly slot: BlockedSlot;
      readonly blocks: boolean;
      readonly next: Layers;
    },
  ): void {
    const { count, holding, without } = this.#sets;
    const cost = before.slice();
    const from = new Int32Array(count);
    for (let i = 0; i < count; i++) from[i] = layer * count + i;
    for (let m = 0; m < holding.length; m++) {
      for (let k = 0; k < holding[m].length; k++) {
        const held = holding[m][k];
        const left = without[m][k];
        if (cost[held] >= cost[left]) continue;
        cost[left] = cost[held];
        from[left] = from[held];
      }
    }
    const reach = (
      after: Layer,
      set: number,
      least: number,
      origin: number,
    ) => {
      const total = least + slot.cost[set];
      if (total >= after.cost[set]) return;
      after.cost[set] = total;
      after.from[set] = origin;
    };
    const load = (m: number, after?: Layer) => {
      for (let k = 0; k < holding[m].length; k++) {
        const held = holding[m][k];
        const left = without[m][k];
        const loaded = cost[left] + slot.loadingCost[m];
        if (after !== undefined) reach(after, held, loaded, from[left]);
        if (loaded >= cost[held]) continue;
        cost[held] = loaded;
        from[held] = from[left];
      }
    };
    const { blocking } = slot;
    for (let m = 0; m < holding.length; m++) if (!blocking.includes(m)) load(m);
    const after = next.at(slot.freeAfterS);
    for (let i = 0; i < count; i++) reach(after, i, cost[i], from[i]);
    if (!blocks) return;
    // By rising time: the last of them that is loaded says when the downlink is free.
    for (const m of blocking) load(m, next.at(slot.freeAfterLoadS[m]));
  }

  /**
   * What all slots from each one on cost at least, by the set before it, if the
   * downlink is free from the start and loads take no longer than on one that is
   * blocked for as long as it can be; length T + 1.
   */
  costsToGo(): Float64Array[] {
    const { count, holding, without } = this.#sets;
    const costs = [new Float64Array(count)];
    let longestS = 0;
    const loading = this.#slots.map((slot) => {
      slot.freeAt(longestS);
      longestS = Math.max(slot.freeAfterS, ...slot.freeAfterLoadS);
      return slot.loadingCost.slice();
    });
    for (let t = this.#slots.length - 1; t >= 0; t--) {
      const { freeCost } = this.#slots[t];
      const cost = costs[0].map((rest, set) => rest + freeCost[set]);
      for (let m = 0; m < holding.length; m++) {
        for (let k = 0; k < holding[m].length; k++) {
          const loaded = cost[holding[m][k]] + loading[t][m];
          const left = without[m][k];
          if (loaded < cost[left]) cost[left] = loaded;
        }
      }
      for (let m = 0; m < holding.length; m++) {
        for (let k = 0; k < holding[m].length; k++) {
          const held = holding[m][k];
          const dropped = cost[without[m][k]];
          if (dropped < cost[held]) cost[held] = dropped;
        }
      }
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
 * then part of the state, and {@linkcode BlockedSlot} says what a slot costs. The
 * best plan without such loads is found first; states from which nothing better can
 * come are left.
 *
 * Exact for these costs, which no decisions are below.
 *
 * @param models The models that may be held.
 * @param sets The sets of these models that fit.
 */
export function solvePlan(
  problem: PlanProblem,
  models: Int32Array,
  sets: CacheSets,
): Plan {
  const slots = problem.slots.map((slot) =>
    new BlockedSlot(problem, slot, models, sets)
  );
  const program = new PlanProgram(sets, slots);
  const plain = program.solve(false);
  if (problem.slotDurationS === undefined) return plain;
  const toGo = program.costsToGo();
  const blocked = program.solve(true, (layer, t) => {
    const { cost, freeCost } = slots[t];
    let added = Infinity;
    for (let i = 0; i < cost.length; i++) {
      added = Math.min(added, cost[i] - freeCost[i]);
    }
    return layer.cost.some((sum, set) =>
      sum + toGo[t][set] + added < plain.cost
    );
  });
  return blocked.cost < plain.cost ? blocked : plain;
}
