/**
 * DDPG, with which the paper compares (Lillicrap 2015).
 *
 * @module
 */

import { DdpgAgent } from "../agents/mod.ts";
import { agentLearner } from "./agent_learner.ts";
import { agentSetup } from "./agent_setup.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "ddpg",
  label: "DDPG",
  color: "#D55E00",
  learns: true,
  create: async (setup) => agentLearner(new DdpgAgent(await agentSetup(setup))),
};

export default method;
