// How parameters move, on contiguous vectors of `bytes` (a multiple of 16).

/**
 * One step of Adam (Kingma and Ba 2015) down the gradient g:
 * m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
 * θ ← θ − stepSize · m / (√(v · secondScale) + ε),
 * with stepSize = η / (1 − β₁ᵗ) and secondScale = 1 / (1 − β₂ᵗ).
 *
 * Moments below 1e-32 are set to 0. They move no parameter; but those of units
 * that have fallen silent would shrink to denormal numbers and stay there, with
 * which a step takes twice as long.
 */
export function adamStep(
  parameters: usize, gradient: usize, first: usize, second: usize,
  bytes: usize,
  beta1: f32, oneMinusBeta1: f32, beta2: f32, oneMinusBeta2: f32,
  epsilon: f32, stepSize: f32, secondScale: f32,
): void {
  const decay1 = f32x4.splat(beta1), rate1 = f32x4.splat(oneMinusBeta1);
  const decay2 = f32x4.splat(beta2), rate2 = f32x4.splat(oneMinusBeta2);
  const floor = f32x4.splat(epsilon), length = f32x4.splat(stepSize);
  const scale = f32x4.splat(secondScale), least = f32x4.splat(1e-32);
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = v128.load(gradient + i);
    let m = f32x4.relaxed_madd(
      decay1, v128.load(first + i), f32x4.mul(rate1, g),
    );
    let v = f32x4.relaxed_madd(
      decay2, v128.load(second + i), f32x4.mul(rate2, f32x4.mul(g, g)),
    );
    m = v128.and(m, f32x4.ge(f32x4.abs(m), least));
    v = v128.and(v, f32x4.ge(v, least));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(v, scale)), floor);
    const change = f32x4.div(f32x4.mul(length, m), size);
    v128.store(parameters + i, f32x4.sub(v128.load(parameters + i), change));
  }
}

/** target ← τ online + (1 − τ) target (Eqs. 23 and 27). */
export function softUpdate(
  target: usize, online: usize, bytes: usize, tau: f32, oneMinusTau: f32,
): void {
  const near = f32x4.splat(tau), far = f32x4.splat(oneMinusTau);
  for (let i: usize = 0; i < bytes; i += 16) {
    const kept = f32x4.mul(far, v128.load(target + i));
    v128.store(
      target + i, f32x4.relaxed_madd(near, v128.load(online + i), kept),
    );
  }
}
