// Matrices turned over, in whole or by the rows that are in use.
//
// Where elements lie is said in product.as. A list of rows has 32 t for every
// row t, in words, in rising order.

/** Writes four rows of four numbers as the columns of a 4 x 4 block. */
// @ts-ignore: decorator
@inline
function transposeBlock(
  a: v128, b: v128, c: v128, d: v128, target: usize, targetRowStep: usize,
): void {
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
      const second = from + sourceRowStep;
      const third = second + sourceRowStep;
      const fourth = third + sourceRowStep;
      transposeBlock(
        v128.load(from), v128.load(second), v128.load(third), v128.load(fourth),
        to, targetRowStep,
      );
      from = fourth + sourceRowStep;
    }
    target += targetRowStep << 2;
  }
}

/**
 * Lists the rows of a matrix in panels that are not 0 everywhere, and behind
 * them the last of these until the list is a multiple of 4 long.
 *
 * @returns Their number, which may be 0.
 */
export function rowsInUse(
  matrix: usize, panelStep: usize, rows: usize, columns: usize, list: usize,
): usize {
  const bytes = rows << 5;
  const zero = f32x4.splat(0);
  let end = list;
  for (let row: usize = 0; row < bytes; row += 32) {
    let at = matrix + row;
    for (let column: usize = 0; column < columns; column += 8) {
      const both = v128.or(v128.load(at), v128.load(at, 16));
      if (v128.any_true(f32x4.ne(both, zero))) {
        v128.store(end, i32x4.splat(<i32>row));
        end += 4;
        break;
      }
      at += panelStep;
    }
  }
  return (end - list) >> 2;
}

/**
 * T(c, k) = S(r, c) for the k-th row r of a list of `count` and c < columns; both
 * are rounded up to a multiple of 4. S is in panels.
 */
export function transposeRows(
  source: usize, sourcePanelStep: usize, list: usize, count: usize,
  target: usize, targetPanelStep: usize, targetRowStep: usize,
  columns: usize,
): void {
  for (let column: usize = 0; column < columns; column += 4) {
    const from = source + (column >> 3) * sourcePanelStep + ((column & 4) << 2);
    for (let k: usize = 0; k < count; k += 4) {
      const at = list + (k << 2);
      transposeBlock(
        v128.load(from + load<u32>(at)), v128.load(from + load<u32>(at, 4)),
        v128.load(from + load<u32>(at, 8)), v128.load(from + load<u32>(at, 12)),
        target + (k >> 3) * targetPanelStep + ((k & 4) << 2), targetRowStep,
      );
    }
    target += targetRowStep << 2;
  }
}

/**
 * T(r, c) = S(r, k) for the k-th column c of a list of `count`, and 0 in all other
 * columns; both are row-major.
 */
export function spreadColumns(
  source: usize, sourceRowStep: usize, target: usize, targetRowStep: usize,
  list: usize, count: usize, rows: usize,
): void {
  memory.fill(target, 0, rows * targetRowStep);
  const end = list + (count << 2);
  for (let row: usize = 0; row < rows; row++) {
    let from = source;
    for (let at = list; at < end; at += 4) {
      f32.store(target + (load<u32>(at) >> 3), f32.load(from));
      from += 4;
    }
    source += sourceRowStep;
    target += targetRowStep;
  }
}
