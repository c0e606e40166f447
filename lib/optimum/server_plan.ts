/**
 * The plan of a server, of the models that are worth looking at.
 *
 * @module
 */

import { CacheSets, fewModels } from "./cache_sets.ts";
import { payingModels } from "./paying_models.ts";
import type { PlanProblem } from "./plan_problem.ts";
import { solvePlan } from "./plan_program.ts";
import { relaxPlan } from "./plan_relaxation.ts";

/** Sets up to which no models are left out, and up to which a first plan looks. */
const FEW_SETS = 2 ** 8;
/** Sets up to which the last plan looks. */
const MOST_SETS = 2 ** 16;
/** What rounding can add to a bound, as a part of it. */
const ROUNDING = 1e-9;

/** A plan of a server. */
export interface ServerPlan {
  /** What the server's part of Σ_t G(t) is not below. */
  readonly lowerBound: number;
  /** Its cost: the same, where no better plan can hold a model that was left out. */
  readonly cost: number;
  /** The models of each slot, length T. */
  readonly models: readonly (readonly number[])[];
}

function planWith(
  problem: PlanProblem,
  models: Int32Array,
  options?: { readonly blocks: boolean },
): ServerPlan {
  const bytes = Float64Array.from(models, (m) => problem.modelBytes[m]);
  const sets = new CacheSets(bytes, problem.capacityBytes);
  const { cost, sets: held } = solvePlan(problem, models, sets, options);
  return {
    lowerBound: cost,
    cost,
    models: Array.from(held, (set) => sets.modelsOf(set).map((m) => models[m])),
  };
}

/**
 * The best plan by {@linkcode solvePlan}, and what no plan is below.
 *
 * Only {@linkcode payingModels} are looked at. Where many sets of them fit, a first
 * plan holds those of which {@linkcode relaxPlan} expects most. Models with which no
 * plan is better than it are left out: mostly all but a few, so that the second plan is
 * the best of all. Where too many sets are left even so, the models of which least is
 * expected are left out, too, and the bound is that of plans which hold any of them,
 * if it is below the second plan.
 */
export function planSets(problem: PlanProblem): ServerPlan {
  const { modelBytes, capacityBytes } = problem;
  const paying = payingModels(problem);
  const few = (models: Int32Array, most: number) =>
    fewModels(
      Float64Array.from(models, (m) => modelBytes[m]),
      capacityBytes,
      most,
    );
  if (few(paying, FEW_SETS) === paying.length) return planWith(problem, paying);
  const { holding } = relaxPlan(problem, paying);
  const order = Int32Array.from(paying.keys())
    .sort((a, b) => holding[a] - holding[b]);
  const ordered = order.map((m) => paying[m]);
  const first = planWith(
    problem,
    ordered.slice(0, few(ordered, FEW_SETS)).sort(),
    { blocks: false },
  );
  const limit = first.cost + ROUNDING * Math.abs(first.cost);
  const left = ordered.filter((_, k) => holding[order[k]] <= limit);
  const count = few(left, MOST_SETS);
  const plan = planWith(problem, left.slice(0, count).sort());
  return count === left.length
    ? plan
    : { ...plan, lowerBound: Math.min(plan.cost, holding[order[count]]) };
}
