import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { DEFAULT_ASSUMPTIONS } from "../../lib/scenario/assumptions.ts";
import { PAPER_PARAMETERS } from "../../lib/scenario/parameters.ts";
import { parseScenario } from "../../lib/scenario/parse_scenario.ts";
import {
  BALANCED_SCENARIO,
  checkScenario,
  deriveScenario,
  PAPER_SCENARIO,
  PRESETS,
  type ScenarioOverrides,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";

Deno.test("the paper's scenario is Table 3 with the default choices", () => {
  assertEquals(PAPER_SCENARIO.parameters, PAPER_PARAMETERS);
  assertEquals(PAPER_SCENARIO.assumptions, DEFAULT_ASSUMPTIONS);
});

Deno.test("a derived scenario differs in what it names, and in nothing else", () => {
  const before = JSON.stringify(PAPER_SCENARIO);
  const derived = deriveScenario(PAPER_SCENARIO, {
    parameters: { numUsers: 3, inputMegabytes: [1, 2] },
    assumptions: { byteUnit: "binary" },
  });
  assertEquals(derived, {
    name: "paper",
    parameters: { ...PAPER_PARAMETERS, numUsers: 3, inputMegabytes: [1, 2] },
    assumptions: { ...DEFAULT_ASSUMPTIONS, byteUnit: "binary" },
  });
  assertEquals(deriveScenario(derived, { name: "b" }).name, "b");
  assertEquals(JSON.stringify(PAPER_SCENARIO), before);
});

/** Overrides that no type checker sees in a notebook's cell, and what is told. */
const REFUSED: readonly [unknown, string][] = [
  [
    { parameters: { numUser: 3 } },
    "parameters.numUser must be a known key (nearest: numUsers), got 3",
  ],
  [
    { assumptions: { asociation: 0 } },
    "assumptions.asociation must be a known key (nearest: association), got 0",
  ],
  [
    { assumption: { discount: 0 } },
    "assumption must be a known key (nearest: assumptions)",
  ],
  [
    { assumptions: { redraw: "never" } },
    'assumptions.redraw must be one of "scenario", "slot", got "never"',
  ],
  [
    { parameters: { numUsers: "3" } },
    'parameters.numUsers must be a whole number from 1 to 1000000, got "3"',
  ],
  [
    { parameters: { numUsers: -3 } },
    "parameters.numUsers must be a whole number from 1 to 1000000, got -3",
  ],
  [
    {
      assumptions: {
        requestVisibility: "lagged",
        computeShareAmong: "hits",
      },
    },
    'assumptions.computeShareAmong must be another with requestVisibility "lagged"',
  ],
  [{ name: 7 }, "name must be a name, got 7"],
  [null, "the document must be an object with name, parameters, assumptions"],
];

Deno.test("a scenario is derived from values that make sense, and from no others", () => {
  for (const [overrides, message] of REFUSED) {
    assertThrows(
      () => deriveScenario(PAPER_SCENARIO, overrides as ScenarioOverrides),
      InputError,
      `Cannot derive the scenario: ${message}`,
    );
  }
  assertEquals(
    deriveScenario(PAPER_SCENARIO, { parameters: { numUsers: undefined } }),
    PAPER_SCENARIO,
  );
});

Deno.test("a whole scenario is checked: every key, every value, and both together", () => {
  const { parameters, assumptions } = PAPER_SCENARIO;
  const { numUsers: _, ...incomplete } = parameters;
  const refused: [unknown, string][] = [
    [undefined, "scenario must be a scenario"],
    ["paper", "scenario must be a scenario"],
    [{ ...PAPER_SCENARIO, seed: 1 }, "scenario.seed must be a known key"],
    [
      { ...PAPER_SCENARIO, parameters: incomplete },
      "scenario.parameters.numUsers must be a whole number from 1 to 1000000, got nothing",
    ],
    [
      {
        ...PAPER_SCENARIO,
        assumptions: {
          ...assumptions,
          requestVisibility: "lagged",
          computeShareAmong: "hits",
        },
      },
      'scenario.assumptions.computeShareAmong must be another with requestVisibility "lagged"',
    ],
  ];
  for (const [value, message] of refused) {
    assertThrows(
      () => checkScenario(value, "make the environment"),
      InputError,
      `Cannot make the environment: ${message}`,
    );
  }
  for (const scenario of Object.values(PRESETS)) {
    assertEquals(checkScenario(scenario, "check it"), scenario);
  }
  // Servers that share after the requests know who hits.
  const { assumptions: allowed } = deriveScenario(PAPER_SCENARIO, {
    assumptions: {
      requestVisibility: "lagged",
      computeShareAmong: "hits",
      shareTiming: "after-requests",
    },
  });
  assertEquals(allowed.computeShareAmong, "hits");
});

Deno.test("the balanced scenario has PFLOP models, a fast backhaul and dearer minutes", () => {
  const { parameters, assumptions } = BALANCED_SCENARIO;
  assertEquals(parameters, PAPER_PARAMETERS);
  assertEquals(assumptions, {
    ...DEFAULT_ASSUMPTIONS,
    modelFlopUnit: "petaflop",
    backhaulRate: "megabit",
    responseTimeWeight: 1 / 120,
  });
});

Deno.test("the small scenario is small, and caching in it is a choice", () => {
  const { parameters } = SMALL_SCENARIO;
  assert(parameters.numUsers <= 5 && parameters.numModels <= 5);
  // A server holds at least one model, and never all of them.
  assert(parameters.serverStorageGigabytes[0] >= parameters.modelGigabytes[1]);
  assert(
    parameters.serverStorageGigabytes[1] <
      parameters.numModels * parameters.modelGigabytes[0],
  );
});

Deno.test("presets are found under their names, survive JSON and pass the parser", () => {
  for (const [key, scenario] of Object.entries(PRESETS)) {
    assertEquals(scenario.name, key);
    const { name, parameters, assumptions } = JSON.parse(
      JSON.stringify(scenario),
    );
    assertEquals(parseScenario({ name, parameters, assumptions }), scenario);
    assertEquals(parseScenario({ extends: key }), scenario);
  }
});

Deno.test("a base that is no scenario is refused, and no scenario can be changed", () => {
  assertThrows(
    () => deriveScenario("paper" as never, {}),
    InputError,
    'Cannot derive the scenario: base must be a scenario: an object with name, parameters, assumptions, got "paper"',
  );
  const derived = deriveScenario(PAPER_SCENARIO, {
    parameters: { inputMegabytes: [1, 2] },
  });
  for (const scenario of [...Object.values(PRESETS), derived]) {
    const parameters = scenario.parameters as { numUsers: number };
    assertThrows(() => parameters.numUsers = 3, TypeError);
    const range = scenario.parameters.inputMegabytes as [number, number];
    assertThrows(() => range[0] = 3, TypeError);
    const assumptions = scenario.assumptions as { areaSideM: number };
    assertThrows(() => assumptions.areaSideM = 0, TypeError);
  }
});
