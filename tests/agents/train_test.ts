import { assert, assertEquals } from "@std/assert";
import {
  type Agent,
  evaluate,
  PAUSES_TO_CERTAINTY,
  Td3Agent,
  train,
  type TrainingRow,
  type TrainOptions,
  type Transition,
} from "../../lib/agents/mod.ts";
import { IdentityEnvironment, stoppedClock, TD3_OPTIONS } from "./fixtures.ts";

/** Counts upwards, ends after `length` steps, and reuses its observation. */
class CountingEnvironment {
  readonly observationSize = 1;
  readonly actionSize = 1;
  readonly seeds: (number | undefined)[] = [];
  #length: number;
  #end: "terminated" | "truncated";
  #observation = new Float32Array(1);

  constructor(length: number, end: "terminated" | "truncated" = "truncated") {
    this.#length = length;
    this.#end = end;
  }

  reset(seed?: number) {
    this.seeds.push(seed);
    this.#observation[0] = 0;
    return { observation: this.#observation, info: null };
  }

  step(action: Float32Array) {
    this.#observation[0]++;
    const count = this.#observation[0];
    const ended = count === this.#length;
    return {
      observation: this.#observation,
      reward: -count,
      terminated: ended && this.#end === "terminated",
      truncated: ended && this.#end === "truncated",
      info: { count, action: action[0] },
    };
  }
}

/** Explores with 1, acts with 2, and writes down what it observes. */
class RecordingAgent implements Agent {
  readonly transitions: Transition[] = [];
  updates = 0;
  act = () => new Float32Array([2]);
  explore = () => new Float32Array([1]);
  observe(transition: Transition) {
    this.transitions.push({
      ...transition,
      nextObservation: transition.nextObservation.slice(),
    });
  }
  update() {
    this.updates += 2;
    return 2;
  }
  requireFinite = () => {};
  save = () => ({ algorithm: "none", counters: {}, streams: {}, arrays: {} });
  restore = () => {};
  policy = () => ({ sizes: [], parameters: new Float32Array() });
  dispose = () => {};
}

type Info = { count: number; action: number };

async function collect<StepInfo>(
  options: TrainOptions<StepInfo>,
): Promise<TrainingRow[]> {
  return await Array.fromAsync(train(options));
}

const BASICS = {
  episodeSeed: (episode: number) => 100 + episode,
  metrics: ({ count, action }: Info) => ({ count, action }),
  clock: stoppedClock,
};

Deno.test("train yields one row an episode, with sums and means", async () => {
  const environment = new CountingEnvironment(3);
  const agent = new RecordingAgent();
  const rows = await collect({ ...BASICS, agent, environment, episodes: 2 });
  const row = {
    episodeReturn: -6,
    steps: 3,
    updates: 6,
    metrics: { count: 2, action: 1 },
    // This agent tells nothing of its updates.
    learning: { criticLoss: null, actorLoss: null, qValue: null },
  };
  assertEquals(rows, [{ episode: 1, ...row }, { episode: 2, ...row }]);
  assertEquals(environment.seeds, [101, 102]);
});

Deno.test("train stores {s(t), a(t), r(t), s(t+1)} of every step", async () => {
  for (const end of ["terminated", "truncated"] as const) {
    const agent = new RecordingAgent();
    const environment = new CountingEnvironment(2, end);
    await collect({ ...BASICS, agent, environment, episodes: 1 });
    const expected: Transition[] = [0, 1].map((t) => ({
      observation: new Float32Array([t]),
      action: new Float32Array([1]),
      reward: -(t + 1),
      nextObservation: new Float32Array([t + 1]),
      terminated: t === 1 && end === "terminated",
      truncated: t === 1 && end === "truncated",
    }));
    assertEquals(agent.transitions, expected);
  }
});

Deno.test("train evaluates greedily, on other seeds, without learning", async () => {
  const agent = new RecordingAgent();
  const held = new CountingEnvironment(3);
  const rows = await collect({
    ...BASICS,
    agent,
    environment: new CountingEnvironment(2),
    episodes: 5,
    evaluation: {
      environment: held,
      every: 2,
      seeds: [7, 8],
      isViolated: () => false,
    },
  });
  const evaluation = {
    episodeReturn: -6,
    violations: 0,
    metrics: { count: 2, action: 2 },
  };
  assertEquals(rows.map((row) => row.evaluation), [
    undefined,
    evaluation,
    undefined,
    evaluation,
    undefined,
  ]);
  assertEquals(held.seeds, [7, 8, 7, 8]);
  assertEquals(agent.transitions.length, 10);
});

Deno.test("evaluate averages over seeds", async () => {
  const options = {
    policy: { act: (observation: Float32Array) => observation },
    environment: new IdentityEnvironment(),
    metrics: (distance: number) => ({ distance }),
    isViolated: (distance: number) => distance > 0,
    clock: stoppedClock,
  };
  assertEquals(await evaluate({ ...options, seeds: [1, 2] }), {
    episodeReturn: 0,
    violations: 0,
    metrics: { distance: 0 },
  });
  const still = { act: () => new Float32Array(2) };
  const alone = await Promise.all(
    [1, 2].map((seed) =>
      evaluate({
        ...options,
        environment: new IdentityEnvironment(),
        policy: still,
        seeds: [seed],
      })
    ),
  );
  const together = await evaluate({ ...options, policy: still, seeds: [1, 2] });
  assertEquals(
    together.episodeReturn,
    (alone[0].episodeReturn + alone[1].episodeReturn) / 2,
  );
  // Broken steps are counted, not averaged.
  assert(alone[0].violations > 0);
  assertEquals(
    together.violations,
    alone[0].violations + alone[1].violations,
  );
});

Deno.test("train ends after the episode in which it is aborted", async () => {
  const controller = new AbortController();
  const agent = new RecordingAgent();
  const environment = new CountingEnvironment(3);
  const rows = await collect({
    ...BASICS,
    agent,
    environment,
    episodes: 9,
    metrics: () => {
      if (agent.transitions.length === 4) controller.abort();
      return {};
    },
    signal: controller.signal,
  });
  assertEquals(rows.map((row) => [row.episode, row.steps]), [[1, 3], [2, 3]]);
  const none = await collect({
    ...BASICS,
    agent,
    environment,
    episodes: 9,
    signal: controller.signal,
  });
  assertEquals(none, []);
});

Deno.test("train lets timers run when its clock says that 100 ms went by", async () => {
  const cases = [
    { millisecondsPerCall: 60, steps: PAUSES_TO_CERTAINTY, expected: true },
    { millisecondsPerCall: 1, steps: 5, expected: false },
  ];
  for (const { millisecondsPerCall, steps, expected } of cases) {
    let now = 0;
    let ran = false;
    const timer = setTimeout(() => ran = true, 0);
    const until = performance.now() + 5;
    while (performance.now() < until);
    await collect({
      ...BASICS,
      agent: new RecordingAgent(),
      environment: new CountingEnvironment(steps),
      episodes: 1,
      clock: () => now += millisecondsPerCall,
    });
    assertEquals(ran, expected);
    clearTimeout(timer);
  }
});

Deno.test("the same seed gives identical rows and weights, another one not", async () => {
  const run = async (seed: number) => {
    const agent = new Td3Agent({ ...TD3_OPTIONS, seed });
    const rows = await collect({
      agent,
      environment: new IdentityEnvironment(),
      episodes: 10,
      episodeSeed: (episode) => episode,
      metrics: (distance) => ({ distance }),
      clock: () => performance.now(),
    });
    const state = agent.save();
    agent.dispose();
    return { rows, state };
  };
  const [first, second, other] = [await run(1), await run(1), await run(2)];
  assert(first.rows.at(-1)!.updates === 10);
  assertEquals(second, first);
  assert(
    first.state.arrays.actor.every((value, i) =>
      value !== other.state.arrays.actor[i]
    ),
  );
  assert(first.rows[0].episodeReturn !== other.rows[0].episodeReturn);
});
