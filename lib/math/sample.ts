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

/** The mean of numbers known to be finite, of which there is at least one. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The quantile of numbers known to be sorted and finite. */
export function sortedQuantile(
  sorted: Float64Array,
  probability: number,
): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
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
