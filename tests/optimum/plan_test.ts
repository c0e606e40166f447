import { assert, assertEquals, assertThrows } from "@std/assert";
import { startMemory } from "../../lib/env/slot_memory.ts";
import { playSlot } from "../../lib/env/transition.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { CacheSets } from "../../lib/optimum/cache_sets.ts";
import { planEpisode } from "../../lib/optimum/episode_plan.ts";
import { payingModels } from "../../lib/optimum/paying_models.ts";
import {
  type PlanProblem,
  planProblem,
  planServer,
} from "../../lib/optimum/plan_problem.ts";
import { solvePlan } from "../../lib/optimum/plan_program.ts";
import { prepareAlone } from "../../lib/optimum/server_problem.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  deriveScenario,
  type ScenarioOverrides,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { generateTrace } from "../../lib/workload/trace.ts";
import { exhaustive, exhaustivePlan } from "./exhaustive_plan.ts";
import {
  drawRandomEpisode,
  type RandomEpisode,
  withoutSignal,
} from "./random_episodes.ts";

/** Fails unless two numbers agree to 12 digits. */
function assertSame(actual: number, expected: number, message: string): void {
  assert(
    Math.abs(actual - expected) <= 1e-12 * Math.abs(expected),
    `${message}: ${actual} is not ${expected}`,
  );
}

/** Numbers of a server's part of an episode. */
function problemOf({ scenario, slots }: RandomEpisode, j: number): PlanProblem {
  const { downlinkQueue, slotDurationS } = scenario.assumptions;
  return planProblem(
    slots.map((visible) => planServer(prepareAlone({ scenario, visible }), j)),
    slots[0],
    downlinkQueue === "carried" ? slotDurationS : undefined,
  );
}

/** The same with results that take long to send, in short slots. */
function withLongResults(
  problem: PlanProblem,
  stream: RandomStream,
): PlanProblem {
  const longestS = 4000 * stream.uniform();
  return {
    ...problem,
    slotDurationS: 2000 + 20_000 * stream.uniform(),
    loadingCost: problem.loadingCost.map((cost) => cost * stream.uniform()),
    slots: problem.slots.map((slot) => {
      const addedS = slot.downlinkS.map(() => longestS * stream.uniform());
      const totalS = addedS.reduce((sum, one) => sum + one, 0);
      return {
        ...slot,
        cloudOnly: slot.cloudOnly + problem.timeWeight * totalS,
        downlinkS: slot.downlinkS.map((timeS, i) => timeS + addedS[i]),
      };
    }),
  };
}

/** The least cost of a plan for a server. */
function planned(problem: PlanProblem): number {
  const models = payingModels(problem);
  const bytes = Float64Array.from(models, (m) => problem.modelBytes[m]);
  return solvePlan(problem, models, new CacheSets(bytes, problem.capacityBytes))
    .cost;
}

/** A plan that is played, and what it does. */
function playPlan({ scenario, slots }: RandomEpisode) {
  const { decisions, lowerBound } = planEpisode(scenario, slots);
  const traits = { caches: false, drops: false, blocks: false };
  let memory = startMemory(slots[0].instance);
  let total = 0;
  decisions.forEach((decision, t) => {
    const { outcome, memory: next } = playSlot(
      scenario,
      slots[t],
      decision,
      memory,
    );
    assertEquals(outcome.violations, []);
    total += outcome.objective;
    traits.caches ||= decision.cache.includes(1);
    traits.drops ||= memory.cache.some((held, entry) =>
      held > decision.cache[entry]
    );
    traits.blocks ||= t > 0 &&
      memory.downlinkFreeAtS.some((timeS) => timeS > 0);
    memory = next;
  });
  return { total, bound: lowerBound * slots.length, traits };
}

/** How many of some plans do each of what plans do. */
function countTraits(plans: readonly ReturnType<typeof playPlan>[]) {
  const count = (trait: "caches" | "drops" | "blocks") =>
    plans.filter(({ traits }) => traits[trait]).length;
  return {
    caches: count("caches"),
    drops: count("drops"),
    blocks: count("blocks"),
  };
}

Deno.test("where the queue is empty plans are the best of all sequences of sets that can be played on 240 episodes", () => {
  const plans = Array.from({ length: 240 }, (_, seed) => {
    const episode = drawRandomEpisode(seed, { downlinkQueue: "empty" });
    const plan = playPlan(episode);
    assertSame(plan.bound, exhaustive(episode), `bound of ${seed}`);
    assertSame(plan.total, plan.bound, `plan of ${seed}`);
    return plan;
  });
  const { caches, drops } = countTraits(plans);
  assert(caches > 120 && caches < 240 && drops > 40, `${caches}, ${drops}`);
});

Deno.test("where every user has a server alone, so are plans on a carried queue", () => {
  const plans = Array.from({ length: 240 }, (_, seed) => {
    const episode = drawRandomEpisode(seed, {
      downlinkQueue: "carried",
      alone: true,
    });
    const plan = playPlan(episode);
    assertSame(plan.bound, exhaustive(episode), `bound of ${seed}`);
    assertSame(plan.total, plan.bound, `plan of ${seed}`);
    return plan;
  });
  const { caches, drops, blocks } = countTraits(plans);
  assert(
    caches > 120 && drops > 40 && blocks > 10,
    `${caches}, ${drops}, ${blocks}`,
  );
});

Deno.test("where users share servers, the bound on a carried queue is below all sequences that can be played", () => {
  const plans = Array.from({ length: 120 }, (_, seed) => {
    const episode = drawRandomEpisode(seed, { downlinkQueue: "carried" });
    const plan = playPlan(episode);
    assert(exhaustive(episode) >= plan.bound * (1 - 1e-12));
    return plan;
  });
  const { blocks } = countTraits(plans);
  assert(blocks > 10, `${blocks}`);
});

Deno.test("where loads block many slots, plans have the least cost of all sequences by their formulas on 480 servers", () => {
  let blocked = 0;
  for (let seed = 0; seed < 480; seed++) {
    const stream = new RandomStream(seed, "blocked-plans");
    const episode = drawRandomEpisode(seed, { downlinkQueue: "carried" });
    const problem = withLongResults(problemOf(episode, 0), stream);
    const cost = planned(problem);
    assertSame(cost, exhaustivePlan(problem), `seed ${seed}`);
    if (cost > planned({ ...problem, slotDurationS: undefined })) blocked++;
  }
  assert(blocked > 80, `${blocked}`);
});

Deno.test("a model whose loading pays only behind a blocked downlink is kept", () => {
  // A user for each of two models in each of 8 slots; times in s, and no costs.
  const [hitS, missS] = [Float64Array.of(1, 1), Float64Array.of(17, 4)];
  const problem: PlanProblem = {
    slots: Array.from({ length: 8 }, () => ({
      cloudOnly: 21,
      cloudOnlyCost: 0,
      loadWeight: 1,
      load: Float64Array.of(1, 1),
      saving: missS,
      savedCost: new Float64Array(2),
      model: Int32Array.of(0, 1),
      hitS,
      missS,
      downlinkS: new Float64Array(2),
    })),
    modelBytes: Float64Array.of(1, 1),
    capacityBytes: 2,
    loadingS: Float64Array.of(59, 24),
    loadingCost: new Float64Array(2),
    timeWeight: 1,
    slotDurationS: 35,
  };
  const empty = { ...problem, slotDurationS: undefined };
  assertEquals([...payingModels(empty)], [0]);
  assertEquals([...payingModels(problem)], [0, 1]);
  // Model 0 is loaded first, and keeps the downlink until 60, that is 25 in the second
  // slot. Model 1 comes meanwhile: 60 + 4, 25 + 25, and six times 4.
  assertEquals(planned(problem), 138);
  assertEquals(exhaustivePlan(problem), 138);
});

Deno.test("a model that is too slow but behind a blocked downlink is kept", () => {
  // One user for model 0, and two for model 1, which share GPUs: 40 s for the two, of
  // which the cloud takes 1.2 s less, but costs 1 more. Loading model 1 costs 1.1.
  const model = Int32Array.of(0, 1, 1);
  const problem: PlanProblem = {
    slots: Array.from({ length: 7 }, () => ({
      cloudOnly: 89.8,
      cloudOnlyCost: 1,
      loadWeight: 1,
      load: Float64Array.of(1, 2 * Math.sqrt(10)),
      saving: Float64Array.of(50, 39.8),
      savedCost: Float64Array.of(0, 1),
      model,
      hitS: Float64Array.of(1, 10, 10),
      missS: Float64Array.of(50, 19.4, 19.4),
      downlinkS: new Float64Array(3),
    })),
    modelBytes: Float64Array.of(1, 1),
    capacityBytes: 2,
    loadingS: Float64Array.of(100, 24),
    loadingCost: Float64Array.of(0, 1.1),
    timeWeight: 1,
    slotDurationS: 35,
  };
  const empty = { ...problem, slotDurationS: undefined };
  assertEquals([...payingModels(empty)], [0]);
  assertEquals([...payingModels(problem)], [0, 1]);
  assertSame(planned(problem), exhaustivePlan(problem), "cost");
  const { cost } = solvePlan(
    problem,
    Int32Array.of(0),
    new CacheSets(Float64Array.of(1), 2),
  );
  assert(planned(problem) < cost - 0.5, `${planned(problem)}, ${cost}`);
});

Deno.test("other worlds than those of the plan are refused by name", () => {
  const { slots } = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 0 });
  const refused = (assumptions: ScenarioOverrides["assumptions"]) => {
    const scenario = deriveScenario(SMALL_SCENARIO, {
      assumptions: { modelLoading: "charged", ...assumptions },
    });
    return assertThrows(() => planEpisode(scenario, slots), InputError).message;
  };
  assertEquals(
    refused({ modelLoading: "free" }),
    'Cannot plan the episode: scenario.assumptions.modelLoading must be "charged", got "free"',
  );
  assertEquals(
    refused({ redraw: "slot" }),
    'Cannot plan the episode: scenario.assumptions.redraw must be "scenario", got "slot"',
  );
  assertEquals(
    refused({ association: "cached-anywhere" }),
    'Cannot plan the episode: scenario.assumptions.association must be one that caches do not change, got "cached-anywhere"',
  );
});

Deno.test("a user whom no server reaches and more sets than can be listed are refused", () => {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { modelLoading: "charged" },
  });
  const { slots } = generateTrace(scenario, { instanceSeed: 0, seed: 0 });
  const deaf = withoutSignal(slots, 1);
  assertThrows(
    () => planEpisode(scenario, deaf),
    InputError,
    "Cannot plan the episode: slots[1] must have finite response times, got Infinity",
  );
  assertEquals(new CacheSets(new Float64Array(16).fill(1), 16).count, 2 ** 16);
  assertThrows(
    () => new CacheSets(new Float64Array(21).fill(1), 21),
    InputError,
    "Cannot plan the episode: the sets of models that fit on a server must be at most 1048576, got more",
  );
});
