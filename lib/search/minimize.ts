/**
 * Running a search on a problem, to any budget.
 *
 * @module
 */

import { parseInput } from "../input/input_error.ts";
import { numberSchema } from "../input/schema.ts";
import type { PopulationSearch } from "./population_search.ts";
import type { Problem } from "./problem.ts";

/** How far a search has come. */
export interface SearchProgress {
  /** Evaluations spent: points times what each of them costs. */
  readonly evaluations: number;
  /** The best value so far. */
  readonly bestValue: number;
}

const BUDGET = numberSchema({ minimum: 0 });

/**
 * Evaluates batch after batch, until `budget` evaluations are spent in all or
 * one more point would pass it; a caller may stop between batches, and go on
 * with the same search later.
 *
 * @throws {InputError} If the budget is no number of at least 0, or a value is NaN.
 */
export function* searchSteps(
  problem: Problem,
  search: PopulationSearch,
  budget: number,
): Generator<SearchProgress, void, void> {
  parseInput(BUDGET, budget, { act: "search", path: ["budget"] });
  const values = new Float64Array(search.populationSize);
  const maxPoints = Math.floor(budget / problem.evaluationsPerPoint);
  while (search.evaluated < maxPoints) {
    const { points, count } = search.ask(maxPoints - search.evaluated);
    problem.evaluate(points, count, values);
    search.tell(values, count);
    yield {
      evaluations: search.evaluated * problem.evaluationsPerPoint,
      bestValue: search.bestValue,
    };
  }
}

/**
 * Runs a search until `budget` evaluations are spent in all.
 *
 * @returns The best point that it found (a copy) and its value: zeros and Infinity
 * if no value was below Infinity.
 * @throws {InputError} If the budget is no number of at least 0, or a value is NaN.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { createSearch } from "./edge_problem.ts";
 * import { minimize } from "./minimize.ts";
 * import { pointwiseProblem } from "./problem.ts";
 *
 * const sphere = pointwiseProblem(
 *   { dimension: 3, lower: -5, upper: 5 },
 *   (point) => point.reduce((sum, x) => sum + x * x, 0),
 * );
 * const search = createSearch("pso", sphere, 1, { generations: 40 });
 * assert(minimize(sphere, search, 5000).value < 1e-6);
 * ```
 */
export function minimize(
  problem: Problem,
  search: PopulationSearch,
  budget: number,
): { readonly point: Float64Array; readonly value: number } {
  const steps = searchSteps(problem, search, budget);
  while (!steps.next().done);
  return { point: search.bestPoint.slice(), value: search.bestValue };
}
