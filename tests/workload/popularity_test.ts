import { assertAlmostEquals, assertEquals } from "@std/assert";
import { nextPopularity } from "../../lib/workload/popularity.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { assertFits } from "../math/chi_square.ts";
import { scriptedStream } from "../math/scripted_stream.ts";

/** P of Eq. 1, copied from the paper. */
const P = [[0.6, 0.2, 0.2], [0.1, 0.7, 0.2], [0.2, 0.3, 0.5]];

function walk(steps: number, seed: number): number[] {
  const stream = new RandomStream(seed, "popularity");
  const states = [0];
  for (let step = 0; step < steps; step++) {
    states.push(nextPopularity(P, states[step], stream));
  }
  return states;
}

Deno.test("Eq. 1: a long chain's transitions fit the rows of P", () => {
  const states = walk(30_000, 1);
  const counts = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  for (let t = 1; t < states.length; t++) counts[states[t - 1]][states[t]]++;
  counts.forEach((row, from) => assertFits(row, P[from], `row ${from}`));
});

Deno.test("Eq. 1: a long chain stays in each state as its stationary law says", () => {
  // π·P = π by hand: π = (9, 16, 10)/35.
  const stationary = [9 / 35, 16 / 35, 10 / 35];
  stationary.forEach((share, to) =>
    assertAlmostEquals(
      stationary.reduce((sum, from, k) => sum + from * P[k][to], 0),
      share,
      1e-15,
    )
  );
  const count = 30_000;
  const visits = [0, 0, 0];
  for (const state of walk(count, 2)) visits[state]++;
  // The second eigenvalue is 0.5: the variance is at most (1+0.5)/(1−0.5) = 3
  // times that of independent draws; four standard errors.
  stationary.forEach((share, state) =>
    assertAlmostEquals(
      visits[state] / count,
      share,
      4 * Math.sqrt(3 * share * (1 - share) / count),
    )
  );
});

Deno.test("Eq. 1: P_13 leads from the first state to the third", () => {
  // Cumulated row 1: 0.6, 0.8, 1.
  assertEquals(nextPopularity(P, 0, scriptedStream(0.59)), 0);
  assertEquals(nextPopularity(P, 0, scriptedStream(0.61)), 1);
  assertEquals(nextPopularity(P, 0, scriptedStream(0.81)), 2);
  // Cumulated row 3: 0.2, 0.5, 1.
  assertEquals(nextPopularity(P, 2, scriptedStream(0.49)), 1);
  assertEquals(nextPopularity(P, 2, scriptedStream(0.51)), 2);
});
