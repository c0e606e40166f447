/**
 * Looks at what an agent learns: losses, parameters and moments.
 *
 * @module
 */

import type { LearnerNetworks, Regression } from "../nn/mod.ts";
import { NotFiniteError, requireFiniteNumbers } from "./not_finite_error.ts";

/** What helps most often where learning has diverged. */
export const LEARNING_HINT = "a smaller rewardScale or learning rate may help";

/**
 * Refuses losses that are not finite in the 32 bits that engines compute in.
 *
 * @param regressions One for each critic.
 * @param update Number of the update.
 * @throws {NotFiniteError} For the first critic whose loss is not finite.
 */
export function requireFiniteLosses(
  regressions: readonly Pick<Regression, "loss">[],
  update: number,
): void {
  for (let i = 0; i < regressions.length; i++) {
    const value = Math.fround(regressions[i].loss);
    if (Number.isFinite(value)) continue;
    throw new NotFiniteError({
      act: "learn",
      quantity: `the loss of critic ${i + 1}`,
      value,
      places: [`in update ${update}`],
      hint: LEARNING_HINT,
    });
  }
}

/**
 * Refuses an actor's loss that is not finite in the 32 bits that engines compute in.
 *
 * @param update Number of the update.
 * @throws {NotFiniteError} If it is not finite.
 */
export function requireFiniteActorLoss(loss: number, update: number): void {
  const value = Math.fround(loss);
  if (Number.isFinite(value)) return;
  throw new NotFiniteError({
    act: "learn",
    quantity: "the loss of the actor",
    value,
    places: [`in update ${update}`],
    hint: LEARNING_HINT,
  });
}

/**
 * Refuses online networks with a parameter or a moment that is not finite.
 * Targets follow them, and show in the losses.
 *
 * @param updates Updates so far.
 * @throws {NotFiniteError} For the first number that is not finite.
 */
export function requireFiniteLearner(
  { actor, critics }: LearnerNetworks,
  updates: number,
): void {
  const found = {
    act: "use the agent",
    places: [`after update ${updates}`],
    hint: LEARNING_HINT,
  };
  for (const [name, network] of Object.entries({ actor, critics })) {
    const { firstMoment, secondMoment } = network.readOptimizer();
    const arrays = {
      parameter: network.readParameters(),
      "first moment": firstMoment,
      "second moment": secondMoment,
    };
    for (const [kind, values] of Object.entries(arrays)) {
      requireFiniteNumbers(
        values,
        found,
        (index) => `${kind} ${index} of the ${name}`,
      );
    }
  }
}
