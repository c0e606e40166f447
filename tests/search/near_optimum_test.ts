import { SlotBudget } from "../../lib/methods/mod.ts";
import { startMemory } from "../../lib/env/slot_memory.ts";
import { assert, assertEquals } from "@std/assert";
import { decodeAction } from "../../lib/env/action.ts";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { generateTrace } from "../../lib/workload/trace.ts";
import { mean } from "../../lib/stats/statistics.ts";
import { solveSlot } from "../../lib/policies/optimum.ts";
import { PAPER_SCENARIO as scenario } from "../../lib/scenario/scenario.ts";
import { SearchPolicy } from "../../lib/search/edge_problem.ts";

/** A slot of each of 20 instances, from all along their test episodes. */
const SLOTS = Array.from(
  { length: 20 },
  (_, seed) =>
    generateTrace(scenario, { instanceSeed: seed, seed, split: "test" })
      .slots[seed % scenario.parameters.slotsPerEpisode],
);

const OPTIMA = SLOTS.map((visible) => solveSlot({ scenario, visible }));

for (const [algorithm, within] of [["ga", 1.05], ["pso", 1.12]] as const) {
  Deno.test(`${algorithm} per slot at U = 10: 50 × 200 evaluations reach ${within} of the optimum's objective`, () => {
    assertEquals(scenario.parameters.numUsers, 10);
    const budget = new SlotBudget();
    const policy = new SearchPolicy(scenario, {
      algorithm,
      seed: 0,
      instanceSeed: 0,
      hyperparameters: { actionsPerPlan: 50 * 200 },
      budget,
    });
    const objectives = SLOTS.map((visible, slot) => {
      const observation = new Float32Array();
      const previous = startMemory(visible.instance);
      const view = { scenario, slot, observation, visible, previous };
      const { instance, state } = visible;
      const decision = decodeAction(
        policy.decide(view),
        visible,
        scenario.assumptions,
      );
      return evaluateSlot(instance, state, decision).objective;
    });
    assertEquals(budget.evaluations, SLOTS.length * 50 * 200);
    objectives.forEach((objective, slot) =>
      assert(objective >= OPTIMA[slot].lowerBound, `slot ${slot}`)
    );
    const ratio = mean(objectives) / mean(OPTIMA.map((one) => one.objective));
    assert(ratio <= within, `${ratio}`);
  });
}
