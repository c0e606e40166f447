/**
 * TD3: Section 4 of the paper, Algorithm 1, and Fujimoto 2018.
 *
 * @module
 */

import { TD3_LEDGER } from "../agents/ledger.ts";
import { Td3Agent } from "../agents/mod.ts";
import { choicesIn } from "../env/choices.ts";
import { agentLearner } from "./agent_learner.ts";
import { agentExclusion, agentLedger, agentSetup } from "./agent_setup.ts";
import type { Method } from "./method.ts";

const method: Method = {
  name: "td3",
  label: "TD3",
  color: "#0072B2",
  learns: true,
  hyperparameters: agentLedger({ ...TD3_LEDGER }),
  exclusion: agentExclusion,
  create: async (setup) =>
    agentLearner(
      new Td3Agent(await agentSetup(setup)),
      choicesIn(setup.hyperparameters),
    ),
};

export default method;
