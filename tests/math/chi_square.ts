/**
 * Pearson's test of goodness of fit, for tests of random draws.
 *
 * @module
 */

import { assert } from "@std/assert";

/** Upper 0.1 % points of chi-square by degrees of freedom (printed tables). */
const CRITICAL_VALUE: Readonly<Record<number, number>> = {
  1: 10.828,
  2: 13.816,
  3: 16.266,
  4: 18.467,
  9: 27.877,
  19: 43.820,
};

/**
 * Asserts that counts fit probabilities at the level of 0.1 %; categories of
 * probability 0 must never occur. Seeded streams make the verdict repeatable.
 */
export function assertFits(
  counts: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  what = "counts",
): void {
  const observed = Array.from(counts);
  const total = observed.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let categories = 0;
  observed.forEach((count, index) => {
    const expected = probabilities[index] * total;
    if (expected === 0) {
      assert(count === 0, `${what}: impossible category ${index} was drawn`);
      return;
    }
    assert(expected >= 5, `${what}: too few draws for category ${index}`);
    statistic += (count - expected) ** 2 / expected;
    categories++;
  });
  const critical = CRITICAL_VALUE[categories - 1];
  assert(critical !== undefined, `no critical value for ${categories - 1}`);
  assert(
    statistic < critical,
    `${what}: chi-square ${statistic} reaches ${critical}`,
  );
}
