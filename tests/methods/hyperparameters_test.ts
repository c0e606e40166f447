import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import {
  findMethod,
  type Hyperparameters,
  METHODS,
  refuseExclusions,
  resolveHyperparameters,
} from "../../lib/methods/mod.ts";
import { deriveScenario, PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";

const LAGGED = deriveScenario(PAPER_SCENARIO, {
  assumptions: { requestVisibility: "lagged" },
});

/** A value for every hyperparameter, if none excludes another in the scenario. */
function checked(
  name: string,
  given: object,
  scenario = PAPER_SCENARIO,
): Hyperparameters {
  const method = findMethod(name);
  const values = resolveHyperparameters(method, given);
  refuseExclusions(method, scenario, values);
  return values;
}

Deno.test("every option of every choice is a hyperparameter", () => {
  let tried = 0;
  for (const { name, hyperparameters = {} } of METHODS) {
    for (const [key, entry] of Object.entries(hyperparameters)) {
      if (entry.kind !== "choice") continue;
      for (const option of Object.keys(entry.options)) {
        const values = checked(name, { [key]: option });
        assertEquals(values, { ...checked(name, {}), [key]: option });
        tried++;
      }
    }
  }
  assert(tried > 40, `${tried}`);
});

/** What else must hold where a value reaches its bound. */
const WITH: Readonly<Record<string, Hyperparameters>> = {
  replayCapacity: { minReplaySize: 0, batchSize: 1 },
  minReplaySize: { replayCapacity: 1e9 },
  batchSize: { replayCapacity: 1e9 },
  eliteCount: { populationSize: 1e9 },
};

Deno.test("every bound and alternative of every number is a hyperparameter", () => {
  let tried = 0;
  for (const { name, hyperparameters = {} } of METHODS) {
    for (const [key, entry] of Object.entries(hyperparameters)) {
      if (entry.kind !== "number") continue;
      const values = [
        entry.minimum,
        ...Object.keys(entry.alternatives).map(Number),
        ...(entry.maximum === Infinity ? [] : [entry.maximum]),
      ];
      for (const value of values) {
        const given = { ...WITH[key], [key]: value };
        assertEquals(checked(name, given), { ...checked(name, {}), ...given });
        tried++;
      }
    }
  }
  assert(tried > 100, `${tried}`);
});

/** Values that no method takes, and how the message must go on. */
const REFUSED: readonly (readonly [
  method: string,
  given: object,
  message: string,
])[] = [
  ["td3", { discount: -0.1 }, "discount must be a finite number from 0 to 1"],
  [
    "td3",
    { batchSize: 0 },
    "batchSize must be a whole number from 1 to 1000000000, got 0",
  ],
  [
    "ddpg",
    { hiddenSizes: [] },
    "hiddenSizes must be an array of at least 1 whole number",
  ],
  [
    "td3",
    { hiddenSizes: [8, 0] },
    "hiddenSizes[1] must be a whole number from 1 to 1000000, got 0",
  ],
  [
    "td3",
    { hiddenSizes: 256 },
    "hiddenSizes must be an array of whole numbers, got 256",
  ],
  [
    "td3",
    { discont: 0 },
    "discont must be a known key (nearest: discount), got 0",
  ],
  [
    "td3",
    { endOfEpisode: "mask" },
    'endOfEpisode must be one of "continuing", "masked", got "mask"',
  ],
  [
    "td3",
    { inputScaling: "normalised" },
    'inputScaling must be one of "normalized", "raw", got "normalised"',
  ],
  ["ddpg", { eq24: "paper" }, "eq24 must be a known key"],
  ["pso", { eliteCount: 2 }, "eliteCount must be a known key"],
  ["ga", { inertia: 1 }, "inertia must be a known key"],
  [
    "td3",
    { replayCapacity: 64, minReplaySize: 64 },
    "replayCapacity must be above minReplaySize, 64, or nothing is ever learned, got 64",
  ],
  [
    "ddpg",
    { minReplaySize: 100_000 },
    "replayCapacity must be above minReplaySize, 100000, or nothing is ever learned, got 100000",
  ],
  [
    "td3",
    { replayCapacity: 63, minReplaySize: 0 },
    "batchSize must be at most replayCapacity, 63, got 64",
  ],
  [
    "ga",
    { populationSize: 8, eliteCount: 8 },
    "eliteCount must be below populationSize, 8, got 8",
  ],
];

for (const [method, given, message] of REFUSED) {
  Deno.test(`hyperparameters of ${method} are refused: ${JSON.stringify(given)}`, () => {
    assertThrows(
      () => checked(method, given),
      InputError,
      `Cannot set the hyperparameters of ${method}: hyperparameters.${message}`,
    );
  });
}

for (const method of ["pso", "ga"]) {
  Deno.test(`${method} plans no episode whose requests are lagged`, () => {
    const given = { protocol: "per-episode" };
    assertEquals(checked(method, given).protocol, "per-episode");
    assertThrows(
      () => checked(method, given, LAGGED),
      InputError,
      'hyperparameters.protocol must be another with requestVisibility "lagged", which hides the requests that it needs, got "per-episode"',
    );
  });
}
