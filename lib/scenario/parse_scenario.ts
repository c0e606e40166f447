/**
 * Scenario files: JSON that says what differs from a preset.
 *
 * @module
 */

import { parseInput } from "../input/input_error.ts";
import { choiceSchema, objectSchema } from "../input/schema.ts";
import {
  deriveScenario,
  OVERRIDES_SHAPE,
  PRESETS,
  type Scenario,
  type ScenarioOverrides,
} from "./scenario.ts";
import type { z } from "zod";

/** What a scenario file says: what differs from a preset. */
export interface ScenarioFile extends ScenarioOverrides {
  /** Name of the preset; by default `"paper"`. */
  readonly extends?: string;
}

/** The form of a scenario file. */
export const SCENARIO_FILE: z.ZodType<ScenarioFile> = objectSchema({
  ...OVERRIDES_SHAPE,
  extends: choiceSchema(Object.keys(PRESETS)).optional(),
}, "an object with name, extends, parameters, assumptions");

/**
 * Builds a scenario from the parsed JSON of a scenario file: an object with
 * `name`, `extends` (a preset, by default `"paper"`), `parameters` and
 * `assumptions`, all optional; what is not named is taken from the preset.
 *
 * @param value Parsed JSON.
 * @param act What the caller is doing, for the error message.
 * @param path Where the scenario stands in a larger document.
 * @throws {InputError} If a key is unknown or a value not allowed.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { parseScenario } from "./parse_scenario.ts";
 *
 * const scenario = parseScenario({ parameters: { numUsers: 5 } });
 * assertEquals(scenario.parameters.numUsers, 5);
 * assertThrows(
 *   () => parseScenario({ parameters: { numUsers: -1 } }),
 *   Error,
 *   "parameters.numUsers must be a whole number from 1 to 1000000, got -1",
 * );
 * ```
 */
export function parseScenario(
  value: unknown,
  act = "read the scenario",
  path: readonly PropertyKey[] = [],
): Scenario {
  const file = parseInput(SCENARIO_FILE, value, { act, path });
  const { extends: base = "paper", ...overrides } = file;
  return deriveScenario(PRESETS[base], overrides, act, path);
}
