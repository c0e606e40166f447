import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Decision, SlotOutcome } from "../../lib/env/slot.ts";
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
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import { everyDecision } from "./exhaustive.ts";
import { drawRandomEpisode, type RandomEpisode } from "./random_episodes.ts";

/** Fails unless two numbers agree to 12 digits. */
function assertSame(actual: number, expected: number, message: string): void {
  assert(
    Math.abs(actual - expected) <= 1e-12 * Math.abs(expected),
    `${message}: ${actual} is not ${expected}`,
  );
}

/** What a server's users, caches and loads contribute to G. */
function partOf(
  { instance, server }: TraceSlot,
  outcome: SlotOutcome,
  loadingCost: number,
  j: number,
): number {
  let timeS = 0;
  let cost = outcome.storageUsedBytes[j] * instance.storageCostPerByte +
    loadingCost;
  server.forEach((own, user) => {
    if (own !== j) return;
    timeS += outcome.responseTimeS[user];
    cost += outcome.userCost[user];
  });
  return instance.responseTimeWeight * timeS + instance.costWeight * cost;
}

/**
 * Σ_t G(t) of the best sequence of sets, all of them tried, with the best shares;
 * slots that begin alike are played once.
 */
function exhaustive({ scenario, slots }: RandomEpisode): number {
  const { numServers, numModels } = scenario.parameters;
  const decisions: Decision[][][] = slots.map(everyDecision);
  const none = new Float64Array(numServers * numModels);
  let total = 0;
  for (let j = 0; j < numServers; j++) {
    const played = slots.map(() =>
      new Map<string, readonly { part: number; freeAtS: number }[]>()
    );
    const play = (t: number, before: number, freeAtS: number) => {
      const key = `${before} ${freeAtS}`;
      const found = played[t].get(key);
      if (found !== undefined) return found;
      const memory = {
        cache: before < 0 ? none : decisions[t - 1][j][before].cache,
        downlinkFreeAtS: new Float64Array(numServers).fill(freeAtS, j, j + 1),
      };
      const outcomes = decisions[t][j].map((decision) => {
        const result = playSlot(scenario, slots[t], decision, memory);
        return {
          part: partOf(slots[t], result.outcome, result.loadingCost, j),
          freeAtS: result.memory.downlinkFreeAtS[j],
        };
      });
      played[t].set(key, outcomes);
      return outcomes;
    };
    const search = (t: number, before: number, freeAtS: number): number => {
      if (t === slots.length) return 0;
      let least = Infinity;
      play(t, before, freeAtS).forEach((one, set) => {
        least = Math.min(least, one.part + search(t + 1, set, one.freeAtS));
      });
      return least;
    };
    total += search(0, -1, 0);
  }
  return total;
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

/** The best sequence of sets by the formulas of plans, all sequences tried. */
function exhaustivePlan(problem: PlanProblem): number {
  const { slots, modelBytes, capacityBytes, loadingS, timeWeight } = problem;
  const models = Array.from(modelBytes.keys());
  const sets = Array.from(
    { length: 2 ** modelBytes.length },
    (_, set) => models.filter((m) => (set >> m) % 2 === 1),
  ).filter((set) =>
    set.reduce((sum, m) => sum + modelBytes[m], 0) <= capacityBytes
  );
  const sum = (values: readonly number[]) =>
    values.reduce((total, value) => total + value, 0);
  const search = (
    t: number,
    before: readonly number[],
    freeAtS: number,
  ): number => {
    if (t === slots.length) return 0;
    const { model, hitS, missS, downlinkS, ...slot } = slots[t];
    return Math.min(...sets.map((set) => {
      const load = sum(set.map((m) => slot.load[m]));
      const alone = slot.cloudOnly + slot.loadWeight * load ** 2 -
        sum(set.map((m) => slot.saving[m]));
      const users = Array.from(model.keys());
      const least = users.map((i) =>
        set.includes(model[i]) ? hitS[i] : missS[i]
      );
      const loaded = set.filter((m) => !before.includes(m));
      const loadS = users.map((i) =>
        loaded.includes(model[i]) ? loadingS[model[i]] : 0
      );
      const sentS = users.map((i) =>
        Math.max(least[i] + loadS[i], freeAtS) + downlinkS[i]
      );
      const blocked = slot.cloudOnlyCost + timeWeight * sum(sentS) -
        sum(set.map((m) => slot.savedCost[m]));
      const cost = sum(loaded.map((m) => problem.loadingCost[m])) +
        Math.max(alone + timeWeight * sum(loadS), freeAtS > 0 ? blocked : 0);
      const freeAfterS = Math.max(
        freeAtS > 0 ? freeAtS + sum([...downlinkS]) : 0,
        ...users.map((i) => loadS[i] > 0 ? sentS[i] : 0),
      );
      const { slotDurationS } = problem;
      const nextS = slotDurationS === undefined
        ? 0
        : Math.max(0, freeAfterS - slotDurationS);
      return cost + search(t + 1, set, nextS);
    }));
  };
  return search(0, [], 0);
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
  const deaf = slots.map((slot, t) => ({
    ...slot,
    state: {
      ...slot.state,
      fading: slot.state.fading.map((h) => t === 1 ? 0 : h),
    },
  }));
  assertThrows(
    () => planEpisode(scenario, deaf),
    InputError,
    "Cannot plan the episode: slots[1] must have finite response times, got Infinity",
  );
  assertEquals(new CacheSets(new Float64Array(18).fill(1), 18).count, 2 ** 18);
  assertThrows(
    () => new CacheSets(new Float64Array(19).fill(1), 19),
    InputError,
    "Cannot plan the episode: the sets of models that fit on a server must be at most 262144, got more",
  );
});
