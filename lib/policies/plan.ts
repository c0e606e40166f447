/**
 * Plays the plan of an episode that is seen in advance.
 *
 * @module
 */

import type { Decider } from "../env/decider.ts";
import { planEpisode } from "../optimum/episode_plan.ts";
import { HOLDING_NEEDS, requireWorld } from "../optimum/world_needs.ts";
import type { Decision } from "../env/slot.ts";
import type { Scenario } from "../scenario/scenario.ts";

/**
 * Decides as {@linkcode planEpisode} says, for the slots that it is shown when the
 * episode begins. What it reaches no method can that does not see the episode.
 *
 * @throws {InputError} In worlds for which there is no plan, and where requests are
 * lagged, so that nobody is shown them.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { EdgeEnv } from "../env/edge_env.ts";
 * import { deriveScenario, SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { createPlan } from "./plan.ts";
 *
 * const scenario = deriveScenario(SMALL_SCENARIO, {
 *   assumptions: { modelLoading: "charged" },
 * });
 * const env = new EdgeEnv(scenario);
 * const { slots } = env.reset(0).info.trace;
 * const plan = createPlan(scenario);
 * plan.beginEpisode?.({ slots: slots.slice(0, -1) });
 * const decision = plan.decide(env.view);
 * assert(!(decision instanceof Float32Array));
 * assert(env.stepDecision(decision).info.objective < 10);
 * ```
 */
export function createPlan(scenario: Scenario): Decider {
  requireWorld(scenario, HOLDING_NEEDS, "plan the episode");
  let decisions: readonly Decision[] = [];
  return {
    beginEpisode: ({ slots }) => {
      decisions = slots.length === 0
        ? []
        : planEpisode(scenario, slots).decisions;
    },
    decide: ({ slot }) => {
      const decision = decisions[slot];
      if (decision !== undefined) return decision;
      throw new Error(
        `Cannot decide: the episode must have begun with its slots, got no slot ${slot}`,
      );
    },
  };
}
