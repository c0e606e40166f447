import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import {
  greatestInterval,
  type IntervalAt,
  leastInterval,
} from "../../lib/stats/extreme_interval.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { meanInterval } from "../../lib/stats/statistics.ts";

const at = (values: ArrayLike<number>): IntervalAt => (confidence) =>
  meanInterval(values, { confidence });

Deno.test("the extreme of a single number has that number's interval", () => {
  const values = [1, 2, 4];
  const { index, ...interval } = greatestInterval([at(values)]);
  assertEquals(index, 0);
  const expected = meanInterval(values);
  assertAlmostEquals(interval.lower, expected.lower, 1e-12);
  assertAlmostEquals(interval.upper, expected.upper, 1e-12);
  const least = leastInterval([at(values)]);
  assertAlmostEquals(least.lower, expected.lower, 1e-12);
  assertAlmostEquals(least.upper, expected.upper, 1e-12);
});

Deno.test("the upper end of the greatest is the greatest upper end, the lower end pays for every look", () => {
  const high = [10, 11, 12];
  const wide = [0, 5, 16];
  const { estimate, lower, upper, index } = greatestInterval([
    at(wide),
    at(high),
  ]);
  assertEquals([estimate, index], [11, 1]);
  assertEquals(upper, meanInterval(wide).upper);
  // Two looks at 5 %: 97.5 % each.
  assertAlmostEquals(
    lower,
    meanInterval(high, { confidence: 0.975 }).lower,
    1e-9,
  );
});

Deno.test("the least is the greatest of what is negated", () => {
  const samples = [[1, 2, 4], [0, 3, 5], [2, 2, 3]];
  const least = leastInterval(samples.map(at));
  const mirrored = greatestInterval(
    samples.map((values) => at(values.map((value) => -value))),
  );
  assertEquals(least.index, mirrored.index);
  assertAlmostEquals(least.estimate, -mirrored.estimate, 1e-12);
  assertAlmostEquals(least.lower, -mirrored.upper, 1e-12);
  assertAlmostEquals(least.upper, -mirrored.lower, 1e-12);
});

Deno.test("the interval of the greatest covers it at least 95 times in 100, equal or apart", () => {
  for (const spread of [0, 1, 4]) {
    const stream = new RandomStream(spread, "extreme coverage");
    const samples = 600;
    let covered = 0;
    for (let sample = 0; sample < samples; sample++) {
      const { lower, upper } = greatestInterval([0, 1, 2].map((k) => {
        const noise = stream.fillNormal(new Float64Array(3));
        return at(noise.map((value) => value + spread * k));
      }));
      if (lower <= 2 * spread && 2 * spread <= upper) covered++;
    }
    assert(
      covered / samples > 0.95 - 3 * Math.sqrt(0.0475 / samples),
      `spread ${spread}: ${covered} of ${samples}`,
    );
  }
});

Deno.test("the extreme of nothing is refused", () => {
  assertThrows(() => greatestInterval([]), RangeError, "got 0");
  assertThrows(() => leastInterval([]), RangeError, "got 0");
});
