import { startMemory } from "../../lib/env/slot_memory.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { SlotBudget } from "../../lib/methods/mod.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import { deriveScenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import {
  createEdgeProblem,
  SearchPolicy,
  type SearchPolicyOptions,
} from "../../lib/search/edge_problem.ts";

const scenario = SMALL_SCENARIO;
const HYPERPARAMETERS = { trainingEpisodes: 3, actionsPerPlan: 300 };
const OPTIONS = {
  algorithm: "ga",
  seed: 5,
  instanceSeed: 1,
  hyperparameters: HYPERPARAMETERS,
} as const satisfies SearchPolicyOptions;

const test = generateTrace(scenario, {
  instanceSeed: 1,
  seed: 0,
  split: "test",
}).slots.slice(0, 4);
const train = (episode: number) =>
  generateTrace(scenario, {
    instanceSeed: 1,
    seed: 5,
    split: "train",
    episode,
  }).slots.slice(0, 4);

const view = (visible: TraceSlot, slot = 0) => ({
  scenario,
  slot,
  observation: new Float32Array(13),
  visible,
  previous: startMemory(visible.instance),
});

const policyOf = (
  options: Partial<SearchPolicyOptions>,
  hyperparameters: SearchPolicyOptions["hyperparameters"] = {},
) =>
  new SearchPolicy(scenario, {
    ...OPTIONS,
    ...options,
    hyperparameters: { ...HYPERPARAMETERS, ...hyperparameters },
  });

/** What an action earns over slots, as a search sees it. */
function value(slots: readonly TraceSlot[], action: Float32Array): number {
  const out = new Float64Array(1);
  createEdgeProblem(scenario, slots)
    .evaluate(Float64Array.from(action), 1, out);
  return out[0];
}

Deno.test("the policies have the protocol that they are given", () => {
  assertEquals(policyOf({}).protocol, "per-slot");
  const shot = policyOf({}, { protocol: "one-shot" });
  assertEquals(shot.protocol, "one-shot");
});

for (const algorithm of ["pso", "ga"] as const) {
  Deno.test(`${algorithm} per slot: every slot is solved by itself, whatever came before`, () => {
    const budget = new SlotBudget();
    const policy = policyOf({ algorithm, budget });
    const actions = test.map((slot, k) => policy.decide(view(slot, k)));
    assertEquals(budget.evaluations, 4 * 300);
    const backwards = policyOf({ algorithm });
    const again = test.toReversed().map((slot) => backwards.decide(view(slot)));
    assertEquals(again.toReversed(), actions);
    test.forEach((slot, k) => {
      test.forEach((_, other) => {
        assert(value([slot], actions[k]) <= value([slot], actions[other]));
      });
    });
  });
}

Deno.test("per episode: one plan for the slots shown in advance, and a new one for the next", () => {
  const budget = new SlotBudget();
  const policy = policyOf({ budget }, {
    actionsPerPlan: 2000,
    protocol: "per-episode",
  });
  assertThrows(
    () => policy.decide(view(test[0])),
    Error,
    "Cannot decide: the episode must have begun",
  );
  policy.beginEpisode({ slots: test });
  const plans = test.map((slot) => policy.decide(view(slot)));
  assertEquals(new Set(plans.map(String)).size, 1);
  assertEquals(budget.evaluations, 2000 * 4);
  policy.beginEpisode({ slots: train(0) });
  const next = policy.decide(view(test[0]));
  assert(value(train(0), next) < value(train(0), plans[0]));
  assert(value(test, plans[0]) < value(test, next));
});

Deno.test("static: one plan from all training slots, whatever is decided", () => {
  const budget = new SlotBudget();
  const policy = policyOf({ budget }, { protocol: "static" });
  policy.beginEpisode({ slots: test });
  const [plan, ...others] = test.map((slot) => policy.decide(view(slot)));
  for (const other of others) assertEquals(other, plan);
  assertEquals(budget.evaluations, 300 * 3 * 4);
  const slots = [0, 1, 2].flatMap(train);
  const shot = policyOf({}, { protocol: "one-shot" }).decide(
    view(test[0]),
  );
  assert(value(slots, plan) < value(slots, shot));
});

Deno.test("one shot: one plan from one training slot", () => {
  const budget = new SlotBudget();
  const policy = policyOf({ budget }, { protocol: "one-shot" });
  const plan = policy.decide(view(test[0]));
  assertEquals(policy.decide(view(test[3])), plan);
  assertEquals(budget.evaluations, 300);
  const [first] = train(0);
  const perSlot = policyOf({}).decide(view(first));
  assertEquals(value([first], plan), value([first], perSlot));
});

Deno.test("a caller may overwrite the action it was given", () => {
  const policy = policyOf({}, { protocol: "one-shot" });
  const plan = policy.decide(view(test[0]));
  const copy = plan.slice();
  plan.fill(0);
  assertEquals(policy.decide(view(test[0])), copy);
});

Deno.test("where loading is charged, per slot looks at the caches of the slot before", () => {
  const charged = deriveScenario(scenario, {
    assumptions: { modelLoading: "charged" },
  });
  const [visible] = test;
  const policy = new SearchPolicy(charged, OPTIONS);
  const numEntries = 2 * 5;
  const decide = (cached: 0 | 1) => {
    const previous = startMemory(visible.instance);
    previous.cache.fill(cached);
    return policy.decide({ ...view(visible, 1), scenario: charged, previous });
  };
  // Every model is loaded already, which makes caching free of charge.
  const problem = createEdgeProblem(charged, [visible], {
    cache: new Float64Array(numEntries).fill(1),
    downlinkFreeAtS: new Float64Array(2),
  });
  const points = Float64Array.from([...decide(1), ...decide(0)]);
  const out = new Float64Array(2);
  problem.evaluate(points, 2, out);
  assert(out[0] < 0.9 * out[1], `${out}`);
});

/** Another value of every hyperparameter, and whose it is. */
const SWITCHES: Readonly<Record<string, [number, "pso" | "ga" | "both"]>> = {
  populationSize: [20, "both"],
  inertia: [0.9, "pso"],
  finalInertia: [0.4, "pso"],
  cognitive: [2, "pso"],
  social: [2, "pso"],
  maxVelocity: [0.05, "pso"],
  tournamentSize: [3, "ga"],
  crossoverProbability: [0.5, "ga"],
  crossoverEta: [5, "ga"],
  mutationsPerChild: [3, "ga"],
  mutationEta: [5, "ga"],
  eliteCount: [0, "ga"],
};

for (const [key, [value, of]] of Object.entries(SWITCHES)) {
  Deno.test(`switching ${key} changes what its search finds, and no other`, () => {
    for (const algorithm of ["pso", "ga"] as const) {
      const find = (changes: Readonly<Record<string, number>>) => {
        const policy = policyOf({ algorithm }, changes);
        return String(policy.decide(view(test[0])));
      };
      const changed = find({ [key]: value }) !== find({});
      assertEquals(changed, of === algorithm || of === "both", algorithm);
    }
  });
}

Deno.test("a plan costs its actions on all slots of the training episodes", () => {
  const budget = new SlotBudget();
  const policy = policyOf({ budget }, {
    actionsPerPlan: 70,
    protocol: "static",
    populationSize: 10,
    trainingEpisodes: 2,
  });
  policy.decide(view(test[0]));
  assertEquals(budget.evaluations, 70 * 2 * 4);
});
