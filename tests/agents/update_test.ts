import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import {
  DdpgAgent,
  type DdpgOptions,
  Td3Agent,
  type Td3Options,
} from "../../lib/agents/mod.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { layerSpans } from "../../lib/nn/mod.ts";
import { testEveryEngine } from "../nn/engines.ts";
import { DDPG_OPTIONS, TD3_OPTIONS } from "./fixtures.ts";
import {
  ReferenceLearner,
  ReferenceNetwork,
  type ReferenceSample,
} from "./float64_reference.ts";

const UPDATES = 4;
const TRANSITIONS = 40;
const TOLERANCE = 2e-5;

type Case = Partial<Td3Options> & { hidden: number; silent?: boolean };

/** Biases two thirds of the rectifiers so that no state activates them. */
function silence(agent: Td3Agent | DdpgAgent, options: Td3Options): void {
  const { observationSize, actionSize, hiddenSizes } = options;
  const state = agent.save();
  const { arrays } = state;
  for (
    const [name, inputs, outputs] of [
      ["actor", observationSize, actionSize],
      ["critics", observationSize + actionSize, 1],
    ] as const
  ) {
    const spans = layerSpans([inputs, ...hiddenSizes, outputs]);
    const parameters = arrays[name];
    for (let start = 0; start < parameters.length; start += spans.at(-1)!.end) {
      for (const { bias, outputs } of spans.slice(0, -1)) {
        for (let unit = 0; unit < outputs; unit++) {
          if (unit % 3) parameters[start + bias + unit] = -9;
        }
      }
    }
  }
  const { actor, critics } = arrays;
  arrays.targetActor.set(actor);
  arrays.targetCritics.set(critics);
  agent.restore(state);
}

/** Runs the same updates by an agent and by the reference, and compares. */
function compare(agent: Td3Agent | DdpgAgent, options: Td3Options): void {
  const { observationSize, actionSize, seed, batchSize } = options;
  const stream = new RandomStream(5, "transitions");
  const draw = (length: number) =>
    new Float32Array(length).map(() => 2 * stream.uniform() - 1);
  const transitions = Array.from({ length: TRANSITIONS }, (_, i) => ({
    observation: draw(observationSize),
    action: draw(actionSize),
    reward: draw(1)[0],
    nextObservation: draw(observationSize),
    terminated: i % 7 === 3,
    truncated: i % 5 === 4,
  }));
  transitions.forEach((transition) => agent.observe(transition));

  const initial = agent.save().arrays;
  const count = agent instanceof Td3Agent ? 2 : 1;
  const actorSizes = [observationSize, ...options.hiddenSizes, actionSize];
  const criticSizes = [
    observationSize + actionSize,
    ...options.hiddenSizes,
    1,
  ];
  const each = initial.critics.length / count;
  const reference = new ReferenceLearner(
    new ReferenceNetwork(actorSizes, initial.actor),
    Array.from(
      { length: count },
      (_, i) =>
        new ReferenceNetwork(
          criticSizes,
          initial.critics.subarray(i * each, (i + 1) * each),
        ),
    ),
  );

  const sampling = new RandomStream(seed, "replay-sampling");
  const smoothing = new RandomStream(seed, "target-noise");
  for (let update = 0; update < UPDATES; update++) {
    const noise = smoothing.fillNoise(
      new Float32Array(batchSize * actionSize),
    );
    const samples = Array.from({ length: batchSize }, (_, e) => {
      const chosen = transitions[sampling.integer(TRANSITIONS)];
      const sample: ReferenceSample = {
        observation: [...chosen.observation],
        action: [...chosen.action],
        reward: Math.fround(options.rewardScale * chosen.reward),
        nextObservation: [...chosen.nextObservation],
        terminated: chosen.terminated ||
          (chosen.truncated && options.endOfEpisode === "masked"),
        noise: [...noise.subarray(e * actionSize, (e + 1) * actionSize)],
      };
      return sample;
    });
    assertEquals(agent.update(), 1);
    reference.update(samples, options);
  }

  const learned = agent.save().arrays;
  const pairs: [string, Float32Array, number[]][] = [
    ["actor", learned.actor, [...reference.actor.parameters]],
    ["targetActor", learned.targetActor, [...reference.targetActor.parameters]],
    [
      "critics",
      learned.critics,
      reference.critics.flatMap((critic) => [...critic.parameters]),
    ],
    [
      "targetCritics",
      learned.targetCritics,
      reference.targetCritics.flatMap((critic) => [...critic.parameters]),
    ],
  ];
  for (const [name, actual, expected] of pairs) {
    assertEquals(actual.length, expected.length, name);
    let largest = 0;
    let moved = 0;
    actual.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - expected[i]));
      moved = Math.max(moved, Math.abs(value - initial[name][i]));
    });
    assertLessOrEqual(largest, TOLERANCE, name);
    assert(moved > 10 * TOLERANCE, `${name} moved by ${moved} only`);
  }
  agent.dispose();
}

function td3Options({ hidden, silent: _, ...changes }: Case): Td3Options {
  return {
    ...TD3_OPTIONS,
    observationSize: 5,
    actionSize: 3,
    batchSize: 16,
    minReplaySize: 0,
    discount: 0.9,
    tau: 0.25,
    rewardScale: 3,
    targetNoiseClip: 0.25,
    hiddenSizes: [hidden, hidden],
    actorLearningRate: 1e-3,
    criticLearningRate: 1e-3,
    ...changes,
  };
}

const ODD = {
  observationSize: 1,
  actionSize: 1,
  batchSize: 7,
  hidden: 33,
};

const PAPER = {
  observationSize: 41,
  actionSize: 80,
  batchSize: 64,
  hidden: 256,
};

const TD3_CASES: Record<string, Case> = {
  "in standard form": { hidden: 24 },
  "of odd sizes": ODD,
  "of the paper's sizes": PAPER,
  "with one hidden layer": { hidden: 24, hiddenSizes: [24] },
  "without hidden layers": { hidden: 24, hiddenSizes: [] },
  "of mostly silent rectifiers": { ...PAPER, silent: true },
  "of odd sizes and mostly silent rectifiers": { ...ODD, silent: true },
  "with three odd layers": {
    ...ODD,
    observationSize: 9,
    actionSize: 5,
    batchSize: 13,
    hiddenSizes: [7, 12, 3],
  },
  "with masked ends of episodes": { hidden: 24, endOfEpisode: "masked" },
  "without policy delay": { hidden: 24, policyDelay: 1 },
  "with Eq. 24 as printed": { hidden: 24, eq24: "paper" },
  "with Eq. 25 as printed": { hidden: 24, eq25: "paper" },
};

for (const [name, options] of Object.entries(TD3_CASES)) {
  testEveryEngine(
    `four TD3 updates ${name} equal the float64 reference`,
    (engine) => {
      const td3 = { ...td3Options(options), engine };
      const agent = new Td3Agent(td3);
      if (options.silent) silence(agent, td3);
      compare(agent, td3);
    },
  );
}

const DDPG_CASES: Record<string, Case> = {
  "in standard form": { hidden: 24 },
  "of odd sizes": ODD,
  "of the paper's sizes": PAPER,
  "without hidden layers": { hidden: 24, hiddenSizes: [] },
  "with masked ends of episodes": { hidden: 24, endOfEpisode: "masked" },
};

for (const [name, options] of Object.entries(DDPG_CASES)) {
  testEveryEngine(
    `four DDPG updates ${name} equal the float64 reference`,
    (engine) => {
      const ddpg = { ...td3Options(options), engine };
      compare(new DdpgAgent(ddpg), { ...ddpg, policyDelay: 1, targetNoise: 0 });
    },
  );
}

Deno.test("TD3 leaves actor and targets alone until the delay is over", () => {
  const options = td3Options({ hidden: 8, policyDelay: 3 });
  const agent = new Td3Agent(options);
  for (let i = 0; i < 2; i++) {
    agent.observe({
      observation: new Float32Array(5).fill(0.3),
      action: new Float32Array(3),
      reward: 1,
      nextObservation: new Float32Array(5).fill(0.1),
      terminated: false,
      truncated: false,
    });
  }
  const states = Array.from({ length: 4 }, () => {
    const { arrays } = agent.save();
    agent.update();
    return arrays;
  });
  const changes = (name: string) =>
    states.slice(1).map((arrays, i) =>
      arrays[name].some((value, j) => value !== states[i][name][j])
    );
  assertEquals(changes("critics"), [true, true, true]);
  assertEquals(changes("actor"), [false, false, true]);
  assertEquals(changes("targetActor"), [false, false, true]);
  assertEquals(changes("targetCritics"), [false, false, true]);
  agent.dispose();
});

Deno.test("twin critics start apart, target networks as copies", () => {
  const agent = new Td3Agent(TD3_OPTIONS);
  const { actor, targetActor, critics, targetCritics } = agent.save().arrays;
  const half = critics.length / 2;
  const equal = critics.subarray(0, half).filter((value, i) =>
    value === critics[half + i]
  );
  assertEquals(equal.length, 0);
  assertEquals(targetActor, actor);
  assertEquals(targetCritics, critics);
  agent.dispose();
});

Deno.test("TD3 and DDPG of one seed start with the same actor and noise", () => {
  const options: DdpgOptions = DDPG_OPTIONS;
  const [td3, ddpg] = [new Td3Agent(TD3_OPTIONS), new DdpgAgent(options)];
  const observation = new Float32Array([0.1, -0.7]);
  assertEquals(td3.explore(observation), ddpg.explore(observation));
  td3.dispose();
  ddpg.dispose();
});
