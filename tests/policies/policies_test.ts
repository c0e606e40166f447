import { startMemory } from "../../lib/env/slot_memory.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { mean } from "../../lib/stats/statistics.ts";
import {
  createRandomFeasible,
  createRequestAware,
  createRequestAwareMarginal,
  createStaticPopularity,
  decisionFor,
  fillCaches,
  solveSlot,
} from "../../lib/policies/mod.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { RULES } from "./rules.ts";

function viewOf(scenario: Scenario, visible: TraceSlot) {
  return {
    scenario,
    slot: 0,
    observation: new Float32Array(),
    visible,
    previous: startMemory(visible.instance),
  };
}

Deno.test("every policy's decisions break no constraint and serve everybody, under every reading", () => {
  const readings = [
    {},
    { association: "cached-anywhere" },
    { association: "random" },
    { requestVisibility: "lagged" },
    { computeShareAmong: "hits" },
    { shareFloor: 0.01 },
    { pathLossDistanceUnit: "meter" },
  ] as Partial<Scenario["assumptions"]>[];
  const penalized = () =>
    createRandomFeasible({ choices: { storageViolation: "penalty" } });
  for (const base of [PAPER_SCENARIO, BALANCED_SCENARIO, SMALL_SCENARIO]) {
    for (const assumptions of readings) {
      const scenario = deriveScenario(base, { assumptions });
      const trace = generateTrace(scenario, { instanceSeed: 1, seed: 2 });
      for (const create of [...Object.values(RULES), penalized]) {
        const policy = create();
        trace.slots.slice(0, 2).forEach((slot, index) => {
          const before = index === 0 ? trace.before : trace.slots[index - 1];
          const lagged = assumptions.requestVisibility === "lagged";
          const visible = lagged ? { ...slot, state: before.state } : slot;
          const decision = policy.decide(viewOf(scenario, visible));
          const outcome = evaluateSlot(slot.instance, slot.state, decision);
          assertEquals(outcome.violations, []);
          assert(Number.isFinite(outcome.objective));
        });
      }
    }
  }
});

Deno.test("at ten users hit rates are near those of a reference study", () => {
  // Its instances are others: 3 of them, against 10 here.
  const reference: Record<string, number> = {
    "cloud-only": 0,
    "random": 0.34,
    "static-popularity": 0.55,
    "popularity-knapsack": 0.56,
    "request-aware-equal": 0.985,
    "request-aware-square-root": 0.985,
    "optimum": 0.984,
  };
  const slots = Array.from(
    { length: 30 },
    (_, index) =>
      generateTrace(PAPER_SCENARIO, {
        instanceSeed: index % 10,
        seed: 0,
        split: "test",
        episode: Math.floor(index / 10),
      }).slots.slice(0, 10),
  ).flat();
  for (const [name, expected] of Object.entries(reference)) {
    const policy = RULES[name]();
    const rates = slots.map((slot) =>
      evaluateSlot(
        slot.instance,
        slot.state,
        policy.decide(viewOf(PAPER_SCENARIO, slot)),
      ).hitRate
    );
    assertAlmostEquals(mean(rates), expected, 0.06);
  }
});

/** Four users of one server with room for two of three equal models. */
function fourUsers(requestedModel: number[]): TraceSlot {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    parameters: { numUsers: 4, numServers: 1, numModels: 3 },
  });
  const [slot] = generateTrace(scenario, { instanceSeed: 0, seed: 0 }).slots;
  return {
    ...slot,
    instance: {
      ...slot.instance,
      modelSizeBytes: Float64Array.of(1, 1, 1),
      modelFlop: Float64Array.of(1e18, 4e18, 9e18),
      serverStorageBytes: Float64Array.of(2),
    },
    state: {
      ...slot.state,
      requestedModel: Int32Array.from(requestedModel),
    },
  };
}

Deno.test("static popularity caches the first models, request-aware the requested ones", () => {
  const view = viewOf(SMALL_SCENARIO, fourUsers([2, 1, 2, 2]));
  const scenario = deriveScenario(SMALL_SCENARIO, {
    parameters: { numUsers: 4, numServers: 1, numModels: 3 },
  });
  const here = { ...view, scenario };
  assertEquals([...createStaticPopularity().decide(here).cache], [1, 1, 0]);
  const equal = createRequestAware("equal").decide(here);
  assertEquals([...equal.cache], [0, 1, 1]);
  assertEquals([...equal.bandwidthShare], [0.25, 0.25, 0.25, 0.25]);
  assertEquals([...equal.computeShare], [0.25, 0.25, 0.25, 0.25]);
  const root = createRequestAware("square-root").decide(here);
  // √9 for three users and √4 for one: 3, 2, 3, 3 of 11.
  root.computeShare.forEach((share, user) =>
    assertAlmostEquals(share, [3, 2, 3, 3][user] / 11, 1e-12)
  );
});

Deno.test("models of equal demand are cached by index, and misses get no square-root share", () => {
  const scenario = deriveScenario(SMALL_SCENARIO, {
    parameters: { numUsers: 4, numServers: 1, numModels: 3 },
  });
  const view = viewOf(scenario, fourUsers([2, 1, 0, 0]));
  const { cache, computeShare } = createRequestAware("square-root")
    .decide(view);
  assertEquals([...cache], [1, 1, 0]);
  assertEquals([...computeShare], [0, 0.5, 0.25, 0.25]);
});

Deno.test("random decisions repeat with their seed and differ between seeds", () => {
  const [visible] = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 0 })
    .slots;
  const view = viewOf(SMALL_SCENARIO, visible);
  const first = createRandomFeasible({ seed: 1 });
  const again = createRandomFeasible({ seed: 1 });
  const other = createRandomFeasible({ seed: 2 });
  const decision = first.decide(view);
  assertEquals(decision, again.decide(view));
  assertNotEquals(decision, first.decide(view));
  assertNotEquals(decision, other.decide(view));
});

Deno.test("a ranking of something else than models, and an unknown rule, are refused", () => {
  const [visible] = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 0 })
    .slots;
  const cases: [unknown, string][] = [
    [
      [0, 99],
      "the ranking of server 0, place 1, must be a model from 0 to 4, got 99",
    ],
    [[NaN], "place 0, must be a model from 0 to 4, got NaN"],
    [[1.5], "place 0, must be a model from 0 to 4, got 1.5"],
    [
      undefined,
      "the ranking of server 0 must be an array of models, got nothing",
    ],
  ];
  for (const [ranking, message] of cases) {
    assertThrows(
      () => fillCaches(visible.instance, () => ranking as number[]),
      InputError,
      message,
    );
  }
  const view = viewOf(SMALL_SCENARIO, visible);
  assertThrows(
    () => decisionFor(view, new Float64Array(10), "squareroot" as never),
    InputError,
    'Cannot share: rule must be one of "equal", "square-root", "best", got "squareroot"',
  );
});

Deno.test("marginal gains stop caching where a hit takes more than it saves, and come close to the optimum", () => {
  for (const [numUsers, within] of [[20, 1.006], [30, 1.01]]) {
    const scenario = deriveScenario(PAPER_SCENARIO, {
      parameters: { numUsers },
    });
    const policy = createRequestAwareMarginal();
    let found = 0;
    let best = 0;
    for (let episode = 0; episode < 30; episode++) {
      const { slots } = generateTrace(scenario, {
        instanceSeed: episode % 5,
        seed: 1,
        split: "test",
        episode,
      });
      for (const visible of slots.slice(0, 10)) {
        const view = viewOf(scenario, visible);
        const { instance, state } = visible;
        found += evaluateSlot(instance, state, policy.decide(view)).objective;
        best += solveSlot(view).objective;
      }
    }
    assert(found <= within * best, `${numUsers} users: ${found / best}`);
  }
});
