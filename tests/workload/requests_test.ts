import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  drawInputSizes,
  drawOutputSizes,
  drawRequests,
  requestProbabilities,
} from "../../lib/workload/requests.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { assertFits } from "../math/chi_square.ts";
import { scriptedStream } from "../math/scripted_stream.ts";

Deno.test("Eq. 2: hand values for γ = 1 and γ = 1/2", () => {
  // 1, 1/2, 1/3, 1/4 have the sum 25/12.
  const harmonic = [12 / 25, 6 / 25, 4 / 25, 3 / 25];
  requestProbabilities(4, 1).forEach((probability, m) =>
    assertAlmostEquals(probability, harmonic[m], 1e-15)
  );
  // Model 1 is twice as likely as model 4 when γ = 1/2.
  const root = requestProbabilities(20, 0.5);
  assertAlmostEquals(root[0] / root[3], 2, 1e-14);
  assertAlmostEquals(root[3] / root[15], 2, 1e-14);
});

Deno.test("Eq. 2: the paper's γ = 0.8 and M = 20", () => {
  // m^-0.8 by logarithms, summed from the small end.
  const weights = Array.from(
    { length: 20 },
    (_, k) => Math.exp(-0.8 * Math.log(k + 1)),
  );
  const total = weights.reduceRight((sum, weight) => sum + weight, 0);
  requestProbabilities(20, 0.8).forEach((probability, m) =>
    assertAlmostEquals(probability, weights[m] / total, 1e-15)
  );
});

Deno.test("Eq. 2: probabilities fall with m, sum to 1, and are equal for γ = 0", () => {
  for (const exponent of [0.2, 0.5, 0.8, 3]) {
    const probabilities = requestProbabilities(20, exponent);
    for (let m = 1; m < 20; m++) {
      assert(probabilities[m] < probabilities[m - 1]);
    }
    assertAlmostEquals(
      probabilities.reduce((sum, probability) => sum + probability, 0),
      1,
      1e-14,
    );
  }
  assertEquals([...requestProbabilities(4, 0)], [0.25, 0.25, 0.25, 0.25]);
  assertEquals([...requestProbabilities(1, 0.8)], [1]);
});

Deno.test("Eq. 2: drawn requests fit the Zipf law", () => {
  for (const exponent of [0.2, 0.5, 0.8]) {
    const requests = drawRequests(
      20_000,
      requestProbabilities(20, exponent),
      new RandomStream(4, `zipf ${exponent}`),
    );
    const counts = new Array<number>(20).fill(0);
    for (const model of requests) counts[model]++;
    const weights = counts.map((_, k) => 1 / Math.pow(k + 1, exponent));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    assertFits(
      counts,
      weights.map((weight) => weight / total),
      `γ ${exponent}`,
    );
  }
});

Deno.test("input sizes are uniform in their range", () => {
  const sizes = drawInputSizes(8000, [4, 8], new RandomStream(1, "in"));
  const quarters = [0, 0, 0, 0];
  for (const size of sizes) quarters[Math.floor(size - 4)]++;
  assertFits(quarters, [0.25, 0.25, 0.25, 0.25]);
});

Deno.test("output sizes come from the range of the requested model's type", () => {
  const sizes = drawOutputSizes(
    Int32Array.of(2, 0, 1, 2),
    Int32Array.of(3, 0, 1),
    [[500, 510], [520, 530], [540, 550], [560, 570]],
    scriptedStream(0.5, 0.5, 0.25, 0),
  );
  assertEquals([...sizes], [525, 565, 502.5, 520]);
});
