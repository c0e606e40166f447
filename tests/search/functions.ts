/**
 * Test functions with known optima, value 0 (Surjanovic and Bingham's library).
 *
 * @module
 */

import { pointwiseProblem, type Problem } from "../../lib/search/problem.ts";

const BOX = { lower: -5.12, upper: 5.12 };

/** Σ x²; the optimum is the origin. */
export function sphere(dimension: number): Problem {
  return pointwiseProblem(
    { dimension, ...BOX },
    (point) => point.reduce((sum, x) => sum + x * x, 0),
  );
}

/** Rosenbrock's valley; the optimum is (1, …, 1). */
export function rosenbrock(dimension: number): Problem {
  return pointwiseProblem({ dimension, ...BOX }, (point) => {
    let sum = 0;
    for (let d = 0; d + 1 < point.length; d++) {
      sum += 100 * (point[d + 1] - point[d] ** 2) ** 2 + (1 - point[d]) ** 2;
    }
    return sum;
  });
}

/** Rastrigin's function: about 10^D local optima; the best is the origin. */
export function rastrigin(dimension: number): Problem {
  return pointwiseProblem(
    { dimension, ...BOX },
    (point) =>
      point.reduce(
        (sum, x) => sum + x * x - 10 * Math.cos(2 * Math.PI * x) + 10,
        0,
      ),
  );
}
