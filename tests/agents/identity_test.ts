import { assert } from "@std/assert";
import {
  type Agent,
  DdpgAgent,
  evaluate,
  Td3Agent,
  train,
} from "../../lib/agents/mod.ts";
import {
  DDPG_OPTIONS,
  IdentityEnvironment,
  stoppedClock,
  TD3_OPTIONS,
} from "./fixtures.ts";

/** The action 0 costs 2 · 0.8² / 3 a step, which is 4.3 an episode. */
const UNTRAINED = -3.5;
const SOLVED = -0.4;

async function greedyReturn(policy: Agent): Promise<number> {
  const { episodeReturn } = await evaluate({
    policy,
    environment: new IdentityEnvironment(),
    seeds: [101, 102, 103, 104, 105],
    metrics: () => ({}),
    isViolated: () => false,
    clock: stoppedClock,
  });
  return episodeReturn;
}

const AGENTS: Record<string, () => Agent> = {
  TD3: () => new Td3Agent(TD3_OPTIONS),
  DDPG: () => new DdpgAgent(DDPG_OPTIONS),
};

for (const [name, create] of Object.entries(AGENTS)) {
  Deno.test(`${name} learns to copy the observation`, async () => {
    const agent = create();
    const before = await greedyReturn(agent);
    assert(before < UNTRAINED, `untrained ${before}`);
    const rows = train({
      agent,
      environment: new IdentityEnvironment(),
      episodes: 80,
      episodeSeed: (episode) => episode,
      metrics: () => ({}),
      clock: stoppedClock,
    });
    for await (const row of rows) assert(Number.isFinite(row.episodeReturn));
    const after = await greedyReturn(agent);
    assert(after > SOLVED, `trained ${after}`);
    agent.dispose();
  });
}
