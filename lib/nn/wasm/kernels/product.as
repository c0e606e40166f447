// Matrix products.
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
 * `rows` is rounded up to a multiple of 5 and `columns` of 8: C is written and
 * A and B are read that far. `inner` is exact and at least 1.
 *
 * Each pass of the inner loop adds an outer product of 5 numbers of A and 8 of B
 * to ten vector accumulators: enough to hide the latency of an FMA, and few enough
 * for 16 registers. Four numbers of A come in one load and are spread by
 * shuffles, because V8 checks the bounds of every load; one local holds the zero
 * that all sums start from, which matters to how V8 uses its registers.
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
    let to = c;
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
      v128.store(to, f32x4.pmax(c00, least));
      v128.store(to, f32x4.pmax(c01, least), 16);
      to += cRowStep;
      v128.store(to, f32x4.pmax(c10, least));
      v128.store(to, f32x4.pmax(c11, least), 16);
      to += cRowStep;
      v128.store(to, f32x4.pmax(c20, least));
      v128.store(to, f32x4.pmax(c21, least), 16);
      to += cRowStep;
      v128.store(to, f32x4.pmax(c30, least));
      v128.store(to, f32x4.pmax(c31, least), 16);
      to += cRowStep;
      v128.store(to, f32x4.pmax(c40, least));
      v128.store(to, f32x4.pmax(c41, least), 16);
      to += cRowStep;
    }
    b += bPanelStep;
    c += cPanelStep;
  }
}

/** Writes four numbers `step` bytes apart. */
// @ts-ignore: decorator
@inline
function scatter(four: v128, target: usize, step: usize): void {
  v128.store32_lane(target, four, 0);
  v128.store32_lane(target + step, four, 1);
  target += step << 1;
  v128.store32_lane(target, four, 2);
  v128.store32_lane(target + step, four, 3);
}

/**
 * The first column of `product`'s C, from that of B, to the same bits: what one
 * state needs. B and C have any layout; their elements are a row's step apart.
 *
 * `rows` is rounded up to a multiple of 4 to write C, and of 16 to read A.
 */
export function productOfColumn(
  a: usize, aRowStep: usize, b: usize, bRowStep: usize,
  c: usize, cRowStep: usize,
  rows: usize, inner: usize, floor: f32,
): void {
  const least = f32x4.splat(floor);
  const end = b + inner * bRowStep;
  for (let row: usize = 0; row < rows; row += 16) {
    const zero = f32x4.splat(0);
    let c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    let x = a + (row << 2);
    for (let y = b; y < end; y += bRowStep) {
      const each = v128.load32_splat(y);
      c0 = f32x4.relaxed_madd(v128.load(x), each, c0);
      c1 = f32x4.relaxed_madd(v128.load(x, 16), each, c1);
      c2 = f32x4.relaxed_madd(v128.load(x, 32), each, c2);
      c3 = f32x4.relaxed_madd(v128.load(x, 48), each, c3);
      x += aRowStep;
    }
    scatter(f32x4.pmax(c0, least), c, cRowStep);
    if (row + 4 >= rows) return;
    c += cRowStep << 2;
    scatter(f32x4.pmax(c1, least), c, cRowStep);
    if (row + 8 >= rows) return;
    c += cRowStep << 2;
    scatter(f32x4.pmax(c2, least), c, cRowStep);
    if (row + 12 >= rows) return;
    c += cRowStep << 2;
    scatter(f32x4.pmax(c3, least), c, cRowStep);
    c += cRowStep << 2;
  }
}
