import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import {
  bootstrapInterval,
  greatestInterval,
  interquartileMean,
  mean,
  meanInterval,
  meanScore,
  median,
  optimalityGap,
  pairedDifference,
  pairedDifferences,
  performanceProfile,
  quantile,
  ratioInterval,
  sampleStandardDeviation,
  skillRows,
  stratifiedInterval,
} from "../../lib/stats/mod.ts";
import {
  evaluatePolynomial,
  fitPolynomial,
  RandomStream,
} from "../../lib/math/mod.ts";

const MAX = Number.MAX_VALUE;
/** The least positive number; u stands for it below. */
const u = Number.MIN_VALUE;

Deno.test("statistics of numbers near the ends of the range are right", () => {
  const cases: [what: string, got: number, expected: number][] = [
    ["the sum overflows", mean([1e308, 1e308, 1e308]), 1e308],
    ["the largest number", mean(new Array(7).fill(MAX)), MAX],
    ["Infinity − Infinity", mean([MAX, MAX, -MAX, -MAX]), 0],
    ["a third of u is 0", mean([u, 0, 0]), 0],
    ["u", mean([u, u, u]), u],
    [
      "all seeds and tasks",
      meanScore([[1.5e308, 1e308], [5e307, 1e308]]),
      1e308,
    ],
    [
      "half a quarter drops",
      interquartileMean([9e307, 1e308, 1.1e308, MAX]),
      1.05e308,
    ],
    ["the middle", median([-MAX, MAX]), 0],
    ["type 7", quantile([-1.6e308, 1.6e308], 0.75), 8e307],
    ["the top", quantile([-MAX, MAX], 1), MAX],
    // Deviations 1, 0, 1 over n − 1 = 2.
    ["squares overflow", sampleStandardDeviation([1e200, 2e200, 3e200]), 1e200],
    [
      "squares underflow",
      sampleStandardDeviation([1e-200, 2e-200, 3e-200]),
      1e-200,
    ],
    [
      "deviations overflow",
      sampleStandardDeviation([1.7e308, 0, -1.7e308]),
      1.7e308,
    ],
    // u and 5u: √8 u = 2.83u, which is 3u.
    ["subnormal numbers", sampleStandardDeviation([u, 5 * u]), 3 * u],
    ["all equal", sampleStandardDeviation([u, u]), 0],
    [
      "differences overflow",
      pairedDifference(
        [[1e308, -1e308], [1.5e308, -1.5e308]],
        [[-1e308, 1e308], [-1.5e308, 1.5e308]],
      ).upper,
      0,
    ],
    [
      "the line's end",
      evaluatePolynomial(
        fitPolynomial([0, 1, 2], [1e308, 1.2e308, 1.4e308], 1),
        2,
      ),
      1.4e308,
    ],
    [
      "a small line",
      evaluatePolynomial(
        fitPolynomial([0, 1, 2], [1e-300, 3e-300, 5e-300], 1),
        3,
      ),
      7e-300,
    ],
    [
      "x as close as they can be",
      evaluatePolynomial(fitPolynomial([0, u], [1, 3], 1), u),
      3,
    ],
    [
      "x as far as they can be",
      evaluatePolynomial(fitPolynomial([-MAX, 0, MAX], [1, 2, 3], 1), MAX / 2),
      2.5,
    ],
    ["skill", skillOf(0, -1.5e308, 1.5e308), 0.5],
    ["a small skill", skillOf(2 * u, 0, 8 * u), 0.25],
  ];
  for (const [what, got, expected] of cases) {
    const tolerance = 1e-13 * Math.abs(expected);
    assert(Math.abs(got - expected) <= tolerance, `${what}: ${got}`);
  }
});

function skillOf(value: number, zero: number, one: number): number {
  const rows = [["x", value], ["zero", zero], ["one", one]] as const;
  return skillRows(
    rows.map(([series, value]) => ({ series, task: "t", seed: 0, value })),
    "zero",
    "one",
  )![0].value;
}

Deno.test("intervals scale with their sample, from 1e-280 to 1e280", () => {
  const a = [12, 15.5, 18, 11];
  const b = [8, 10, 12.25, 7];
  const of = (interval: object) => Object.values(interval) as number[];
  for (const exponent of [-930, -500, -101, 101, 500, 930]) {
    const scale = 2 ** exponent;
    const [bigA, bigB] = [a, b].map((values) => values.map((v) => v * scale));
    assertEquals(
      of(meanInterval(bigA)),
      of(meanInterval(a)).map((end) => end * scale),
    );
    assertEquals(
      of(pairedDifference(bigA.map((v) => [v]), bigB.map((v) => [v]))),
      of(pairedDifference(a.map((v) => [v]), b.map((v) => [v]))).map((end) =>
        end * scale
      ),
    );
    assertEquals(ratioInterval(bigA, bigB), ratioInterval(a, b));
    assertEquals(
      of(ratioInterval(bigA, b)),
      of(ratioInterval(a, b)).map((end) => end * scale),
    );
    const bootstrap = (values: number[]) =>
      of(bootstrapInterval(values, mean, {
        stream: new RandomStream(0, "bootstrap"),
        resamples: 50,
      }));
    assertEquals(bootstrap(bigA), bootstrap(a).map((end) => end * scale));
  }
  // 1e-200 over 1e200 is below the least number.
  assertEquals(ratioInterval([1e-200, 1e-200], [1e200, 1e200]).estimate, 0);
  assertAlmostEquals(ratioInterval([3e300, 3e300], [2e300, 2e300]).upper, 1.5);
});

Deno.test("what is no number is an error with its name, never NaN", () => {
  const stream = new RandomStream(0, "bootstrap");
  const rows = (value: number) => [
    { series: "x", task: "t", seed: 7, value },
    { series: "zero", task: "t", seed: 7, value: 0 },
    { series: "one", task: "t", seed: 7, value: u },
  ];
  const many = Array.from({ length: 20_000 }, (_, i) => i);
  const cases: [() => unknown, string][] = [
    [
      () => sampleStandardDeviation([MAX, -MAX]),
      "Cannot take the standard deviation: it must be a finite number, got Infinity",
    ],
    [
      () => meanInterval([MAX, 0]),
      "Cannot take the interval of a mean: the lower end must be a finite number, got -Infinity",
    ],
    [
      () => pairedDifferences([[1e308]], [[-1e308]]),
      "the difference of seed 0 and task 0 must be a finite number, got Infinity",
    ],
    [
      () => pairedDifference([[1e308], [1e308]], [[-1e308], [-1e308]]),
      "Cannot compare methods pairwise: the interval must be a finite number",
    ],
    [
      () => ratioInterval([1e200, 2e200], [1e-200, 2e-200]),
      "Cannot take the interval of a ratio: the ratio must be a finite number, got Infinity",
    ],
    [
      () => bootstrapInterval([1, 2], () => NaN, { stream }),
      "Cannot bootstrap an interval: the statistic must be a finite number, got NaN",
    ],
    [
      () => stratifiedInterval([[1], [2]], () => Infinity, { stream }),
      "statistic 0 must be a finite number, got Infinity",
    ],
    [
      () => greatestInterval([() => ({ estimate: NaN, lower: 0, upper: 1 })]),
      "every interval must be of numbers, got NaN from 0 to 1",
    ],
    [() => greatestInterval([], { confidence: 0.9 }), "at least 1, got 0"],
    [
      () =>
        greatestInterval([() => ({ estimate: 0, lower: 0, upper: 0 })], {
          confidence: NaN,
        }),
      "confidence must be between 0 and 1, got NaN",
    ],
    [
      () => optimalityGap([[1]], NaN),
      "Cannot take the optimality gap: target must be a finite number, got NaN",
    ],
    [() => optimalityGap([[-MAX]], MAX), "the gap must be a finite number"],
    [
      () => performanceProfile([[1]], [0, NaN]),
      "Cannot draw a performance profile: thresholds must be numbers, got NaN",
    ],
    [
      () => skillRows(rows(NaN), "zero", "one"),
      "Cannot compute skills: the skill of x on t with seed 7 must be a finite number, got NaN",
    ],
    [() => skillRows(rows(1), "zero", "one"), "must be a finite number, got"],
    [
      () => fitPolynomial(many, many, 700),
      "Cannot fit a polynomial: coefficient",
    ],
    [
      () => evaluatePolynomial(fitPolynomial([0, 1], [0, 1], 1), NaN),
      "Cannot evaluate a polynomial: x must be a finite number, got NaN",
    ],
    [
      () => evaluatePolynomial(fitPolynomial([0, 1], [0, MAX], 1), 1e9),
      "Cannot evaluate a polynomial: the value must be a finite number, got Infinity",
    ],
  ];
  for (const [call, message] of cases) assertThrows(call, RangeError, message);
});

Deno.test("a random stream is opened by a text or a number that is not rounded", () => {
  for (const seed of [NaN, Infinity, 0.5, 2 ** 53]) {
    assertThrows(
      () => new RandomStream(seed, "requests"),
      RangeError,
      `seed must be a text or a whole number below 2^53, got ${seed}`,
    );
  }
  new RandomStream(2 ** 53 - 1, "requests");
  new RandomStream("0/0.5", "requests");
});
