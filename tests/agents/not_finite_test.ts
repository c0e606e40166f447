import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  DdpgAgent,
  evaluate,
  NotFiniteError,
  Td3Agent,
  train,
} from "../../lib/agents/mod.ts";
import type { StepResult } from "../../lib/env/types.ts";
import { InputError } from "../../lib/input/input_error.ts";
import {
  DDPG_OPTIONS,
  IdentityEnvironment,
  stoppedClock,
  TD3_OPTIONS,
} from "./fixtures.ts";

/** Something goes wrong in the 13th step: step 3 of episode 2. */
class FaultyEnvironment extends IdentityEnvironment {
  #steps = 0;
  constructor(readonly fault: (step: StepResult<number>) => object) {
    super();
  }
  override step(action: Float32Array): StepResult<number> {
    const step = super.step(action);
    return ++this.#steps === 13 ? { ...step, ...this.fault(step) } : step;
  }
}

const agents = {
  TD3: (options = {}) => new Td3Agent({ ...TD3_OPTIONS, ...options }),
  DDPG: (options = {}) => new DdpgAgent({ ...DDPG_OPTIONS, ...options }),
};

const BASICS = {
  episodes: 20,
  episodeSeed: (episode: number) => episode,
  metrics: (distance: number) => ({ distance }),
  clock: stoppedClock,
};

const FAULTS: [string, (step: StepResult<number>) => object, string][] = [
  [
    "reward",
    () => ({ reward: NaN }),
    "Cannot train: reward must be finite, got NaN in step 3 of episode 2 (",
  ],
  [
    "reward above 32 bits",
    () => ({ reward: 1e39 }),
    "the reward 1e+39 times rewardScale, 1, must be finite, got Infinity in step 3 of episode 2",
  ],
  [
    "observation",
    () => ({ observation: new Float32Array([0, -Infinity]) }),
    "nextObservation[1] must be finite, got -Infinity in step 3 of episode 2",
  ],
  [
    "metric",
    () => ({ info: NaN }),
    "distance must be finite, got NaN in step 3 of episode 2",
  ],
];

for (const [name, create] of Object.entries(agents)) {
  for (const [what, fault, message] of FAULTS) {
    Deno.test(`${name}: training stops at the first ${what} that is not finite`, async () => {
      const rows: number[] = [];
      const environment = new FaultyEnvironment(fault);
      const agent = create();
      await assertRejects(
        async () => {
          for await (const row of train({ ...BASICS, agent, environment })) {
            rows.push(row.episode);
          }
        },
        NotFiniteError,
        message,
      );
      assertEquals(rows, [1]);
      agent.dispose();
    });
  }

  Deno.test(`${name}: training stops at the first loss that is not finite`, async () => {
    // Updates begin when 51 transitions are stored: step 1 of episode 6. Rewards
    // near -1e30 are finite in 32 bits, their squares are not.
    const agent = create({ rewardScale: 1e30 });
    await assertRejects(
      () =>
        Array.fromAsync(
          train({ ...BASICS, agent, environment: new IdentityEnvironment() }),
        ),
      NotFiniteError,
      "Cannot train: the loss of critic 1 must be finite, got Infinity in update 1, in step 1 of episode 6 (a smaller rewardScale",
    );
    assertEquals(agent.updates, 1);
    agent.dispose();
  });

  Deno.test(`${name}: moments that overflow while all losses are finite are found within 500 updates`, async () => {
    const agent = create({ rewardScale: 5e18, criticLearningRate: 0 });
    await assertRejects(
      () =>
        Array.fromAsync(
          train({
            ...BASICS,
            agent,
            environment: new IdentityEnvironment(),
            episodes: 60,
          }),
        ),
      NotFiniteError,
      "of the critics must be finite, got Infinity after update 500, in step 10 of episode 55",
    );
    agent.dispose();
  });

  Deno.test(`${name}: parameters that are not finite are refused before an evaluation and in a saved state`, async () => {
    for (
      const [array, kind] of [["actor", "parameter"], [
        "actorSecondMoment",
        "second moment",
      ]]
    ) {
      const donor = create();
      const state = donor.save();
      state.arrays[array][5] = Infinity;
      const agent = create();
      const message =
        `${kind} 5 of the actor must be finite, got Infinity after update 0`;
      assertThrows(() => agent.restore(state), NotFiniteError, message);
      assertThrows(() => agent.save(), NotFiniteError, message);
      await assertRejects(
        () =>
          evaluate({
            ...BASICS_OF_EVALUATION,
            policy: agent,
            environment: new IdentityEnvironment(),
          }),
        NotFiniteError,
        `Cannot evaluate: ${message}`,
      );
      for (const one of [donor, agent]) one.dispose();
    }
  });

  Deno.test(`${name}: an observation that is not finite gives no action`, () => {
    const agent = create();
    assertThrows(
      () => agent.act(new Float32Array([0, NaN])),
      NotFiniteError,
      "Cannot act: observation[1] must be finite, got NaN",
    );
    agent.dispose();
  });
}

const BASICS_OF_EVALUATION = {
  seeds: [7, 8],
  metrics: (distance: number) => ({ distance }),
  isViolated: () => false,
  clock: stoppedClock,
};

Deno.test("an evaluation stops at the first number that is not finite", async () => {
  const still = { act: () => new Float32Array(2) };
  const options = {
    ...BASICS_OF_EVALUATION,
    policy: still,
    environment: new IdentityEnvironment(),
  };
  let calls = 0;
  const cases: [object, string][] = [
    [
      { policy: { act: () => new Float32Array([0, ++calls > 12 ? NaN : 0]) } },
      "action[1] must be finite, got NaN in step 3 of the episode of seed 8",
    ],
    [
      { environment: new FaultyEnvironment(() => ({ reward: -Infinity })) },
      "the reward must be finite, got -Infinity in step 3 of the episode of seed 8",
    ],
    [
      { environment: new FaultyEnvironment(() => ({ info: NaN })) },
      "distance must be finite, got NaN in step 3 of the episode of seed 8",
    ],
  ];
  for (const [change, message] of cases) {
    await assertRejects(
      () => evaluate({ ...options, ...change }),
      NotFiniteError,
      `Cannot evaluate: ${message}`,
    );
  }
});

Deno.test("options of train and evaluate are checked at once, as notebooks check no types", async () => {
  const environment = new IdentityEnvironment();
  const agent = agents.TD3();
  const training = { ...BASICS, agent, environment };
  const evaluation = {
    environment,
    every: 2,
    seeds: [1],
    isViolated: () => false,
  };
  const wrongTraining: [object, string][] = [
    [{ episodes: -3 }, "episodes must be a whole number of at least 0, got -3"],
    [
      { episodes: "20" },
      'episodes must be a whole number of at least 0, got "20"',
    ],
    [{ episodes: NaN }, "episodes must be a whole number"],
    [{ firstEpisode: 0 }, "firstEpisode must be a whole number of at least 1"],
    [
      { epsiodes: 20 },
      "epsiodes must be a known key (nearest: episodes), got 20",
    ],
    [
      { agent: {} },
      "agent must be an agent with act, explore, observe, update",
    ],
    [
      { environment: null },
      "environment must be an environment with reset, step",
    ],
    [{ episodeSeed: 7 }, "episodeSeed must be a function, got 7"],
    [{ clock: undefined }, "clock must be a function, got nothing"],
    [{ signal: true }, "signal must be an AbortSignal, got true"],
    [
      { evaluation: { ...evaluation, every: 0 } },
      "evaluation.every must be a whole number of at least 1, got 0",
    ],
    [
      { evaluation: { ...evaluation, seeds: [] } },
      "evaluation.seeds must be an array of at least 1 seed, got an empty array",
    ],
    [
      { evaluation: { ...evaluation, evry: 1 } },
      "evaluation.evry must be a known key (nearest: every)",
    ],
  ];
  for (const [change, message] of wrongTraining) {
    assertThrows(
      () => train({ ...training, ...change }),
      InputError,
      `Cannot train: ${message}`,
    );
  }
  const options = { ...BASICS_OF_EVALUATION, policy: agent, environment };
  const wrongEvaluation: [object, string][] = [
    [{ seeds: [] }, "seeds must be an array of at least 1 seed"],
    [{ seeds: 7 }, "seeds must be an array of seeds, got 7"],
    [{ seeds: [1, 0.5] }, "seeds[1] must be a whole number from 0 to"],
    [
      { seeds: ["1"] },
      'seeds[0] must be a whole number from 0 to 9007199254740991, got "1"',
    ],
    [{ policy: {} }, "policy must be a policy with act, got {}"],
    [{ seed: 1 }, "seed must be a known key (nearest: seeds), got 1"],
  ];
  for (const [change, message] of wrongEvaluation) {
    await assertRejects(
      () => evaluate({ ...options, ...change }),
      InputError,
      `Cannot evaluate: ${message}`,
    );
  }
  agent.dispose();
});
