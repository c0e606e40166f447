/**
 * Least-squares polynomials of one variable.
 *
 * The paper fits its convergence curves "by a 4th-order polynomial function"
 * (Section 5.2.1). In powers of the episode number that fit is badly
 * conditioned, so the fit here runs in polynomials that are orthogonal on the
 * points it is given.
 *
 * @module
 */

import { requireResult, scaleBy, scaled, scaleExponentOf } from "./sample.ts";

/**
 * A polynomial in the discrete orthogonal basis of the points it was fitted to
 * (Forsythe 1957): plain JSON, evaluated by {@linkcode evaluatePolynomial}.
 *
 * With t = (x − center) / halfRange the basis is p₀ = 1, p₁ = t − α₀ and
 * p_{k+1} = (t − α_k) p_k − β_k p_{k−1}.
 */
export interface Polynomial {
  /** The x that is mapped to t = 0. */
  readonly center: number;
  /** Half the range of the fitted x, which is mapped to t ∈ [−1, 1]. */
  readonly halfRange: number;
  /** Recurrence coefficients α_k, one per order above zero. */
  readonly alpha: readonly number[];
  /** Recurrence coefficients β_k, one per order above zero; β₀ is 0. */
  readonly beta: readonly number[];
  /** Coefficient of each basis polynomial: order + 1 numbers. */
  readonly coefficients: readonly number[];
}

function requireFinite(values: ArrayLike<number>, name: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(
        `Cannot fit a polynomial: ${name}[${i}] must be a finite number, got ${
          values[i]
        }`,
      );
    }
  }
}

function requireFittable(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  order: number,
): void {
  if (!Number.isInteger(order) || order < 0) {
    throw new RangeError(
      `Cannot fit a polynomial: order must be a non-negative integer, got ${order}`,
    );
  }
  if (x.length !== y.length) {
    throw new RangeError(
      `Cannot fit a polynomial: y must be as long as x (${x.length}), got ${y.length} values`,
    );
  }
  requireFinite(x, "x");
  requireFinite(y, "y");
  const distinct = new Set(Array.from(x)).size;
  if (distinct <= order) {
    throw new RangeError(
      `Cannot fit a polynomial: x must be at least ${
        order + 1
      } different values for order ${order}, got ${distinct}`,
    );
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/**
 * Fits the polynomial of at most `order` that minimizes Σ (y − p(x))².
 *
 * Forsythe's method (1957, J. SIAM 5, 74–88): orthogonal polynomials on the
 * points themselves, each coefficient taken from the residual left by the lower
 * ones. No matrix is formed, so the conditioning of powers of x never enters.
 *
 * @param x Where the values were observed, in any order; repeats are allowed.
 * @param y The values, as many as `x`.
 * @param order Highest power, at most the number of different x minus one.
 * @throws {RangeError} If the order is no non-negative integer, the lengths
 * differ, a number is not finite, there are too few different x, or a coefficient is
 * not finite, as may be for orders of several hundred.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { evaluatePolynomial, fitPolynomial } from "./polynomial.ts";
 *
 * const line = fitPolynomial([0, 1, 2], [1, 3, 5], 1);
 * assertAlmostEquals(evaluatePolynomial(line, 10), 21);
 * ```
 */
export function fitPolynomial(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  order: number,
): Polynomial {
  requireFittable(x, y, order);
  let low = x[0];
  let high = x[0];
  for (let i = 1; i < x.length; i++) {
    low = Math.min(low, x[i]);
    high = Math.max(high, x[i]);
  }
  const center = low / 2 + high / 2;
  // Half of the least number is 0.
  const halfRange = high / 2 - low / 2 || high - low || 1;

  const t = Float64Array.from(x, (value) => (value - center) / halfRange);
  const exponent = scaleExponentOf(y);
  const residual = Float64Array.from(scaled(y, exponent));
  let previous = new Float64Array(t.length);
  let current = new Float64Array(t.length).fill(1);
  let previousSquare = 1;
  const alpha: number[] = [];
  const beta: number[] = [];
  const coefficients: number[] = [];
  for (let k = 0;; k++) {
    const square = dot(current, current);
    const coefficient = dot(residual, current) / square;
    coefficients.push(
      requireResult(
        scaleBy(coefficient, -exponent),
        `coefficient ${k}`,
        "fit a polynomial",
      ),
    );
    if (k === order) break;
    for (let i = 0; i < t.length; i++) residual[i] -= coefficient * current[i];
    const a = dot(t.map((value, i) => value * current[i]), current) / square;
    const b = k === 0 ? 0 : square / previousSquare;
    const next = t.map((value, i) =>
      (value - a) * current[i] - b * previous[i]
    );
    alpha.push(a);
    beta.push(b);
    previous = current;
    current = next;
    previousSquare = square;
  }
  return { center, halfRange, alpha, beta, coefficients };
}

/**
 * The value of a fitted polynomial at `x`.
 *
 * Outside the fitted range the value is an extrapolation and means little.
 *
 * @throws {RangeError} If x or the value is not finite.
 */
export function evaluatePolynomial(polynomial: Polynomial, x: number): number {
  const act = "evaluate a polynomial";
  requireResult(x, "x", act);
  const { center, halfRange, alpha, beta, coefficients } = polynomial;
  const distance = x - center;
  const t = Number.isFinite(distance)
    ? distance / halfRange
    : x / halfRange - center / halfRange;
  let previous = 0;
  let current = 1;
  let sum = coefficients[0];
  for (let k = 0; k < alpha.length; k++) {
    const next = (t - alpha[k]) * current - beta[k] * previous;
    previous = current;
    current = next;
    sum += coefficients[k + 1] * current;
  }
  return requireResult(sum, "the value", act);
}
