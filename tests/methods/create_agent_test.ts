import { assertRejects, assertThrows } from "@std/assert";
import { type AgentName, createAgent } from "../../lib/methods/mod.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { type EngineChoice, openEngine } from "../../lib/nn/mod.ts";
import { SMALL_SCENARIO } from "../../lib/scenario/scenario.ts";

Deno.test("names and options that scripts get wrong are told, with those that there are", async () => {
  await assertRejects(
    () => openEngine("wasn" as EngineChoice),
    InputError,
    'Cannot open an engine: name must be one of "auto", "wasm", "blas", "tfjs", got "wasn"',
  );
  const engine = await openEngine("wasm");
  assertThrows(
    () => createAgent("td4" as AgentName, SMALL_SCENARIO, { engine, seed: 0 }),
    InputError,
    'algorithm must be one of "td3", "ddpg", got "td4"',
  );
  const cases: [object, string][] = [
    [
      { seed: "7" },
      'seed must be a whole number from 0 to 1000000000, got "7"',
    ],
    [
      { seed: 1764326400000 },
      "seed must be a whole number from 0 to 1000000000",
    ],
    [
      { engine: "wasm" },
      'engine must be an engine, such as openEngine opens, got "wasm"',
    ],
    [
      { hyperparamters: {} },
      "hyperparamters must be a known key (nearest: hyperparameters)",
    ],
    [
      { hyperparameters: { discont: 0.9 } },
      "hyperparameters.discont must be a known key (nearest: discount), got 0.9",
    ],
    [
      { hyperparameters: { batchSize: "64" } },
      'hyperparameters.batchSize must be a whole number from 1 to 1000000000, got "64"',
    ],
    [
      { hyperparameters: { replayCapacity: 16 } },
      "minReplaySize must be below replayCapacity, 16, or nothing is ever learned, got 500",
    ],
  ];
  for (const [change, message] of cases) {
    assertThrows(
      () => createAgent("ddpg", SMALL_SCENARIO, { engine, seed: 0, ...change }),
      InputError,
      message,
    );
  }
});
