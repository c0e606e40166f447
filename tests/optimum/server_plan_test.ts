import { assert, assertEquals } from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { CacheSets, fewModels } from "../../lib/optimum/cache_sets.ts";
import { planEpisode } from "../../lib/optimum/episode_plan.ts";
import { payingModels } from "../../lib/optimum/paying_models.ts";
import {
  type PlanProblem,
  planProblem,
  planServer,
} from "../../lib/optimum/plan_problem.ts";
import { solvePlan } from "../../lib/optimum/plan_program.ts";
import { relaxPlan } from "../../lib/optimum/plan_relaxation.ts";
import { prepareAlone } from "../../lib/optimum/server_problem.ts";
import { planSets } from "../../lib/optimum/server_plan.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";
import { exhaustivePlan } from "./exhaustive_plan.ts";
import { drawRandomEpisode } from "./random_episodes.ts";

function charged(
  numUsers: number,
  numModels: number,
  downlinkQueue: "empty" | "carried",
): Scenario {
  return deriveScenario(PAPER_SCENARIO, {
    parameters: { numUsers, numModels },
    assumptions: { modelLoading: "charged", downlinkQueue },
  });
}

/** Numbers of each server's part of an episode. */
function problemsOf(
  { scenario, slots }: Pick<
    ReturnType<typeof drawRandomEpisode>,
    "scenario" | "slots"
  >,
): PlanProblem[] {
  const { downlinkQueue, slotDurationS } = scenario.assumptions;
  return Array.from(
    { length: scenario.parameters.numServers },
    (_, j) =>
      planProblem(
        slots.map((visible) =>
          planServer(prepareAlone({ scenario, visible }), j)
        ),
        slots[0],
        downlinkQueue === "carried" ? slotDurationS : undefined,
      ),
  );
}

/** The slots of an episode that is tested on. */
function testSlots(scenario: Scenario, instanceSeed: number, seed: number) {
  const env = new EdgeEnv(scenario, { instanceSeed, split: "test" });
  return env.reset(seed).info.trace.slots.slice(0, -1);
}

Deno.test("prices never say more than the best of all sequences of sets, with and without a model, on 120 servers", () => {
  let tight = 0;
  let models = 0;
  for (let seed = 0; seed < 120; seed++) {
    const queue = seed % 2 === 0 ? "empty" : "carried";
    const stream = new RandomStream(seed, "prices");
    const [drawn] = problemsOf(
      drawRandomEpisode(seed, { downlinkQueue: queue }),
    );
    // Cheaper loads, so that models come and go, and less room for them.
    const problem = {
      ...drawn,
      loadingCost: drawn.loadingCost.map((cost) => cost * stream.uniform()),
      capacityBytes: drawn.capacityBytes * (0.3 + stream.uniform()),
    };
    const all = Int32Array.from(problem.modelBytes.keys()).filter((m) =>
      problem.modelBytes[m] <= problem.capacityBytes
    );
    const { lowerBound, holding } = relaxPlan(problem, all);
    const best = exhaustivePlan(problem);
    const slack = 1e-12 * Math.abs(best);
    assert(lowerBound <= best + slack, `${seed}: ${lowerBound} > ${best}`);
    if (lowerBound >= best * (1 - 1e-3)) tight++;
    all.forEach((model, m) => {
      const least = exhaustivePlan(problem, model);
      assert(holding[m] <= least + slack, `${seed}: ${holding[m]} > ${least}`);
      models++;
    });
  }
  assert(tight > 60 && models > 150, `${tight}, ${models}`);
});

Deno.test("a model that is left out changes no plan of thirty users", () => {
  let leftOut = 0;
  for (const queue of ["empty", "carried"] as const) {
    const scenario = charged(30, 30, queue);
    for (let seed = 0; seed < 6; seed++) {
      const slots = testSlots(scenario, seed, seed);
      for (const problem of problemsOf({ scenario, slots })) {
        const models = payingModels(problem);
        const bytes = Float64Array.from(models, (m) => problem.modelBytes[m]);
        const sets = new CacheSets(bytes, problem.capacityBytes);
        if (sets.count > 256) leftOut++;
        const { cost } = solvePlan(problem, models, sets);
        const plan = planSets(problem);
        assert(Math.abs(plan.cost - cost) <= 1e-12 * cost);
        assertEquals(plan.lowerBound, plan.cost);
        for (const held of plan.models) {
          const used = held.reduce((sum, m) => sum + problem.modelBytes[m], 0);
          assert(used <= problem.capacityBytes);
        }
      }
    }
  }
  assert(leftOut > 8, `${leftOut}`);
});

Deno.test("a hundred users and models have plans that fit, near their bound", () => {
  for (const queue of ["empty", "carried"] as const) {
    const scenario = charged(100, 100, queue);
    for (let seed = 1; seed < 4; seed++) {
      const env = new EdgeEnv(scenario, { instanceSeed: 1, split: "test" });
      const slots = env.reset(seed).info.trace.slots.slice(0, -1);
      const [problem] = problemsOf({ scenario, slots });
      const models = payingModels(problem);
      // More than could be listed.
      assert(models.length > 20, `${models.length}`);
      const { decisions, lowerBound } = planEpisode(scenario, slots);
      let total = 0;
      for (const decision of decisions) {
        const { info } = env.stepDecision(decision);
        assertEquals(info.outcome.violations, []);
        total += info.objective;
      }
      const mean = total / slots.length;
      // On a carried queue models may be left out with which the bound is lower.
      const most = queue === "empty" ? 1.001 : 1.01;
      assert(lowerBound <= mean && mean <= most * lowerBound, `${mean}`);
    }
  }
});

Deno.test("as many models are taken as have few enough sets", () => {
  const stream = new RandomStream(0, "few");
  for (let k = 0; k < 100; k++) {
    const bytes = Float64Array.from({ length: 9 }, () => 1 + stream.uniform());
    const most = 1 + stream.integer(200);
    const count = fewModels(bytes, 5, most);
    const sets = (models: number) =>
      new CacheSets(bytes.slice(0, models), 5).count;
    assert(sets(count) <= most);
    if (count < bytes.length) assert(sets(count + 1) > most);
  }
});
