import { assert, assertEquals } from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import type { SlotView } from "../../lib/env/decider.ts";
import { meanOf } from "../../lib/math/sample.ts";
import {
  type DecidingMethod,
  findMethod,
  type Method,
  playEpisode,
} from "../../lib/methods/mod.ts";
import { OptimumPolicy, solveSlot } from "../../lib/policies/mod.ts";
import type { Assumptions } from "../../lib/scenario/assumptions.ts";
import { deriveScenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";
import { play } from "../../lib/trials/play.ts";

const optimum = findMethod("optimum") as DecidingMethod;

function worldOf(assumptions: Partial<Assumptions>) {
  return deriveScenario(SMALL_SCENARIO, { assumptions });
}

/** The optimum, and how often it is asked. */
class Counting extends OptimumPolicy {
  solved = 0;

  override solve(view: SlotView) {
    this.solved++;
    return super.solve(view);
  }
}

Deno.test("the optimum's bound is the mean of its slots' bounds, and each is solved once", async () => {
  const env = new EdgeEnv(SMALL_SCENARIO, { split: "test" });
  const { slots } = env.reset(3).info.trace;
  const played = slots.slice(0, -1);
  const expected = meanOf(
    played.map((visible) =>
      solveSlot({ scenario: SMALL_SCENARIO, visible }).lowerBound
    ),
  );
  const decider = new Counting();
  const bound = optimum.bound!(SMALL_SCENARIO)!;
  const result = await playEpisode(decider, env, 3, { bound });
  assertEquals(result.lowerBound, expected);
  assertEquals(decider.solved, played.length);
  assertEquals(bound(played), expected);
  // Without a bound to be told it decides alike.
  const { lowerBound, ...rest } = await playEpisode(new Counting(), env, 3);
  assertEquals([lowerBound, rest], [null, {
    ...rest,
    metrics: result.metrics,
  }]);
});

Deno.test("the optimum knows a bound where it is shown the requests and caches do not move users", () => {
  const has = (assumptions: Partial<Assumptions>) =>
    optimum.bound!(worldOf(assumptions)) !== undefined;
  assert(has({}) && has({ modelLoading: "charged" }));
  assert(has({ downlinkQueue: "carried" }) && has({ association: "random" }));
  assert(!has({ requestVisibility: "lagged" }));
  assert(!has({ association: "cached-anywhere" }));
});

Deno.test("no rule is below the optimum's bound, also where loads are charged and queues carried", async () => {
  for (const modelLoading of ["free", "charged"] as const) {
    for (const downlinkQueue of ["empty", "carried"] as const) {
      const scenario = worldOf({ modelLoading, downlinkQueue });
      const [own] = await play("optimum", {
        scenario,
        seeds: 0,
        testEpisodes: 3,
      });
      for (const name of ["cloud-only", "request-aware-marginal", "random"]) {
        const [row] = await play(name, { scenario, seeds: 0, testEpisodes: 3 });
        assert(own.lowerBound! <= row.objective, `${name}: ${row.objective}`);
        assertEquals(row.lowerBound, null);
      }
      assert(own.lowerBound! <= own.objective);
    }
  }
});

Deno.test("a method's bound is told the slots as they were played", async () => {
  const scenario = worldOf({ requestVisibility: "lagged" });
  const env = new EdgeEnv(scenario, { split: "test" });
  const { slots } = env.reset(2).info.trace;
  const told: number[][] = [];
  const result = await playEpisode(
    { decide: () => new Float32Array(env.actionSize) },
    env,
    2,
    {
      bound: (seen) => {
        told.push(...seen.map(({ state }) => Array.from(state.requestedModel)));
        return 7;
      },
    },
  );
  assertEquals(result.lowerBound, 7);
  assertEquals(
    told,
    slots.slice(0, -1).map(({ state }) => Array.from(state.requestedModel)),
  );
});

Deno.test("a bound that is not finite says nothing, and its column is empty", async () => {
  const method: Method = {
    name: "boundless",
    label: "boundless",
    bound: () => () => -Infinity,
    create: (setup) =>
      (findMethod("cloud-only") as DecidingMethod)
        .create(setup),
  };
  const [row] = await play(method, { scenario: SMALL_SCENARIO, seeds: 0 });
  assertEquals(row.lowerBound, null);
});
