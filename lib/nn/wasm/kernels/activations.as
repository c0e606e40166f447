// Activations and their slopes, in place, on `runs` runs of `bytes` each (a
// multiple of 32) that start a constant step apart.

/** x ← max(x, 0), for one run. */
export function rectify(x: usize, bytes: usize): void {
  const zero = f32x4.splat(0);
  const end = x + bytes;
  for (let i = x; i < end; i += 32) {
    v128.store(i, f32x4.pmax(v128.load(i), zero));
    v128.store(i, f32x4.pmax(v128.load(i, 16), zero), 16);
  }
}

/** d ← d where y > 0, otherwise 0: back through y = max(x, 0). */
export function rectifierSlope(
  d: usize, dStep: usize, y: usize, yStep: usize, bytes: usize, runs: usize,
): void {
  const zero = f32x4.splat(0);
  for (let run: usize = 0; run < runs; run++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const active = f32x4.gt(v128.load(y + i), zero);
      v128.store(d + i, v128.and(v128.load(d + i), active));
    }
    d += dStep;
    y += yStep;
  }
}

/**
 * tanh of four numbers, within 2 units of the last place.
 *
 * tanh |x| = E / (E + 2) with E = exp(2|x|) − 1. With 2|x| = n ln 2 + r,
 * |r| ≤ ln 2 / 2: E = 2ⁿ (exp(r) − 1) + (2ⁿ − 1), where exp(r) − 1 is its
 * Taylor polynomial of degree 8 (remainder below 2e-10). No cancellation
 * happens near zero, where n = 0. From |x| = 9.1 on the result rounds to ±1.
 */
// @ts-ignore: decorator
@inline
function tangent(x: v128): v128 {
  const one = f32x4.splat(1);
  const sign = v128.and(x, i32x4.splat(i32.MIN_VALUE));
  const doubled = f32x4.mul(
    f32x4.pmin(f32x4.abs(x), f32x4.splat(9.5)),
    f32x4.splat(2),
  );
  const n = f32x4.nearest(f32x4.mul(doubled, f32x4.splat(1.44269504)));
  // ln 2 in two parts, the first with few enough bits for exact multiples.
  let r = f32x4.relaxed_nmadd(n, f32x4.splat(0.693359375), doubled);
  r = f32x4.relaxed_nmadd(n, f32x4.splat(-2.12194440e-4), r);
  let p = f32x4.splat(1.0 / 40320);
  p = f32x4.relaxed_madd(p, r, f32x4.splat(1.0 / 5040));
  p = f32x4.relaxed_madd(p, r, f32x4.splat(1.0 / 720));
  p = f32x4.relaxed_madd(p, r, f32x4.splat(1.0 / 120));
  p = f32x4.relaxed_madd(p, r, f32x4.splat(1.0 / 24));
  p = f32x4.relaxed_madd(p, r, f32x4.splat(1.0 / 6));
  p = f32x4.relaxed_madd(p, r, f32x4.splat(0.5));
  p = f32x4.relaxed_madd(f32x4.mul(p, r), r, r);
  const exponent = i32x4.add(i32x4.relaxed_trunc_f32x4_s(n), i32x4.splat(127));
  const power = i32x4.shl(exponent, 23);
  const e = f32x4.relaxed_madd(power, p, f32x4.sub(power, one));
  return v128.or(f32x4.div(e, f32x4.add(e, f32x4.splat(2))), sign);
}

/** x ← tanh x. */
export function hyperbolicTangent(
  x: usize, step: usize, bytes: usize, runs: usize,
): void {
  for (let run: usize = 0; run < runs; run++) {
    const end = x + bytes;
    for (let i = x; i < end; i += 16) v128.store(i, tangent(v128.load(i)));
    x += step;
  }
}

/** d ← d (1 − y²): back through y = tanh x. */
export function tangentSlope(
  d: usize, dStep: usize, y: usize, yStep: usize, bytes: usize, runs: usize,
): void {
  const one = f32x4.splat(1);
  for (let run: usize = 0; run < runs; run++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const value = v128.load(y + i);
      const slope = f32x4.relaxed_nmadd(value, value, one);
      v128.store(d + i, f32x4.mul(v128.load(d + i), slope));
    }
    d += dStep;
    y += yStep;
  }
}
