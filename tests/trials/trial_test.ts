import { assertEquals, assertNotEquals } from "@std/assert";
import { runTrial } from "../../lib/trials/run_trial.ts";
import {
  canonicalJson,
  decisiveConfig,
  firstLearningEpisode,
  instanceSeedOf,
  trialId,
} from "../../lib/trials/trial.ts";
import {
  checkScenario,
  deriveScenario,
  PAPER_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { smallTrial } from "./fixtures.ts";

Deno.test("canonical JSON does not depend on the order of keys", () => {
  assertEquals(
    canonicalJson({ b: [{ y: 1, x: 2 }], a: null }),
    '{"a":null,"b":[{"x":2,"y":1}]}',
  );
  assertEquals(canonicalJson({ a: 1, b: 2 }), canonicalJson({ b: 2, a: 1 }));
});

Deno.test("the first episode with updates is where the replay buffer is filled", async () => {
  for (const minReplaySize of [0, 7, 8, 9]) {
    const scenario = deriveScenario(smallTrial().scenario, {
      parameters: { slotsPerEpisode: 4 },
    });
    const hyperparameters = { minReplaySize };
    const first = firstLearningEpisode(
      smallTrial({ scenario, hyperparameters }),
    );
    const updatesIn = async (episodes: number) => {
      const config = smallTrial({ scenario, hyperparameters, episodes });
      const result = await runTrial(config, { clock: () => 0 });
      return JSON.parse(String(result?.files["manifest.json"])).updates;
    };
    assertNotEquals(await updatesIn(first), 0);
    if (first > 1) assertEquals(await updatesIn(first - 1), 0);
  }
});

Deno.test("any change of a trial's config changes its identity", () => {
  const config = smallTrial();
  const changed = [
    smallTrial({ method: "ddpg" }),
    smallTrial({ seed: 4 }),
    smallTrial({ episodes: 13 }),
    smallTrial({ evaluateEvery: 5 }),
    smallTrial({ hyperparameters: { discount: 0.98 } }),
    smallTrial({ file: { path: "/own/td3.ts", sha256: "0" } }),
    smallTrial({ file: { path: "/own/td3.ts", sha256: "1" } }),
    smallTrial({
      scenario: deriveScenario(config.scenario, {
        assumptions: { shareFloor: 0.01 },
      }),
    }),
  ];
  const ids = [config, ...changed].map(trialId);
  assertEquals(new Set(ids).size, ids.length);
  assertEquals(trialId(smallTrial()), ids[0]);
});

Deno.test("where a method's file lies decides nothing", () => {
  const [here, there] = ["/here/own.ts", "/there/own.ts"].map((path) =>
    trialId(smallTrial({ file: { path, sha256: "0" } }))
  );
  assertEquals(here, there);
});

Deno.test("the name of a scenario decides nothing, so that equal trials are one", () => {
  const { scenario } = smallTrial();
  const renamed = smallTrial({ scenario: { ...scenario, name: "other" } });
  assertEquals(trialId(renamed), trialId(smallTrial()));
  assertEquals(decisiveConfig(renamed), decisiveConfig(smallTrial()));
  assertEquals("name" in (decisiveConfig(renamed).scenario as object), false);
});

Deno.test("trials share an instance only where the ledger says so", () => {
  const fixed = deriveScenario(smallTrial().scenario, {
    assumptions: { instanceDraw: "fixed" },
  });
  assertEquals(instanceSeedOf(smallTrial({ seed: 7 })), 7);
  assertEquals(instanceSeedOf(smallTrial({ seed: 7, scenario: fixed })), 0);
  assertNotEquals(instanceSeedOf(smallTrial({ seed: 1 })), 0);
});

Deno.test("readings that came later change no trial that has their defaults", () => {
  const idIn = (scenario: typeof PAPER_SCENARIO) =>
    trialId({ method: "optimum", scenario, seed: 0, testEpisodes: 1 });
  // What version 8 would have without shareTiming.
  assertEquals(idIn(PAPER_SCENARIO), "optimum-seed0-b3308e2caf3c");
  const { shareTiming: _, ...older } = PAPER_SCENARIO.assumptions;
  const stored = { ...PAPER_SCENARIO, assumptions: older };
  assertEquals(idIn(stored as typeof PAPER_SCENARIO), idIn(PAPER_SCENARIO));
  assertEquals(checkScenario(stored, "read it"), PAPER_SCENARIO);
  const other = deriveScenario(stored as typeof PAPER_SCENARIO, {
    assumptions: { shareTiming: "after-requests" },
  });
  assertNotEquals(idIn(other), idIn(PAPER_SCENARIO));
});
