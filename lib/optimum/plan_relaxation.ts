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
  readonly #fromHeld: Uint8Array;
  readonly #leftNow: Uint8Array;

  constructor(slots: number) {
    this.held = new Uint8Array(slots);
    this.#fromHeld = new Uint8Array(slots);
    this.#leftNow = new Uint8Array(slots);
  }

  /**
   * Least Σ_t (price − saving) + Σ ℓ of ways that hold the model at least once, by
   * Viterbi's algorithm (1967).
   *
   * @param cost What holding it costs in each slot.
   * @param loading ℓ, from `offset` on.
   */
  solve(cost: Float64Array, loading: Float64Array, offset: number): number {
    const { length } = cost;
    let held = Infinity;
    let left = Infinity;
    for (let t = 0; t < length; t++) {
      const loaded = Math.min(left, 0) + loading[offset + t];
      this.#leftNow[t] = held < left ? 1 : 0;
      const nextLeft = Math.min(held, left);
      this.#fromHeld[t] = held <= loaded ? 1 : 0;
      held = Math.min(held, loaded) + cost[t];
      // A way that was never begun and one that was left meet in `loaded`.
      this.held[t] = left < 0 ? 1 : 0;
      left = nextLeft;
    }
    this.#trace(held < left);
    return Math.min(held, left);
  }

  /** Goes back along the best way. */
  #trace(isHeld: boolean): void {
    let begun = true;
    for (let t = this.held.length - 1; t >= 0; t--) {
      const wasLeft = this.held[t] === 1;
      this.held[t] = begun && isHeld ? 1 : 0;
      if (!begun) continue;
      if (isHeld) {
        if (this.#fromHeld[t] === 1) continue;
        isHeld = false;
        begun = wasLeft;
      } else if (this.#leftNow[t] === 1) isHeld = true;
    }
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
  const { slots: count, load, saving, loading, size } = rows;
  const weight = Float64Array.from(problem.slots, (one) => one.loadWeight);
  const constant = problem.slots.reduce((sum, one) => sum + one.cloudOnly, 0);
  const path = new ModelPath(count);
  // Prices of load and of storage, and what a step changes in them.
  const [loadPrice, fullPrice] = [count, count].map((n) => new Float64Array(n));
  const [usedLoad, usedSize] = [count, count].map((n) => new Float64Array(n));
  const typicalLoad = new Float64Array(count);
  for (let entry = 0; entry < load.length; entry++) {
    typicalLoad[entry % count] += load[entry] / 3;
  }
  const cost = new Float64Array(count);
  const holds = new Float64Array(models.length);
  const best = { lowerBound: -Infinity, holding: holds.slice() };
  let step = FIRST_STEP * saving.reduce((sum, s) => sum + Math.max(0, s), 0);
  let patience = PATIENCE;
  for (let k = 0; k < STEPS; k++) {
    let bound = constant;
    for (let t = 0; t < count; t++) {
      bound -= fullPrice[t];
      if (weight[t] > 0) bound -= loadPrice[t] ** 2 / (4 * weight[t]);
    }
    usedLoad.fill(0);
    usedSize.fill(0);
    for (let m = 0; m < models.length; m++) {
      const offset = m * count;
      for (let t = 0; t < count; t++) {
        cost[t] = loadPrice[t] * load[offset + t] - saving[offset + t] +
          fullPrice[t] * size[m];
      }
      holds[m] = path.solve(cost, loading, offset);
      if (!(holds[m] < 0)) continue;
      bound += holds[m];
      for (let t = 0; t < count; t++) {
        if (path.held[t] === 0) continue;
        usedLoad[t] += load[offset + t];
        usedSize[t] += size[m];
      }
    }
    if (bound > best.lowerBound) {
      best.lowerBound = bound;
      for (let m = 0; m < holds.length; m++) {
        best.holding[m] = bound - Math.min(0, holds[m]) + holds[m];
      }
      patience = PATIENCE;
    } else if (--patience === 0) {
      step /= 2;
      patience = PATIENCE;
    }
    let norm = 0;
    for (let t = 0; t < count; t++) {
      const full = usedSize[t] - 1;
      if (full > 0 || fullPrice[t] > 0) norm += full * full;
      if (weight[t] > 0 && typicalLoad[t] > 0) {
        const excess = usedLoad[t] - loadPrice[t] / (2 * weight[t]);
        norm += (excess / typicalLoad[t]) ** 2;
      }
    }
    if (norm === 0) break;
    for (let t = 0; t < count; t++) {
      fullPrice[t] = Math.max(
        0,
        fullPrice[t] + step / norm * (usedSize[t] - 1),
      );
      if (!(weight[t] > 0 && typicalLoad[t] > 0)) continue;
      const excess = usedLoad[t] - loadPrice[t] / (2 * weight[t]);
      loadPrice[t] = Math.max(
        0,
        loadPrice[t] + step / norm * excess / typicalLoad[t] ** 2,
      );
    }
  }
  return best;
}
