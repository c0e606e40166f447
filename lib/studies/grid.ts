/**
 * What a sweep can vary: the keys of its grid, with the values that each allows.
 *
 * @module
 */

import { basename } from "node:path";
import { z } from "zod";
import { METHODS } from "../methods/mod.ts";
import { SETTING_SCHEMAS } from "../trials/trial_settings.ts";
import { LEDGER } from "../scenario/assumptions.ts";
import { PARAMETERS } from "../scenario/parameters.ts";
import { entrySchema } from "../input/ledger_entry.ts";
import {
  ASSUMPTION_SCHEMAS,
  PARAMETER_SCHEMAS,
} from "../scenario/scenario_schemas.ts";
import { MOVED_ASSUMPTIONS } from "../scenario/moved.ts";
import { SCENARIO_FILE } from "../scenario/parse_scenario.ts";
import { PRESETS } from "../scenario/scenario.ts";
import { choiceSchema, numberSchema, objectSchema } from "../input/schema.ts";
import { LARGEST_SEED } from "../input/seeds.ts";
import type { StudyMethod } from "./methods.ts";

/** The short name of the parameter that the paper varies. */
export const USERS_KEY = "users";

/** What {@linkcode USERS_KEY} is short for. */
const LONG_USERS_KEY = "parameters.numUsers";

/** What every value of a key of the world must be. */
const WORLD_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  scenario: z.union([choiceSchema(Object.keys(PRESETS)), SCENARIO_FILE], {
    error: `must be a preset (${
      Object.keys(PRESETS).join(", ")
    }) or an object with name, extends, parameters, assumptions`,
  }).describe("A world: a preset, or what differs from one"),
  seed: numberSchema({ minimum: 0, maximum: LARGEST_SEED, integer: true })
    .describe("A seed; wins over the study's seeds"),
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

/** Stands for every method that has a hyperparameter. */
export const EVERY_METHOD = "*";

/** What of a method the keys of a grid depend on. */
export type GridMethod = Pick<StudyMethod, "name" | "method" | "written">;

/**
 * The hyperparameter that a key of a grid is, such as `"td3.discount"`,
 * `"./lfu.ts.decay"`, or `"*.discount"` for every method that has it.
 *
 * @returns Name of the method in the study and key, or `undefined` for other keys.
 */
export function hyperparameterOf(
  key: string,
  methods: readonly GridMethod[],
): { readonly name: string; readonly key: string } | undefined {
  const dot = key.lastIndexOf(".");
  if (dot < 0) return undefined;
  const own = key.slice(dot + 1);
  const before = key.slice(0, dot);
  if (before === EVERY_METHOD || methods.some(({ name }) => name === before)) {
    return { name: before, key: own };
  }
  const files = methods.filter(({ written }) =>
    written !== undefined && basename(before) === basename(written)
  );
  const tail = before.replace(/^(\.{0,2}\/)+/, "");
  const alike = files.filter(({ written }) =>
    files.length === 1 || `/${written}`.endsWith(`/${tail}`)
  );
  // What may be one method or another is none: its name tells which is meant.
  const [name, ...others] = new Set(alike.map(({ name }) => name));
  return name === undefined || others.length > 0
    ? undefined
    : { name, key: own };
}

/** What every value of a method's keys must be, by the name in a grid. */
export function methodSchemas(
  methods: readonly GridMethod[],
): Record<string, z.ZodType> {
  const schemas: Record<string, z.ZodType> = {};
  // What no method of the study has is left for those that the command line names.
  for (const { hyperparameters = {} } of METHODS) {
    for (const [key, entry] of Object.entries(hyperparameters)) {
      schemas[`${EVERY_METHOD}.${key}`] ??= entrySchema(entry);
    }
  }
  for (const { name, method } of methods) {
    const { hyperparameters = {} } = method;
    for (const [key, entry] of Object.entries(hyperparameters)) {
      const schema = entrySchema(entry).describe(entry.paper);
      schemas[`${name}.${key}`] = schema;
      schemas[`${EVERY_METHOD}.${key}`] ??= schema;
    }
  }
  return schemas;
}

/** What every value of a grid's keys must be, with these methods. */
export function gridValueSchemas(
  methods: readonly GridMethod[],
): Readonly<Record<string, z.ZodType>> {
  return { ...SETTING_SCHEMAS, ...WORLD_SCHEMAS, ...methodSchemas(methods) };
}

/** What keys were called before methods owned what is theirs, and are called now. */
export function movedKeys(
  methods: readonly GridMethod[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(MOVED_ASSUMPTIONS).map(([key, now]) => {
      const names = methods.filter(({ method }) =>
        now in (method.hyperparameters ?? {})
      ).map(({ name }) => `"${name}.${now}"`);
      return [
        `assumptions.${key}`,
        names.length === 0
          ? `must be left out: it belongs to methods that are not in the study, as "td3.${now}" would`
          : `must be written ${names.join(", ")} or "${EVERY_METHOD}.${now}"`,
      ];
    }),
  );
}

/** The values of a key: at least one, none twice. */
export function valuesSchema(value: z.ZodType): z.ZodType<unknown[]> {
  return z.array(value, {
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

/** The form of a grid whose methods are not known yet. */
export const LOOSE_GRID: z.ZodType<Grid> = z.record(
  z.string(),
  valuesSchema(z.unknown()),
  { error: "must be an object of keys with arrays of values" },
);

/** The form of a {@linkcode Grid} in a study with these methods. */
export function gridSchema(methods: readonly GridMethod[]): z.ZodType<Grid> {
  return (objectSchema(
    Object.fromEntries(
      Object.entries(gridValueSchemas(methods)).map(([key, schema]) => [
        key,
        valuesSchema(schema).optional(),
      ]),
    ),
    "an object of keys with arrays of values",
    movedKeys(methods),
  ) as unknown as z.ZodType<Grid>).refine(
    (grid) => !(USERS_KEY in grid && LONG_USERS_KEY in grid),
    { path: [LONG_USERS_KEY], error: `must be left out beside ${USERS_KEY}` },
  );
}

/** The same values with the names of methods where keys have their files. */
export function nameMethods<Value>(
  values: Readonly<Record<string, Value>>,
  methods: readonly GridMethod[],
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const own = hyperparameterOf(key, methods);
      return [own === undefined ? key : `${own.name}.${own.key}`, value];
    }),
  );
}

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
