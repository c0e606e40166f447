import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import {
  evaluatePolynomial,
  fitPolynomial,
} from "../../lib/math/polynomial.ts";
import { RandomStream } from "../../lib/math/prng.ts";

const range = (start: number, end: number) =>
  Array.from({ length: end - start }, (_, i) => start + i);

/** Solves A z = b in exact rational arithmetic by Gauss–Jordan elimination. */
function solveExactly(matrix: bigint[][], right: bigint[]): number[] {
  type Fraction = [bigint, bigint];
  const gcd = (a: bigint, b: bigint): bigint =>
    b ? gcd(b, a % b) : a < 0n ? -a : a;
  const reduce = ([n, d]: Fraction): Fraction => {
    const g = gcd(n, d) || 1n;
    return [n / g, d / g];
  };
  const minus = (a: Fraction, b: Fraction): Fraction =>
    reduce([a[0] * b[1] - b[0] * a[1], a[1] * b[1]]);
  const times = (a: Fraction, b: Fraction): Fraction =>
    reduce([a[0] * b[0], a[1] * b[1]]);
  const rows = matrix.map((row, i) =>
    [...row, right[i]].map((value): Fraction => [value, 1n])
  );
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows[k][k];
    assert(pivot[0] !== 0n);
    rows[k] = rows[k].map((value) => times(value, [pivot[1], pivot[0]]));
    for (let i = 0; i < rows.length; i++) {
      if (i === k) continue;
      const factor = rows[i][k];
      rows[i] = rows[i].map((value, j) =>
        minus(value, times(factor, rows[k][j]))
      );
    }
  }
  return rows.map((row) => {
    const [numerator, denominator] = row[row.length - 1];
    return Number(numerator * 10n ** 30n / denominator) / 1e30;
  });
}

Deno.test("a straight line through four points has the textbook slope and intercept", () => {
  // Hand: x̄ = 2.5, ȳ = 8.5, Sxy = 7, Sxx = 5, so slope 1.4 and intercept 5.
  const line = fitPolynomial([1, 2, 3, 4], [6, 8, 10, 10], 1);
  assertAlmostEquals(evaluatePolynomial(line, 0), 5, 1e-12);
  assertAlmostEquals(evaluatePolynomial(line, 1), 6.4, 1e-12);
});

Deno.test("order zero is the mean, whatever the points", () => {
  const constant = fitPolynomial([3, 3, 9], [1, 2, 6], 0);
  assertAlmostEquals(evaluatePolynomial(constant, -50), 3, 1e-14);
  assertEquals(evaluatePolynomial(fitPolynomial([7], [4], 0), 7), 4);
});

Deno.test("a polynomial of the same order is recovered, also far from the origin", () => {
  const truth = (x: number) => 3 - 2 * x + 0.5 * x ** 2 - 0.01 * x ** 4;
  const x = range(-6, 7);
  const fit = fitPolynomial(x, x.map(truth), 4);
  for (const at of [-6, -1.5, 0, 4.25, 6]) {
    assertAlmostEquals(evaluatePolynomial(fit, at), truth(at), 1e-11);
  }
  const shifted = fitPolynomial(x.map((v) => v + 1e6), x.map(truth), 4);
  for (const at of [-6, -1.5, 0, 4.25, 6]) {
    assertAlmostEquals(evaluatePolynomial(shifted, at + 1e6), truth(at), 1e-8);
  }
});

Deno.test("a 4th-order fit of 800 episodes equals the normal equations solved exactly", () => {
  const order = 4;
  const stream = new RandomStream(1, "polynomial test");
  const x = range(1, 801);
  // Integers, so that the normal equations hold exactly in big integers.
  const y = x.map((v) =>
    Math.round(1000 * (-8 + v / 800) + 400 * stream.uniform())
  );
  const moment = (power: number) =>
    x.reduce((sum, v) => sum + BigInt(v) ** BigInt(power), 0n);
  const matrix = range(0, order + 1).map((i) =>
    range(0, order + 1).map((j) => moment(i + j))
  );
  const right = range(0, order + 1).map((i) =>
    x.reduce((sum, v, n) => sum + BigInt(v) ** BigInt(i) * BigInt(y[n]), 0n)
  );
  const exact = solveExactly(matrix, right);
  const fit = fitPolynomial(x, y, order);
  for (const at of [1, 57, 400, 700, 800]) {
    const expected = exact.reduce((sum, c, k) => sum + c * at ** k, 0);
    assertAlmostEquals(evaluatePolynomial(fit, at), expected, 1e-8);
  }
});

Deno.test("the residual of a fit is orthogonal to every power up to its order", () => {
  const stream = new RandomStream(2, "polynomial test");
  const x = range(0, 40).map(() => stream.uniform());
  const y = x.map(() => stream.uniform());
  const fit = fitPolynomial(x, y, 6);
  for (const power of range(0, 7)) {
    const product = x.reduce(
      (sum, v, i) => sum + (y[i] - evaluatePolynomial(fit, v)) * v ** power,
      0,
    );
    assertAlmostEquals(product, 0, 1e-12);
  }
});

Deno.test("the order of the points does not matter, and JSON keeps the fit", () => {
  const x = [5, 1, 3, 2, 4, 3];
  const y = [2, 7, 1, 8, 2, 8];
  const fit = fitPolynomial(x, y, 3);
  const reversed = fitPolynomial(x.toReversed(), y.toReversed(), 3);
  const stored = JSON.parse(JSON.stringify(fit));
  for (const at of [1, 2.5, 5]) {
    assertAlmostEquals(
      evaluatePolynomial(fit, at),
      evaluatePolynomial(reversed, at),
      1e-12,
    );
    assertEquals(evaluatePolynomial(stored, at), evaluatePolynomial(fit, at));
  }
});

Deno.test("points that cannot be fitted are refused with what is wrong", () => {
  const fails = (x: number[], y: number[], order: number, message: string) =>
    assertThrows(() => fitPolynomial(x, y, order), RangeError, message);
  fails(
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    4,
    "x must be at least 5 different values for order 4, got 4",
  );
  fails(
    [1, 1, 1],
    [1, 2, 3],
    1,
    "x must be at least 2 different values for order 1, got 1",
  );
  fails([], [], 0, "x must be at least 1 different values for order 0, got 0");
  fails([1, 2], [1, NaN], 1, "y[1] must be a finite number, got NaN");
  fails([1, Infinity], [1, 2], 1, "x[1] must be a finite number, got Infinity");
  fails([1, 2], [1], 1, "y must be as long as x (2), got 1 values");
  fails([1, 2], [1, 2], 0.5, "order must be a non-negative integer, got 0.5");
  fails([1, 2], [1, 2], -1, "order must be a non-negative integer, got -1");
});
