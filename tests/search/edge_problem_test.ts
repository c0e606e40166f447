import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { decodeAction } from "../../lib/env/action.ts";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { generateTrace, type TraceSlot } from "../../lib/env/trace.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  PAPER_SCENARIO,
  type Scenario,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { createEdgeProblem } from "../../lib/search/edge_problem.ts";
import { GeneticAlgorithm } from "../../lib/search/ga.ts";
import { minimize } from "../../lib/search/minimize.ts";
import { ParticleSwarm } from "../../lib/search/pso.ts";

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

/** The request-aware decision: what is requested most, if it fits; best shares. */
function greedyObjective({ instance, state, server }: TraceSlot): number {
  const { numUsers, numServers, numModels } = instance;
  const cache = new Float64Array(numServers * numModels);
  const bandwidthShare = new Float64Array(numServers * numUsers);
  const computeShare = new Float64Array(numServers * numUsers);
  for (let j = 0; j < numServers; j++) {
    const users = [...server.keys()].filter((user) => server[user] === j);
    const requests = new Map<number, number>();
    for (const user of users) {
      const model = state.requestedModel[user];
      requests.set(model, (requests.get(model) ?? 0) + 1);
    }
    let free = instance.serverStorageBytes[j];
    for (const [model] of [...requests].sort((a, b) => b[1] - a[1])) {
      if (instance.modelSizeBytes[model] > free) continue;
      free -= instance.modelSizeBytes[model];
      cache[j * numModels + model] = 1;
    }
    const weight = (user: number) =>
      Math.sqrt(instance.modelFlop[state.requestedModel[user]]) *
      cache[j * numModels + state.requestedModel[user]];
    const total = users.reduce((sum, user) => sum + weight(user), 0);
    for (const user of users) {
      bandwidthShare[j * numUsers + user] = 1 / users.length;
      if (total > 0) computeShare[j * numUsers + user] = weight(user) / total;
    }
  }
  const decision = { cache, bandwidthShare, computeShare, server };
  return evaluateSlot(instance, state, decision).objective;
}

Deno.test("per slot at U = 10 with 50 × 200 evaluations, GA and PSO come near a decision that knows the requests", () => {
  const slots = [0, 1, 2, 3, 4, 5].flatMap((seed) =>
    generateTrace(PAPER_SCENARIO, {
      instanceSeed: seed,
      seed,
      split: "validation",
    }).slots.slice(0, 2)
  );
  const total = { greedy: 0, ga: 0, pso: 0 };
  slots.forEach((slot, seed) => {
    const problem = createEdgeProblem(PAPER_SCENARIO, [slot]);
    const ga = new GeneticAlgorithm(problem, seed);
    const pso = new ParticleSwarm(problem, seed);
    total.greedy += greedyObjective(slot);
    total.ga += minimize(problem, ga, 50 * 200).value;
    total.pso += minimize(problem, pso, 50 * 200).value;
  });
  assert(total.ga < 1.03 * total.greedy, `${total.ga / total.greedy}`);
  assert(total.pso < 1.1 * total.greedy, `${total.pso / total.greedy}`);
});
