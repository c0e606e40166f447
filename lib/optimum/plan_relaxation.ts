/**
 * What plans cost at least when storage and shared GPUs have prices.
 *
 * @module
 */

import type { PlanProblem } from "./plan_problem.ts";

/** Steps towards the best prices. */
const STEPS = 200;
/** Steps without a better bound after which steps become shorter. */
const PATIENCE = 8;
/** The first step, as a part of what models save alone at most. */
const FIRST_STEP = 0.1;

/** What {@linkcode relaxPlan} returns. */
export interface RelaxedPlan {
  /** What no plan with these models is below. */
  readonly lowerBound: number;
  /** What no plan is below that ever holds a model, one number each. */
  readonly holding: Float64Array;
}

/** Models as rows of T slots. */
interface ModelRows {
  /** Number of slots T. */
  readonly slots: number;
  /** load, `[model][t]`. */
  readonly load: Float64Array;
  /** saving, `[model][t]`. */
  readonly saving: Float64Array;
  /** ℓ, `[model][t]`. */
  readonly loading: Float64Array;
  /** Size as a part of storage, one a model. */
  readonly size: Float64Array;
}

function modelRows(problem: PlanProblem, models: Int32Array): ModelRows {
  const { slots, modelBytes, capacityBytes, loadingS, loadingCost } = problem;
  const count = slots.length;
  const rows = () => new Float64Array(models.length * count);
  const [load, saving, loading] = [rows(), rows(), rows()];
  slots.forEach((slot, t) => {
    const users = new Int32Array(modelBytes.length);
    for (const model of slot.model) users[model]++;
    models.forEach((model, m) => {
      const entry = m * count + t;
      load[entry] = slot.load[model];
      saving[entry] = slot.saving[model];
      loading[entry] = loadingCost[model] +
        problem.timeWeight * users[model] * loadingS[model];
    });
  });
  const size = Float64Array.from(
    models,
    (model) => modelBytes[model] / capacityBytes,
  );
  return { slots: count, load, saving, loading, size };
}

/** The best way of one model through the slots at given prices. */
class ModelPath {
  /** 1 in slots in which it is held, of the best way that ever holds it. */
  readonly held: Uint8Array;
  /** Whether the best way that holds it in a slot has held it in the slot before. */
  readonly #fromHeld: Uint8Array;
  /** Whether the best way that has left it by a slot has just left it. */
  readonly #leavesNow: Uint8Array;
  /** Whether a way that loads it in a slot has had it before. */
  readonly #returns: Uint8Array;

  constructor(slots: number) {
    this.held = new Uint8Array(slots);
    this.#fromHeld = new Uint8Array(slots);
    this.#leavesNow = new Uint8Array(slots);
    this.#returns = new Uint8Array(slots);
  }

  /**
   * Least Σ_t cost + Σ ℓ of the ways that hold the model at least once, by Viterbi's
   * algorithm (1967).
   *
   * @param cost What holding it costs in each slot.
   * @param loading ℓ, from `offset` on.
   */
  solve(cost: Float64Array, loading: Float64Array, offset: number): number {
    let held = Infinity;
    let left = Infinity;
    for (let t = 0; t < cost.length; t++) {
      const loaded = Math.min(left, 0) + loading[offset + t];
      this.#returns[t] = left < 0 ? 1 : 0;
      this.#fromHeld[t] = held <= loaded ? 1 : 0;
      this.#leavesNow[t] = held < left ? 1 : 0;
      left = Math.min(held, left);
      held = Math.min(held, loaded) + cost[t];
    }
    this.#trace(held < left);
    return Math.min(held, left);
  }

  /** Goes back along the best way. */
  #trace(isHeld: boolean): void {
    this.held.fill(0);
    for (let t = this.held.length - 1; t >= 0; t--) {
      if (!isHeld) {
        isHeld = this.#leavesNow[t] === 1;
        continue;
      }
      this.held[t] = 1;
      if (this.#fromHeld[t] === 1) continue;
      if (this.#returns[t] === 0) return;
      isHeld = false;
    }
  }
}

/** Prices of storage and of load in each slot, which move towards what is used. */
class Prices {
  /** What a full storage costs, μ_t. */
  readonly #full: Float64Array;
  /** What a unit of load costs, 2·ω1·q_t. */
  readonly #load: Float64Array;
  readonly #usedFull: Float64Array;
  readonly #usedLoad: Float64Array;
  /** ω1, over 1 + n·floor. */
  readonly #weight: Float64Array;
  /** A load to measure others by. */
  readonly #unit: Float64Array;
  readonly #rows: ModelRows;

  constructor(weight: Float64Array, rows: ModelRows) {
    const count = weight.length;
    this.#full = new Float64Array(count);
    this.#load = new Float64Array(count);
    this.#usedFull = new Float64Array(count);
    this.#usedLoad = new Float64Array(count);
    this.#weight = weight;
    this.#unit = new Float64Array(count);
    this.#rows = rows;
    rows.load.forEach((load, entry) => {
      // About what is held of the models.
      if (weight[entry % count] > 0) this.#unit[entry % count] += load / 3;
    });
  }

  /** Σ_t −(ω1·q_t² + μ_t); from here on nothing is used. */
  begin(): number {
    this.#usedFull.fill(0);
    this.#usedLoad.fill(0);
    let sum = 0;
    for (let t = 0; t < this.#full.length; t++) {
      sum -= this.#full[t];
      if (this.#unit[t] > 0) sum -= this.#load[t] ** 2 / (4 * this.#weight[t]);
    }
    return sum;
  }

  /** What it costs to hold a model in each slot. */
  costOf(m: number, cost: Float64Array): void {
    const { slots, load, saving, size } = this.#rows;
    for (let t = 0; t < slots; t++) {
      const entry = m * slots + t;
      cost[t] = this.#load[t] * load[entry] - saving[entry] +
        this.#full[t] * size[m];
    }
  }

  /** Uses what a model needs in the slots in which it is held. */
  use(m: number, held: Uint8Array): void {
    const { slots, load, size } = this.#rows;
    for (let t = 0; t < slots; t++) {
      if (held[t] === 0) continue;
      this.#usedLoad[t] += load[m * slots + t];
      this.#usedFull[t] += size[m];
    }
  }

  /** Moves along the subgradient by a length; false where that is 0. */
  move(length: number): boolean {
    let norm = 0;
    for (let t = 0; t < this.#full.length; t++) {
      const excess = this.#usedFull[t] - 1;
      if (excess > 0 || this.#full[t] > 0) norm += excess * excess;
      if (this.#unit[t] > 0) norm += (this.#excessLoad(t) / this.#unit[t]) ** 2;
    }
    if (norm === 0) return false;
    const rate = length / norm;
    for (let t = 0; t < this.#full.length; t++) {
      const excess = this.#usedFull[t] - 1;
      this.#full[t] = Math.max(0, this.#full[t] + rate * excess);
      if (this.#unit[t] === 0) continue;
      const change = rate * this.#excessLoad(t) / this.#unit[t] ** 2;
      this.#load[t] = Math.max(0, this.#load[t] + change);
    }
    return true;
  }

  /** Load beyond q_t. */
  #excessLoad(t: number): number {
    return this.#usedLoad[t] - this.#load[t] / (2 * this.#weight[t]);
  }
}

/**
 * A Lagrangian bound on the plans of a server. For any price μ_t ≥ 0 of a full
 * storage and any q_t, since Q² ≥ 2·q_t·Q − q_t² and Σ_X S ≤ S^E, the cost of a plan
 * on a downlink that is free is at least
 *
 * Σ_t [cloudOnly − ω1·q_t² − μ_t] + Σ_m min(0, v_m), where v_m is the least
 *
 * Σ_t x_t·(2·ω1·q_t·load − saving + μ_t·S_m/S^E) + Σ_t ℓ·[x_t > x_{t−1}]
 *
 * of model m alone that holds it at least once. This is concave in q and μ, and a
 * subgradient method looks for its maximum (Held, Wolfe and Crowder 1974). A plan
 * that ever holds m costs at least the same with v_m in place of min(0, v_m). Where
 * the queue is carried plans cost no less, so that both hold there, too.
 *
 * @param models The models that may be held.
 */
export function relaxPlan(
  problem: PlanProblem,
  models: Int32Array,
): RelaxedPlan {
  const rows = modelRows(problem, models);
  const prices = new Prices(
    Float64Array.from(problem.slots, (one) => one.loadWeight),
    rows,
  );
  const path = new ModelPath(rows.slots);
  const cost = new Float64Array(rows.slots);
  const least = new Float64Array(models.length);
  const constant = problem.slots.reduce((sum, one) => sum + one.cloudOnly, 0);
  const best = {
    lowerBound: -Infinity,
    holding: new Float64Array(models.length),
  };
  let length = FIRST_STEP *
    rows.saving.reduce((sum, saving) => sum + Math.max(0, saving), 0);
  let patience = PATIENCE;
  for (let step = 0; step < STEPS; step++) {
    let bound = constant + prices.begin();
    for (let m = 0; m < models.length; m++) {
      prices.costOf(m, cost);
      least[m] = path.solve(cost, rows.loading, m * rows.slots);
      if (least[m] >= 0) continue;
      bound += least[m];
      prices.use(m, path.held);
    }
    if (bound > best.lowerBound) {
      best.lowerBound = bound;
      for (let m = 0; m < models.length; m++) {
        best.holding[m] = bound + Math.max(0, least[m]);
      }
      patience = PATIENCE;
    } else if (--patience === 0) {
      length /= 2;
      patience = PATIENCE;
    }
    if (!prices.move(length)) break;
  }
  return best;
}
