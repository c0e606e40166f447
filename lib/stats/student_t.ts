/**
 * Quantiles of Student's t distribution.
 *
 * @module
 */

import { requireInside, requireResult } from "../math/sample.ts";

/** ln Γ(x) for x > 0, by Stirling's series (DLMF 5.11.1) beyond x = 15. */
function logGamma(x: number): number {
  let shift = 0;
  while (x < 15) shift += Math.log(x++);
  const y = 1 / (x * x);
  const series = (1 / 12 -
    y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188))))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series -
    shift;
}

/** Degrees of freedom from which ln Γ would lose digits. */
const MANY_DEGREES = 200;

/**
 * ln Γ(a + b) − ln Γ(a) − ln Γ(b), where the smaller of a and b is 1/2. Where the
 * larger one, c, is large, its series (Tricomi and Erdélyi 1951)
 * ln Γ(c + 1/2) − ln Γ(c) = ½ ln c − 1/(8c) + 1/(192c³) − 1/(640c⁵) + …,
 * and Γ(1/2) = √π.
 */
function logBetaInverse(a: number, b: number): number {
  const c = Math.max(a, b);
  if (c <= MANY_DEGREES / 2) {
    return logGamma(a + b) - logGamma(a) - logGamma(b);
  }
  const y = 1 / (c * c);
  const series = (1 / 8 - y * (1 / 192 - y * (1 / 640 - y * 17 / 14336))) / c;
  return 0.5 * Math.log(c / Math.PI) - series;
}

/**
 * The continued fraction of I_x(a, b) (DLMF 8.17.22), which converges fast for
 * x ≤ (a + 1) / (a + b + 2). The caller gives y = 1 − x as well, which keeps
 * full precision near both ends.
 */
function betaFraction(x: number, y: number, a: number, b: number): number {
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-y);
  const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x);
  const logFront = logBetaInverse(a, b) + a * logX + b * logY;
  // Lentz's rule: the fraction is the limit of products of `numerator` (the
  // ratio of successive numerators) and `denominator` (one over that of
  // successive denominators).
  let numerator = 1;
  let denominator = 1 / (1 - (a + b) * x / (a + 1));
  let fraction = denominator;
  for (let m = 1;; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    denominator = 1 / (1 + even * denominator);
    numerator = 1 + even / numerator;
    fraction *= numerator * denominator;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    denominator = 1 / (1 + odd * denominator);
    numerator = 1 + odd / numerator;
    const step = numerator * denominator;
    fraction *= step;
    if (!(Math.abs(step - 1) > 1e-15)) break;
  }
  return Math.exp(logFront) * fraction / a;
}

/** From here on t² overflows, or soon will. */
const FAR = 1e150;

/**
 * Whether P(T > t) of Student's t is above `tail`, for t > 0 and a tail below 1/2:
 * P(T > t) = I_x(ν/2, 1/2) / 2 at x = ν / (ν + t²) (Abramowitz and Stegun 26.7.1),
 * by whichever side of the regularized incomplete beta function, I_x(a, b) =
 * 1 − I_y(b, a), converges fast.
 */
function isTailAbove(
  tail: number,
  t: number,
  degreesOfFreedom: number,
): boolean {
  const a = degreesOfFreedom / 2;
  if (t > FAR) {
    // The first term of I_x: x^a / (a · B(a, 1/2)).
    const logX = Math.log(degreesOfFreedom) - 2 * Math.log(t);
    return Math.exp(logBetaInverse(a, 0.5) + a * logX) / (2 * a) > tail;
  }
  const total = degreesOfFreedom + t * t;
  const x = degreesOfFreedom / total;
  const y = t * t / total;
  return x > (a + 1) / (a + 2.5)
    ? betaFraction(y, x, 0.5, a) / 2 < 0.5 - tail
    : betaFraction(x, y, a, 0.5) / 2 > tail;
}

/** Beyond it the series of the normal tail gives way to the continued fraction. */
const SERIES_END = 2.5;

/** Levels of that fraction: enough for 16 digits from {@linkcode SERIES_END} on. */
const FRACTION_LEVELS = 120;

/**
 * Whether P(Z > z) of the standard normal distribution is above `tail`, for z > 0
 * and a tail below 1/2 (Abramowitz and Stegun 26.2.11 and 26.2.14).
 */
function isNormalTailAbove(tail: number, z: number): boolean {
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  if (z < SERIES_END) {
    let sum = 0;
    for (let k = 1, term = z; sum + term !== sum; k += 2) {
      sum += term;
      term *= z * z / (k + 2);
    }
    return density * sum < 0.5 - tail;
  }
  let fraction = z;
  for (let k = FRACTION_LEVELS; k > 0; k--) fraction = z + k / fraction;
  return density / fraction > tail;
}

/** The x > 0 where `isAbove` changes from true to false, to the last digit. */
function bisect(isAbove: (x: number) => boolean): number {
  let low = 0;
  let high = 1;
  while (high < Infinity && isAbove(high)) high *= 2;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return high;
    if (isAbove(middle)) low = middle;
    else high = middle;
  }
}

/** Degrees of freedom from which Student's t is as good as an expansion. */
const ALMOST_NORMAL = 100_000;

/**
 * Student's t from the normal quantile z: the expansion in powers of 1/ν of
 * Abramowitz and Stegun 26.7.5.
 */
function expandedQuantile(z: number, degreesOfFreedom: number): number {
  const s = z * z;
  const terms = [
    (s + 1) / 4,
    ((5 * s + 16) * s + 3) / 96,
    (((3 * s + 19) * s + 17) * s - 15) / 384,
    ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160,
  ];
  const series = terms.reduceRight(
    (sum, term) => (sum + term) / degreesOfFreedom,
    0,
  );
  return z + z * series;
}

/**
 * The quantile of Student's t distribution: the t with P(T ≤ t) = probability.
 *
 * Inverts the incomplete beta function by bisection down to neighboring
 * floating-point numbers; from 100,000 degrees of freedom on, an expansion about the
 * normal quantile. Relative error below 1e-12 for all probabilities and degrees of
 * freedom.
 *
 * @param probability Strictly between 0 and 1.
 * @param degreesOfFreedom At least 1, not necessarily an integer.
 * @throws {RangeError} If an argument is outside its range, or the quantile is beyond
 * the largest number, as at 1 degree of freedom for probabilities below 1.8e-309.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { studentTQuantile } from "./student_t.ts";
 *
 * assertAlmostEquals(studentTQuantile(0.975, 4), 2.776445, 1e-6);
 * ```
 */
export function studentTQuantile(
  probability: number,
  degreesOfFreedom: number,
): number {
  const act = "take a quantile of Student's t";
  requireInside(probability, "probability", act);
  if (!(degreesOfFreedom >= 1 && degreesOfFreedom < Infinity)) {
    throw new RangeError(
      `Cannot ${act}: degreesOfFreedom must be a number from 1, got ${degreesOfFreedom}`,
    );
  }
  const tail = Math.min(probability, 1 - probability);
  if (tail === 0.5) return 0;
  const t = degreesOfFreedom < ALMOST_NORMAL
    ? bisect((t) => isTailAbove(tail, t, degreesOfFreedom))
    : expandedQuantile(
      bisect((z) => isNormalTailAbove(tail, z)),
      degreesOfFreedom,
    );
  requireResult(t, "the quantile", act);
  return probability < 0.5 ? -t : t;
}
