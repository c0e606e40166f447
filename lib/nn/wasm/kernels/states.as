// States between rows, as callers hold them, and columns, as kernels do.
//
// In a matrix of features × states, element (k, b) lies at
// matrix + (b >> 3) * panelStep + k * rowStep + (b & 7) * 4, in bytes.

/** matrix(k, b) ← rows[b][k], and 0 in the states up to a multiple of 8. */
export function statesFromRows(
  rows: usize, matrix: usize, panelStep: usize, rowStep: usize,
  features: usize, states: usize,
): void {
  const width = features << 2;
  const padded = (states + 7) & ~7;
  for (let state: usize = 0; state < padded; state++) {
    let to = matrix + (state >> 3) * panelStep + ((state & 7) << 2);
    if (state < states) {
      const end = rows + width;
      for (; rows < end; rows += 4) {
        f32.store(to, f32.load(rows));
        to += rowStep;
      }
    } else {
      for (let k: usize = 0; k < features; k++) {
        f32.store(to, 0);
        to += rowStep;
      }
    }
  }
}

/** rows[b][k] ← matrix(k, b). */
export function statesToRows(
  rows: usize, matrix: usize, panelStep: usize, rowStep: usize,
  features: usize, states: usize,
): void {
  const width = features << 2;
  for (let state: usize = 0; state < states; state++) {
    let from = matrix + (state >> 3) * panelStep + ((state & 7) << 2);
    const end = rows + width;
    for (; rows < end; rows += 4) {
      f32.store(rows, f32.load(from));
      from += rowStep;
    }
  }
}
