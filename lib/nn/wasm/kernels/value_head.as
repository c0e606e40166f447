// The last layer of a critic, which has one output: v(b) = Σ_k w(k) x(k, b).
//
// x is features × states; element (k, b) lies at
// x + (b >> 3) * panelStep + k * rowStep + (b & 7) * 4, in bytes. Vectors are
// contiguous; those over states are as long as `states` rounded up to 8.

/** v ← wᵀ x. */
export function headValues(
  x: usize, panelStep: usize, rowStep: usize,
  w: usize, v: usize, features: usize, states: usize,
): void {
  for (let state: usize = 0; state < states; state += 8) {
    let even0 = f32x4.splat(0), even1 = even0, odd0 = even0, odd1 = even0;
    let row = x + (state >> 3) * panelStep;
    let weight = w;
    const end = w + (features << 2);
    if (features & 1) {
      const each = v128.load32_splat(weight);
      odd0 = f32x4.mul(each, v128.load(row));
      odd1 = f32x4.mul(each, v128.load(row, 16));
      row += rowStep;
      weight += 4;
    }
    while (weight < end) {
      let each = v128.load32_splat(weight);
      even0 = f32x4.relaxed_madd(each, v128.load(row), even0);
      even1 = f32x4.relaxed_madd(each, v128.load(row, 16), even1);
      row += rowStep;
      each = v128.load32_splat(weight, 4);
      odd0 = f32x4.relaxed_madd(each, v128.load(row), odd0);
      odd1 = f32x4.relaxed_madd(each, v128.load(row, 16), odd1);
      row += rowStep;
      weight += 8;
    }
    v128.store(v + (state << 2), f32x4.add(even0, odd0));
    v128.store(v + (state << 2), f32x4.add(even1, odd1), 16);
  }
}

/** d(k, b) ← w(k) e(b), from e, the derivative by v. */
export function headInputGradient(
  d: usize, panelStep: usize, rowStep: usize,
  w: usize, e: usize, features: usize, states: usize,
): void {
  for (let state: usize = 0; state < states; state += 8) {
    const left = v128.load(e + (state << 2));
    const right = v128.load(e + (state << 2), 16);
    let row = d + (state >> 3) * panelStep;
    for (let k: usize = 0; k < features; k++) {
      const each = v128.load32_splat(w + (k << 2));
      v128.store(row, f32x4.mul(each, left));
      v128.store(row, f32x4.mul(each, right), 16);
      row += rowStep;
    }
  }
}

/** g(k) ← Σ_b x(k, b) e(b); e must be zero beyond the states. */
export function headWeightGradient(
  x: usize, panelStep: usize, rowStep: usize,
  g: usize, e: usize, features: usize, states: usize,
): void {
  for (let k: usize = 0; k < features; k++) {
    let left = f32x4.splat(0), right = left;
    let at = x + k * rowStep;
    for (let state: usize = 0; state < states; state += 8) {
      const error = e + (state << 2);
      left = f32x4.relaxed_madd(v128.load(at), v128.load(error), left);
      right = f32x4.relaxed_madd(v128.load(at, 16), v128.load(error, 16), right);
      at += panelStep;
    }
    const sum = f32x4.add(left, right);
    f32.store(
      g + (k << 2),
      (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)) +
        (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)),
    );
  }
}
