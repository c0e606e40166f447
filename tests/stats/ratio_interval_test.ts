import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../lib/math/prng.ts";
import { ratioInterval } from "../../lib/stats/ratio_interval.ts";
import { meanInterval } from "../../lib/stats/statistics.ts";

const a = [0.41, 0.38, 0.52, 0.45, 0.36];
const b = [0.29, 0.31, 0.33, 0.24, 0.3];

Deno.test("at either end of a ratio's interval the paired t interval of a − r·b just touches 0", () => {
  const { estimate, lower, upper } = ratioInterval(a, b);
  assertAlmostEquals(estimate, 2.12 / 1.47, 1e-12);
  const contrast = (ratio: number) =>
    meanInterval(a.map((value, i) => value - ratio * b[i]));
  assertAlmostEquals(contrast(lower).lower, 0, 1e-12);
  assertAlmostEquals(contrast(upper).upper, 0, 1e-12);
});

Deno.test("a ratio's interval scales with either side and widens with confidence", () => {
  const one = ratioInterval(a, b);
  const scaled = ratioInterval(a.map((v) => 6 * v), b.map((v) => 2 * v));
  assertAlmostEquals(scaled.lower, 3 * one.lower, 1e-12);
  assertAlmostEquals(scaled.upper, 3 * one.upper, 1e-12);
  const wide = ratioInterval(a, b, { confidence: 0.99 });
  assertEquals(wide.lower < one.lower && wide.upper > one.upper, true);
});

Deno.test("a ratio's 95 % interval covers the ratio of the means 95 times in 100", () => {
  const stream = new RandomStream(0, "ratio coverage");
  const samples = 2000;
  let covered = 0;
  for (let sample = 0; sample < samples; sample++) {
    const shared = stream.fillNormal(new Float64Array(4));
    const noise = stream.fillNormal(new Float64Array(8));
    const x = Array.from(shared, (v, i) => 3 + 0.5 * v + 0.4 * noise[i]);
    const y = Array.from(shared, (v, i) => 2 + 0.5 * v + 0.4 * noise[4 + i]);
    const { lower, upper } = ratioInterval(x, y);
    if (lower <= 1.5 && 1.5 <= upper) covered++;
  }
  // Four standard errors of a share of 0.95.
  assertAlmostEquals(covered / samples, 0.95, 4 * Math.sqrt(0.0475 / samples));
});

Deno.test("a denominator that may be 0 rules out no ratio", () => {
  const { estimate, lower, upper } = ratioInterval([1, 2, 3], [0, 0, 0.3]);
  assertAlmostEquals(estimate, 20, 1e-12);
  assertEquals([lower, upper], [-Infinity, Infinity]);
});

Deno.test("ratios without two pairs or a positive denominator are refused", () => {
  assertThrows(() => ratioInterval([1], [1]), RangeError, "at least 2 pairs");
  assertThrows(() => ratioInterval([1, 2], [1]), RangeError, "got 2 and 1");
  assertThrows(
    () => ratioInterval([1, 2], [0, 0]),
    RangeError,
    "the denominators' mean must be above 0, got 0",
  );
});
