/**
 * Configs of sweeps: JSON files that say which trials to run.
 *
 * @module
 */

import { z } from "zod";
import { parseInput } from "../input/input_error.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import {
  LARGEST_SEED,
  MOST_SEEDS,
  parseSeeds,
  SEEDS_CONDITION,
  SEEDS_PATTERN,
} from "../input/seeds.ts";
import { METHODS } from "../methods/mod.ts";
import { SCENARIO_FILE } from "../scenario/parse_scenario.ts";
import { PRESETS } from "../scenario/scenario.ts";
import { choiceSchema } from "../input/schema.ts";
import { gridSchema, LOOSE_GRID, methodSchemas, movedKeys } from "./grid.ts";
import { SETTING_SCHEMAS } from "../trials/trial_settings.ts";
import {
  findMethods,
  hasMethodFiles,
  METHOD_LIST,
  type MethodSpec,
  type StudyMethod,
} from "./methods.ts";
import { mapChoices, nameKeys } from "./parts.ts";
import type { SweepChoices, SweepConfig, SweepPart } from "./study_form.ts";

export type { SweepChoices, SweepConfig, SweepPart };

const NAME_ERROR =
  'must be a name of letters, digits and "-", "_", "." that begins with a letter or digit';

/** The form of a sweep's name, which is a folder's too. */
export const SWEEP_NAME = z.string({ error: NAME_ERROR })
  .max(100, { error: "must be a name of at most 100 characters" })
  .regex(/^[A-Za-z0-9][\w.-]*$/, { error: NAME_ERROR });

/** The form of a text of seeds. */
export const SEED_TEXT = z.string({ error: SEEDS_CONDITION })
  .regex(SEEDS_PATTERN, { error: SEEDS_CONDITION })
  .refine((text) => parseSeeds(text) !== undefined, { error: SEEDS_CONDITION });

/** The form of the world that trials play. */
export const SWEEP_SCENARIO = z.union([
  choiceSchema(Object.keys(PRESETS)),
  SCENARIO_FILE,
], {
  error: `must be a preset (${
    Object.keys(PRESETS).join(", ")
  }) or an object with extends, parameters, assumptions`,
});

/** The form of seeds. */
export const SEEDS = z.union([
  SEED_TEXT,
  z.array(
    numberSchema({ minimum: 0, maximum: LARGEST_SEED, integer: true }),
    { error: SEEDS_CONDITION },
  ).min(1, { error: SEEDS_CONDITION }).max(MOST_SEEDS, {
    error: SEEDS_CONDITION,
  }).refine((seeds) => new Set(seeds).size === seeds.length, {
    error: SEEDS_CONDITION,
  }),
], { error: SEEDS_CONDITION });

/** The keys of {@linkcode SweepChoices}, with the form of grids given. */
function choices(grid: z.ZodType, hyperparameters: z.ZodType) {
  return {
    scenario: SWEEP_SCENARIO.optional().describe(
      'The world; by default "paper"',
    ),
    methods: METHOD_LIST.optional().describe("What decides"),
    hyperparameters: hyperparameters.optional().describe(
      'Values that differ from the defaults: "td3.discount", or "*.discount" for every method that has it',
    ),
    seeds: SEEDS.optional().describe(
      "Roots of the random streams, a trial each",
    ),
    ...Object.fromEntries(
      Object.entries(SETTING_SCHEMAS).map((
        [key, schema],
      ) => [key, schema.optional()]),
    ),
    grid: z.union([
      grid,
      z.array(grid, { error: "must be an array of grids" })
        .min(1, { error: "must be an array of at least 1 grid" }),
    ], {
      error:
        "must be an object of keys with arrays of values, or an array of such",
    }).optional().describe(
      "What varies: every combination of the values; several grids are joined",
    ),
  };
}

const WHAT = "an object with name, methods, seeds";

/** The form of a config, with the forms of grids and hyperparameters given. */
function configSchema(grid: z.ZodType, hyperparameters: z.ZodType) {
  const shape = choices(grid, hyperparameters);
  const title = z.string({ error: "must be a text" }).optional()
    .describe("What it is for, in a line");
  return objectSchema({
    $schema: z.string({ error: "must be the address of a JSON Schema" })
      .optional(),
    name: SWEEP_NAME.describe("Name of the sweep's folder in data/sweeps"),
    title,
    ...shape,
    methods: METHOD_LIST.describe("What decides"),
    seeds: SEEDS.describe("Roots of the random streams, a trial each"),
    parts: z.array(
      objectSchema({
        ...shape,
        part: SWEEP_NAME.describe("Name of the part, a column of the table"),
        title,
      }, "an object with part and what differs"),
      { error: "must be an array of parts" },
    ).min(1, { error: "must be an array of at least 1 part" }).refine(
      (parts) => new Set(parts.map(({ part }) => part)).size === parts.length,
      { error: "must be an array of parts with different names" },
    ).optional().describe(
      "Parts whose trials are joined, each with what it has otherwise",
    ),
    profiles: z.record(
      SWEEP_NAME,
      objectSchema(shape, "an object of what differs"),
      { error: "must be an object of profiles" },
    ).optional().describe("What is otherwise under --profile NAME"),
  }, WHAT) as unknown as z.ZodType<SweepConfig>;
}

/** The form of a config whose methods are not known yet. */
const LOOSE_CONFIG = configSchema(
  LOOSE_GRID,
  z.record(z.string(), z.unknown(), {
    error: "must be an object of hyperparameters",
  }),
);

/** The form of hyperparameters of a study with these methods. */
function hyperparametersSchema(methods: readonly StudyMethod[]): z.ZodType {
  return objectSchema(
    Object.fromEntries(
      Object.entries(methodSchemas(methods)).map(([key, schema]) => [
        key,
        schema.optional(),
      ]),
    ),
    "an object of hyperparameters",
    movedKeys(methods),
  );
}

/** All methods that a config names, in its parts and profiles too. */
export function specsOf(config: SweepConfig): MethodSpec[] {
  const all = [
    config,
    ...config.parts ?? [],
    ...Object.values(config.profiles ?? {}),
  ].flatMap(({ methods = [] }) => methods);
  return [
    ...new Map(all.map((spec) => [JSON.stringify(spec), spec])).values(),
  ];
}

/**
 * Checks the parsed JSON of a config file, but for what depends on methods from
 * files, which {@linkcode checkSweepConfig} looks at once they are loaded.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} If a key is unknown or missing, or a value not allowed.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { parseSweepConfig } from "./config.ts";
 *
 * const config = { name: "mine", methods: ["td3"], seeds: "0-9" };
 * parseSweepConfig(config, "read mine.json");
 * assertThrows(
 *   () => parseSweepConfig({ ...config, episode: 8 }, "read mine.json"),
 *   Error,
 *   "Cannot read mine.json: episode must be a known key (nearest: episodes), got 8",
 * );
 * ```
 */
export function parseSweepConfig(value: unknown, act: string): SweepConfig {
  const config = parseInput(LOOSE_CONFIG, value, { act });
  const specs = specsOf(config);
  return hasMethodFiles(specs)
    ? config
    : checkSweepConfig(config, findMethods(specs, act), act);
}

/**
 * Checks the keys of a config's grids and hyperparameters against its methods.
 *
 * @param methods All methods that the config names.
 * @throws {InputError} If a key is unknown, or a value not allowed.
 */
export function checkSweepConfig(
  config: SweepConfig,
  methods: readonly StudyMethod[],
  act: string,
): SweepConfig {
  const schema = configSchema(
    gridSchema(methods),
    hyperparametersSchema(methods),
  );
  return parseInput(
    schema,
    mapChoices(config, (choices) => nameKeys(choices, methods)),
    { act },
  );
}

/** The JSON Schema of a config file, for editors. */
export function sweepJsonSchema(): object {
  const methods = METHODS.map((method): StudyMethod => ({
    name: method.name,
    method,
    hyperparameters: {},
  }));
  const loose = (schema: z.ZodType) => z.union([schema, LOOSE_GRID]);
  return z.toJSONSchema(
    configSchema(
      loose(gridSchema(methods)),
      z.record(z.string(), z.unknown()),
    ),
    { io: "input", unrepresentable: "any" },
  );
}

/** The seeds of a config, one by one. */
export function seedsOf(config: Pick<SweepConfig, "seeds">): readonly number[] {
  const { seeds } = config;
  return typeof seeds === "string" ? parseSeeds(seeds) ?? [] : seeds;
}
