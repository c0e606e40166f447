import { assert, assertEquals, assertThrows } from "@std/assert";
import { DdpgAgent, Td3Agent } from "../../lib/agents/mod.ts";
import { DDPG_OPTIONS, TD3_OPTIONS } from "./fixtures.ts";

const TRANSITION = {
  observation: new Float32Array(2),
  action: new Float32Array(2),
  reward: -2,
  nextObservation: new Float32Array(2),
  terminated: false,
  truncated: false,
};

/** Reward and terminated of the first transition stored. */
function stored(agent: DdpgAgent): number[] {
  const rows = agent.save().arrays.replayRows;
  agent.dispose();
  return [...rows.subarray(4, 6)];
}

Deno.test("exploration noise has mean 0 and the chosen deviation", () => {
  const actionSize = 100;
  const agent = new DdpgAgent({
    ...DDPG_OPTIONS,
    actionSize,
    explorationNoise: 0.1,
  });
  const observation = new Float32Array([0.2, -0.3]);
  const greedy = agent.act(observation);
  const draws = 300;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < draws; i++) {
    agent.explore(observation).forEach((action, j) => {
      sum += action - greedy[j];
      squares += (action - greedy[j]) ** 2;
    });
  }
  const count = draws * actionSize;
  // Five standard errors of a mean and of a deviation.
  assert(Math.abs(sum / count) < 5 * 0.1 / Math.sqrt(count));
  assert(
    Math.abs(Math.sqrt(squares / count) - 0.1) <
      5 * 0.1 / Math.sqrt(2 * count),
  );
  agent.dispose();
});

Deno.test("exploration keeps actions in [-1, 1] and acting is greedy", () => {
  const agent = new DdpgAgent({ ...DDPG_OPTIONS, explorationNoise: 5 });
  const observation = new Float32Array([0.2, -0.3]);
  const greedy = agent.act(observation);
  const explored = Array.from({ length: 50 }, () => agent.explore(observation))
    .flatMap((action) => [...action]);
  assert(explored.every((action) => Math.abs(action) <= 1));
  assert(explored.includes(1) && explored.includes(-1));
  assertEquals(agent.act(observation), greedy);
  agent.dispose();
});

Deno.test("an agent stores its reward scaled", () => {
  const agent = new DdpgAgent({ ...DDPG_OPTIONS, rewardScale: 100 });
  agent.observe(TRANSITION);
  assertEquals(stored(agent), [-200, 0]);
});

Deno.test("endOfEpisode decides whether a truncated step ends the future", () => {
  const cases = [
    { endOfEpisode: "continuing", truncated: true, terminated: false, mask: 0 },
    { endOfEpisode: "masked", truncated: true, terminated: false, mask: 1 },
    { endOfEpisode: "masked", truncated: false, terminated: false, mask: 0 },
    { endOfEpisode: "continuing", truncated: false, terminated: true, mask: 1 },
    { endOfEpisode: "masked", truncated: false, terminated: true, mask: 1 },
  ] as const;
  for (const { endOfEpisode, truncated, terminated, mask } of cases) {
    const agent = new DdpgAgent({ ...DDPG_OPTIONS, endOfEpisode });
    agent.observe({ ...TRANSITION, truncated, terminated });
    assertEquals(stored(agent), [-2, mask]);
  }
});

Deno.test("training starts when more than minReplaySize is stored", () => {
  const agent = new Td3Agent({
    ...TD3_OPTIONS,
    minReplaySize: 2,
    updatesPerStep: 3,
  });
  const made = Array.from({ length: 4 }, () => {
    agent.observe(TRANSITION);
    return agent.update();
  });
  assertEquals(made, [0, 0, 3, 3]);
  assertEquals(agent.updates, 6);
  agent.dispose();
});

Deno.test("an agent refuses an observation of the wrong length", () => {
  const agent = new Td3Agent(TD3_OPTIONS);
  assertThrows(
    () => agent.act(new Float32Array(3)),
    RangeError,
    "observation must have 2 numbers, got 3",
  );
  agent.dispose();
});

Deno.test("an agent refuses the state of another algorithm or shape", () => {
  const td3 = new Td3Agent(TD3_OPTIONS);
  const ddpg = new DdpgAgent(DDPG_OPTIONS);
  const wider = new Td3Agent({ ...TD3_OPTIONS, hiddenSizes: [33, 32] });
  assertThrows(
    () => td3.restore(ddpg.save()),
    Error,
    'algorithm must be "td3", got "ddpg"',
  );
  assertThrows(
    () => td3.restore(wider.save()),
    Error,
    "actor must have 1218 parameters, got 1253",
  );
  for (const agent of [td3, ddpg, wider]) agent.dispose();
});
