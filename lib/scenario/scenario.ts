/**
 * A scenario: the paper's parameters and a choice for every open question.
 *
 * @module
 */

import * as z from "zod";
import {
  describePath,
  describeValue,
  InputError,
  parseInput,
  valueAt,
} from "../input/input_error.ts";
import { deepFreeze } from "../input/deep_freeze.ts";
import { objectSchema } from "../input/schema.ts";
import { type Assumptions, DEFAULT_ASSUMPTIONS } from "./assumptions.ts";
import { findExclusions, type ScenarioValues } from "./exclusions.ts";
import { MOVED_HINTS } from "./moved.ts";
import { PAPER_PARAMETERS, type Parameters } from "./parameters.ts";
import {
  ASSUMPTION_SCHEMAS,
  PARAMETER_SCHEMAS,
  WHOLE_ASSUMPTION_SCHEMAS,
} from "./scenario_schemas.ts";

/** Everything that defines an experiment's world; plain JSON. */
export interface Scenario extends ScenarioValues {
  /** Name of the scenario. */
  readonly name: string;
}

/** What a scenario changes in the one that it is based on. */
export interface ScenarioOverrides {
  /** Name of the new scenario; by default that of its base. */
  readonly name?: string;
  /** Parameters that differ. */
  readonly parameters?: Partial<Parameters>;
  /** Choices that differ. */
  readonly assumptions?: Partial<Assumptions>;
}

function optional(
  shape: Readonly<Record<string, z.ZodType>>,
): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, schema.optional()]),
  );
}

const NAME = z.string({ error: "must be a name" })
  .regex(/^\P{Cc}{1,200}$/u, {
    error: "must be a name of 1 to 200 printable characters",
  });

const PARAMETERS_FORM = "an object of parameters";
const ASSUMPTIONS_FORM = "an object of assumptions";

/** The keys of {@linkcode ScenarioOverrides} with what they may be. */
export const OVERRIDES_SHAPE = {
  name: NAME.optional(),
  parameters: objectSchema(optional(PARAMETER_SCHEMAS), PARAMETERS_FORM)
    .optional(),
  assumptions: objectSchema(
    optional(ASSUMPTION_SCHEMAS),
    ASSUMPTIONS_FORM,
    MOVED_HINTS,
  ).optional(),
};

const OVERRIDES = objectSchema(
  OVERRIDES_SHAPE,
  "an object with name, parameters, assumptions",
);

const SCENARIO = objectSchema({
  name: NAME,
  parameters: objectSchema(PARAMETER_SCHEMAS, PARAMETERS_FORM),
  assumptions: objectSchema(
    WHOLE_ASSUMPTION_SCHEMAS,
    ASSUMPTIONS_FORM,
    MOVED_HINTS,
  ),
}, "a scenario: an object with name, parameters, assumptions");

function refuseExclusions(
  scenario: Scenario,
  act: string,
  path: readonly PropertyKey[],
): void {
  const [found] = findExclusions(scenario);
  if (found === undefined) return;
  throw new InputError(
    `Cannot ${act}: ${
      describePath([...path, ...found.path])
    } ${found.condition}, got ${describeValue(valueAt(scenario, found.path))}`,
  );
}

/** What is given of some values; `undefined` stands for nothing. */
function given<Values extends object>(values: Values = {} as Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Values;
}

/**
 * Checks a scenario that comes from outside: every key, every value, and values
 * that exclude each other. Readings that came later may be missing.
 *
 * @param act What the caller is doing, for the error message.
 * @param path Where it stands, for the error message.
 * @returns A copy with all readings, frozen.
 * @throws {InputError} Naming the first thing that is wrong.
 */
export function checkScenario(
  value: unknown,
  act: string,
  path: readonly PropertyKey[] = ["scenario"],
): Scenario {
  const scenario = parseInput(SCENARIO, value, { act, path });
  refuseExclusions(scenario as unknown as Scenario, act, path);
  return deepFreeze(scenario) as unknown as Scenario;
}

/**
 * A scenario that differs from `base` in what `overrides` names. It is frozen.
 *
 * @param act What the caller is doing, for the error message.
 * @param path Where the overrides stand in a larger document.
 * @throws {InputError} If a key is unknown, a value is not allowed, or two values
 * exclude each other.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { deriveScenario, PAPER_SCENARIO } from "./scenario.ts";
 *
 * const crowded = deriveScenario(PAPER_SCENARIO, {
 *   name: "crowded",
 *   parameters: { numUsers: 30 },
 * });
 * assertEquals(crowded.parameters.numUsers, 30);
 * assertEquals(crowded.parameters.numServers, 2);
 * assertThrows(
 *   () => deriveScenario(PAPER_SCENARIO, { parameters: { numUsers: -3 } }),
 *   Error,
 *   "parameters.numUsers must be a whole number from 1 to 1000000, got -3",
 * );
 * ```
 */
export function deriveScenario(
  base: Scenario,
  overrides: ScenarioOverrides,
  act = "derive the scenario",
  path: readonly PropertyKey[] = [],
): Scenario {
  const whole = checkScenario(base, act, ["base"]);
  const { name, parameters, assumptions } = parseInput(OVERRIDES, overrides, {
    act,
    path,
  }) as ScenarioOverrides;
  const scenario: Scenario = {
    name: name ?? whole.name,
    parameters: { ...whole.parameters, ...given(parameters) },
    assumptions: { ...whole.assumptions, ...given(assumptions) },
  };
  refuseExclusions(scenario, act, path);
  return deepFreeze(scenario);
}

/** The paper's scenario: printed units, default choices. */
export const PAPER_SCENARIO: Scenario = deepFreeze({
  name: "paper",
  parameters: PAPER_PARAMETERS,
  assumptions: DEFAULT_ASSUMPTIONS,
});

/**
 * A scenario in which radio and queueing count: models of 10 to 20 PFLOP, a
 * backhaul of 500 Mbit/s, and a minute that weighs as much as 500 currency.
 */
export const BALANCED_SCENARIO: Scenario = deriveScenario(PAPER_SCENARIO, {
  name: "balanced",
  assumptions: {
    modelFlopUnit: "petaflop",
    backhaulRate: "megabit",
    responseTimeWeight: 0.5 / 60,
  },
});

/** A small scenario for tests and first steps: U = 3, E = 2, M = 5, T = 4. */
export const SMALL_SCENARIO: Scenario = deriveScenario(PAPER_SCENARIO, {
  name: "small",
  parameters: {
    numUsers: 3,
    numServers: 2,
    numModels: 5,
    slotsPerEpisode: 4,
    numEpisodes: 20,
    serverStorageGigabytes: [10, 15],
  },
});

/** The scenarios that can be named instead of written out. */
export const PRESETS: Readonly<Record<string, Scenario>> = {
  paper: PAPER_SCENARIO,
  balanced: BALANCED_SCENARIO,
  small: SMALL_SCENARIO,
};
