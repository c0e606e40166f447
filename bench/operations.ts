/**
 * The floating-point operations that an update needs.
 *
 * @module
 */

import { actorSizes, criticSizes, type LearnerShape } from "../lib/nn/mod.ts";

/** Multiply-adds of a row through layers of these widths, from `first` on. */
function products(sizes: readonly number[], first = 0): number {
  let sum = 0;
  for (let layer = first; layer + 1 < sizes.length; layer++) {
    sum += sizes[layer] * sizes[layer + 1];
  }
  return sum;
}

/**
 * Floating-point operations (two a multiply-add) of the matrix products of one
 * update; biases, activations, Adam, the soft update, noise and sampling do not
 * count. They are counted as if every rectifier were active: an engine that
 * leaves silent ones out computes fewer.
 *
 * Per transition, with A and C the products of actor and critic, A' and C' those
 * without their first layers, and n critics:
 *
 * - target: A + n·C;
 * - regression: forward n·C, weights n·C, errors back to the first layer n·C';
 * - policy step, every `policyDelay` updates: forward A + C, errors through the
 *   critic C' and on to the action, weights A, errors back A'.
 *
 * @param shape Widths and batch size.
 * @param policyDelay Updates per policy step: 2 for TD3, 1 for DDPG.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { updateFlop } from "./operations.ts";
 *
 * // One layer: A = 1·2 = 2 and C = 3·1 = 3, nothing behind the first layer.
 * // Target 5, regression 6, policy step 2 + 3 + 2·1 + 2 = 9.
 * const shape = {
 *   observationSize: 1,
 *   actionSize: 2,
 *   hiddenSizes: [],
 *   batchSize: 10,
 *   criticCount: 1,
 * } as const;
 * assertEquals(updateFlop(shape, 1), 2 * 10 * 20);
 * ```
 */
export function updateFlop(shape: LearnerShape, policyDelay: number): number {
  const actor = actorSizes(shape);
  const critic = criticSizes(shape);
  const target = products(actor) + shape.criticCount * products(critic);
  const regression = shape.criticCount *
    (2 * products(critic) + products(critic, 1));
  const policyStep = 2 * products(actor) + products(actor, 1) +
    products(critic) + products(critic, 1) + shape.actionSize * critic[1];
  const rows = target + regression + policyStep / policyDelay;
  return 2 * shape.batchSize * rows;
}
