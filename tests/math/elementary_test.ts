import { assert, assertEquals } from "@std/assert";
import { exponential, log1p } from "../../lib/math/elementary.ts";
import { RandomStream } from "../../lib/math/prng.ts";

/** 1 in whole numbers: far finer than the question which number is nearest. */
const BITS = 240n;
const ONE = 1n << BITS;

/** A number in units of 2^-240; exact, as 2^-240 is below its last bit. */
function exact(x: number): bigint {
  let exponent = 0n;
  for (; !Number.isInteger(x); exponent++) x *= 2;
  return (BigInt(x) << BITS) >> exponent;
}

/** e^x by Taylor's series. */
function trueExponential(x: number): bigint {
  let sum = 0n;
  for (let n = 1n, term = ONE; term !== 0n; n++) {
    sum += term;
    term = term * exact(x) / ONE / n;
  }
  return sum;
}

/** Whether no number is nearer to `units` than `x`. */
function isNearest(x: number, units: bigint): boolean {
  const distance = (y: number) => {
    const difference = exact(y) - units;
    return difference < 0n ? -difference : difference;
  };
  const ulp = 2 ** (Math.floor(Math.log2(x)) - 52);
  return distance(x) <= distance(x + ulp) && distance(x) <= distance(x - ulp);
}

/** ln y for y above 1 by Newton's method, e^ln y = y, from a number near it. */
function trueLogarithm(y: bigint, near: number): bigint {
  let sum = exact(near);
  for (let step = 0; step < 3; step++) {
    let power = 0n;
    for (let n = 1n, term = ONE; term !== 0n; n++) {
      power += term;
      term = term * sum / ONE / n;
    }
    sum += 2n * (y - power) * ONE / (y + power);
  }
  return sum;
}

Deno.test("e^x is the nearest number, and that of Math.exp", () => {
  const stream = new RandomStream(0, "exponential");
  for (let k = 0; k < 2000; k++) {
    const x = 2 * stream.uniform() - 1;
    assert(isNearest(exponential(x), trueExponential(x)), `${x}`);
  }
  for (let k = 0; k < 1_000_000; k++) {
    const x = 2 * stream.uniform() - 1;
    const small = x * 2 ** -stream.integer(60);
    if (exponential(x) !== Math.exp(x)) throw new Error(`${x}`);
    if (exponential(small) !== Math.exp(small)) throw new Error(`${small}`);
  }
});

Deno.test("e^x is that of Math.exp at all steps of its table and elsewhere", () => {
  for (let k = -512; k <= 512; k++) {
    for (const aside of [0, 2 ** -53, -(2 ** -53), 2 ** -40]) {
      const x = k / 256 + aside;
      assertEquals(exponential(x), Math.exp(x), `${x}`);
    }
  }
  for (const x of [-0, 5e-324, 700, 800, -800, Infinity, -Infinity, NaN]) {
    assertEquals(exponential(x), Math.exp(x), `${x}`);
  }
});

Deno.test("ln(1 + x) is the nearest number, and that of Math.log1p", () => {
  const stream = new RandomStream(0, "logarithm");
  for (let k = 0; k < 1000; k++) {
    const x = 2 ** (30 * stream.uniform());
    const nearest = log1p(x);
    const logarithm = trueLogarithm(ONE + exact(x), nearest);
    assert(isNearest(nearest, logarithm), `${x}`);
  }
  for (let k = 0; k < 1_000_000; k++) {
    const x = 2 ** (32 * stream.uniform() - 1);
    if (log1p(x) !== Math.log1p(x)) throw new Error(`${x}`);
  }
});

Deno.test("ln(1 + x) is that of Math.log1p at all steps of its table and elsewhere", () => {
  for (let k = 0; k <= 31; k++) {
    for (let j = 0; j <= 256; j++) {
      for (const aside of [0, 2 ** -22, -(2 ** -22)]) {
        const x = 2 ** k * (1 + j / 256 + aside) - 1;
        assertEquals(log1p(x), Math.log1p(x), `${x}`);
      }
    }
  }
  for (const x of [0, -0, 1e-300, -0.5, -1, -2, 1e300, Infinity, NaN]) {
    assertEquals(log1p(x), Math.log1p(x), `${x}`);
  }
});
