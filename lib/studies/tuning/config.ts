/**
 * Configs of hyperparameter searches: JSON files that say what varies, how it is
 * searched, and what is best.
 *
 * @module
 */

import { z } from "zod";
import { parseInput } from "../../input/input_error.ts";
import {
  choiceSchema,
  numberSchema,
  objectSchema,
} from "../../input/schema.ts";
import { type MetricName, METRICS } from "../metrics.ts";
import {
  SEEDS,
  SWEEP_NAME,
  SWEEP_SCENARIO,
  type SweepConfig,
} from "../config.ts";
import {
  type GridMethod,
  gridValueSchemas,
  movedKeys,
  nameMethods,
} from "../grid.ts";
import { SETTING_SCHEMAS } from "../../trials/trial_settings.ts";
import {
  findMethods,
  hasMethodFiles,
  METHOD_SPEC,
  type MethodSpec,
} from "../methods.ts";
import { halvingRungs, randomRungs, type Rung } from "./rung_search.ts";
import { DIMENSION, type Dimension, type SearchSpace } from "./space.ts";

/** Random search: every config trains equally long. */
export interface RandomSearchConfig {
  /** Configs to try. */
  readonly configs: number;
  /** Training episodes of each. */
  readonly episodes: number;
}

/** Successive halving; see `halvingRungs`. */
export interface HalvingConfig extends RandomSearchConfig {
  /** Training episodes of the last rung. */
  readonly episodes: number;
  /** Least training episodes of the first rung. */
  readonly leastEpisodes: number;
  /** η, by default 3. */
  readonly eta?: number;
}

/** A hyperparameter search, the parsed JSON of its file. */
export interface TuneConfig
  extends
    Pick<SweepConfig, "$schema" | "name" | "title" | "scenario" | "seeds">,
    Pick<SweepConfig, "evaluationEpisodes" | "engine"> {
  /** The method: a name, a file, or either with hyperparameters. */
  readonly method: MethodSpec;
  /** What is judged on validation traces; by default `"episodeReturn"`. */
  readonly metric?: MetricName;
  /** What varies. */
  readonly space: SearchSpace;
  /** How it is searched. */
  readonly search:
    | { readonly random: RandomSearchConfig }
    | { readonly halving: HalvingConfig };
  /** Root of the search's random streams; by default 0. */
  readonly searchSeed?: number;
}

/** η where a config does not say it. */
const DEFAULT_ETA = 3;

/** What the search itself decides. */
const NOT_IN_SPACE = [
  "episodes",
  "parameters.numEpisodes",
  "evaluateEvery",
  "evaluationEpisodes",
  "testEpisodes",
  "seed",
];

/** A dimension all of whose named values the key allows. */
function dimensionOf(schema: z.ZodType): z.ZodType<Dimension> {
  return DIMENSION.superRefine((dimension, context) => {
    // What has no kind has been refused by then, but is looked at all the same.
    const [[kind, values] = ["choice", []]] = Object.entries(dimension) as [
      string,
      unknown[],
    ][];
    values.forEach((value, index) => {
      const result = schema.safeParse(value);
      if (result.success) return;
      const [issue] = result.error.issues;
      context.addIssue({
        code: "custom",
        message: issue.message,
        path: [kind, index, ...issue.path],
        input: value,
      });
    });
  });
}

const SPACE_ERROR =
  "an object of keys with uniform, logUniform, integer or choice";

/** The form of the space of a method. */
function spaceSchema(method: GridMethod): z.ZodType<SearchSpace> {
  return (objectSchema(
    Object.fromEntries(
      Object.entries(gridValueSchemas([method]))
        .filter(([key]) => !NOT_IN_SPACE.includes(key))
        .map(([key, schema]) => [key, dimensionOf(schema).optional()]),
    ),
    SPACE_ERROR,
    movedKeys([method]),
  ) as unknown as z.ZodType<SearchSpace>)
    .refine((space) => Object.keys(space).length > 0, {
      error: `must be ${SPACE_ERROR}, at least one`,
    })
    .refine((space) => !("users" in space && "parameters.numUsers" in space), {
      path: ["parameters.numUsers"],
      error: "must be left out beside users",
    });
}

/** The form of a space whose method is not known yet. */
const LOOSE_SPACE = z.record(z.string(), DIMENSION, {
  error: `must be ${SPACE_ERROR}`,
});

const CONFIGS = numberSchema({ minimum: 2, maximum: 10_000, integer: true })
  .describe("Configs to try");

const SEARCH_ERROR = "an object with random or halving";

const SEARCH: z.ZodType<TuneConfig["search"]> = objectSchema({
  random: objectSchema({
    configs: CONFIGS,
    episodes: SETTING_SCHEMAS.episodes.describe("Training episodes of each"),
  }, "an object with configs, episodes").optional()
    .describe("Every config trains equally long"),
  halving: objectSchema({
    configs: CONFIGS,
    episodes: SETTING_SCHEMAS.episodes.describe(
      "Training episodes of the last rung",
    ),
    leastEpisodes: SETTING_SCHEMAS.episodes.describe(
      "Least training episodes of the first rung",
    ),
    eta: numberSchema({ minimum: 2, maximum: 10, integer: true }).optional()
      .describe("One in so many goes on, for as many times as long; default 3"),
  }, "an object with configs, episodes, leastEpisodes").superRefine(
    (given, context) => {
      const halving = given as HalvingConfig;
      if (halving.leastEpisodes > halving.episodes) {
        context.addIssue({
          code: "custom",
          path: ["leastEpisodes"],
          message: `must be at most episodes, ${halving.episodes}`,
          input: halving.leastEpisodes,
        });
        return;
      }
      try {
        halvingRungs({ eta: DEFAULT_ETA, ...halving });
      } catch (error) {
        const condition = /must be .*(?=,)/.exec((error as Error).message);
        context.addIssue({
          code: "custom",
          path: ["configs"],
          message: condition?.[0],
          input: halving.configs,
        });
      }
    },
  ).optional().describe("Many configs a little, the best of them longer"),
}, SEARCH_ERROR).refine(
  (search) => Object.keys(search).length === 1,
  { error: `must be ${SEARCH_ERROR}` },
) as unknown as z.ZodType<TuneConfig["search"]>;

/** The form of a search's file, with that of its space. */
function tuneSchema(space: z.ZodType<SearchSpace>): z.ZodType<TuneConfig> {
  return objectSchema(
    {
      $schema: z.string({ error: "must be the address of a JSON Schema" })
        .optional(),
      name: SWEEP_NAME.describe("Name of the search's folder in data/sweeps"),
      title: z.string({ error: "must be a text" }).optional()
        .describe("What it is for, in a line"),
      scenario: SWEEP_SCENARIO.optional().describe(
        'The world; by default "paper"',
      ),
      method: METHOD_SPEC.describe("The method"),
      seeds: SEEDS.describe(
        "Roots of the random streams, a trial each and config",
      ),
      metric: choiceSchema(Object.keys(METRICS) as MetricName[]).optional()
        .describe('What is judged; by default "episodeReturn"'),
      evaluationEpisodes: SETTING_SCHEMAS.evaluationEpisodes.optional(),
      engine: SETTING_SCHEMAS.engine.optional(),
      space: space.describe("What varies"),
      search: SEARCH.describe("How it is searched"),
      searchSeed: numberSchema({ minimum: 0, maximum: 2 ** 32, integer: true })
        .optional().describe(
          "Root of the search's random streams; by default 0",
        ),
    },
    "an object with name, method, seeds, space, search",
  ) as unknown as z.ZodType<
    TuneConfig
  >;
}

/**
 * Checks the parsed JSON of a search's file, but for the space of a method from a
 * file, which {@linkcode checkTuneConfig} looks at once it is loaded.
 *
 * @param act What the caller is doing, for the error message.
 * @throws {InputError} If a key is unknown or missing, or a value not allowed.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { parseTuneConfig } from "./config.ts";
 *
 * const config = {
 *   name: "rates",
 *   method: "td3",
 *   seeds: "0-2",
 *   space: { "td3.tau": { logUniform: [1e-3, 1e-1] } },
 *   search: { random: { configs: 8, episodes: 200 } },
 * };
 * parseTuneConfig(config, "read rates.json");
 * assertThrows(
 *   () => parseTuneConfig({ ...config, space: { tau: { uniform: [0, 1] } } }, "read rates.json"),
 *   Error,
 *   "Cannot read rates.json: space.tau must be a known key",
 * );
 * ```
 */
export function parseTuneConfig(value: unknown, act: string): TuneConfig {
  const config = parseInput(tuneSchema(LOOSE_SPACE), value, { act });
  if (hasMethodFiles([config.method])) return config;
  return checkTuneConfig(config, findMethods([config.method], act)[0], act);
}

/**
 * Checks the space of a search against its method.
 *
 * @throws {InputError} If a key is unknown, or a value not allowed.
 */
export function checkTuneConfig(
  config: TuneConfig,
  method: GridMethod,
  act: string,
): TuneConfig {
  return parseInput(tuneSchema(spaceSchema(method)), {
    ...config,
    space: nameMethods(config.space, [method]),
  }, { act });
}

/** The JSON Schema of a search's file, for editors. */
export function tuneJsonSchema(): object {
  return z.toJSONSchema(tuneSchema(LOOSE_SPACE), {
    io: "input",
    unrepresentable: "any",
  });
}

/** The ladder of a search. */
export function rungsOf({ search }: Pick<TuneConfig, "search">): Rung[] {
  return "random" in search
    ? randomRungs(search.random.configs, search.random.episodes)
    : halvingRungs({ eta: DEFAULT_ETA, ...search.halving });
}
