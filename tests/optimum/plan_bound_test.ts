import { assert, assertEquals } from "@std/assert";
import type { Decision } from "../../lib/env/slot.ts";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  isFor,
  METHODS,
  openMethod,
  playEpisode,
  resolveHyperparameters,
} from "../../lib/methods/mod.ts";
import { planEpisode } from "../../lib/optimum/episode_plan.ts";
import { decisionFor } from "../../lib/policies/mod.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";
import { median } from "../../lib/stats/statistics.ts";

const QUEUES = ["empty", "carried"] as const;

function charged(
  base: Scenario,
  downlinkQueue: "empty" | "carried",
  shareFloor = 0,
): Scenario {
  return deriveScenario(base, {
    assumptions: { modelLoading: "charged", downlinkQueue, shareFloor },
  });
}

/** The mean of G(t) of decisions, played in an environment that is reset. */
function play(env: EdgeEnv, decisions: readonly Decision[]): number {
  let total = 0;
  for (const decision of decisions) {
    const { info } = env.stepDecision(decision);
    assertEquals(info.outcome.violations, []);
    total += info.objective;
  }
  return total / decisions.length;
}

Deno.test("no method is below the plan's bound on 20 test episodes of ten users", async () => {
  for (const downlinkQueue of QUEUES) {
    const scenario = charged(PAPER_SCENARIO, downlinkQueue);
    const gaps: number[] = [];
    for (let instanceSeed = 0; instanceSeed < 4; instanceSeed++) {
      const env = new EdgeEnv(scenario, { instanceSeed, split: "test" });
      const bounds: number[] = [];
      for (let seed = 0; seed < 5; seed++) {
        const { slots } = env.reset(seed).info.trace;
        const plan = planEpisode(scenario, slots.slice(0, -1));
        const played = play(env, plan.decisions);
        gaps.push((played - plan.lowerBound) / played);
        bounds.push(plan.lowerBound);
      }
      for (const method of METHODS.filter((one) => isFor(one, scenario))) {
        const isSearch = method.name === "pso" || method.name === "ga";
        const { decider, learner, sees } = await openMethod(method, {
          scenario,
          seed: 0,
          instanceSeed,
          hyperparameters: resolveHyperparameters(
            method,
            isSearch ? { actionsPerPlan: 100, populationSize: 20 } : {},
          ),
        });
        for (let seed = 0; seed < bounds.length; seed++) {
          const { metrics } = await playEpisode(decider, env, seed, { sees });
          assert(
            metrics.objective >= bounds[seed] * (1 - 1e-12),
            `${method.name}: ${metrics.objective} is below ${bounds[seed]}`,
          );
        }
        learner?.dispose?.();
      }
    }
    // What is between them are waits that the bound leaves out.
    assert(gaps.every((gap) => gap >= -1e-12 && gap <= 5e-4));
    assert(median(gaps) <= 1e-4, `${median(gaps)}`);
  }
});

Deno.test("no other sets or shares are below the plan's bound, with and without a floor", () => {
  for (const downlinkQueue of QUEUES) {
    for (const base of [PAPER_SCENARIO, BALANCED_SCENARIO]) {
      for (const shareFloor of [0, 0.3]) {
        const scenario = charged(base, downlinkQueue, shareFloor);
        const stream = new RandomStream(0, "changes");
        const { numModels } = scenario.parameters;
        for (let seed = 0; seed < 4; seed++) {
          const env = new EdgeEnv(scenario, { instanceSeed: seed });
          const slots = env.reset(seed).info.trace.slots.slice(0, -1);
          const { decisions, lowerBound } = planEpisode(scenario, slots);
          for (let change = 0; change < 40; change++) {
            env.reset(seed);
            // A model less on every server from some slot on, or for some slots.
            const [from, to] = [stream.integer(10), stream.integer(11)];
            const model = stream.integer(numModels);
            const others = decisions.map(({ cache }, t) =>
              decisionFor(
                { scenario, visible: slots[t] },
                cache.map((held, entry) =>
                  t >= from && t < to && entry % numModels === model ? 0 : held
                ),
                change % 4 === 0 ? "equal" : "best",
              )
            );
            const mean = play(env, others);
            assert(mean >= lowerBound * (1 - 1e-12), `${mean} < ${lowerBound}`);
          }
        }
      }
    }
  }
});
