import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  clamp,
  drawPoints,
  polynomialMutation,
  simulatedBinaryCrossover,
  tournament,
} from "../../lib/search/operators.ts";
import { createProblem } from "../../lib/search/problem.ts";

const wide = (dimension: number) =>
  createProblem({ dimension, lower: -1e9, upper: 1e9 }, () => {});

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

Deno.test("clamp keeps what is inside", () => {
  assertEquals([-2, -1, 0, 1, 2].map((x) => clamp(x, -1, 1)), [
    -1,
    -1,
    0,
    1,
    1,
  ]);
});

Deno.test("points are uniform in a box of unequal sides", () => {
  const space = createProblem(
    { dimension: 2, lower: [0, 10], upper: [1, 30] },
    () => {},
  );
  const points = new Float64Array(20_000);
  drawPoints(space, new RandomStream(0, "first"), points);
  for (const [d, low, high] of [[0, 0, 1], [1, 10, 30]]) {
    const column = points.filter((_, k) => k % 2 === d);
    assert(column.every((x) => x >= low && x < high));
    // Standard error: (high − low)/√(12·10,000), a 346th of the range.
    assertAlmostEquals(mean(column), (low + high) / 2, (high - low) / 80);
    const quarter = column.filter((x) => x < low + (high - low) / 4).length;
    assertAlmostEquals(quarter / column.length, 0.25, 0.02);
  }
});

Deno.test("a tournament of k is won by the best with probability 1 − (1 − 1/n)^k", () => {
  const stream = new RandomStream(0, "selection");
  const values = Float64Array.of(5, 1, 3, 4);
  for (const size of [1, 2, 3]) {
    const wins = new Float64Array(4);
    for (let k = 0; k < 20_000; k++) {
      wins[tournament(values, size, stream)] += 1 / 20_000;
    }
    assertAlmostEquals(wins[1], 1 - (3 / 4) ** size, 0.015);
    // The worst only wins against itself.
    assertAlmostEquals(wins[0], (1 / 4) ** size, 0.015);
  }
});

Deno.test("crossover keeps the sum of each component, and equal components", () => {
  const space = wide(40);
  const stream = new RandomStream(0, "crossover");
  const points = stream.fillNormal(new Float64Array(80));
  points[3] = points[43] = 0.25;
  const before = points.slice();
  simulatedBinaryCrossover(space, points, 0, 40, 15, stream);
  let changed = 0;
  for (let d = 0; d < 40; d++) {
    assertAlmostEquals(
      points[d] + points[40 + d],
      before[d] + before[40 + d],
      1e-12,
    );
    if (points[d] !== before[d]) changed++;
  }
  assertEquals([points[3], points[43]], [0.25, 0.25]);
  // A component stays with probability 1/4: neither crossed nor swapped.
  assert(changed > 20 && changed < 39, `${changed}`);
});

Deno.test("the spread of crossover has the distribution of Deb and Agrawal", () => {
  const count = 60_000;
  const stream = new RandomStream(1, "crossover");
  for (const eta of [2, 15]) {
    const points = new Float64Array(2 * count).fill(1, count);
    simulatedBinaryCrossover(wide(count), points, 0, count, eta, stream);
    const betas = points.subarray(0, count)
      .map((x, d) => Math.abs(x - points[count + d]))
      .filter((beta) => beta !== 1);
    assertAlmostEquals(betas.length / count, 0.5, 0.01);
    // P{β ≤ 1} = 1/2; below 1 its distribution is β^(η+1)/2.
    const share = (limit: number) =>
      betas.filter((beta) => beta <= limit).length / betas.length;
    assertAlmostEquals(share(1), 0.5, 0.01);
    assertAlmostEquals(share(0.8), 0.8 ** (eta + 1) / 2, 0.01);
    // Above 1 it is 1 − β^−(η+1)/2.
    assertAlmostEquals(share(1.2), 1 - 1.2 ** -(eta + 1) / 2, 0.01);
    // Halves of the children have changed places.
    const swapped = points.subarray(0, count).filter((x) => x > 0.5).length;
    assertAlmostEquals(swapped / count, 0.5, 0.01);
  }
});

Deno.test("mutation meets each component with the probability it is given", () => {
  const stream = new RandomStream(2, "mutation");
  for (const probability of [0, 0.02, 0.5, 1]) {
    const points = new Float64Array(50_000);
    polynomialMutation(wide(50_000), points, 0, probability, 20, stream);
    const moved = points.filter((x) => x !== 0).length / points.length;
    assertAlmostEquals(moved, probability, 0.01);
    // Every position alike: the second half as the first.
    const second = points.subarray(25_000).filter((x) => x !== 0).length;
    assertAlmostEquals(second / 25_000, probability, 0.01);
  }
});

Deno.test("moves of mutation have the distribution of Deb and Goyal", () => {
  const stream = new RandomStream(3, "mutation");
  const space = createProblem({ dimension: 50_000 }, () => {});
  for (const eta of [5, 20]) {
    const points = new Float64Array(50_000);
    polynomialMutation(space, points, 0, 1, eta, stream);
    // A move of δ times the range of 2; P{|δ| > t} = (1 − t)^(η+1).
    const beyond = points.filter((x) => Math.abs(x / 2) > 0.1).length;
    assertAlmostEquals(beyond / points.length, 0.9 ** (eta + 1), 0.01);
    assertAlmostEquals(mean(points), 0, 0.005);
  }
});

Deno.test("operators touch their rows only", () => {
  const space = createProblem({ dimension: 2 }, () => {});
  const stream = new RandomStream(4, "rows");
  const points = Float64Array.of(9, 9, 0.1, 0.2, 9, 9, -0.3, 0.4, 9, 9);
  simulatedBinaryCrossover(space, points, 2, 6, 2, stream);
  polynomialMutation(space, points, 2, 1, 5, stream);
  assertEquals([0, 1, 4, 5, 8, 9].map((k) => points[k]), Array(6).fill(9));
});
