/**
 * Costs of sets of models, as sums and squares of sums.
 *
 * @module
 */

import type { CacheSets } from "./cache_sets.ts";

/** A square of a sum over the models of a set: weight·(Σ_X root)². */
export interface SquareTerm {
  /** Its weight, of any sign. */
  readonly weight: number;
  /** What each model adds to the sum, length M. */
  readonly root: Float64Array;
}

/** A cost of sets X: Σ_X linear + Σ_r weight_r·(Σ_X root_r)². */
export interface SetForm {
  /** What each model adds by itself, squares apart, length M. */
  readonly linear: Float64Array;
  /** Squares of sums. */
  readonly squares: readonly SquareTerm[];
}

/**
 * Σ_k factor_k·form_k.
 *
 * @param parts Forms over the same models, each with its factor; at least one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { combineForms, costOfSet } from "./set_form.ts";
 *
 * const form = {
 *   linear: Float64Array.of(1, 2),
 *   squares: [{ weight: 3, root: Float64Array.of(1, 1) }],
 * };
 * // 1 + 2 + 3·(1 + 1)², less a half of it.
 * const half = combineForms([[1, form], [-0.5, form]]);
 * assertEquals(costOfSet(half, [0, 1]), 7.5);
 * ```
 */
export function combineForms(
  parts: readonly (readonly [factor: number, form: SetForm])[],
): SetForm {
  const linear = new Float64Array(parts[0][1].linear.length);
  const squares: SquareTerm[] = [];
  for (const [factor, form] of parts) {
    for (let m = 0; m < linear.length; m++) {
      linear[m] += factor * form.linear[m];
    }
    for (const { weight, root } of form.squares) {
      const scaled = factor * weight;
      const same = squares.findIndex((term) => term.root === root);
      if (same < 0) squares.push({ weight: scaled, root });
      else squares[same] = { weight: squares[same].weight + scaled, root };
    }
  }
  return { linear, squares };
}

/** The cost of a set that holds one model alone. */
export function costAlone({ linear, squares }: SetForm, model: number): number {
  let cost = linear[model];
  for (const { weight, root } of squares) {
    cost += weight * root[model] * root[model];
  }
  return cost;
}

/** The cost of one set. */
export function costOfSet(
  { linear, squares }: SetForm,
  set: readonly number[],
): number {
  let cost = 0;
  for (const m of set) cost += linear[m];
  for (const { weight, root } of squares) {
    let sum = 0;
    for (const m of set) sum += root[m];
    cost += weight * sum * sum;
  }
  return cost;
}

/**
 * The cost of every set of some models.
 *
 * @param models Which of the M models the sets are made of.
 * @param sets The sets.
 */
export function costsOfSets(
  { linear, squares }: SetForm,
  models: Int32Array,
  { parent, last, count }: CacheSets,
): Float64Array {
  const cost = new Float64Array(count);
  const sum = new Float64Array(count);
  for (let set = 1; set < count; set++) {
    cost[set] = cost[parent[set]] + linear[models[last[set]]];
  }
  for (const { weight, root } of squares) {
    if (weight === 0) continue;
    for (let set = 1; set < count; set++) {
      const total = sum[parent[set]] + root[models[last[set]]];
      sum[set] = total;
      cost[set] += weight * total * total;
    }
  }
  return cost;
}
