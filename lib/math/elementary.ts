/**
 * e^x and ln(1 + x), correctly rounded, where they are called by the million.
 *
 * Each is the sum of a table's entry and a rest that a short polynomial gives. If
 * that sum is the same number with the largest possible error added to the rest and
 * taken off, it is the one nearest to the true value (Ziv 1991). In doubt, and
 * elsewhere, `Math` is asked: V8's rounds correctly too, as far as the tests of this
 * file have tried, but takes longer.
 *
 * @module
 */

/** Entries of the tables in a distance of 1. */
const STEPS = 128;

/** 1 in the whole numbers from which the tables are made. */
const ONE = 1n << 120n;

/** The number nearest to `units` / 2^120. */
function toNumber(units: bigint): number {
  return Number(units) * 2 ** -120;
}

/**
 * e^(k/128) for k from −128 to 128, as the nearest number and what is left, by
 * Taylor's series.
 */
const POWERS: Readonly<Float64Array> = (() => {
  let step = 0n;
  for (let n = 1n, term = ONE; term > 0n; n++) {
    step += term;
    term /= n * BigInt(STEPS);
  }
  const powers = new Float64Array(2 * (2 * STEPS + 1));
  const put = (k: number, power: bigint) => {
    const nearest = toNumber(power);
    powers[2 * (k + STEPS)] = nearest;
    powers[2 * (k + STEPS) + 1] = toNumber(power - BigInt(nearest * 2 ** 120));
  };
  for (let k = 0, power = ONE; k <= STEPS; k++) {
    put(k, power);
    put(-k, ONE * ONE / power);
    power = power * step / ONE;
  }
  return powers;
})();

/** Of e^(k/128): one and a half times what the rest can be wrong by. */
const POWER_DOUBT = 3 * 2 ** -60;

/**
 * e^x, correctly rounded, in half of the time of `Math.exp`, which is asked beyond
 * ±1 and in doubt, 3 times in 100.
 *
 * e^x = e^(k/128)·e^r with |r| ≤ 1/256 (Tang 1989). What counts are the roundings
 * of e^r − 1, of its product with the entry and of two sums: 2^-61 of the entry each.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exponential } from "./elementary.ts";
 *
 * assertEquals(exponential(1), Math.E);
 * assertEquals(exponential(0.1), Math.exp(0.1));
 * ```
 */
export function exponential(x: number): number {
  if (!(Math.abs(x) <= 1)) return Math.exp(x);
  const k = Math.floor(STEPS * x + 0.5);
  const r = x - k / STEPS;
  const square = r * r;
  const growth = r +
    square *
      ((1 / 2 + r * (1 / 6)) +
        square * ((1 / 24 + r * (1 / 120)) + square * (1 / 720)));
  const entry = 2 * (k + STEPS);
  const power = POWERS[entry];
  const rest = POWERS[entry + 1] + power * growth;
  const doubt = POWER_DOUBT * power;
  const sum = power + (rest + doubt);
  return sum === power + (rest - doubt) ? sum : Math.exp(x);
}

/**
 * Factors f of 24 bits near 1/(1 + (j + 1/2)/128) for j below 128, then 1/2, each
 * with −ln f as a multiple of 2^-42 and what is left, by the series of artanh.
 */
const LOGARITHMS: Readonly<Float64Array> = (() => {
  const logarithms = new Float64Array(3 * (STEPS + 1));
  for (let j = 0; j <= STEPS; j++) {
    const factor = j < STEPS ? Math.fround(1 / (1 + (j + 0.5) / STEPS)) : 0.5;
    const units = BigInt(factor * 2 ** 120);
    const z = (ONE - units) * ONE / (ONE + units);
    let logarithm = 0n;
    for (let n = 1n, term = z; term > 0n; n += 2n) {
      logarithm += 2n * term / n;
      term = term * z / ONE * z / ONE;
    }
    const high = logarithm >> 78n << 78n;
    logarithms.set(
      [factor, toNumber(high), toNumber(logarithm - high)],
      3 * j,
    );
  }
  return logarithms;
})();

const LN2_HIGH = LOGARITHMS[3 * STEPS + 1];
const LN2_LOW = LOGARITHMS[3 * STEPS + 2];

/** 2^-k. */
const SCALES: Readonly<Float64Array> = Float64Array.from(
  { length: 32 },
  (_, k) => 2 ** -k,
);

/** Twice what the rest can be wrong by. */
const LOGARITHM_DOUBT = 2 ** -59;

/**
 * ln(1 + x), correctly rounded, for x from 1 to 2^30 in less time than `Math.log1p`,
 * which is asked elsewhere and in doubt, at most 2 times in 100.
 *
 * 1 + x = 2^k·(1 + r)/f with |r| < 2^-8 (Tang 1990), but for what the sum loses. f
 * has so few bits that r is exact in two parts. What counts are the rounding of the
 * rest, 2^-62, once more with the doubt, and f in place of 2^k/(1 + x), 2^-61.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { log1p } from "./elementary.ts";
 *
 * assertEquals(log1p(1), Math.LN2);
 * assertEquals(log1p(123.4), Math.log1p(123.4));
 * ```
 */
export function log1p(x: number): number {
  if (!(x >= 1 && x <= 2 ** 30)) return Math.log1p(x);
  const sum = 1 + x;
  const lost = 1 - (sum - x);
  const k = 31 - Math.clz32(sum);
  const scale = SCALES[k];
  const mantissa = sum * scale;
  const entry = 3 * ((mantissa - 1) * STEPS | 0);
  const factor = LOGARITHMS[entry];
  const near = Math.fround(mantissa);
  const most = near * factor - 1;
  const left = (mantissa - near) * factor;
  const r = most + left;
  const square = r * r;
  const bend = square *
    ((-1 / 2 + r * (1 / 3)) +
      square * ((-1 / 4 + r * (1 / 5)) + square * (-1 / 6 + r * (1 / 7))));
  const tail = (left - (r - most)) +
    (lost * scale * factor + (k * LN2_LOW + LOGARITHMS[entry + 2]));
  const high = k * LN2_HIGH + LOGARITHMS[entry + 1];
  const rest = r + (bend + tail);
  const result = high + (rest + LOGARITHM_DOUBT);
  return result === high + (rest - LOGARITHM_DOUBT) ? result : Math.log1p(x);
}
