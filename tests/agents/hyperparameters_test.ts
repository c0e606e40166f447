import { assertThrows } from "@std/assert";
import { DdpgAgent, Td3Agent } from "../../lib/agents/mod.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { DDPG_OPTIONS, TD3_OPTIONS } from "./fixtures.ts";

Deno.test("DDPG refuses an option that is wrong, naming it", () => {
  const cases: [object, string][] = [
    [
      { discount: 1.5 },
      "discount must be a finite number from 0 to 1, got 1.5",
    ],
    [{ tau: -0.1 }, "tau must be a finite number from 0 to 1, got -0.1"],
    [{ batchSize: 0 }, "batchSize must be a whole number of at least 1, got 0"],
    [{ replayCapacity: 2.5 }, "replayCapacity must be a whole number"],
    [{ minReplaySize: undefined }, "of at least 0, got nothing"],
    [{ updatesPerStep: 0 }, "updatesPerStep must be a whole number"],
    [{ hiddenSizes: [8, 0] }, "hiddenSizes[1] must be a whole number"],
    [
      { hiddenSizes: 8 },
      "hiddenSizes must be an array of whole numbers, got 8",
    ],
    [{ actorLearningRate: -1 }, "actorLearningRate must be a finite number"],
    [{ criticLearningRate: "1" }, 'a finite number of at least 0, got "1"'],
    [{ explorationNoise: Infinity }, "explorationNoise must be a finite"],
    [{ rewardScale: NaN }, "rewardScale must be a finite number of at least 0"],
    [{ endOfEpisode: "ends" }, 'one of "continuing", "masked", got "ends"'],
    [{ discont: 0.9 }, "discont must be a known key (nearest: discount)"],
    [
      { seed: -1 },
      "seed must be a text or a whole number from 0 to 1000000000",
    ],
    [{ seed: 1764326400000 }, "seed must be a text or a whole number"],
    [{ observationSize: 0 }, "observationSize must be a whole number"],
    [{ engine: "wasm" }, "engine must be an engine, such as openEngine opens"],
    [
      { replayCapacity: 50 },
      "minReplaySize must be below replayCapacity, 50, or nothing is ever learned, got 50",
    ],
    [
      { replayCapacity: 31, minReplaySize: 0 },
      "batchSize must be at most replayCapacity, 31, got 32",
    ],
  ];
  for (const [change, message] of cases) {
    assertThrows(
      () => new DdpgAgent({ ...DDPG_OPTIONS, ...change }),
      InputError,
      message,
    );
  }
});

Deno.test("TD3 refuses an option that is wrong, naming it", () => {
  const cases: [object, string][] = [
    [{ discount: 2 }, "Cannot create a TD3 agent: discount must be"],
    [{ policyDelay: 0 }, "policyDelay must be a whole number of at least 1"],
    [{ targetNoise: -1 }, "targetNoise must be a finite number of at least 0"],
    [{ targetNoiseClip: NaN }, "targetNoiseClip must be a finite number"],
    [{ eq24: "printed" }, 'eq24 must be one of "standard", "paper"'],
    [{ eq25: "printed" }, 'eq25 must be one of "standard", "paper"'],
    [
      { polcyDelay: 2 },
      "polcyDelay must be a known key (nearest: policyDelay)",
    ],
    [{ minReplaySize: 1000 }, "minReplaySize must be below replayCapacity"],
  ];
  for (const [change, message] of cases) {
    assertThrows(
      () => new Td3Agent({ ...TD3_OPTIONS, ...change }),
      InputError,
      message,
    );
  }
});
