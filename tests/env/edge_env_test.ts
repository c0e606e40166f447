import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { generateTrace } from "../../lib/workload/trace.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { referenceSlot } from "./reference_slot.ts";

const PAPER_SIZE = { users: 10, servers: 2, models: 20 };

function randomAction(env: EdgeEnv, name = "action"): () => Float32Array {
  const stream = new RandomStream(1, name);
  return () =>
    Float32Array.from(
      { length: env.actionSize },
      () => 2 * stream.uniform() - 1,
    );
}

Deno.test("the paper's environment has 41 inputs and 80 action components", () => {
  const env = new EdgeEnv(PAPER_SCENARIO);
  assertEquals(env.observationSize, 41);
  assertEquals(env.actionSize, 80);
  assertEquals(env.reset(0).observation.length, 41);
});

Deno.test("an episode is truncated after T slots and never terminated", () => {
  const env = new EdgeEnv(SMALL_SCENARIO);
  const next = randomAction(env);
  env.reset(3);
  for (let slot = 0; slot < 4; slot++) {
    const step = env.step(next());
    assertEquals(step.info.slot, slot);
    assertEquals(step.terminated, false);
    assertEquals(step.truncated, slot === 3);
    assertEquals(step.observation.length, env.observationSize);
  }
});

Deno.test("step refuses before reset, after the end, and actions of another length", () => {
  const env = new EdgeEnv(SMALL_SCENARIO);
  const action = new Float32Array(env.actionSize);
  const refuses = (got: string) => {
    assertThrows(() => env.step(action), Error, got);
    assertThrows(() => env.currentSlot, Error, got);
  };
  refuses("got no reset");
  env.reset(0);
  assertThrows(
    () => env.step(new Float32Array(3)),
    InputError,
    "a Float32Array of 22 numbers, got an array of 3",
  );
  assertThrows(
    () => env.step(new Float32Array(env.actionSize).fill(NaN)),
    InputError,
    "NaN",
  );
  for (let slot = 0; slot < 4; slot++) env.step(action);
  refuses("got 4 of 4 slots played");
  env.reset();
  assertEquals(env.step(action).info.slot, 0);
});

Deno.test("reset with a seed starts its sequence over, without one it goes on", () => {
  const env = new EdgeEnv(SMALL_SCENARIO, { instanceSeed: 5, split: "test" });
  const trace = (seed: number, episode: number) =>
    generateTrace(SMALL_SCENARIO, {
      instanceSeed: 5,
      split: "test",
      seed,
      episode,
    });
  const seen = [env.reset(7), env.reset(), env.reset(), env.reset(7)];
  assertEquals(seen.map(({ info }) => info.episode), [0, 1, 2, 0]);
  assertEquals(
    seen.map(({ info }) => info.trace),
    [trace(7, 0), trace(7, 1), trace(7, 2), trace(7, 0)],
  );
  assertEquals(seen[3].observation, seen[0].observation);
  assertEquals(env.reset(8).info.trace, trace(8, 0));
});

Deno.test("without any seed the first episode is that of seed 0", () => {
  const first = new EdgeEnv(SMALL_SCENARIO).reset();
  assertEquals(first, new EdgeEnv(SMALL_SCENARIO).reset(0));
});

Deno.test("the same seed and actions give the same episode; actions draw nothing", () => {
  const one = new EdgeEnv(PAPER_SCENARIO);
  const two = new EdgeEnv(PAPER_SCENARIO);
  const other = new EdgeEnv(PAPER_SCENARIO);
  const [a, b] = [randomAction(one), randomAction(two)];
  const c = randomAction(other, "other");
  one.reset(1);
  two.reset(1);
  other.reset(1);
  for (let slot = 0; slot < 10; slot++) {
    const step = one.step(a());
    assertEquals(two.step(b()), step);
    const apart = other.step(c());
    assertEquals(apart.observation, step.observation);
    assert(apart.reward !== step.reward);
  }
});

Deno.test("rewards are Eq. 21 of the played slot, by the second derivation", () => {
  for (const scenario of [PAPER_SCENARIO, BALANCED_SCENARIO, SMALL_SCENARIO]) {
    const env = new EdgeEnv(scenario);
    const next = randomAction(env);
    env.reset(2);
    for (let slot = 0; slot < 4; slot++) {
      const { reward, info } = env.step(next());
      const { played, decision } = info;
      const { objective, hitRate } = referenceSlot({ ...played, decision });
      const { numUsers } = scenario.parameters;
      assertAlmostEquals(reward, -objective / numUsers, 1e-9 * objective);
      assertAlmostEquals(info.objective, objective, 1e-9 * objective);
      assertEquals(info.hitRate, hitRate);
    }
  }
});

Deno.test("all requests to the cloud cost about −1 a slot in the paper's scenario", () => {
  // Rough computation from Table 3's means: 6 MB in, 535 MB out, 15 EFLOP.
  const hoursS = (6 + 535) * 8e6 / 500e3 + 15e18 / (5 * 312e12);
  const money = (6 + 535) * (0.2 + 0.6) + 15e18 / 312e12 * 4 / 3600;
  const expected = -(hoursS / 36_000 + money / 1000);
  assertAlmostEquals(expected, -1, 0.01);
  const rewards: number[] = [];
  const responses: number[] = [];
  const costs: number[] = [];
  for (let instanceSeed = 0; instanceSeed < 40; instanceSeed++) {
    const env = new EdgeEnv(PAPER_SCENARIO, { instanceSeed });
    env.reset(0);
    const action = new Float32Array(env.actionSize).fill(-1, 0, 40);
    for (let slot = 0; slot < 10; slot++) {
      const { reward, info } = env.step(action);
      assertEquals(info.hitRate, 0);
      rewards.push(reward);
      responses.push(info.outcome.totalResponseTimeS / 10);
      costs.push(info.outcome.totalCost / 10);
    }
  }
  const mean = (values: number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  // Radio and waits, which the rough computation leaves out, are below 60 s.
  assertAlmostEquals(mean(rewards), expected, 0.015);
  assertAlmostEquals(mean(responses), 18_459, 300);
  assertAlmostEquals(mean(costs), 484.6, 5);
});

Deno.test("buffers that the caller keeps or overwrites have no effect on the environment", () => {
  const env = new EdgeEnv(SMALL_SCENARIO);
  const control = new EdgeEnv(SMALL_SCENARIO);
  const [next, same] = [randomAction(env), randomAction(control)];
  env.reset(4).observation.fill(NaN);
  const first = control.reset(4).observation;
  const kept = first.slice();
  for (let slot = 0; slot < 4; slot++) {
    const action = next();
    const step = env.step(action);
    const expected = control.step(same());
    assertEquals(step, expected);
    action.fill(1);
    step.observation.fill(NaN);
  }
  assertEquals(first, kept);
});

Deno.test("a decision's buffers may be reused from slot to slot", () => {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { modelLoading: "charged" },
  });
  const reused = {
    cache: new Float64Array(10),
    bandwidthShare: new Float64Array(6).fill(1 / 3),
    computeShare: new Float64Array(6).fill(1 / 3),
    server: new Int32Array(3),
  };
  const rewards = (copy: boolean) => {
    const env = new EdgeEnv(scenario);
    env.reset(0);
    return [0, 1, 2].map((slot) => {
      // Another model in every slot: each has to be loaded and paid for.
      reused.cache.fill(0)[slot] = 1;
      return env.stepDecision(copy ? structuredClone(reused) : reused).reward;
    });
  };
  assertEquals(rewards(false), rewards(true));
});

Deno.test("a decision that needs no decoding is judged like a decoded one", () => {
  const env = new EdgeEnv(SMALL_SCENARIO);
  const control = new EdgeEnv(SMALL_SCENARIO);
  env.reset(6);
  control.reset(6);
  const next = randomAction(control);
  for (let slot = 0; slot < 4; slot++) {
    const expected = control.step(next());
    assertEquals(env.currentSlot, expected.info.played);
    assertEquals(env.stepDecision(expected.info.decision), expected);
  }
});

Deno.test("lagged requests: the agent sees the slot before, at the start one of its own", () => {
  const scenario = deriveScenario(PAPER_SCENARIO, {
    assumptions: { requestVisibility: "lagged" },
  });
  const env = new EdgeEnv(scenario, { choices: { inputScaling: "raw" } });
  const { observation, info } = env.reset(0);
  const { before, slots } = info.trace;
  const { users } = PAPER_SIZE;
  const requests = (seen: Float32Array) =>
    [...seen.subarray(1 + users, 1 + 2 * users)].map((m) => m - 1);
  assertEquals(requests(observation), [...before.state.requestedModel]);
  const exponents = [0.2, 0.5, 0.8].map(Math.fround);
  for (let slot = 0; slot < 10; slot++) {
    const step = env.step(new Float32Array(env.actionSize));
    assertEquals(requests(step.observation), [
      ...slots[slot].state.requestedModel,
    ]);
    const { popularityIndex } = slots[slot + 1].state;
    assertEquals(step.observation[0], exponents[popularityIndex]);
  }
});

Deno.test("reactive requests: the agent sees the slot that it decides", () => {
  const env = new EdgeEnv(PAPER_SCENARIO, {
    choices: { inputScaling: "raw" },
  });
  let { observation } = env.reset(0);
  for (let slot = 0; slot < 10; slot++) {
    const { state } = env.currentSlot;
    assertEquals(
      [...observation.subarray(11, 21)],
      Array.from(state.requestedModel, (model) => model + 1),
    );
    observation = env.step(new Float32Array(env.actionSize)).observation;
  }
});

Deno.test("charged loading: the agent sees the caches that it chose and the slot, and none after reset", () => {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { modelLoading: "charged" },
  });
  const env = new EdgeEnv(scenario);
  const next = randomAction(env);
  const seen = (observation: Float32Array) => [...observation.subarray(-11)];
  assertEquals(seen(env.reset(0).observation), new Array(11).fill(0));
  const step = env.step(next());
  // The second of 4 slots.
  assertEquals(seen(step.observation), [...step.info.decision.cache, 1 / 4]);
  assert(step.info.decision.cache.includes(1));
  assertEquals(seen(env.reset().observation), new Array(11).fill(0));
});

Deno.test("carried queue: the agent sees what the view tells of each downlink", () => {
  const slotDurationS = 1;
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { downlinkQueue: "carried", slotDurationS },
  });
  const { numServers } = scenario.parameters;
  const env = new EdgeEnv(scenario, { choices: { inputScaling: "raw" } });
  const next = randomAction(env);
  env.reset(0);
  for (let slot = 1; slot < 4; slot++) {
    const { observation } = env.step(next());
    const { downlinkFreeAtS } = env.view.previous;
    assert(downlinkFreeAtS.some((timeS) => timeS > 0));
    assertEquals(
      observation.subarray(-numServers),
      Float32Array.from(downlinkFreeAtS),
    );
  }
});

Deno.test("a share of 0 is refused with its reason, and the episode can go on", () => {
  const parameters = { numServers: 1 };
  const starve = (env: EdgeEnv) => {
    env.reset(0);
    const { server, instance } = env.currentSlot;
    return env.stepDecision({
      cache: new Float64Array(instance.numModels),
      bandwidthShare: Float64Array.of(0, 0.5, 0.5),
      computeShare: new Float64Array(3),
      server,
    });
  };
  const env = new EdgeEnv(deriveScenario(SMALL_SCENARIO, { parameters }));
  assertThrows(
    () => starve(env),
    InputError,
    "Cannot step: the response time of user 0 must be finite, got Infinity (bandwidth share 0, compute share 0)",
  );
  assertEquals(env.step(new Float32Array(env.actionSize)).info.slot, 0);
  const floor = new EdgeEnv(
    deriveScenario(SMALL_SCENARIO, {
      parameters,
      assumptions: { shareFloor: 0.001 },
    }),
  );
  assert(Number.isFinite(starve(floor).reward));
});

Deno.test("no action starves a user under L1", () => {
  const env = new EdgeEnv(SMALL_SCENARIO, {
    choices: { shareDecoding: "l1" },
  });
  env.reset(0);
  const mixed = new Float32Array(env.actionSize).map((_, i) => i % 2 ? 1 : -1);
  assert(Number.isFinite(env.step(mixed).reward));
});
