// Matrix product and transposition.
//
// Element (row, column) of a matrix is the 32-bit float at
// address + (column >> 3) * panelStep + row * rowStep + (column & 7) * 4: a
// row-major matrix has a panelStep of 32, one in panels a rowStep of 32. All
// addresses and steps are in bytes and multiples of 16.

/**
 * C = max(Aᵀ B, floor): C(m, c) = max(Σ_t A(t, m) B(t, c), floor), for m < rows,
 * c < columns, t < inner. A floor of 0 rectifies, one of −∞ changes nothing.
 * A is row-major, B in panels, C either.
 *
 * Each pass of the inner loop adds an outer product of 5 numbers of A and 8 of
 * B to ten vector accumulators: enough to hide the latency of an FMA, and few
 * enough for 16 registers. Four numbers of A come in one load and are spread by
 * shuffles, because V8 checks the bounds of every load; one local holds the zero
 * that all sums start from, which matters to how V8 uses its registers.
 *
 * `rows` is rounded up to a multiple of 5 and `columns` of 8: C is written and
 * A and B are read that far. `inner` is exact and at least 1.
 */
export function product(
  a: usize, aRowStep: usize,
  b: usize, bPanelStep: usize,
  c: usize, cPanelStep: usize, cRowStep: usize,
  rows: usize, columns: usize, inner: usize, floor: f32,
): void {
  const least = f32x4.splat(floor);
  for (let column: usize = 0; column < columns; column += 8) {
    const end = b + (inner << 5);
    let out = c;
    for (let row: usize = 0; row < rows; row += 5) {
      const zero = f32x4.splat(0);
      let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero;
      let c21 = zero, c30 = zero, c31 = zero, c40 = zero, c41 = zero;
      let x = a + (row << 2);
      let y = b;
      do {
        const four = v128.load(x);
        const left = v128.load(y);
        const right = v128.load(y, 16);
        let each = v128.shuffle<f32>(four, four, 0, 0, 0, 0);
        c00 = f32x4.relaxed_madd(each, left, c00);
        c01 = f32x4.relaxed_madd(each, right, c01);
        each = v128.shuffle<f32>(four, four, 1, 1, 1, 1);
        c10 = f32x4.relaxed_madd(each, left, c10);
        c11 = f32x4.relaxed_madd(each, right, c11);
        each = v128.shuffle<f32>(four, four, 2, 2, 2, 2);
        c20 = f32x4.relaxed_madd(each, left, c20);
        c21 = f32x4.relaxed_madd(each, right, c21);
        each = v128.shuffle<f32>(four, four, 3, 3, 3, 3);
        c30 = f32x4.relaxed_madd(each, left, c30);
        c31 = f32x4.relaxed_madd(each, right, c31);
        each = v128.load32_splat(x, 16);
        c40 = f32x4.relaxed_madd(each, left, c40);
        c41 = f32x4.relaxed_madd(each, right, c41);
        x += aRowStep;
        y += 32;
      } while (y < end);
      v128.store(out, f32x4.max(c00, least));
      v128.store(out, f32x4.max(c01, least), 16);
      out += cRowStep;
      v128.store(out, f32x4.max(c10, least));
      v128.store(out, f32x4.max(c11, least), 16);
      out += cRowStep;
      v128.store(out, f32x4.max(c20, least));
      v128.store(out, f32x4.max(c21, least), 16);
      out += cRowStep;
      v128.store(out, f32x4.max(c30, least));
      v128.store(out, f32x4.max(c31, least), 16);
      out += cRowStep;
      v128.store(out, f32x4.max(c40, least));
      v128.store(out, f32x4.max(c41, least), 16);
      out += cRowStep;
    }
    b += bPanelStep;
    c += cPanelStep;
  }
}

/** Writes a 4 x 4 block as the columns of another. */
// @ts-ignore: decorator
@inline
function transposeBlock(
  source: usize, sourceRowStep: usize, target: usize, targetRowStep: usize,
): void {
  const a = v128.load(source);
  source += sourceRowStep;
  const b = v128.load(source);
  source += sourceRowStep;
  const c = v128.load(source);
  source += sourceRowStep;
  const d = v128.load(source);
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
  target += targetRowStep;
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7));
  target += targetRowStep;
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  target += targetRowStep;
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}

/**
 * T = Sᵀ: T(c, r) = S(r, c), for r < rows, c < columns; both are rounded up to
 * a multiple of 4.
 */
export function transpose(
  source: usize, sourcePanelStep: usize, sourceRowStep: usize,
  target: usize, targetPanelStep: usize, targetRowStep: usize,
  rows: usize, columns: usize,
): void {
  for (let column: usize = 0; column < columns; column += 4) {
    let from = source + (column >> 3) * sourcePanelStep + ((column & 4) << 2);
    for (let row: usize = 0; row < rows; row += 4) {
      const to = target + (row >> 3) * targetPanelStep + ((row & 4) << 2);
      transposeBlock(from, sourceRowStep, to, targetRowStep);
      from += sourceRowStep << 2;
    }
    target += targetRowStep << 2;
  }
}
