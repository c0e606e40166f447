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

/** What {@linkcode neededModels} returns. */
export interface NeededModels {
  /** Models in rising order. */
  readonly models: Int32Array;
  /** How much more the best path of these models costs, at most. */
  readonly slack: number;
}

/** Models of which all sets can be listed. */
const MOST_MODELS = 20;

/**
 * The models that a path of least cost may need.
 *
 * A model that joins a set Y adds its own cost and 2·Σ_r weight_r·root_m·(Σ_Y root), of
 * which the negative parts are at most those of a knapsack that may be filled with
 * parts of models. By these least additions Viterbi's algorithm over the two states of
 * the model, held or not, says what it takes off any path at most. Where that is
 * nothing, any path is no worse without the model. It then is no part of the sets of
 * others, so that the models that are left are looked at again.
 *
 * Where too many are left, those that take off least are left out, too, and the slack
 * is the sum of what they take off at most.
 *
 * @param problem Costs and loads; squares may have any sign.
 * @param mostModels Models to leave at most.
 */
export function neededModels(
  problem: PathProblem,
  mostModels: number = MOST_MODELS,
): NeededModels {
  const { forms, loading, modelBytes, capacityBytes } = problem;
  let left = Array.from(modelBytes.keys())
    .filter((m) => modelBytes[m] <= capacityBytes);
  const takesOff = (m: number): number => {
    const others = left.filter((i) => i !== m);
    let dropped = 0;
    let held = Infinity;
    for (let t = 0; t < forms.length; t++) {
      const added = leastAdded(forms[t], m, problem, others);
      held = Math.min(held, dropped + loading[t][m]) + added;
      dropped = Math.min(dropped, held);
    }
    return -dropped;
  };
  let slack = 0;
  for (;;) {
    for (let before = Infinity; left.length < before;) {
      before = left.length;
      for (const m of left) {
        if (takesOff(m) === 0) left = left.filter((i) => i !== m);
      }
    }
    if (left.length <= mostModels) break;
    const amounts = left.map(takesOff);
    const least = Math.min(...amounts);
    slack += least;
    left.splice(amounts.indexOf(least), 1);
  }
  return { models: Int32Array.from(left), slack };
}
