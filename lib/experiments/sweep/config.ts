/**
 * Configs of sweeps: JSON files that say which trials to run.
 *
 * @module
 */

import { z } from "zod";
import { parseInput } from "../../input/input_error.ts";
import {
  SCENARIO_FILE,
  type ScenarioFile,
} from "../../scenario/parse_scenario.ts";
import { PRESETS } from "../../scenario/scenario.ts";
import {
  choiceSchema,
  numberSchema,
  objectSchema,
} from "../../input/schema.ts";
import { METHOD_NAMES } from "../../methods/mod.ts";
import type { TrialSettings } from "../trial.ts";
import { GRID, type Grid, SETTING_SCHEMAS } from "./grid.ts";
import {
  LARGEST_SEED,
  MOST_SEEDS,
  parseSeeds,
  SEEDS_CONDITION,
  SEEDS_PATTERN,
} from "../../input/seeds.ts";

/** Which trials to run: every method with every seed in every cell of the grid. */
export interface SweepConfig extends TrialSettings {
  /** JSON Schema of this form, for editors. */
  readonly $schema?: string;
  /** Name of the sweep's folder. */
  readonly name: string;
  /** What it is for, in a line. */
  readonly title?: string;
  /** The world: a preset's name, or what differs from one. */
  readonly scenario?: string | ScenarioFile;
  /** What decides. */
  readonly methods: readonly string[];
  /** Seeds, as a text such as `"0-9"` or one by one. */
  readonly seeds: string | readonly number[];
  /** What varies; several grids are joined. */
  readonly grid?: Grid | readonly Grid[];
}

function isDifferent(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

const NAME_ERROR =
  'must be a name of letters, digits and "-", "_", "." that begins with a letter or digit';
const METHODS_ERROR = `must be an array of different methods (${
  METHOD_NAMES.join(", ")
})`;

/** The form of a sweep's name, which is a folder's too. */
export const SWEEP_NAME = z.string({ error: NAME_ERROR })
  .max(100, { error: "must be a name of at most 100 characters" })
  .regex(/^[A-Za-z0-9][\w.-]*$/, { error: NAME_ERROR });

/** The form of a list of methods. */
export const METHOD_LIST = z.array(choiceSchema(METHOD_NAMES), {
  error: METHODS_ERROR,
}).min(1, { error: METHODS_ERROR }).refine(isDifferent, {
  error: METHODS_ERROR,
});

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
  }).refine(isDifferent, { error: SEEDS_CONDITION }),
], { error: SEEDS_CONDITION });

/** The form of a config file. */
export const SWEEP_CONFIG: z.ZodType<SweepConfig> = objectSchema({
  $schema: z.string({ error: "must be the address of a JSON Schema" })
    .optional(),
  name: SWEEP_NAME.describe("Name of the sweep's folder in data/sweeps"),
  title: z.string({ error: "must be a text" }).optional()
    .describe("What it is for, in a line"),
  scenario: SWEEP_SCENARIO.optional().describe('The world; by default "paper"'),
  methods: METHOD_LIST.describe("What decides"),
  seeds: SEEDS.describe(
    "Roots of the random streams, a trial each",
  ),
  ...Object.fromEntries(
    Object.entries(SETTING_SCHEMAS).map((
      [key, schema],
    ) => [key, schema.optional()]),
  ),
  grid: z.union([
    GRID,
    z.array(GRID, { error: "must be an array of grids" })
      .min(1, { error: "must be an array of at least 1 grid" }),
  ], {
    error:
      "must be an object of keys with arrays of values, or an array of such",
  }).optional().describe(
    "What varies: every combination of the values; several grids are joined",
  ),
}, "an object with name, methods, seeds") as unknown as z.ZodType<SweepConfig>;

/**
 * Checks the parsed JSON of a config file.
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
  return parseInput(SWEEP_CONFIG, value, { act });
}

/** The JSON Schema of a config file, for editors. */
export function sweepJsonSchema(): object {
  return z.toJSONSchema(SWEEP_CONFIG, { io: "input", unrepresentable: "any" });
}

/** The seeds of a config, one by one. */
export function seedsOf(config: Pick<SweepConfig, "seeds">): readonly number[] {
  const { seeds } = config;
  return typeof seeds === "string" ? parseSeeds(seeds) ?? [] : seeds;
}
