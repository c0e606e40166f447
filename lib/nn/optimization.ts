/**
 * How parameters move: Adam and the soft update, on plain arrays.
 *
 * @module
 */

/** Decay of Adam's first moment (Kingma and Ba 2015). */
export const ADAM_BETA1 = 0.9;
/** Decay of Adam's second moment (Kingma and Ba 2015). */
export const ADAM_BETA2 = 0.999;
/** Keeps Adam's quotient finite (Kingma and Ba 2015). */
export const ADAM_EPSILON = 1e-8;

/** What {@linkcode adamStep} reads and changes. */
export interface AdamStepOptions {
  /** Changed in place. */
  readonly parameters: Float32Array;
  /** Gradient of the loss by the parameters. */
  readonly gradient: Float32Array;
  /** Running mean of the gradient; changed in place. */
  readonly firstMoment: Float32Array;
  /** Running mean of its square; changed in place. */
  readonly secondMoment: Float32Array;
  /** Step size. */
  readonly learningRate: number;
  /** Number of this step, from 1. */
  readonly step: number;
}

/**
 * One step of Adam down the gradient g (Kingma and Ba 2015, Algorithm 1):
 *
 * m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
 * θ ← θ − η · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε).
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { adamStep } from "./optimization.ts";
 *
 * const parameters = new Float32Array([1]);
 * adamStep({
 *   parameters,
 *   gradient: new Float32Array([-3]),
 *   firstMoment: new Float32Array(1),
 *   secondMoment: new Float32Array(1),
 *   learningRate: 0.1,
 *   step: 1,
 * });
 * // The first step has the length of the learning rate, whatever the gradient.
 * assertAlmostEquals(parameters[0], 1.1, 1e-6);
 * ```
 */
export function adamStep(options: AdamStepOptions): void {
  const { parameters, gradient, firstMoment, secondMoment } = options;
  const { learningRate, step } = options;
  const firstCorrection = 1 - ADAM_BETA1 ** step;
  const secondCorrection = 1 - ADAM_BETA2 ** step;
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i];
    const m = ADAM_BETA1 * firstMoment[i] + (1 - ADAM_BETA1) * g;
    const v = ADAM_BETA2 * secondMoment[i] + (1 - ADAM_BETA2) * g * g;
    firstMoment[i] = m;
    secondMoment[i] = v;
    parameters[i] -= learningRate * (m / firstCorrection) /
      (Math.sqrt(v / secondCorrection) + ADAM_EPSILON);
  }
}

/**
 * The soft update: target ← τ online + (1 − τ) target, in place (Eqs. 23, 27).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { softUpdate } from "./optimization.ts";
 *
 * const target = new Float32Array([0, 8]);
 * softUpdate(target, new Float32Array([4, 4]), 0.25);
 * assertEquals([...target], [1, 7]);
 * ```
 */
export function softUpdate(
  target: Float32Array,
  online: Float32Array,
  tau: number,
): void {
  for (let i = 0; i < target.length; i++) {
    target[i] = tau * online[i] + (1 - tau) * target[i];
  }
}
