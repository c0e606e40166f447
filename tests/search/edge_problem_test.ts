import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { decodeAction } from "../../lib/env/action.ts";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { type Scenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import { createEdgeProblem } from "../../lib/search/edge_problem.ts";

/** G(t) by the readable way. */
function objectiveOf(
  scenario: Scenario,
  slot: TraceSlot,
  action: Float32Array,
): number {
  const decision = decodeAction(action, slot, scenario.assumptions);
  return evaluateSlot(slot.instance, slot.state, decision).objective;
}

Deno.test("the problem is G(t) of the decoded action, and its mean over slots", () => {
  const { slots } = generateTrace(SMALL_SCENARIO, { instanceSeed: 0, seed: 1 });
  const one = createEdgeProblem(SMALL_SCENARIO, [slots[2]]);
  const all = createEdgeProblem(SMALL_SCENARIO, slots);
  assertEquals([one.evaluationsPerPoint, all.evaluationsPerPoint], [1, 5]);
  assertEquals(one.dimension, 2 * (5 + 2 * 3));
  assert(one.lower.every((x) => x === -1) && one.upper.every((x) => x === 1));
  const points = new RandomStream(0, "points")
    .fillNormal(new Float64Array(4 * one.dimension));
  const single = new Float64Array(4);
  const mean = new Float64Array(4);
  one.evaluate(points, 4, single);
  all.evaluate(points, 4, mean);
  for (let row = 0; row < 4; row++) {
    const action = Float32Array.from(
      points.subarray(row * one.dimension, (row + 1) * one.dimension),
    );
    const each = slots.map((slot) => objectiveOf(SMALL_SCENARIO, slot, action));
    assertEquals(single[row], each[2]);
    assertAlmostEquals(mean[row], each.reduce((a, b) => a + b) / 5, 1e-12);
  }
});
