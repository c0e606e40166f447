/**
 * A random decision that breaks no constraint.
 *
 * @module
 */

import { RandomStream } from "../math/prng.ts";
import { actionSize, decodeAction } from "../env/action.ts";
import { type ActionChoices, DEFAULT_ACTION } from "../env/choices.ts";
import type { DecidingPolicy } from "./deciding_policy.ts";

/** Options of {@linkcode createRandomFeasible}. */
export interface RandomFeasibleOptions {
  /** Root of the policy's stream; by default 0. */
  readonly seed?: number;
  /** How actions are read, where not by the ledger's defaults. */
  readonly choices?: Partial<ActionChoices>;
}

/**
 * A policy that draws actions (Eq. 20) uniformly from [-1, 1] and decodes them as a
 * learner's are: the floor of the scale on which methods are compared. What does
 * not fit is left out even where the choices have a penalty instead.
 *
 * Its numbers come from the stream `random-policy`, in the order of the calls.
 */
export function createRandomFeasible(
  options: RandomFeasibleOptions = {},
): DecidingPolicy {
  const stream = new RandomStream(options.seed ?? 0, "random-policy");
  const choices: ActionChoices = {
    ...DEFAULT_ACTION,
    ...options.choices,
    storageViolation: "repair",
  };
  return {
    decide({ scenario, visible }) {
      const action = Float32Array.from(
        { length: actionSize(scenario) },
        () => 2 * stream.uniform() - 1,
      );
      return decodeAction(action, visible, scenario.assumptions, choices);
    },
  };
}
