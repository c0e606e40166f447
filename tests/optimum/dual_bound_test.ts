import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { playSlot } from "../../lib/env/transition.ts";
import { startMemory } from "../../lib/env/slot_memory.ts";
import type { Decision } from "../../lib/env/slot.ts";
import type { Decider } from "../../lib/env/decider.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { CacheSets } from "../../lib/optimum/cache_sets.ts";
import {
  dualBound,
  leastPathCost,
  penalizedServers,
} from "../../lib/optimum/dual_bound.ts";
import { expectedServer } from "../../lib/optimum/holding_cost.ts";
import { planServer } from "../../lib/optimum/plan_problem.ts";
import { prepareAlone } from "../../lib/optimum/server_problem.ts";
import { costOfSet } from "../../lib/optimum/set_form.ts";
import { loadingCosts } from "../../lib/optimum/slot_form.ts";
import { createHold } from "../../lib/policies/hold.ts";
import { createSampledPlan } from "../../lib/policies/sampled_plan.ts";
import {
  deriveScenario,
  type ScenarioOverrides,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { generateTrace } from "../../lib/workload/trace.ts";
import { withoutSignal } from "./random_episodes.ts";
import {
  CausalValues,
  type CausalWorld,
  type Chance,
  drawCausalWorld,
  everyPath,
} from "./causal_worlds.ts";

Deno.test("with the exact value in the penalty the least cost of every path is the best causal one in 200 worlds", () => {
  let caching = 0;
  for (let seed = 0; seed < 200; seed++) {
    const world = drawCausalWorld(seed);
    const values = new CausalValues(world);
    const stream = new RandomStream(seed, "paths");
    const { slotsPerEpisode } = world.scenario.parameters;
    for (let path = 0; path < 4; path++) {
      const chances: Chance[] = [];
      for (let t = 0; t < slotsPerEpisode; t++) {
        const next = world.next(chances.at(-1)?.state);
        chances.push(next[stream.integer(next.length)]);
      }
      const [{ slot: { instance } }] = chances;
      const server = expectedServer(
        world.scenario,
        instance,
        0,
        instance.numUsers,
      );
      const sets = new CacheSets(server.modelBytes, server.capacityBytes);
      const least = leastPathCost({
        sets,
        costs: chances.map(({ slot, state }, t) =>
          Float64Array.from(
            { length: sets.count },
            (_, set) =>
              values.costs(slot)[set][set] +
              values.expected(t + 1, set, state) -
              (t + 1 < slotsPerEpisode
                ? values.value(t + 1, set, chances[t + 1])
                : 0),
          )
        ),
        loading: chances.map(({ slot: visible }) =>
          loadingCosts(
            server,
            planServer(prepareAlone({ scenario: world.scenario, visible }), 0),
          )
        ),
      });
      const best = values.value(0, 0, chances[0]);
      assertAlmostEquals(least, best, 1e-12 * best, `world ${seed}`);
    }
    const [first] = world.next();
    const none = new CausalValues(world).costs(first.slot)[0][0];
    if (values.value(0, 0, first) < none * slotsPerEpisode * 0.9) caching++;
  }
  assert(caching > 60, `${caching}`);
});

/** Expected Σ G of a decider, and of what its caches are fined, over all paths. */
function expectedOf(
  world: CausalWorld,
  paths: ReturnType<typeof everyPath>,
  decider: Decider,
) {
  const { scenario } = world;
  const { slotsPerEpisode, numModels } = scenario.parameters;
  // What is decided must not depend on what comes later: every history once.
  const played = new Map<string, Decision>();
  let total = 0;
  let fines = 0;
  let leastGap = Infinity;
  let bound = 0;
  for (const { probability, slots } of paths) {
    const episode = slots.map(({ slot }) => slot);
    const [{ penalties }] = penalizedServers(scenario, episode);
    let memory = startMemory(episode[0].instance);
    let cost = 0;
    let fined = 0;
    let history = "";
    episode.forEach((visible, t) => {
      const { popularityIndex, requestedModel } = visible.state;
      history += ` ${popularityIndex}:${requestedModel}`;
      let decision = played.get(history);
      if (decision === undefined) {
        decision = decider.decide({
          scenario,
          slot: t,
          observation: new Float32Array(),
          visible,
          previous: memory,
        }) as Decision;
        played.set(history, decision);
      }
      const { cache } = decision;
      const result = playSlot(scenario, visible, decision, memory);
      assertEquals(result.outcome.violations, []);
      cost += result.outcome.objective;
      fined += costOfSet(
        penalties[t],
        Array.from({ length: numModels }, (_, m) => m)
          .filter((m) => cache[m] === 1),
      );
      memory = result.memory;
    });
    const least = dualBound(scenario, episode) * slotsPerEpisode;
    leastGap = Math.min(leastGap, cost + fined - least);
    total += probability * cost;
    fines += probability * fined;
    bound += probability * least;
  }
  return { total, fines, bound, leastGap };
}

Deno.test("on average the bound is below the best causal decisions, and these below hold and sampled-plan, in 40 worlds", () => {
  const sums = { bound: 0, best: 0, hold: 0, sampled: 0, clear: 0 };
  for (let seed = 0; seed < 40; seed++) {
    const world = drawCausalWorld(seed, { longest: seed % 2 === 0 ? 2 : 3 });
    const paths = everyPath(world);
    if (paths.length > 600) continue;
    const best = new CausalValues(world).expected(0, 0);
    const hold = expectedOf(world, paths, createHold(world.scenario));
    const sampled = expectedOf(
      world,
      paths,
      createSampledPlan(world.scenario, {
        sampledFutures: 20,
        plannedModels: 3,
        stream: new RandomStream(seed, "sampled-futures"),
      }),
    );
    assert(hold.bound <= best * (1 + 1e-12), `world ${seed}`);
    for (const { total, fines, leastGap } of [hold, sampled]) {
      assert(total >= best * (1 - 1e-12), `world ${seed}`);
      // Fines are 0 on average, and on no path too small.
      assertAlmostEquals(fines, 0, 1e-11);
      assert(leastGap >= -1e-9, `${leastGap}`);
    }
    sums.bound += hold.bound;
    sums.best += best;
    sums.hold += hold.total;
    sums.sampled += sampled.total;
    if (hold.total > best * (1 + 1e-6)) sums.clear++;
  }
  const { bound, best, hold, sampled, clear } = sums;
  assert(clear >= 3, `${clear}`);
  assert(bound > 0.99 * best, `${bound}, ${best}`);
  assert(hold < 1.01 * best && sampled < 1.005 * best, `${hold}, ${sampled}`);
});

Deno.test("worlds in which caches are not held, or others hold them, have no bound and no plan", () => {
  const { slots } = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 0 });
  const refused = (
    assumptions: ScenarioOverrides["assumptions"],
    act: (scenario: Parameters<typeof createHold>[0]) => unknown,
  ) => {
    const scenario = deriveScenario(SMALL_SCENARIO, {
      assumptions: { modelLoading: "charged", ...assumptions },
    });
    return assertThrows(() => act(scenario), InputError).message;
  };
  const bound = (scenario: Parameters<typeof createHold>[0]) =>
    dualBound(scenario, slots);
  assertEquals(
    refused({ modelLoading: "free" }, bound),
    'Cannot bound the episode: scenario.assumptions.modelLoading must be "charged", got "free"',
  );
  assertEquals(
    refused({ redraw: "slot" }, bound),
    'Cannot bound the episode: scenario.assumptions.redraw must be "scenario", got "slot"',
  );
  assertEquals(
    refused({ association: "cached-anywhere" }, createHold),
    'Cannot hold models: scenario.assumptions.association must be one that caches do not change, got "cached-anywhere"',
  );
  assertEquals(
    refused(
      { requestVisibility: "lagged" },
      (scenario) =>
        createSampledPlan(scenario, {
          sampledFutures: 1,
          plannedModels: 1,
          stream: new RandomStream(0, "sampled-futures"),
        }),
    ),
    'Cannot plan by samples: scenario.assumptions.requestVisibility must be "reactive", got "lagged"',
  );
});

Deno.test("an episode in which somebody is never served has no bound", () => {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    assumptions: { modelLoading: "charged" },
  });
  const { slots } = generateTrace(scenario, { instanceSeed: 0, seed: 0 });
  const deaf = withoutSignal(slots, 1);
  assert(Number.isFinite(dualBound(scenario, slots)));
  assertThrows(
    () => dualBound(scenario, deaf),
    InputError,
    "Cannot bound the episode: its slots must have finite response times, got Infinity",
  );
});
