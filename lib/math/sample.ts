/**
 * What statistics of a sample share: checks of what is given, and sums over what
 * was checked.
 *
 * @module
 */

/**
 * Refuses a sample that is too small or holds what is not a number.
 *
 * @param act What fails, for the message.
 * @throws {RangeError} `Cannot <act>: values must be …`.
 */
export function requireSample(
  values: ArrayLike<number>,
  least: number,
  act: string,
): void {
  if (values.length < least) {
    throw new RangeError(
      `Cannot ${act}: values must be at least ${least} number${
        least === 1 ? "" : "s"
      }, got ${values.length}`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(
        `Cannot ${act}: values[${i}] must be a finite number, got ${values[i]}`,
      );
    }
  }
}

/**
 * Refuses a number that is not strictly between 0 and 1.
 *
 * @throws {RangeError} `Cannot <act>: <name> must be …`.
 */
export function requireInside(value: number, name: string, act: string): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(
      `Cannot ${act}: ${name} must be between 0 and 1, got ${value}`,
    );
  }
}

/**
 * Refuses a number of resamples that is none.
 *
 * @throws {RangeError} `Cannot <act>: resamples must be …`.
 */
export function requireResamples(resamples: number, act: string): void {
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(
      `Cannot ${act}: resamples must be a positive integer, got ${resamples}`,
    );
  }
}

/**
 * Refuses a result that is too great for a number.
 *
 * @returns The result.
 * @throws {RangeError} `Cannot <act>: <name> must be …`.
 */
export function requireResult(
  value: number,
  name: string,
  act: string,
): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(
    `Cannot ${act}: ${name} must be a finite number, got ${value}`,
  );
}

/** x · 2^exponent, also where 2^exponent itself is no number. */
export function scaleBy(x: number, exponent: number): number {
  let rest = exponent;
  for (; rest > 1000; rest -= 1000) x *= 2 ** 1000;
  for (; rest < -1000; rest += 1000) x *= 2 ** -1000;
  return x * 2 ** rest;
}

/** Numbers whose fourth powers neither overflow nor underflow: 2^±100. */
const ORDINARY_EXPONENT = 100;

/**
 * The power of two that brings numbers to the size of 1, so that squares neither
 * overflow nor underflow; 0, which changes no digit, for all that need none.
 */
export function scaleExponentOf(...samples: ArrayLike<number>[]): number {
  let greatest = 0;
  for (const values of samples) {
    for (let i = 0; i < values.length; i++) {
      greatest = Math.max(greatest, Math.abs(values[i]));
    }
  }
  if (greatest === 0) return 0;
  const exponent = Math.floor(Math.log2(greatest));
  return Math.abs(exponent) <= ORDINARY_EXPONENT ? 0 : -exponent;
}

/** Numbers times 2^exponent; the numbers themselves where that is 1. */
export function scaled(
  values: ArrayLike<number>,
  exponent: number,
): ArrayLike<number> {
  return exponent === 0
    ? values
    : Float64Array.from(values, (value) => scaleBy(value, exponent));
}

/**
 * The mean of numbers known to be finite, of which there is at least one. Their sum
 * may overflow.
 */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  if (Number.isFinite(sum)) return sum / values.length;
  // No sum of n numbers is greater than n times the greatest.
  const exponent = 1 + Math.ceil(Math.log2(values.length));
  sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * 2 ** -exponent;
  const mean = sum / values.length * 2 ** exponent;
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, mean));
}

/**
 * The sample standard deviation of at least two numbers known to be finite, whose
 * squares are finite too: see {@linkcode scaleExponentOf}.
 */
export function deviationOf(values: ArrayLike<number>): number {
  const center = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - center) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/** The quantile of numbers known to be sorted and finite. */
export function sortedQuantile(
  sorted: Float64Array,
  probability: number,
): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  const share = position - below;
  const distance = sorted[above] - sorted[below];
  return Number.isFinite(distance)
    ? sorted[below] + share * distance
    : (1 - share) * sorted[below] + share * sorted[above];
}

/**
 * Reorders numbers so that the `count` least come first, in no order among
 * themselves (Hoare 1961): faster than sorting where only a bound is needed.
 */
export function moveLeastFirst(values: Float64Array, count: number): void {
  let low = 0;
  let high = values.length - 1;
  while (low < high && low < count && count <= high) {
    const pivot = values[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const moved = values[i];
      values[i++] = values[j];
      values[j--] = moved;
    }
    // Up to j nothing is above the pivot, from i on nothing below it.
    if (count <= j) high = j;
    else if (count >= i) low = i;
    else break;
  }
}
