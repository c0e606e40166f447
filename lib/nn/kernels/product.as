// Matrix product and transposition.
//
// A matrix lies in panels of 8 columns: element (row, column) is the 32-bit
// float at address + (column >> 3) * panelStep + row * 32 + (column & 7) * 4.
// All addresses and steps are in bytes and multiples of 16.

/**
 * C = max(Aᵀ B, floor): C(m, c) = max(Σ_t A(t, m) B(t, c), floor), for m < rows,
 * c < columns, t < inner. A floor of 0 rectifies, one of −∞ changes nothing.
 *
 * Each pass of the inner loop adds an outer product of 4 numbers of A and 8 of
 * B to eight vector accumulators. One load for four numbers of A, spread by
 * shuffles, matters because V8 checks the bounds of every load; and so does one
 * local for the zero that all sums start from, to how V8 uses its registers.
 *
 * `rows` is rounded up to a multiple of 4 and `columns` of 8: C is written and
 * A and B are read that far. `inner` is exact and at least 1.
 */
export function product(
  a: usize, aPanelStep: usize,
  b: usize, bPanelStep: usize,
  c: usize, cPanelStep: usize,
  rows: usize, columns: usize, inner: usize, floor: f32,
): void {
  const least = f32x4.splat(floor);
  for (let column: usize = 0; column < columns; column += 8) {
    const end = b + (inner << 5);
    for (let row: usize = 0; row < rows; row += 4) {
      const zero = f32x4.splat(0);
      let c00 = zero, c01 = zero, c10 = zero, c11 = zero;
      let c20 = zero, c21 = zero, c30 = zero, c31 = zero;
      let x = a + (row >> 3) * aPanelStep + ((row & 4) << 2);
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
        x += 32;
        y += 32;
      } while (y < end);
      const out = c + (row << 5);
      v128.store(out, f32x4.max(c00, least));
      v128.store(out, f32x4.max(c01, least), 16);
      v128.store(out, f32x4.max(c10, least), 32);
      v128.store(out, f32x4.max(c11, least), 48);
      v128.store(out, f32x4.max(c20, least), 64);
      v128.store(out, f32x4.max(c21, least), 80);
      v128.store(out, f32x4.max(c30, least), 96);
      v128.store(out, f32x4.max(c31, least), 112);
    }
    b += bPanelStep;
    c += cPanelStep;
  }
}

/** Writes a 4 x 4 block, rows 32 bytes apart, as the columns of another. */
// @ts-ignore: decorator
@inline
function transposeBlock(source: usize, target: usize): void {
  const a = v128.load(source);
  const b = v128.load(source, 32);
  const c = v128.load(source, 64);
  const d = v128.load(source, 96);
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
  v128.store(target, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), 32);
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 64);
  v128.store(target, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 96);
}

/**
 * T = Sᵀ: T(c, r) = S(r, c), for r < rows, c < columns; `rows` is rounded up to
 * a multiple of 4, `columns` of 8.
 */
export function transpose(
  source: usize, sourcePanelStep: usize,
  target: usize, targetPanelStep: usize,
  rows: usize, columns: usize,
): void {
  for (let column: usize = 0; column < columns; column += 8) {
    for (let row: usize = 0; row < rows; row += 4) {
      const from = source + (column >> 3) * sourcePanelStep + (row << 5);
      const to = target + (row >> 3) * targetPanelStep + (column << 5) +
        ((row & 4) << 2);
      transposeBlock(from, to);
      transposeBlock(from + 16, to + 128);
    }
  }
}
