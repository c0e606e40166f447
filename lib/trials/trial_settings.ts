/**
 * What trials have beside method, scenario and seed.
 *
 * @module
 */

import { choiceSchema, COUNT, numberSchema } from "../input/schema.ts";
import { ENGINE_NAMES } from "../nn/mod.ts";

/** Settings of trials beside their scenario, with the values that each allows. */
export const SETTING_SCHEMAS = {
  episodes: COUNT.describe(
    "Training episodes; by default the scenario's numEpisodes",
  ),
  evaluateEvery: COUNT.describe(
    "Training episodes between greedy evaluations; by default a twelfth of all",
  ),
  evaluationEpisodes: COUNT.describe(
    "Episodes of a greedy evaluation on validation traces; by default 5",
  ),
  testEpisodes: COUNT.describe(
    "Episodes of the last evaluation, on test traces; by default 30",
  ),
  actionsPerPlan: numberSchema({ minimum: 1, maximum: 1e9, integer: true })
    .describe("Actions that methods which plan try for a plan"),
  engine: choiceSchema(ENGINE_NAMES).describe(
    'What computes the networks; by default "wasm"',
  ),
} as const;

/** A key of {@linkcode SETTING_SCHEMAS}. */
export type SettingName = keyof typeof SETTING_SCHEMAS;
