import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  createSearch,
  type CreateSearchOptions,
  type SearchAlgorithm,
} from "../../lib/search/edge_problem.ts";
import { minimize, searchSteps } from "../../lib/search/minimize.ts";
import type {
  PopulationSearch,
  SearchState,
} from "../../lib/search/population_search.ts";
import {
  createProblem,
  pointwiseProblem,
  type Problem,
} from "../../lib/search/problem.ts";
import { GeneticAlgorithm } from "../../lib/search/ga.ts";
import { ParticleSwarm } from "../../lib/search/pso.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { rastrigin } from "./functions.ts";

const PROBLEM = rastrigin(4);
const BUDGET = 1234;

/** A search with some hyperparameters of its own. */
function searchOf(
  name: SearchAlgorithm,
  hyperparameters: CreateSearchOptions["hyperparameters"],
  problem = PROBLEM,
  seed = 0,
): PopulationSearch {
  return createSearch(name, problem, seed, {
    generations: 200,
    hyperparameters,
  });
}

const READINGS = {
  populationSize: 17,
  finalInertia: 0.4,
  eliteCount: 3,
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
      InputError,
      "values[0], of point 201, must be a number, or Infinity for the worst, got NaN",
    );
    assertThrows(
      () =>
        minimize(pointwiseProblem({ dimension: 4 }, () => NaN), search, 300),
      InputError,
      "must be a number, or Infinity for the worst, got NaN",
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
  const search = searchOf("pso", { populationSize: 8 }, costly);
  const spent = [...searchSteps(costly, search, 205)]
    .map(({ evaluations }) => evaluations);
  assertEquals(spent, [80, 160, 200]);
  assertEquals(search.evaluated, 20);
});

Deno.test("values, limits and budgets that do not fit are refused", () => {
  const search = searchOf("pso", { populationSize: 2 });
  const cases: [() => void, string][] = [
    [() => search.tell(new Float64Array(3)), "from 0 to 2, got 3"],
    [() => search.tell(new Float64Array(1), 2), "from 0 to 1, got 2"],
    [() => search.tell(new Float64Array(1), 0.5), "from 0 to 1, got 0.5"],
    [() => search.ask(NaN), "limit must be a whole number of at least 1"],
    [() => search.ask(0), "limit must be a whole number of at least 1, got 0"],
    [
      () => minimize(PROBLEM, search, NaN),
      "Cannot search: budget must be a finite number of at least 0, got NaN",
    ],
    [() => minimize(PROBLEM, search, -1), "budget must be a finite number"],
    [
      () => minimize(PROBLEM, search, "9" as unknown as number),
      'budget must be a finite number of at least 0, got "9"',
    ],
  ];
  for (const [call, message] of cases) assertThrows(call, InputError, message);
  assertEquals(search.evaluated, 0);
});

const PSO_OPTIONS = {
  populationSize: 5,
  inertia: 0.7,
  finalInertia: 0.4,
  inertiaGenerations: 10,
  cognitive: 1.5,
  social: 1.5,
  maxVelocity: 0.2,
};
const GA_OPTIONS = {
  populationSize: 5,
  tournamentSize: 2,
  crossoverProbability: 0.9,
  crossoverEta: 15,
  mutationsPerChild: 1,
  mutationEta: 20,
  eliteCount: 1,
};

Deno.test("options that are wrong are refused by name", () => {
  const pso = (change: object, seed: unknown = 0) => () =>
    new ParticleSwarm(PROBLEM, seed as number, { ...PSO_OPTIONS, ...change });
  const ga = (change: object) => () =>
    new GeneticAlgorithm(PROBLEM, 0, { ...GA_OPTIONS, ...change });
  const cases: [() => void, string][] = [
    [
      pso({ inertia: NaN }),
      "Cannot create a PSO search: inertia must be a finite number of at least 0, got NaN",
    ],
    [
      pso({ social: "2" }),
      'social must be a finite number of at least 0, got "2"',
    ],
    [
      pso({ inerta: 1 }),
      "inerta must be a known key (nearest: inertia), got 1",
    ],
    [pso({ maxVelocity: undefined }), "maxVelocity must be a finite number"],
    [pso({ populationSize: 0.5 }), "populationSize must be a whole number"],
    [
      pso({}, NaN),
      "seed must be a text or a whole number from 0 to 1000000000",
    ],
    [pso({}, 1764326400000), "seed must be a text or a whole number"],
    [
      ga({ crossoverProbability: 2 }),
      "Cannot create a GA search: crossoverProbability must be a finite number from 0 to 1, got 2",
    ],
    [
      ga({ eliteCount: 5 }),
      "eliteCount must be below populationSize, 5, got 5",
    ],
    [
      ga({ tournament: 2 }),
      "tournament must be a known key (nearest: tournamentSize)",
    ],
    [
      () => searchOf("psso" as SearchAlgorithm, {}),
      'Cannot create a search: algorithm must be one of "pso", "ga", got "psso"',
    ],
  ];
  for (const [call, message] of cases) assertThrows(call, InputError, message);
  pso({}, "0/0.5/-1")();
});

Deno.test("a problem that cannot be searched is refused", () => {
  const evaluate = () => {};
  const cases: [object, string][] = [
    [
      { lower: [0, 1], upper: 1 },
      "lower[1] must be below upper[1] by a finite number, got 1 and 1",
    ],
    [{ upper: [1] }, "upper must be a number or 2 numbers, got an array of 1"],
    [{ upper: {} }, "upper must be a number or 2 numbers, got {}"],
    [{ lower: NaN }, "lower must be a finite number, got NaN"],
    [
      { lower: [0, -Infinity] },
      "lower[1] must be a finite number, got -Infinity",
    ],
    [{ upper: ["1", 2] }, 'upper[0] must be a finite number, got "1"'],
    [{ lower: -1e308, upper: 1e308 }, "lower[0] must be below upper[0]"],
    [{ dimension: 0 }, "dimension must be a whole number of at least 1, got 0"],
    [
      { dimension: "2" },
      'dimension must be a whole number of at least 1, got "2"',
    ],
    [
      { evaluationsPerPoint: NaN },
      "evaluationsPerPoint must be a whole number",
    ],
    [{ uper: 1 }, "uper must be a known key (nearest: upper), got 1"],
  ];
  for (const [change, message] of cases) {
    assertThrows(
      () => createProblem({ dimension: 2, ...change }, evaluate),
      InputError,
      `Cannot create a problem: ${message}`,
    );
  }
});
