import { startMemory } from "../../lib/env/slot_memory.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import type { Decision } from "../../lib/env/slot.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { median } from "../../lib/stats/statistics.ts";
import {
  createRandomFeasible,
  OptimumPolicy,
  solveSlot,
} from "../../lib/policies/mod.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { everyDecision, serverPart } from "./exhaustive.ts";
import { drawRandomSlot, withoutWaits } from "./random_slots.ts";
import { RULES } from "../policies/rules.ts";

/** Σ over servers of the least part of G over all caches. */
function exhaustive(visible: TraceSlot, waits: boolean): number {
  const { instance, state } = visible;
  const total = everyDecision(visible).map((decisions: Decision[], j) =>
    Math.min(
      ...decisions.map((decision) =>
        serverPart(visible, evaluateSlot(instance, state, decision), j, {
          waits,
        })
      ),
    )
  );
  return total.reduce((sum, part) => sum + part, 0);
}

Deno.test("where nobody waits the optimum equals exhaustive enumeration on 1,000 slots", () => {
  for (let seed = 0; seed < 1000; seed++) {
    const slot = withoutWaits(drawRandomSlot(seed));
    const { decision, objective, lowerBound } = solveSlot(slot);
    const { instance, state } = slot.visible;
    const expected = exhaustive(slot.visible, true);
    assertAlmostEquals(objective / expected, 1, 1e-9);
    assertAlmostEquals(lowerBound / expected, 1, 1e-9);
    assert(lowerBound <= objective);
    const outcome = evaluateSlot(instance, state, decision);
    assertEquals(outcome.objective, objective);
    assertEquals(outcome.violations, []);
  }
});

Deno.test("where results wait, enumeration lies on the right side of both bounds", () => {
  for (let seed = 0; seed < 300; seed++) {
    const slot = drawRandomSlot(seed);
    const { objective, lowerBound } = solveSlot(slot);
    assert(lowerBound <= objective);
    // The bound is at least as good as ignoring waits, the decision as good as
    // taking the best shares without waits for any cache.
    assert(lowerBound >= exhaustive(slot.visible, false) * (1 - 1e-9));
    assert(objective <= exhaustive(slot.visible, true) * (1 + 1e-9));
  }
});

Deno.test("no decision is below the lower bound", () => {
  const random = createRandomFeasible();
  for (let seed = 0; seed < 100; seed++) {
    const { scenario, visible } = drawRandomSlot(seed);
    const { instance, state } = visible;
    const { decision, lowerBound } = solveSlot({ scenario, visible });
    const stream = new RandomStream(seed, "perturbed");
    const view = {
      scenario,
      slot: 0,
      observation: new Float32Array(),
      visible,
      previous: startMemory(visible.instance),
    };
    for (let trial = 0; trial < 40; trial++) {
      // Around the optimum the bound is put to the test, elsewhere it is far.
      const perturbed = (shares: Float64Array) => {
        const weights = shares.map((share) =>
          share * Math.exp(2 * trial / 40 * (stream.uniform() - 0.5))
        );
        const { numUsers } = instance;
        return weights.map((weight, index) => {
          const row = Math.floor(index / numUsers) * numUsers;
          const total = weights.subarray(row, row + numUsers)
            .reduce((sum, other) => sum + other, 0);
          return weight === 0 ? 0 : weight / total;
        });
      };
      const candidates: Decision[] = [
        random.decide(view),
        {
          ...decision,
          bandwidthShare: perturbed(decision.bandwidthShare),
          computeShare: perturbed(decision.computeShare),
        },
      ];
      for (const candidate of candidates) {
        const outcome = evaluateSlot(instance, state, candidate);
        assert(outcome.objective >= lowerBound * (1 - 1e-12));
      }
    }
  }
});

Deno.test("in printed units the bounds agree to 0.1 % at ten users, in balanced ones to 10 %", () => {
  for (
    const [scenario, most] of [
      [PAPER_SCENARIO, 1e-3],
      [BALANCED_SCENARIO, 0.1],
    ] as const
  ) {
    const gaps = [0, 1, 2].flatMap((instanceSeed) =>
      generateTrace(scenario, { instanceSeed, seed: 0, split: "test" }).slots
        .map((visible) => solveSlot({ scenario, visible }).gap)
    );
    assert(median(gaps) <= most, `${scenario.name}: ${median(gaps)}`);
    assert(gaps.every((gap) => gap >= 0));
  }
});

Deno.test("no other policy beats the optimum by more than its gap", () => {
  for (const base of [PAPER_SCENARIO, BALANCED_SCENARIO]) {
    for (const association of ["nearest", "cached-anywhere"] as const) {
      const scenario = deriveScenario(base, { assumptions: { association } });
      const { slots } = generateTrace(scenario, {
        instanceSeed: 3,
        seed: 0,
        split: "test",
      });
      for (const visible of slots.slice(0, 3)) {
        const { objective, lowerBound } = solveSlot({ scenario, visible });
        assert(lowerBound <= objective);
        for (const create of Object.values(RULES)) {
          const decision = create().decide({
            scenario,
            slot: 0,
            observation: new Float32Array(),
            visible,
            previous: startMemory(visible.instance),
          });
          const outcome = evaluateSlot(
            visible.instance,
            visible.state,
            decision,
          );
          assert(outcome.objective >= lowerBound);
          assert(outcome.objective >= objective * (1 - 1e-9));
        }
      }
    }
  }
});

Deno.test("a user without a channel makes both bounds infinite", () => {
  const { scenario, visible } = drawRandomSlot(5);
  const fading = visible.state.fading.slice();
  fading.fill(0, 0, 2);
  const found = solveSlot({
    scenario,
    visible: { ...visible, state: { ...visible.state, fading } },
  });
  assertEquals(found.objective, Infinity);
  assertEquals(found.lowerBound, Infinity);
  assertEquals(found.gap, 0);
});

Deno.test("a time weight of 0 leaves a knapsack of costs", () => {
  for (let seed = 0; seed < 50; seed++) {
    const { scenario, visible } = drawRandomSlot(seed);
    const slot = {
      ...visible,
      instance: { ...visible.instance, responseTimeWeight: 0 },
    };
    const { objective, lowerBound } = solveSlot({ scenario, visible: slot });
    assertAlmostEquals(objective / exhaustive(slot, true), 1, 1e-9);
    assertAlmostEquals(lowerBound / objective, 1, 1e-12);
  }
});

Deno.test("under lagged visibility the optimum's shares serve whoever turns out to hit", () => {
  const scenario = deriveScenario(PAPER_SCENARIO, {
    assumptions: { requestVisibility: "lagged" },
  });
  const policy = new OptimumPolicy();
  const trace = generateTrace(scenario, { instanceSeed: 0, seed: 0 });
  trace.slots.forEach((slot, index) => {
    const { state } = index === 0 ? trace.before : trace.slots[index - 1];
    const decision = policy.decide({
      scenario,
      slot: index,
      observation: new Float32Array(),
      visible: { ...slot, state },
      previous: startMemory(slot.instance),
    });
    const outcome = evaluateSlot(slot.instance, slot.state, decision);
    assert(Number.isFinite(outcome.objective));
    assertEquals(outcome.violations, []);
  });
});

Deno.test("with a share floor the optimum is no worse than without, and its bound holds", () => {
  const random = createRandomFeasible();
  for (let seed = 0; seed < 60; seed++) {
    const { scenario, visible } = drawRandomSlot(seed);
    const floored = {
      ...visible,
      instance: {
        ...visible.instance,
        shareFloor: [0.001, 0.05, 0.3][seed % 3],
      },
    };
    const without = solveSlot({ scenario, visible });
    const found = solveSlot({ scenario, visible: floored });
    assert(found.lowerBound <= found.objective);
    assert(found.lowerBound <= without.objective);
    const { instance, state } = floored;
    const again = evaluateSlot(instance, state, without.decision).objective;
    assert(found.objective <= again * (1 + 0.02));
    for (let trial = 0; trial < 10; trial++) {
      const decision = random.decide({
        scenario,
        slot: 0,
        observation: new Float32Array(),
        visible,
        previous: startMemory(visible.instance),
      });
      const { objective } = evaluateSlot(instance, state, decision);
      assert(objective >= found.lowerBound * (1 - 1e-12));
    }
  }
});
