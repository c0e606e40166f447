import { assertRejects, assertThrows } from "@std/assert";
import { createAgent } from "../../lib/experiments/create_agent.ts";
import type { Algorithm } from "../../lib/experiments/trial.ts";
import { type EngineChoice, openEngine } from "../../lib/nn/mod.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

Deno.test("names that scripts get wrong are told, with those that there are", async () => {
  await assertRejects(
    () => openEngine("wasn" as EngineChoice),
    RangeError,
    "its name must be one of auto, wasm, blas, tfjs, got wasn",
  );
  const engine = await openEngine("wasm");
  assertThrows(
    () => createAgent("td4" as Algorithm, SMALL_SCENARIO, { engine, seed: 0 }),
    RangeError,
    "algorithm must be one of td3, ddpg, got td4",
  );
});
