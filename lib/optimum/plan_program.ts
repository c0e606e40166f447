/**
 * The best plan of a server for an episode that is known, by dynamic programming.
 *
 * @module
 */

import type { CacheSets } from "./cache_sets.ts";
import { BlockedSlot } from "./blocked_slot.ts";
import type { PlanProblem } from "./plan_problem.ts";

/** A plan of a server. */
export interface Plan {
  /** Its cost, the server's part of Σ_t G(t) as far as the program has it. */
  readonly cost: number;
  /** The set of each slot, length T. */
  readonly sets: Int32Array;
}

/** States after a slot: for a time at which the downlink is free, each set. */
interface Layer {
  /** When the downlink is free, in s from the start of the next slot. */
  readonly freeAtS: number;
  /** Least cost so far of each set. */
  readonly cost: Float64Array;
  /** The state before: its layer's index times the number of sets, plus its set. */
  readonly from: Int32Array;
}

/** The layers after a slot by their times. */
class Layers {
  readonly #sets: CacheSets;
  readonly #byTime = new Map<number, Layer>();

  constructor(sets: CacheSets) {
    this.#sets = sets;
  }

  /** The layer of a time, which is made if there is none. */
  at(freeAtS: number): Layer {
    let layer = this.#byTime.get(freeAtS);
    if (layer === undefined) {
      const { count } = this.#sets;
      const cost = new Float64Array(count).fill(Infinity);
      layer = { freeAtS, cost, from: new Int32Array(count) };
      this.#byTime.set(freeAtS, layer);
    }
    return layer;
  }

  /** All of them, in the order in which they were made. */
  list(): Layer[] {
    return [...this.#byTime.values()];
  }
}

/** Goes through one slot from one layer to those after it. */
function pass(
  { cost: before }: Layer,
  layer: number,
  { sets, slot, next }: {
    readonly sets: CacheSets;
    readonly slot: BlockedSlot;
    readonly next: Layers;
  },
): void {
  const { count, holding, without } = sets;
  const cost = before.slice();
  const from = new Int32Array(count);
  for (let i = 0; i < count; i++) from[i] = layer * count + i;
  for (let m = 0; m < holding.length; m++) {
    for (let k = 0; k < holding[m].length; k++) {
      const [held, left] = [holding[m][k], without[m][k]];
      if (cost[held] >= cost[left]) continue;
      cost[left] = cost[held];
      from[left] = from[held];
    }
  }
  const reach = (after: Layer, set: number, least: number, origin: number) => {
    const total = least + slot.cost[set];
    if (total >= after.cost[set]) return;
    after.cost[set] = total;
    after.from[set] = origin;
  };
  const load = (m: number, after?: Layer) => {
    for (let k = 0; k < holding[m].length; k++) {
      const [held, left] = [holding[m][k], without[m][k]];
      const loaded = cost[left] + slot.loadingCost[m];
      if (after !== undefined) reach(after, held, loaded, from[left]);
      if (loaded >= cost[held]) continue;
      cost[held] = loaded;
      from[held] = from[left];
    }
  };
  // Models that keep the downlink busy come last, by rising time: the last one that
  // is loaded says when it is free.
  const { blocking } = slot;
  for (let m = 0; m < holding.length; m++) if (!blocking.includes(m)) load(m);
  const after = next.at(slot.freeAfterS);
  for (let i = 0; i < count; i++) reach(after, i, cost[i], from[i]);
  for (const m of blocking) load(m, next.at(slot.freeAfterLoadS[m]));
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
 *
 * Where the queue is carried, a load that users wait for keeps the downlink from
 * others until its last result is sent, and the time at which the downlink is free
 * is part of the state; what a slot then costs says {@linkcode BlockedSlot}.
 *
 * Exact for these costs, which no decisions are below. O(T·Σ|X|) steps, times the
 * number of times at which the downlink can be free.
 *
 * @param models The models that may be held.
 * @param sets The sets of these models that fit.
 */
export function solvePlan(
  problem: PlanProblem,
  models: Int32Array,
  sets: CacheSets,
): Plan {
  const { count } = sets;
  const first = new Layers(sets);
  first.at(0).cost[0] = 0;
  let layers = first.list();
  const history: Layer[][] = [];
  for (const slot of problem.slots) {
    const next = new Layers(sets);
    const costs = new BlockedSlot(problem, slot, models, sets);
    layers.forEach((layer, index) => {
      costs.freeAt(layer.freeAtS);
      pass(layer, index, { sets, slot: costs, next });
    });
    layers = next.list();
    history.push(layers);
  }
  let cost = Infinity;
  let state = 0;
  layers.forEach((layer, index) =>
    layer.cost.forEach((total, set) => {
      if (total >= cost) return;
      cost = total;
      state = index * count + set;
    })
  );
  const chosen = new Int32Array(problem.slots.length);
  for (let t = chosen.length - 1; t >= 0; t--) {
    const set = state % count;
    chosen[t] = set;
    state = history[t][(state - set) / count].from[set];
  }
  return { cost, sets: chosen };
}
