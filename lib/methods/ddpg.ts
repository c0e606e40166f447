/**
 * DDPG, with which the paper compares (Lillicrap 2015).
 *
 * @module
 */

import { DdpgAgent } from "../agents/mod.ts";
import { choicesIn } from "../env/choices.ts";
import { agentLearner } from "./agent_learner.ts";
import { agentExclusion, agentLedger, agentSetup } from "./agent_setup.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "ddpg",
  label: "DDPG",
  color: "#D55E00",
  learns: true,
  hyperparameters: agentLedger(),
  exclusion: agentExclusion,
  create: async (setup) =>
    agentLearner(
      new DdpgAgent(await agentSetup(setup)),
      choicesIn(setup.hyperparameters),
    ),
};

export default method;
