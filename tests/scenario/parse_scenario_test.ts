import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { parseJson } from "../../lib/input/json.ts";
import { parseScenario } from "../../lib/scenario/parse_scenario.ts";
import {
  BALANCED_SCENARIO,
  PAPER_SCENARIO,
} from "../../lib/scenario/scenario.ts";

Deno.test("an empty file is the paper's scenario", () => {
  assertEquals(parseScenario({}), PAPER_SCENARIO);
});

Deno.test("a file changes what it names in the preset that it extends", () => {
  const scenario = parseScenario({
    name: "mine",
    extends: "balanced",
    parameters: { numUsers: 30 },
    assumptions: { shareFloor: 0.1, association: "random" },
  });
  assertEquals(scenario, {
    name: "mine",
    parameters: { ...BALANCED_SCENARIO.parameters, numUsers: 30 },
    assumptions: {
      ...BALANCED_SCENARIO.assumptions,
      shareFloor: 0.1,
      association: "random",
    },
  });
  assertEquals(parseScenario({ extends: "small" }).name, "small");
});

Deno.test("a popularity chain of another size is a scenario", () => {
  const scenario = parseScenario({
    parameters: {
      popularityStates: [0, 1.2],
      popularityTransition: [[0.25, 0.75], [1, 0]],
    },
  });
  assertEquals(scenario.parameters.popularityStates, [0, 1.2]);
});

/** Files that must be refused, and how the message must go on. */
const REFUSED: readonly (readonly [json: string, message: string])[] = [
  ["null", "the document must be an object"],
  ["[]", "the document must be an object"],
  ["7", "the document must be an object"],
  [
    '{"parametres": {}}',
    "parametres must be a known key (nearest: parameters)",
  ],
  [
    '{"parameters": {"numUser": 3}}',
    "parameters.numUser must be a known key (nearest: numUsers), got 3",
  ],
  [
    '{"assumptions": {"asociation": "random"}}',
    "assumptions.asociation must be a known key (nearest: association)",
  ],
  ['{"name": ""}', "name must be a name of 1 to 200 printable characters"],
  ['{"name": "a\\u001b[2J"}', "name must be a name of 1 to 200 printable"],
  ['{"name": 3}', "name must be a name, got 3"],
  ['{"extends": "nature"}', 'extends must be one of "paper", "balanced"'],
  [
    '{"parameters": null}',
    "parameters must be an object of parameters, got null",
  ],
  ['{"parameters": 5}', "parameters must be an object of parameters, got 5"],
  ['{"assumptions": []}', "assumptions must be an object of assumptions"],
  [
    '{"parameters": {"numUsers": 0}}',
    "parameters.numUsers must be a whole number from 1 to 1000000, got 0",
  ],
  [
    '{"parameters": {"numUsers": 2.5}}',
    "parameters.numUsers must be a whole number from 1 to 1000000, got 2.5",
  ],
  [
    '{"parameters": {"numUsers": "10"}}',
    'parameters.numUsers must be a whole number from 1 to 1000000, got "10"',
  ],
  [
    '{"parameters": {"numModels": null}}',
    "parameters.numModels must be a whole number from 1 to 1000000, got null",
  ],
  [
    '{"parameters": {"noisePsdDbmPerHz": -1e999}}',
    "parameters.noisePsdDbmPerHz must be a finite number from -1000 to 1000, got -Infinity",
  ],
  [
    '{"parameters": {"modelGigabytes": [-4, 8]}}',
    "parameters.modelGigabytes[0] must be a finite number from 1e-30 to 1e+30, got -4",
  ],
  [
    '{"parameters": {"modelGigabytes": [8, 4]}}',
    "parameters.modelGigabytes must be a pair [low, high] with low ≤ high",
  ],
  [
    '{"parameters": {"modelGigabytes": []}}',
    "parameters.modelGigabytes must be a pair [low, high]",
  ],
  [
    '{"parameters": {"outputMegabytes": [[1, 2]]}}',
    "parameters.outputMegabytes must be an array of 4",
  ],
  [
    '{"parameters": {"gpuRentalCost": -1}}',
    "parameters.gpuRentalCost must be a finite number from 0 to 1e+30, got -1",
  ],
  [
    '{"parameters": {"cloudGpusPerRequest": 0}}',
    "parameters.cloudGpusPerRequest must be a finite number from 1e-30 to 1e+30, got 0",
  ],
  [
    '{"parameters": {"popularityStates": []}}',
    "parameters.popularityStates must be an array of at least 1 Zipf exponent",
  ],
  [
    '{"parameters": {"popularityStates": [0.5]}}',
    "parameters.popularityTransition must be 1 rows of 1",
  ],
  ...Object.entries({
    association: "cached-anywhere",
    computeShareAmong: "hits",
  }).map(([key, value]): [string, string] => [
    `{"assumptions": {"requestVisibility": "lagged", "${key}": "${value}"}}`,
    `assumptions.${key} must be another with requestVisibility "lagged", which hides the requests that it needs, got "${value}"`,
  ]),
  [
    '{"assumptions": {"searchPopulation": 8}}',
    "assumptions.searchPopulation must be given to a method, as its hyperparameter populationSize, got 8",
  ],
  [
    '{"assumptions": {"discount": 0}}',
    "assumptions.discount must be given to a method, as its hyperparameter discount, got 0",
  ],
  [
    '{"assumptions": {"hitRate": "any-server"}}',
    'assumptions.hitRate must be left out: it is chosen where results are shown, got "any-server"',
  ],
  [
    '{"assumptions": {"pathLossDistanceUnit": "metre"}}',
    'assumptions.pathLossDistanceUnit must be one of "kilometer", "meter", got "metre"',
  ],
  [
    '{"parameters": {"numUsers": 1000000, "numServers": 1000}}',
    "parameters.numServers must give actions of at most 100000000 numbers, E·M + 2·E·U, not 2000020000, got 1000",
  ],
  [
    '{"parameters": {"popularityTransition": [[1, 0, 0], [0, 1], [0, 0, 1]]}}',
    "parameters.popularityTransition must be 3 rows of 3",
  ],
  [
    '{"parameters": {"popularityTransition": [[0.5, 0.4, 0], [0, 1, 0], [0, 0, 1]]}}',
    "parameters.popularityTransition[0] must be probabilities that sum to 1, not 0.9",
  ],
  [
    '{"parameters": {"popularityTransition": [[1.5, -0.5, 0], [0, 1, 0], [0, 0, 1]]}}',
    "parameters.popularityTransition[0][0] must be a finite number from 0 to 1",
  ],
  [
    '{"assumptions": {"association": "farthest"}}',
    'assumptions.association must be one of "nearest", "random"',
  ],
  [
    '{"assumptions": {"association": 1}}',
    'assumptions.association must be one of "nearest"',
  ],
  [
    '{"assumptions": {"shareFloor": 1.5}}',
    "assumptions.shareFloor must be a finite number from 0 to 1, got 1.5",
  ],
  ['{"parameters": {"numUsers": NaN}}', "the document must be valid JSON, got"],
  ['{"parameters": ', "the document must be valid JSON, got"],
];

for (const [json, expected] of REFUSED) {
  Deno.test(`a scenario file is refused: ${json}`, () => {
    const act = "read mine.json";
    const { message } = assertThrows(
      () => parseScenario(parseJson(json, act), act),
      InputError,
    );
    assert(message.startsWith(`Cannot read mine.json: ${expected}`), message);
    assert(/, got \S/.test(message), message);
    assertEquals(message.split("\n").length, 1, message);
  });
}

Deno.test("parsing changes neither its argument nor the presets", () => {
  const before = JSON.stringify(PAPER_SCENARIO);
  const file = { parameters: { numUsers: 4 }, assumptions: { areaSideM: 9 } };
  const scenario = parseScenario(file);
  assertEquals(file, {
    parameters: { numUsers: 4 },
    assumptions: { areaSideM: 9 },
  });
  assertEquals(JSON.stringify(PAPER_SCENARIO), before);
  assert(scenario !== PAPER_SCENARIO);
});
