/**
 * Models that no path through sets of cached models needs, whatever squares have which
 * sign.
 *
 * @module
 */

import { costAlone, type SetForm } from "./set_form.ts";

/** A path problem: least Σ_t [form_t(X_t) + Σ_{X_t∖X_{t−1}} loading_t], X_0 empty. */
export interface PathProblem {
  /** The cost of a set in each slot, length T. */
  readonly forms: readonly SetForm[];
  /** What loading each model costs in each slot, `[T][M]`. */
  readonly loading: readonly Float64Array[];
  /** S_m in byte, length M. */
  readonly modelBytes: Float64Array;
  /** What a set may add up to. */
  readonly capacityBytes: number;
}

/** What the others of a set take off at most when a model joins them. */
function largestRelief(
  relief: Float64Array,
  modelBytes: Float64Array,
  roomBytes: number,
  others: readonly number[],
): number {
  const helpful = others.filter((i) => relief[i] > 0)
    .sort((a, b) => relief[b] * modelBytes[a] - relief[a] * modelBytes[b]);
  let sum = 0;
  let room = roomBytes;
  for (const i of helpful) {
    if (modelBytes[i] >= room) {
      return modelBytes[i] > 0 ? sum + relief[i] * room / modelBytes[i] : sum;
    }
    sum += relief[i];
    room -= modelBytes[i];
  }
  return sum;
}

/** The least that a model adds to a slot's cost, whatever others are held. */
function leastAdded(
  form: SetForm,
  m: number,
  { modelBytes, capacityBytes }: PathProblem,
  others: readonly number[],
): number {
  const relief = new Float64Array(modelBytes.length);
  for (const { weight, root } of form.squares) {
    const factor = -2 * weight * root[m];
    if (factor === 0) continue;
    for (const i of others) relief[i] += factor * root[i];
  }
  return costAlone(form, m) -
    largestRelief(relief, modelBytes, capacityBytes - modelBytes[m], others);
}

/**
 * The models that a path of least cost may need.
 *
 * A model that joins a set Y adds its own cost and 2·Σ_r weight_r·root_m·(Σ_Y root), of
 * which the negative parts are at most those of a knapsack that may be filled with
 * parts of models. If no run of slots with a load at its start is below 0 by these
 * least additions (Viterbi's algorithm over the two states of the model), any path is
 * no worse without the model. It then is no part of the sets of others, so that the
 * models that are left are looked at again.
 *
 * @returns The models in rising order.
 */
export function neededModels(problem: PathProblem): Int32Array {
  const { forms, loading, modelBytes, capacityBytes } = problem;
  let left = Array.from(modelBytes.keys())
    .filter((m) => modelBytes[m] <= capacityBytes);
  const needs = (m: number): boolean => {
    const others = left.filter((i) => i !== m);
    let run = Infinity;
    for (let t = 0; t < forms.length; t++) {
      const added = leastAdded(forms[t], m, problem, others);
      run = Math.min(run, loading[t][m]) + added;
      if (run < 0) return true;
    }
    return false;
  };
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    for (const m of left) {
      if (!needs(m)) left = left.filter((i) => i !== m);
    }
  }
  return Int32Array.from(left);
}
