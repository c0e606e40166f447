import { assertThrows } from "@std/assert";
import { makeTrial } from "../../lib/trials/trial.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { findMethod, resolveHyperparameters } from "../../lib/methods/mod.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";

Deno.test("values that an entry does not allow are refused, each by what is wrong", () => {
  const td3 = findMethod("td3");
  const cases: [object, string][] = [
    [
      { discount: -0.1 },
      "discount must be a finite number from 0 to 1, got -0.1",
    ],
    [
      { batchSize: 0 },
      "batchSize must be a whole number from 1 to 1000000000, got 0",
    ],
    [
      { hiddenSizes: [] },
      "hiddenSizes must be an array of at least 1 whole number",
    ],
    [
      { hiddenSizes: [8, 0] },
      "hiddenSizes[1] must be a whole number from 1 to 1000000, got 0",
    ],
    [
      { hiddenSizes: 256 },
      "hiddenSizes must be an array of whole numbers, got 256",
    ],
    [{ discont: 0 }, "discont must be a known key (nearest: discount), got 0"],
  ];
  for (const [values, message] of cases) {
    assertThrows(
      () => resolveHyperparameters(td3, values),
      InputError,
      `Cannot set the hyperparameters of td3: hyperparameters.${message}`,
    );
  }
});

Deno.test("values that exclude each other, or that the world excludes, are refused", () => {
  const lagged = deriveScenario(PAPER_SCENARIO, {
    assumptions: { requestVisibility: "lagged" },
  });
  const cases: [string, Record<string, number | string>, Scenario, string][] = [
    [
      "td3",
      { replayCapacity: 20, minReplaySize: 20 },
      PAPER_SCENARIO,
      "replayCapacity must be above minReplaySize, 20, or nothing is ever learned, got 20",
    ],
    [
      "ddpg",
      { replayCapacity: 600, batchSize: 700 },
      PAPER_SCENARIO,
      "batchSize must be at most replayCapacity, 600, got 700",
    ],
    [
      "ga",
      { populationSize: 8, eliteCount: 8 },
      PAPER_SCENARIO,
      "eliteCount must be below populationSize, 8, got 8",
    ],
    [
      "pso",
      { protocol: "per-episode" },
      lagged,
      'protocol must be another with requestVisibility "lagged", which hides the requests that it needs, got "per-episode"',
    ],
  ];
  for (const [name, values, scenario, message] of cases) {
    assertThrows(
      () => makeTrial(name, { scenario, seed: 0 }, values),
      InputError,
      `Cannot set the hyperparameters of ${name}: hyperparameters.${message}`,
    );
  }
});
