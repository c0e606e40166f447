import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { studentTQuantile } from "../../lib/stats/student_t.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  bootstrapInterval,
  interquartileMean,
  mean,
  meanInterval,
  median,
  quantile,
  sampleStandardDeviation,
} from "../../lib/stats/statistics.ts";

/**
 * P(|T| ≤ t) for whole degrees of freedom by the finite trigonometric series
 * (Abramowitz and Stegun 26.7.3 and 26.7.4).
 */
function studentTCoverage(t: number, degreesOfFreedom: number): number {
  const theta = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const cosine = Math.cos(theta);
  const odd = degreesOfFreedom % 2 === 1;
  if (degreesOfFreedom === 1) return 2 * theta / Math.PI;
  let term = odd ? cosine : 1;
  let sum = term;
  for (let k = odd ? 2 : 1; k <= degreesOfFreedom - 3; k += 2) {
    term *= cosine ** 2 * k / (k + 1);
    sum += term;
  }
  const series = Math.sin(theta) * sum;
  return odd ? 2 / Math.PI * (theta + series) : series;
}

Deno.test("mean and standard deviation equal the hand computation", () => {
  // Σ = 40, n = 8; squares about 5: 9+1+1+1+0+0+4+16 = 32, over n − 1 = 7.
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  assertEquals(mean(values), 5);
  assertAlmostEquals(sampleStandardDeviation(values), Math.sqrt(32 / 7), 1e-15);
  assertAlmostEquals(
    sampleStandardDeviation(values.map((v) => v + 1e9)),
    Math.sqrt(32 / 7),
    1e-12,
  );
  assertEquals(sampleStandardDeviation([3, 3]), 0);
});

Deno.test("quantiles follow type 7 and leave the sample as it was", () => {
  // Hyndman and Fan type 7: position (n − 1) p, here 9 p, interpolated.
  const values = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5];
  assertAlmostEquals(quantile(values, 0.1), 1.9, 1e-14);
  assertAlmostEquals(quantile(values, 0.25), 3.25, 1e-14);
  assertAlmostEquals(quantile(values, 0.975), 9.775, 1e-14);
  assertEquals(quantile(values, 0), 1);
  assertEquals(quantile(values, 1), 10);
  assertEquals(median(values), 5.5);
  assertEquals(median([9, -1, 4]), 4);
  assertEquals(quantile([7], 0.3), 7);
  assertEquals(values[0], 10);
});

Deno.test("the interquartile mean drops a quarter of the values, rounded down, at each end", () => {
  assertEquals(interquartileMean([100, 1, 2, 3, 4, 5, 6, -100]), 3.5);
  // n = 5 drops one at each end, n = 3 none.
  assertEquals(interquartileMean([-50, 1, 2, 3, 50]), 2);
  assertEquals(interquartileMean([0, 0, 3]), 1);
});

Deno.test("quantiles of Student's t equal the tabulated values", () => {
  // Printed tables of the distribution, three decimals.
  const table: [number, number, number][] = [
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 3, 3.182],
    [0.975, 4, 2.776],
    [0.975, 9, 2.262],
    [0.975, 30, 2.042],
    [0.975, 100, 1.984],
    [0.95, 4, 2.132],
    [0.995, 4, 4.604],
    [0.999, 7, 4.785],
    [0.9, 1, 3.078],
  ];
  for (const [probability, degreesOfFreedom, expected] of table) {
    assertAlmostEquals(
      studentTQuantile(probability, degreesOfFreedom),
      expected,
      5.0001e-4,
    );
  }
});

Deno.test("quantiles of Student's t invert the exact distribution function", () => {
  for (const degreesOfFreedom of [1, 2, 3, 4, 5, 8, 29, 100]) {
    for (const probability of [0.500001, 0.6, 0.9, 0.975, 0.995, 0.99999]) {
      const t = studentTQuantile(probability, degreesOfFreedom);
      assertAlmostEquals(
        (1 + studentTCoverage(t, degreesOfFreedom)) / 2,
        probability,
        1e-13,
      );
      assertAlmostEquals(
        studentTQuantile(1 - probability, degreesOfFreedom),
        -t,
        1e-9 * Math.max(1, t),
      );
    }
  }
  assertEquals(studentTQuantile(0.5, 3), 0);
  // The closed form for 2 degrees of freedom: (2p − 1) / √(2p (1 − p)).
  assertAlmostEquals(
    studentTQuantile(0.975, 2),
    0.95 / Math.sqrt(2 * 0.975 * 0.025),
    1e-13,
  );
});

Deno.test("quantiles of Student's t approach the normal quantile, also between whole degrees of freedom", () => {
  const normal = 1.959963984540054;
  // Abramowitz and Stegun 26.7.5, first term: z + (z³ + z) / (4ν).
  const expected = normal + (normal ** 3 + normal) / 4e4;
  assertAlmostEquals(studentTQuantile(0.975, 1e4), expected, 1e-7);
  const between = studentTQuantile(0.975, 3.5);
  assert(between < 3.182446 && between > 2.776446);
});

Deno.test("the interval of a mean equals the hand computation", () => {
  // v̄ = −7.2, s² = (0.04 + 0 + 0.04) / 2 = 0.04, t(2) = 4.302653.
  const { estimate, lower, upper } = meanInterval([-7.4, -7.2, -7.0]);
  const halfWidth = 4.302652729749464 * 0.2 / Math.sqrt(3);
  assertAlmostEquals(estimate, -7.2, 1e-14);
  assertAlmostEquals(lower, -7.2 - halfWidth, 1e-12);
  assertAlmostEquals(upper, -7.2 + halfWidth, 1e-12);
  const narrow = meanInterval([-7.4, -7.2, -7.0], { confidence: 0.5 });
  // t(0.75, 2) = 0.5 / √(2 · 0.75 · 0.25).
  assertAlmostEquals(
    narrow.upper - narrow.estimate,
    0.5 / Math.sqrt(0.375) * 0.2 / Math.sqrt(3),
    1e-12,
  );
});

Deno.test("the t interval of 5 normal numbers covers their mean 95 times in 100, the bootstrap of the mean far less", () => {
  const numbers = new RandomStream(0, "coverage numbers");
  const stream = new RandomStream(0, "coverage resamples");
  const samples = 1000;
  let studentT = 0;
  let bootstrap = 0;
  for (let i = 0; i < samples; i++) {
    const values = numbers.fillNormal(new Float64Array(5));
    const t = meanInterval(values);
    const b = bootstrapInterval(values, mean, { stream, resamples: 200 });
    if (t.lower <= 0 && t.upper >= 0) studentT++;
    if (b.lower <= 0 && b.upper >= 0) bootstrap++;
  }
  // Three standard errors of a proportion of 0.95 in 1,000 are 0.02.
  assertAlmostEquals(studentT / samples, 0.95, 0.02);
  assert(bootstrap / samples < 0.88);
});

Deno.test("a bootstrap interval is the same for the same stream and holds its estimate", () => {
  const values = Array.from({ length: 20 }, (_, i) => Math.sqrt(i));
  const draw = (seed: number) =>
    bootstrapInterval(values, interquartileMean, {
      stream: new RandomStream(seed, "bootstrap"),
      resamples: 400,
    });
  assertEquals(draw(1), draw(1));
  assert(draw(1).lower !== draw(2).lower || draw(1).upper !== draw(2).upper);
  const { estimate, lower, upper } = draw(1);
  assertEquals(estimate, interquartileMean(values));
  assert(lower <= estimate && estimate <= upper);
  assert(lower > 0 && upper < Math.sqrt(19));
});

Deno.test("the bootstrap of the mean of many numbers agrees with the normal interval", () => {
  const values = new RandomStream(3, "many").fillNormal(new Float64Array(2000));
  const { lower, upper } = bootstrapInterval(values, mean, {
    stream: new RandomStream(3, "bootstrap"),
    resamples: 1000,
  });
  const halfWidth = 1.96 * sampleStandardDeviation(values) / Math.sqrt(2000);
  assertAlmostEquals(lower, mean(values) - halfWidth, 0.2 * halfWidth);
  assertAlmostEquals(upper, mean(values) + halfWidth, 0.2 * halfWidth);
});

Deno.test("samples and options out of range are refused with what is wrong", () => {
  const stream = new RandomStream(0, "unused");
  const fails = (act: () => unknown, message: string) =>
    assertThrows(act, RangeError, message);
  fails(
    () => mean([]),
    "Cannot take the mean: values must be at least 1 number, got 0",
  );
  fails(() => mean([1, NaN]), "values[1] must be a finite number, got NaN");
  fails(() => median([]), "values must be at least 1 number, got 0");
  fails(() => quantile([1], 1.01), "probability must be from 0 to 1, got 1.01");
  fails(() => quantile([1], NaN), "probability must be from 0 to 1, got NaN");
  fails(
    () => interquartileMean([-Infinity]),
    "values[0] must be a finite number",
  );
  fails(
    () => sampleStandardDeviation([1]),
    "values must be at least 2 numbers, got 1",
  );
  fails(() => meanInterval([1]), "values must be at least 2 numbers, got 1");
  fails(
    () => meanInterval([1, 2], { confidence: 1 }),
    "confidence must be between 0 and 1, got 1",
  );
  fails(
    () => studentTQuantile(1, 4),
    "probability must be between 0 and 1, got 1",
  );
  fails(
    () => studentTQuantile(0.9, 0),
    "degreesOfFreedom must be a number from 1, got 0",
  );
  fails(
    () => bootstrapInterval([1, 2], mean, { stream, resamples: 0 }),
    "resamples must be a positive integer, got 0",
  );
});
