import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { actionSize } from "../../lib/env/action.ts";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { PreparedSlot } from "../../lib/env/prepared_slot.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { decisionFor } from "../../lib/policies/shares.ts";
import type { Assumptions } from "../../lib/scenario/assumptions.ts";
import {
  deriveScenario,
  type Scenario,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { everyDecision, serverPart } from "../optimum/exhaustive.ts";
import { HAND_INSTANCE, HAND_STATE } from "./worlds.ts";

const LAGGED: Partial<Assumptions> = {
  requestVisibility: "lagged",
  shareTiming: "after-requests",
};

/** Readings that go into what a slot is worth, by key. */
const READINGS: {
  readonly [Key in keyof Assumptions]?: readonly Assumptions[Key][];
} = {
  requestVisibility: ["reactive", "lagged"],
  shareTiming: ["with-caches", "after-requests"],
  computeShareAmong: ["associated", "hits"],
  association: ["nearest", "random", "balanced", "cached-anywhere"],
  modelLoading: ["free", "charged"],
  downlinkQueue: ["empty", "carried"],
  shareFloor: [0, 0.05],
  redraw: ["scenario", "slot"],
};

/** Every combination of them that a scenario may have. */
function everyWorld(): Scenario[] {
  let combinations: Partial<Assumptions>[] = [{ slotDurationS: 1000 }];
  for (const [key, values] of Object.entries(READINGS)) {
    combinations = combinations.flatMap((assumptions) =>
      values.map((value) => ({ ...assumptions, [key]: value }))
    );
  }
  return combinations.flatMap((assumptions) => {
    try {
      return [deriveScenario(SMALL_SCENARIO, {
        parameters: { numUsers: 5, slotsPerEpisode: 3 },
        assumptions,
      })];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return [];
    }
  });
}

/** Some models on each server, as an action with equal shares; each fits. */
function someAction(scenario: Scenario, stream: RandomStream): Float32Array {
  const { numServers, numModels } = scenario.parameters;
  const action = new Float32Array(actionSize(scenario));
  for (let entry = 0; entry < numServers * numModels; entry++) {
    action[entry] = stream.uniform() < 0.4 ? 1 : -1;
  }
  return action;
}

Deno.test("the same caches score the same as an action and as a policy's decision, under every reading", () => {
  const stream = new RandomStream(0, "doors");
  const worlds = everyWorld();
  // Of 512 combinations 64 have lagged requests and caches anywhere, and another 48
  // lagged requests and shares that are decided among hits.
  assertEquals(worlds.length, 512 - 64 - 48);
  for (const scenario of worlds) {
    const [byAction, byPolicy] = [new EdgeEnv(scenario), new EdgeEnv(scenario)];
    byAction.reset(7);
    byPolicy.reset(7);
    for (let t = 0; t < 3; t++) {
      const action = someAction(scenario, stream);
      const prepared = new PreparedSlot(byAction.currentSlot, {
        assumptions: scenario.assumptions,
        memory: byAction.view.previous,
      });
      const alone = prepared.objective(action);
      const acted = byAction.step(action).info;
      const { cache } = acted.decision;
      const decision = decisionFor(byPolicy.view, cache, "equal");
      const decided = byPolicy.stepDecision(decision).info;
      const message = JSON.stringify(scenario.assumptions);
      assert(
        Math.abs(decided.objective - acted.objective) <=
          1e-12 * acted.objective,
        `${decided.objective}, not ${acted.objective}: ${message}`,
      );
      assert(Math.abs(alone - acted.objective) <= 1e-12 * alone, message);
      assertEquals(decided.outcome.violations, [], message);
    }
  }
});

Deno.test("shares that servers set after the requests are those of least cost for the caches", () => {
  const scenario = deriveScenario(SMALL_SCENARIO, { assumptions: LAGGED });
  const env = new EdgeEnv(scenario);
  env.reset(3);
  const slot = env.currentSlot;
  const prepared = new PreparedSlot(slot, {
    assumptions: scenario.assumptions,
  });
  let compared = 0;
  everyDecision(slot).forEach((decisions, server) => {
    for (const decision of decisions) {
      // Without waits the best shares are those of a bisection.
      const best = serverPart(
        slot,
        evaluateSlot(slot.instance, slot.state, decision),
        server,
        { waits: false },
      );
      const unread = new Float64Array(decision.computeShare.length);
      const served = serverPart(
        slot,
        prepared.outcome({
          ...decision,
          bandwidthShare: unread,
          computeShare: unread,
        }),
        server,
        { waits: false },
      );
      assertAlmostEquals(served, best, 1e-9 * best);
      compared++;
    }
  });
  assert(compared > 10);
});

Deno.test("GPUs go to hits in proportion to √F, whatever was decided", () => {
  const slot = {
    instance: { ...HAND_INSTANCE, modelFlop: Float64Array.of(9e12, 4e12) },
    state: HAND_STATE,
    server: Int32Array.of(0, 0),
  };
  const { assumptions } = deriveScenario(SMALL_SCENARIO, {
    assumptions: { ...LAGGED, computeShareAmong: "hits" },
  });
  const { inferenceTimeS, uplinkRateBps, violations } = new PreparedSlot(slot, {
    assumptions,
  }).outcome({
    cache: Float64Array.of(1, 1),
    // Broken shares that nobody reads.
    bandwidthShare: Float64Array.of(3, 3),
    computeShare: Float64Array.of(0, 2),
    server: slot.server,
  });
  // On 4 TFLOP/s in shares of 3/5 and 2/5; bandwidth is shared equally by equals.
  assertAlmostEquals(inferenceTimeS[0], 9 / (4 * 3 / 5), 1e-12);
  assertAlmostEquals(inferenceTimeS[1], 4 / (4 * 2 / 5), 1e-12);
  assertAlmostEquals(uplinkRateBps[0], uplinkRateBps[1], 1e-6);
  // Both models, 11 GB, do not fit into 8 GB; the shares break nothing.
  assertEquals(violations, ["18e"]);
});

Deno.test("servers that get other users share anew, whatever was judged before", () => {
  const scenario = deriveScenario(SMALL_SCENARIO, { assumptions: LAGGED });
  const env = new EdgeEnv(scenario);
  env.reset(1);
  const slot = env.currentSlot;
  const { numUsers, numServers, numModels } = slot.instance;
  const decisions = [0, 1].map((own) => ({
    cache: new Float64Array(numServers * numModels).fill(1),
    bandwidthShare: new Float64Array(numServers * numUsers),
    computeShare: new Float64Array(numServers * numUsers),
    server: new Int32Array(numUsers).fill(own),
  }));
  const { assumptions } = scenario;
  const prepared = new PreparedSlot(slot, { assumptions });
  for (const decision of [...decisions, ...decisions]) {
    assertEquals(
      prepared.outcome(decision),
      new PreparedSlot(slot, { assumptions }).outcome(decision),
    );
  }
});
