/**
 * Agents (TD3, DDPG and their kin) as learners.
 *
 * @module
 */

import { type ActorCriticAgent, train } from "../agents/mod.ts";
import type { DoorChoices } from "../env/choices.ts";
import { encodeTfjsModel } from "../nn/mod.ts";
import type { Learner } from "./method.ts";
import { metricsOf } from "./rollout.ts";

/**
 * An agent as a learner: trained by Algorithm 1, decided by its greedy actor, kept
 * as a policy in tfjs layers format.
 */
export function agentLearner(
  agent: ActorCriticAgent,
  choices: Partial<DoorChoices> = {},
): Learner {
  return {
    choices,
    train: (session) => train({ ...session, agent, metrics: metricsOf }),
    decide: ({ observation }) => agent.act(observation),
    requireFinite: () => agent.requireFinite(),
    save: () => agent.save(),
    restore: (state, slots) => {
      agent.requireState(state, slots);
      agent.restore(state);
    },
    get updates() {
      return agent.updates;
    },
    files: () => {
      const policy = encodeTfjsModel(agent.policy());
      return {
        "policy/model.json": policy["model.json"],
        "policy/weights.bin": policy["weights.bin"],
      };
    },
    dispose: () => agent.dispose(),
  };
}
