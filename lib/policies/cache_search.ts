/**
 * The search over caches: a knapsack whose objective is a convex function of one
 * sum, by branch and bound.
 *
 * Without waits a server that caches the set C of requested models costs
 * a·(Σ_C f_m)² − Σ_C s_m: its GPUs are shared in proportion to √F, and each cached
 * model saves its users' cloud costs less its storage. For any X and ν ≥ 0
 *
 *     a·(Σ_C f)² − Σ_C s ≥ −a·X² − ν·S + Σ_C (2aX·f_m − s_m + ν·S_m)
 *
 * over all sets C that fit into S: the square's tangent and a Lagrange multiplier.
 * What remains is separable, so that a node's bound takes constant time.
 *
 * @module
 */

/** Which sets of models a server may cache, and what they cost. */
export interface CacheProblem {
  /** f_m = Σ √(inference time on all GPUs) over the users of a model, length D. */
  readonly load: Float64Array;
  /** s_m: what caching a model saves beside inference, length D. */
  readonly saving: Float64Array;
  /** S_m in byte, length D. */
  readonly bytes: Float64Array;
  /** S in byte. */
  readonly capacityBytes: number;
  /** a: cost of (Σ f)², or less where the square overstates the cost. */
  readonly loadWeight: number;
  /** A second bound that every set obeys, if there is one. */
  readonly linearBound?: LinearBound;
}

/** A bound of the form constant + Σ over C of what caching a model adds. */
export interface LinearBound {
  /** Bound of no caching. */
  readonly constant: number;
  /** What each model adds, length D. */
  readonly added: Float64Array;
}

/** What {@linkcode searchCaches} asks of its caller. */
export interface CacheVisitor {
  /** Bound from which on a set is of no interest. */
  readonly limit: number;
  /** Is called for sets whose bound is below the limit, which it may lower. */
  visit(chosen: Uint8Array, load: number, saving: number): void;
}

/** Tangent point X and multiplier ν. */
interface Multipliers {
  readonly tangent: number;
  readonly price: number;
}

/** The bound over all sets for some multipliers, and the load of its set. */
function rootBound(
  problem: CacheProblem,
  { tangent, price }: Multipliers,
): { readonly bound: number; readonly load: number; readonly bytes: number } {
  const { load, saving, bytes, capacityBytes, loadWeight } = problem;
  let bound = -loadWeight * tangent * tangent - price * capacityBytes;
  let chosenLoad = 0;
  let chosenBytes = 0;
  for (let m = 0; m < load.length; m++) {
    const cost = 2 * loadWeight * tangent * load[m] - saving[m] +
      price * bytes[m];
    if (cost >= 0) continue;
    bound += cost;
    chosenLoad += load[m];
    chosenBytes += bytes[m];
  }
  return { bound, load: chosenLoad, bytes: chosenBytes };
}

const HALVINGS = 30;

/** The tangent that maximises the bound for a price: where it meets its load. */
function bestTangent(problem: CacheProblem, price: number): Multipliers {
  let low = 0;
  let high = problem.load.reduce((sum, load) => sum + load, 0);
  for (let step = 0; step < HALVINGS; step++) {
    const tangent = (low + high) / 2;
    if (rootBound(problem, { tangent, price }).load > tangent) low = tangent;
    else high = tangent;
  }
  return { tangent: (low + high) / 2, price };
}

/** Multipliers that make the root's bound about as high as it can be. */
function bestMultipliers(problem: CacheProblem): Multipliers {
  const free = bestTangent(problem, 0);
  if (rootBound(problem, free).bytes <= problem.capacityBytes) return free;
  let low = 0;
  let high = 0;
  for (let m = 0; m < problem.load.length; m++) {
    if (problem.bytes[m] > 0) {
      high = Math.max(high, problem.saving[m] / problem.bytes[m]);
    }
  }
  for (let step = 0; step < HALVINGS; step++) {
    const price = (low + high) / 2;
    const { bytes } = rootBound(problem, bestTangent(problem, price));
    if (bytes > problem.capacityBytes) low = price;
    else high = price;
  }
  return bestTangent(problem, high);
}

/**
 * Visits every set of models that fits and whose bound is below the visitor's
 * limit, promising ones first. The bound never exceeds a·(Σ f)² − Σ s, nor that of
 * any set that is reached through it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { searchCaches } from "./cache_search.ts";
 *
 * // Two models that save 10 and 3, of which one fits.
 * const visitor = {
 *   limit: 0,
 *   best: [0, 0],
 *   visit(chosen: Uint8Array, load: number, saving: number) {
 *     const value = load * load - saving;
 *     if (value >= visitor.limit) return;
 *     visitor.limit = value;
 *     visitor.best = [...chosen];
 *   },
 * };
 * searchCaches({
 *   load: Float64Array.of(1, 1),
 *   saving: Float64Array.of(10, 3),
 *   bytes: Float64Array.of(6, 6),
 *   capacityBytes: 8,
 *   loadWeight: 1,
 * }, visitor);
 * assertEquals(visitor.limit, -9);
 * assertEquals(visitor.best, [1, 0]);
 * ```
 */
export function searchCaches(
  problem: CacheProblem,
  visitor: CacheVisitor,
): void {
  const { load, saving, bytes, capacityBytes, loadWeight } = problem;
  const multipliers = bestMultipliers(problem);
  const { tangent, price } = multipliers;
  const cost = load.map((f, m) =>
    2 * loadWeight * tangent * f - saving[m] + price * bytes[m]
  );
  // The clearest decisions first: a wrong one then costs the bound most.
  const order = Array.from(load.keys())
    .sort((a, b) => Math.abs(cost[b]) - Math.abs(cost[a]) || a - b);
  const { constant, added } = problem.linearBound ??
    { constant: -Infinity, added: new Float64Array(load.length) };
  const restOfBound = new Float64Array(order.length + 1);
  const restOfLinear = new Float64Array(order.length + 1);
  for (let k = order.length - 1; k >= 0; k--) {
    const m = order[k];
    restOfBound[k] = restOfBound[k + 1] + Math.min(0, cost[m]);
    restOfLinear[k] = restOfLinear[k + 1] + Math.min(0, added[m]);
  }
  const chosen = new Uint8Array(load.length);
  const fixed = -loadWeight * tangent * tangent - price * capacityBytes;

  const descend = (
    depth: number,
    bound: number,
    linear: number,
    usedBytes: number,
    chosenLoad: number,
    chosenSaving: number,
  ): void => {
    if (bound + restOfBound[depth] >= visitor.limit) return;
    if (linear + restOfLinear[depth] >= visitor.limit) return;
    if (depth === order.length) {
      visitor.visit(chosen, chosenLoad, chosenSaving);
      return;
    }
    const m = order[depth];
    const take = () => {
      if (usedBytes + bytes[m] > capacityBytes) return;
      chosen[m] = 1;
      descend(
        depth + 1,
        bound + cost[m],
        linear + added[m],
        usedBytes + bytes[m],
        chosenLoad + load[m],
        chosenSaving + saving[m],
      );
      chosen[m] = 0;
    };
    if (cost[m] < 0) take();
    descend(depth + 1, bound, linear, usedBytes, chosenLoad, chosenSaving);
    if (cost[m] >= 0) take();
  };
  descend(0, fixed, constant, 0, 0, 0);
}
