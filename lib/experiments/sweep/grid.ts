/**
 * What a sweep can vary: the keys of its grid, with the values that each allows.
 *
 * @module
 */

import { z } from "zod";
import { ENGINE_NAMES } from "../../nn/mod.ts";
import { LEDGER } from "../../scenario/assumptions.ts";
import { PARAMETERS } from "../../scenario/parameters.ts";
import {
  ASSUMPTION_SCHEMAS,
  PARAMETER_SCHEMAS,
} from "../../scenario/scenario_schemas.ts";
import { PRESETS } from "../../scenario/scenario.ts";
import {
  choiceSchema,
  COUNT,
  numberSchema,
  objectSchema,
} from "../../input/schema.ts";

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
    .describe("Actions that pso and ga try for a plan"),
  engine: choiceSchema(ENGINE_NAMES).describe(
    'What computes the networks; by default "wasm"',
  ),
} as const;

/** A key of {@linkcode SETTING_SCHEMAS}. */
export type SettingName = keyof typeof SETTING_SCHEMAS;

/** The short name of the parameter that the paper varies. */
export const USERS_KEY = "users";

/** What {@linkcode USERS_KEY} is short for. */
const LONG_USERS_KEY = "parameters.numUsers";

/** What every value of a key must be. */
export const GRID_VALUE_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  ...SETTING_SCHEMAS,
  scenario: choiceSchema(Object.keys(PRESETS)).describe("Name of a preset"),
  [USERS_KEY]: PARAMETER_SCHEMAS.numUsers.describe(
    `Short for ${LONG_USERS_KEY}`,
  ),
  ...Object.fromEntries(
    Object.entries(PARAMETER_SCHEMAS).map(([key, schema]) => [
      `parameters.${key}`,
      schema.describe(PARAMETERS[key as keyof typeof PARAMETERS].description),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(ASSUMPTION_SCHEMAS).map(([key, schema]) => [
      `assumptions.${key}`,
      schema.describe(LEDGER[key as keyof typeof LEDGER].paper),
    ]),
  ),
};

/** The values of a key: at least one, none twice. */
export function valuesSchema(key: string): z.ZodType<unknown[]> {
  return z.array(GRID_VALUE_SCHEMAS[key], {
    error: "must be an array of values",
  })
    .min(1, { error: "must be an array of at least 1 value" })
    .refine(
      (values) =>
        new Set(values.map((value) => JSON.stringify(value))).size ===
          values.length,
      { error: "must be an array of different values" },
    );
}

/** A grid: every combination of the values of its keys. */
export type Grid = Readonly<Record<string, readonly unknown[]>>;

/** The form of a {@linkcode Grid}. */
export const GRID: z.ZodType<Grid> = (objectSchema(
  Object.fromEntries(
    Object.keys(GRID_VALUE_SCHEMAS).map((key) => [
      key,
      valuesSchema(key).optional(),
    ]),
  ),
  "an object of keys with arrays of values",
) as unknown as z.ZodType<Grid>).refine(
  (grid) => !(USERS_KEY in grid && LONG_USERS_KEY in grid),
  { path: [LONG_USERS_KEY], error: `must be left out beside ${USERS_KEY}` },
);

/** The same grid with the short name of the number of users. */
export function normalizeGrid(grid: Grid): Grid {
  return Object.fromEntries(
    Object.entries(grid).map((
      [key, values],
    ) => [key === LONG_USERS_KEY ? USERS_KEY : key, values]),
  );
}

/** One combination of a grid's values. */
export type GridCell = Readonly<Record<string, unknown>>;

/** How many combinations a grid has. */
export function countCells(grid: Grid): number {
  return Object.values(grid).reduce((count, { length }) => count * length, 1);
}

/**
 * Every combination of a grid's values; the last key changes fastest.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cellsOf } from "./grid.ts";
 *
 * assertEquals(cellsOf({ users: [5, 10], episodes: [8] }), [
 *   { users: 5, episodes: 8 },
 *   { users: 10, episodes: 8 },
 * ]);
 * ```
 */
export function cellsOf(grid: Grid): GridCell[] {
  return Object.entries(grid).reduce<GridCell[]>(
    (cells, [key, values]) =>
      cells.flatMap((cell) =>
        values.map((value) => ({ ...cell, [key]: value }))
      ),
    [{}],
  );
}
