import { assert, assertEquals } from "@std/assert";
import { DEFAULT_ASSUMPTIONS } from "../../lib/scenario/assumptions.ts";
import { PAPER_PARAMETERS } from "../../lib/scenario/parameters.ts";
import { parseScenario } from "../../lib/scenario/parse_scenario.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  PRESETS,
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
