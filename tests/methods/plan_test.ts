import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { findMethod, openMethod, playEpisode } from "../../lib/methods/mod.ts";
import { planBound } from "../../lib/optimum/episode_plan.ts";
import {
  deriveScenario,
  type ScenarioOverrides,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";

const CHARGED = deriveScenario(SMALL_SCENARIO, {
  assumptions: { modelLoading: "charged" },
});

Deno.test("the plan is played slot by slot, at no less than its bound and less than the rule that looks at a slot", async () => {
  const env = new EdgeEnv(CHARGED, { split: "test" });
  const plan = await openMethod(findMethod("plan"), {
    scenario: CHARGED,
    seed: 0,
  });
  const greedy = await openMethod(findMethod("request-aware-marginal"), {
    scenario: CHARGED,
    seed: 0,
  });
  assertEquals(plan.sees, "episode");
  for (let seed = 0; seed < 10; seed++) {
    const played = await playEpisode(plan.decider, env, seed, plan);
    const { slots } = env.reset(seed).info.trace;
    const bound = planBound(CHARGED, slots.slice(0, -1));
    const { objective } = played.metrics;
    // The bound is a sum in another order.
    assert(
      objective >= bound * (1 - 1e-12) && objective <= 1.001 * bound,
      `${seed}: ${objective}, ${bound}`,
    );
    const other = await playEpisode(greedy.decider, env, seed, greedy);
    assert(objective < other.metrics.objective);
  }
});

Deno.test("worlds without a plan are refused when the method is made, by what is wrong", async () => {
  const refused = async (assumptions: ScenarioOverrides["assumptions"]) => {
    const scenario = deriveScenario(CHARGED, { assumptions });
    const error = await assertRejects(
      () => openMethod(findMethod("plan"), { scenario, seed: 0 }),
      InputError,
    );
    return error.message;
  };
  assertEquals(
    await refused({ modelLoading: "free" }),
    'Cannot plan the episode: scenario.assumptions.modelLoading must be "charged", got "free"',
  );
  assertEquals(
    await refused({ redraw: "slot" }),
    'Cannot plan the episode: scenario.assumptions.redraw must be "scenario", got "slot"',
  );
  assertEquals(
    await refused({ association: "cached-anywhere" }),
    'Cannot plan the episode: scenario.assumptions.association must be one that caches do not change, got "cached-anywhere"',
  );
  assertEquals(
    await refused({ requestVisibility: "lagged" }),
    'Cannot plan the episode: scenario.assumptions.requestVisibility must be "reactive", got "lagged"',
  );
});

Deno.test("a slot that was not shown when the episode began is not decided", async () => {
  const { decider } = await openMethod(findMethod("plan"), {
    scenario: CHARGED,
    seed: 0,
  });
  const env = new EdgeEnv(CHARGED);
  env.reset(0);
  assertThrows(
    () => decider.decide(env.view),
    Error,
    "Cannot decide: the episode must have begun with its slots, got no slot 0",
  );
});
