import { assertThrows } from "@std/assert";
import { DdpgAgent, Td3Agent } from "../../lib/agents/mod.ts";
import { DDPG_OPTIONS, TD3_OPTIONS } from "./fixtures.ts";

Deno.test("DDPG refuses a hyperparameter out of range, naming it", () => {
  const cases: [object, string][] = [
    [{ discount: 1.5 }, "discount must be a number in [0, 1], got 1.5"],
    [{ tau: -0.1 }, "tau must be a number in [0, 1], got -0.1"],
    [{ batchSize: 0 }, "batchSize must be an integer ≥ 1, got 0"],
    [{ replayCapacity: 2.5 }, "replayCapacity must be an integer ≥ 1, got 2.5"],
    [{ minReplaySize: undefined }, "minReplaySize must be an integer ≥ 0"],
    [{ updatesPerStep: 0 }, "updatesPerStep must be an integer ≥ 1, got 0"],
    [{ hiddenSizes: [8, 0] }, "hiddenSizes must be an array of integers ≥ 1"],
    [{ actorLearningRate: -1 }, "actorLearningRate must be a finite number"],
    [{ criticLearningRate: "1" }, 'a finite number ≥ 0, got "1"'],
    [{ explorationNoise: Infinity }, "explorationNoise must be a finite"],
    [{ rewardScale: NaN }, "rewardScale must be a finite number ≥ 0"],
    [{ endOfEpisode: "ends" }, 'must be "continuing" or "masked", got "ends"'],
  ];
  for (const [change, message] of cases) {
    assertThrows(
      () => new DdpgAgent({ ...DDPG_OPTIONS, ...change }),
      RangeError,
      message,
    );
  }
});

Deno.test("TD3 refuses a hyperparameter out of range, naming it", () => {
  const cases: [object, string][] = [
    [{ discount: 2 }, "Cannot create a TD3 agent: discount must be"],
    [{ policyDelay: 0 }, "policyDelay must be an integer ≥ 1, got 0"],
    [{ targetNoise: -1 }, "targetNoise must be a finite number ≥ 0, got -1"],
    [{ targetNoiseClip: NaN }, "targetNoiseClip must be a finite number ≥ 0"],
    [{ eq24: "printed" }, 'eq24 must be "standard" or "paper"'],
    [{ eq25: "printed" }, 'eq25 must be "standard" or "paper"'],
  ];
  for (const [change, message] of cases) {
    assertThrows(
      () => new Td3Agent({ ...TD3_OPTIONS, ...change }),
      RangeError,
      message,
    );
  }
});
