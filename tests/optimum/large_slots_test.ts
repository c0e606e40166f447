import { startMemory } from "../../lib/env/slot_memory.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import { CacheCosts } from "../../lib/optimum/cache_costs.ts";
import { DownlinkBound } from "../../lib/optimum/downlink_bound.ts";
import { solveSlot } from "../../lib/policies/mod.ts";
import { SearchEffort } from "../../lib/optimum/search_effort.ts";
import { solveServer } from "../../lib/optimum/server_optimum.ts";
import {
  prepareAlone,
  serverProblem,
} from "../../lib/optimum/server_problem.ts";
import { UplinkSolver } from "../../lib/env/uplink_shares.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  type Scenario,
} from "../../lib/scenario/scenario.ts";
import { RULES } from "../policies/rules.ts";

/** The optimum and the other policies on a slot. */
function compare(scenario: Scenario, visible: TraceSlot) {
  const view = {
    scenario,
    slot: 0,
    observation: new Float32Array(),
    visible,
    previous: startMemory(visible.instance),
  };
  const found = solveSlot(view);
  const rules = Object.keys(RULES).filter((name) => name !== "optimum");
  const best = Math.min(
    ...rules.map((name) =>
      evaluateSlot(
        visible.instance,
        visible.state,
        RULES[name]().decide(view),
      ).objective
    ),
  );
  return { ...found, best };
}

Deno.test("the search ends for hundreds of users a server, with a gap below any rule's", () => {
  for (
    const parameters of [
      { numUsers: 300, numServers: 2, numModels: 200 },
      { numUsers: 200, numServers: 1, numModels: 150 },
      // As many equal models as anyone could ask for.
      {
        numUsers: 150,
        numServers: 1,
        numModels: 100,
        modelGigabytes: [6, 6] as const,
        modelExaflop: [15, 15] as const,
      },
    ]
  ) {
    const scenario = deriveScenario(BALANCED_SCENARIO, { parameters });
    const { slots } = generateTrace(scenario, {
      instanceSeed: 1,
      seed: 3,
      split: "test",
    });
    const found = compare(scenario, slots[0]);
    const again = solveSlot({ scenario, visible: slots[0] });
    assertEquals(again.decision, found.decision);
    assertEquals(again.lowerBound, found.lowerBound);
    assert(found.lowerBound > 0 && found.lowerBound <= found.objective);
    assert(found.gap <= (found.best - found.lowerBound) / found.best);
    assert(found.gap < 0.1);
  }
});

Deno.test("the bound with waits is the least over all sets of models, of twelve too", () => {
  for (let seed = 0; seed < 20; seed++) {
    const scenario = deriveScenario(BALANCED_SCENARIO, {
      parameters: { numUsers: 25, numServers: 1, numModels: 12 },
    });
    const [visible] = generateTrace(scenario, { instanceSeed: seed, seed })
      .slots;
    const problem = serverProblem(prepareAlone({ scenario, visible }), 0);
    const uplink = new UplinkSolver(problem.uplink);
    const uploadS = uplink.solve(new Float64Array(25).fill(1)).lowerBound;
    const downlink = new DownlinkBound(problem, uplink);
    const costs = new CacheCosts(problem);
    const offset = costs.withoutCaches(uploadS);
    const count = problem.models.length;
    let least = Infinity;
    for (let set = 0; set < 2 ** count; set++) {
      const chosen = Uint8Array.from(
        { length: count },
        (_, m) => (set >> m) % 2,
      );
      const sumOf = (values: Float64Array) =>
        values.reduce((sum, one, m) => sum + one * chosen[m], 0);
      if (sumOf(problem.modelBytes) > problem.capacityBytes) continue;
      const { load, saving } = costs.knapsack;
      const bound = costs.boundOf(chosen, sumOf(load), sumOf(saving));
      least = Math.min(
        least,
        Math.max(
          offset + bound,
          costs.objective(downlink.totalS(costs.hit), chosen),
        ),
      );
    }
    const { lowerBound, objective } = solveSlot({ scenario, visible });
    assertAlmostEquals(lowerBound / least, 1, 1e-9);
    assert(lowerBound <= objective);
  }
});

Deno.test("where the effort ends early, the lower bound stays below what more effort finds", () => {
  const scenario = deriveScenario(BALANCED_SCENARIO, {
    parameters: { numUsers: 60, numServers: 1, numModels: 40 },
  });
  for (let seed = 0; seed < 5; seed++) {
    const [visible] = generateTrace(scenario, { instanceSeed: seed, seed })
      .slots;
    const problem = serverProblem(prepareAlone({ scenario, visible }), 0);
    const full = solveServer(problem, new SearchEffort(1e9));
    for (const steps of [0, 100, 1e3, 1e4, 1e5, 1e6]) {
      const found = solveServer(problem, new SearchEffort(steps));
      assert(found.lowerBound <= full.lowerBound * (1 + 1e-9));
      assert(found.objective >= full.lowerBound);
      assert(found.lowerBound <= found.objective);
      assert(found.lowerBound > 0);
    }
  }
});
