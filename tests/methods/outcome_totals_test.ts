import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { playEpisode } from "../../lib/methods/mod.ts";
import { deriveScenario, SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

const WORLDS = {
  default: {},
  charged: { modelLoading: "charged" },
  carried: { downlinkQueue: "carried" },
} as const;

Deno.test("parts of times and costs add up to what the objective is made of", async () => {
  for (const [name, assumptions] of Object.entries(WORLDS)) {
    const scenario = deriveScenario(SMALL_SCENARIO, { assumptions });
    const env = new EdgeEnv(scenario, { split: "test" });
    const stream = new RandomStream(0, "actions");
    const { outcome, responseTimesS, metrics, steps } = await playEpisode(
      {
        decide: () =>
          new Float32Array(env.actionSize).map(() => 2 * stream.uniform() - 1),
      },
      env,
      3,
    );
    const close = (actual: number, expected: number) =>
      assertAlmostEquals(actual, expected, 1e-9 * Math.abs(expected));
    const { numUsers, responseTimeWeight, costWeight } = env.instance;
    assertEquals(responseTimesS.length, steps * numUsers);
    close(
      responseTimesS.reduce((sum, timeS) => sum + timeS, 0) /
        responseTimesS.length,
      outcome.responseTimeS,
    );
    close(
      outcome.uplinkTimeS + outcome.backhaulUplinkTimeS +
        outcome.inferenceTimeS + outcome.backhaulDownlinkTimeS +
        outcome.waitTimeS + outcome.downlinkTimeS,
      outcome.responseTimeS,
    );
    close(
      outcome.accessCost + outcome.backhaulCost + outcome.gpuCost +
        outcome.storageCost + outcome.loadingCost,
      outcome.totalCost,
    );
    close(
      responseTimeWeight * numUsers * outcome.responseTimeS +
        costWeight * outcome.totalCost,
      metrics.objective,
    );
    assertEquals(outcome.loadingCost > 0, name === "charged");
    assert(outcome.backhaulCost > 0 && outcome.storageCost > 0);
  }
});
