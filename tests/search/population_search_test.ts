import { assert, assertEquals, assertThrows } from "@std/assert";
import { DEFAULT_ASSUMPTIONS } from "../../lib/scenario/assumptions.ts";
import type { SearchAssumptions } from "../../lib/scenario/ledger_search.ts";
import {
  createSearch,
  type SearchAlgorithm,
} from "../../lib/search/edge_problem.ts";
import { minimize, searchSteps } from "../../lib/search/minimize.ts";
import type {
  PopulationSearch,
  SearchState,
} from "../../lib/search/population_search.ts";
import { createProblem, type Problem } from "../../lib/search/problem.ts";
import { rastrigin } from "./functions.ts";

const PROBLEM = rastrigin(4);
const BUDGET = 1234;

/** A search with some readings of its own. */
function searchOf(
  name: SearchAlgorithm,
  readings: Partial<SearchAssumptions>,
  problem = PROBLEM,
  seed = 0,
): PopulationSearch {
  const assumptions = { ...DEFAULT_ASSUMPTIONS, ...readings };
  return createSearch(name, problem, seed, assumptions);
}

const READINGS = {
  searchPopulation: 17,
  psoFinalInertia: 0.4,
  gaEliteCount: 3,
};

/** Plain JSON and back; arrays apart, as a file would hold them. */
function store(state: SearchState): SearchState {
  const { arrays, ...rest } = state;
  return {
    ...JSON.parse(JSON.stringify(rest)),
    arrays: structuredClone(arrays),
  };
}

for (const name of ["pso", "ga"] as const) {
  const create = (seed = 3) => searchOf(name, READINGS, PROBLEM, seed);

  Deno.test(`${name}: the same seed finds the same, another seed does not`, () => {
    const [first, again, other] = [3, 3, 4].map((seed) => {
      const search = create(seed);
      minimize(PROBLEM, search, BUDGET);
      return search.state();
    });
    assertEquals(again, first);
    assert(other.arrays.bestPoint[0] !== first.arrays.bestPoint[0]);
  });

  Deno.test(`${name}: stopped at any evaluation, saved and restored, it goes on as if nothing had happened`, () => {
    const straight = create();
    minimize(PROBLEM, straight, BUDGET);
    for (const stop of [0, 1, 16, 17, 18, 500, 1233]) {
      const before = create();
      minimize(PROBLEM, before, stop);
      assertEquals(before.evaluated, stop);
      const after = create(99);
      after.restore(store(before.state()));
      assertEquals(after.state(), before.state());
      minimize(PROBLEM, after, BUDGET);
      assertEquals(after.state(), straight.state());
    }
  });

  Deno.test(`${name}: a saved state is not touched by what follows`, () => {
    const search = create();
    minimize(PROBLEM, search, 100);
    const saved = search.state();
    const copy = structuredClone(saved);
    minimize(PROBLEM, search, 300);
    assertEquals(saved, copy);
  });

  Deno.test(`${name}: asking point by point finds the same as generation by generation`, () => {
    const search = create();
    const value = new Float64Array(1);
    while (search.evaluated < BUDGET) {
      const { points, count } = search.ask(1);
      PROBLEM.evaluate(points, count, value);
      search.tell(value);
    }
    const whole = create();
    minimize(PROBLEM, whole, BUDGET);
    assertEquals(search.state(), whole.state());
  });

  Deno.test(`${name}: the curve is the running minimum of all values told`, () => {
    const search = create();
    const values: number[] = [];
    const spying: Problem = {
      ...PROBLEM,
      evaluate(points, count, out) {
        PROBLEM.evaluate(points, count, out);
        values.push(...out.subarray(0, count));
      },
    };
    const { point, value } = minimize(spying, search, BUDGET);
    assertEquals(values.length, BUDGET);
    values.reduce((best, next, k) => {
      const least = Math.min(best, next);
      assertEquals(search.curve.bestAfter(k + 1), least);
      return least;
    }, Infinity);
    assertEquals(search.curve.bestAfter(0), Infinity);
    assertEquals(search.curve.steps.at(-1)?.best, value);
    const check = new Float64Array(1);
    PROBLEM.evaluate(point, 1, check);
    assertEquals(check[0], value);
  });

  Deno.test(`${name}: points never leave their box, which each component may have of its own`, () => {
    const lower = [-1, 0, 5];
    const upper = [1, 0.5, 100];
    // The optimum lies outside: every component is driven to a bound.
    const problem = createProblem(
      { dimension: 3, lower, upper },
      (points, count, out) => {
        for (let row = 0; row < count; row++) {
          out[row] = points[3 * row] - points[3 * row + 1] +
            points[3 * row + 2];
          for (let d = 0; d < 3; d++) {
            const x = points[3 * row + d];
            assert(x >= lower[d] && x <= upper[d], `${x}`);
          }
        }
      },
    );
    const search = searchOf(name, {}, problem);
    const { point } = minimize(problem, search, 5000);
    assert(Math.abs(point[0] + 1) < 1e-3);
    assert(Math.abs(point[1] - 0.5) < 1e-3);
    assert(Math.abs(point[2] - 5) < 0.1);
  });

  Deno.test(`${name}: infinite values are survived, NaN is refused`, () => {
    const search = create();
    const infinite = createProblem(
      { dimension: 4 },
      (_, count, out) => out.fill(Infinity, 0, count),
    );
    assertEquals(minimize(infinite, search, 100).value, Infinity);
    assertEquals(search.curve.steps, []);
    minimize(PROBLEM, search, 200);
    assert(Number.isFinite(search.bestValue));
    assertThrows(
      () => search.tell(Float64Array.of(NaN)),
      RangeError,
      "values[0] must be a number, got NaN",
    );
  });

  Deno.test(`${name}: another algorithm's or size's state is refused`, () => {
    const other = create().state();
    assertThrows(
      () => create().restore({ ...other, algorithm: "simplex" }),
      RangeError,
      `algorithm must be ${name}, got simplex`,
    );
    const points = other.arrays.points.slice(1);
    assertThrows(
      () => create().restore({ ...other, arrays: { ...other.arrays, points } }),
      RangeError,
      "arrays.points must have length 68, got 67",
    );
  });
}

Deno.test("a budget counts what a point costs and is never passed", () => {
  const costly = { ...PROBLEM, evaluationsPerPoint: 10 };
  const search = searchOf("pso", { searchPopulation: 8 }, costly);
  const spent = [...searchSteps(costly, search, 205)]
    .map(({ evaluations }) => evaluations);
  assertEquals(spent, [80, 160, 200]);
  assertEquals(search.evaluated, 20);
});

Deno.test("more values than points are refused", () => {
  const search = searchOf("pso", { searchPopulation: 2 });
  assertThrows(
    () => search.tell(new Float64Array(3)),
    RangeError,
    "values must be at most 2, got 3",
  );
});

Deno.test("options out of range are refused by name", () => {
  assertThrows(
    () => searchOf("pso", { psoInertia: NaN }),
    RangeError,
    "Cannot create a PSO search: inertia must be a number ≥ 0, got NaN",
  );
  assertThrows(
    () => searchOf("ga", { gaCrossoverProbability: 2 }),
    RangeError,
    "Cannot create a GA search: crossoverProbability must be a number in [0, 1], got 2",
  );
  assertThrows(
    () => searchOf("ga", { gaEliteCount: 50 }),
    RangeError,
    "eliteCount must be an integer in [0, 49], got 50",
  );
});

Deno.test("bounds that are crossed or of another length are refused", () => {
  const evaluate = () => {};
  assertThrows(
    () => createProblem({ dimension: 2, lower: [0, 1], upper: 1 }, evaluate),
    RangeError,
    "lower[1] must be below upper[1], got 1 and 1",
  );
  assertThrows(
    () => createProblem({ dimension: 2, upper: [1] }, evaluate),
    RangeError,
    "upper must have length 2, got 1",
  );
});
