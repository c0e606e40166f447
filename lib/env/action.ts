/**
 * The action (Section 4.2) and its decoder.
 *
 * @module
 */

import { describeValue, InputError } from "../input/input_error.ts";
import type { Assumptions } from "../scenario/assumptions.ts";
import type { Instance } from "../scenario/instance.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { ActionDecoder } from "./action_decoder.ts";
import { type ActionChoices, DEFAULT_ACTION } from "./choices.ts";
import { bandwidthMatrix, computeMatrix } from "./shares.ts";
import type { Decision } from "./slot.ts";
import type { TraceSlot } from "../workload/trace.ts";

/** The three parts of an action, as views into it. */
export interface ActionParts {
  /** Scores of β, `[E][M]`. */
  readonly cache: Float32Array;
  /** Scores of α, `[E][U]`. */
  readonly bandwidth: Float32Array;
  /** Scores of ℓ, `[E][U]`. */
  readonly compute: Float32Array;
}

/** Length of an action: E·M + 2·E·U. */
export function actionSize(scenario: Scenario): number {
  const { numUsers, numServers, numModels } = scenario.parameters;
  return numServers * (numModels + 2 * numUsers);
}

/**
 * Eq. 20: the parts of an action a(t) = {β(t), α(t), ℓ(t)}, in this order.
 *
 * @param action Numbers in [-1, 1], length E·M + 2·E·U.
 * @throws {InputError} If it is no Float32Array of that length, or a component is
 * NaN.
 */
export function splitAction(
  action: Float32Array,
  instance: Pick<Instance, "numUsers" | "numServers" | "numModels">,
): ActionParts {
  const cacheSize = instance.numServers * instance.numModels;
  const shareSize = instance.numServers * instance.numUsers;
  const size = cacheSize + 2 * shareSize;
  if (!(action instanceof Float32Array) || action.length !== size) {
    throw new InputError(
      `Cannot decode the action: it must be a Float32Array of ${size} numbers, got ${
        describeValue(action)
      }`,
    );
  }
  for (let i = 0; i < size; i++) {
    if (!Number.isNaN(action[i])) continue;
    throw new InputError(
      `Cannot decode the action: component ${i} must be a number, got NaN`,
    );
  }
  return {
    cache: action.subarray(0, cacheSize),
    bandwidth: action.subarray(cacheSize, cacheSize + shareSize),
    compute: action.subarray(cacheSize + shareSize),
  };
}

/**
 * Decodes an action into a decision under a scenario's readings.
 *
 * With the default readings the decision breaks none of the constraints 18b to
 * 18g, whatever the action: caches are filled only as far as models fit, and
 * shares of the users of a server add up to 1 (to rounding,
 * {@linkcode SUM_TOLERANCE}); other users get 0. Components beyond ±1 count as ±1.
 * Where servers share after the requests (`sharesLater`), shares are decoded but not
 * read.
 *
 * @param action Numbers in [-1, 1], length E·M + 2·E·U (Eq. 20).
 * @param slot The slot that is decided.
 * @param assumptions The world's readings: `computeShareAmong`, `association`.
 * @param choices How the action is read; by default the ledger's defaults.
 * @throws {InputError} If it is no Float32Array of that length, or a component is
 * NaN.
 */
export function decodeAction(
  action: Float32Array,
  slot: TraceSlot,
  assumptions: Assumptions,
  choices: ActionChoices = DEFAULT_ACTION,
): Decision {
  const { instance: { numServers } } = slot;
  splitAction(action, slot.instance);
  const decoder = new ActionDecoder(slot, assumptions, choices);
  decoder.decode(action, 0);
  const { cache, server } = decoder;
  return {
    cache,
    bandwidthShare: bandwidthMatrix(decoder.bandwidthShare, server, numServers),
    computeShare: computeMatrix(decoder.computeShare, server, numServers),
    server,
  };
}
