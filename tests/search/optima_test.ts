import { assert } from "@std/assert";
import { createSearch } from "../../lib/search/edge_problem.ts";
import { minimize } from "../../lib/search/minimize.ts";
import type { Problem } from "../../lib/search/problem.ts";
import { rastrigin, rosenbrock, sphere } from "./functions.ts";

const SEEDS = 20;
const BUDGET = 20_000;

interface Case {
  readonly name: string;
  readonly problem: Problem;
  /** Where the optimum is, in every component. */
  readonly optimum: number;
  /** Worst value of 20 seeds after 20,000 evaluations, with the ledger's options. */
  readonly pso: number;
  readonly ga: number;
}

const CASES: readonly Case[] = [
  {
    name: "sphere, 5 dimensions",
    problem: sphere(5),
    optimum: 0,
    pso: 1e-20,
    ga: 1e-4,
  },
  {
    name: "sphere, 10 dimensions",
    problem: sphere(10),
    optimum: 0,
    pso: 1e-10,
    ga: 1e-2,
  },
  {
    name: "Rosenbrock, 2 dimensions",
    problem: rosenbrock(2),
    optimum: 1,
    pso: 1e-12,
    ga: 1e-3,
  },
  {
    name: "Rastrigin, 3 dimensions",
    problem: rastrigin(3),
    optimum: 0,
    pso: 1e-12,
    ga: 1e-3,
  },
];

function worst(
  { problem, optimum }: Case,
  algorithm: "pso" | "ga",
): { value: number; distance: number } {
  const found = Array.from({ length: SEEDS }, (_, seed) => {
    const search = createSearch(algorithm, problem, seed, {
      generations: 200,
    });
    const { point, value } = minimize(problem, search, BUDGET);
    const distance = Math.max(...point.map((x) => Math.abs(x - optimum)));
    return { value, distance };
  });
  return {
    value: Math.max(...found.map(({ value }) => value)),
    distance: Math.max(...found.map(({ distance }) => distance)),
  };
}

for (const test of CASES) {
  Deno.test(`PSO reaches the optimum with all of 20 seeds: ${test.name}`, () => {
    const { value, distance } = worst(test, "pso");
    assert(value <= test.pso, `${value}`);
    assert(distance <= 1e-5, `${distance}`);
  });

  Deno.test(`GA reaches the optimum with all of 20 seeds: ${test.name}`, () => {
    const { value, distance } = worst(test, "ga");
    assert(value <= test.ga, `${value}`);
    assert(distance <= 0.1, `${distance}`);
  });
}
