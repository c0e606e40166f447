/**
 * Scenario files: JSON that says what differs from a preset.
 *
 * @module
 */

import { z } from "zod";
import { type AssumptionKey, type Assumptions, LEDGER } from "./assumptions.ts";
import { parseInput } from "../input/input_error.ts";
import type { LedgerEntry } from "./ledger_entry.ts";
import type { Parameters } from "./parameters.ts";
import {
  deriveScenario,
  PRESETS,
  type Scenario,
  type ScenarioOverrides,
} from "./scenario.ts";
import {
  arraySchema,
  choiceSchema,
  numberSchema,
  objectSchema,
  rangeSchema,
} from "../input/schema.ts";

const count = numberSchema({ minimum: 1, maximum: 1e6, integer: true });
const decibel = numberSchema({ minimum: -1000, maximum: 1000 });
const positive = numberSchema({ minimum: 0, exclusive: true });
const positiveRange = rangeSchema({ minimum: 0, exclusive: true });
const notNegative = numberSchema({ minimum: 0 });

/** What values every parameter may have. */
export const PARAMETER_SCHEMAS: Readonly<
  Record<keyof Parameters, z.ZodType>
> = {
  numUsers: count,
  numServers: count,
  numModels: count,
  slotsPerEpisode: count,
  numEpisodes: count,
  userTxPowerDbm: decibel,
  serverTxPowerDbm: decibel,
  noisePsdDbmPerHz: decibel,
  inputMegabytes: positiveRange,
  outputMegabytes: arraySchema(positiveRange, 4, "one range per model type"),
  serverStorageGigabytes: positiveRange,
  uplinkBandwidthMegahertz: positiveRange,
  downlinkBandwidthMegahertz: positiveRange,
  serverGpus: positiveRange,
  cloudGpusPerRequest: positive,
  backhaulUplinkKbps: positive,
  backhaulDownlinkKbps: positive,
  backhaulTransferCost: notNegative,
  accessTransferCost: notNegative,
  gpuRentalCost: notNegative,
  storageCost: notNegative,
  modelGigabytes: positiveRange,
  modelExaflop: positiveRange,
  popularityStates: z.array(notNegative, {
    error: "must be an array of Zipf exponents",
  }).min(1, { error: "must be an array of at least 1 Zipf exponent" }),
  popularityTransition: z.array(
    z.array(numberSchema({ minimum: 0, maximum: 1 }), {
      error: "must be an array of probabilities",
    }),
    { error: "must be an array of rows of probabilities" },
  ),
};

function assumptionSchema(entry: LedgerEntry): z.ZodType {
  switch (entry.kind) {
    case "choice":
      return choiceSchema(Object.keys(entry.options));
    case "number":
      return numberSchema(entry);
    case "sizes":
      return z.array(count, { error: "must be an array of whole numbers" })
        .min(1, { error: "must be an array of at least 1 whole number" });
  }
}

/** What values every entry of the ledger may have. */
export const ASSUMPTION_SCHEMAS: Readonly<Record<AssumptionKey, z.ZodType>> =
  Object.fromEntries(
    Object.entries<LedgerEntry>(LEDGER).map((
      [key, entry],
    ) => [key, assumptionSchema(entry)]),
  ) as Record<AssumptionKey, z.ZodType>;

function optional(
  shape: Readonly<Record<string, z.ZodType>>,
): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, schema.optional()]),
  );
}

/** The form of a scenario file. */
export const SCENARIO_FILE: z.ZodType<ScenarioFile> = objectSchema({
  name: z.string({ error: "must be a name" }).min(1, {
    error: "must be a name of at least 1 character",
  }).optional(),
  extends: choiceSchema(Object.keys(PRESETS)).optional(),
  parameters: objectSchema(
    optional(PARAMETER_SCHEMAS),
    "an object of parameters",
  ).optional(),
  assumptions: objectSchema(
    optional(ASSUMPTION_SCHEMAS),
    "an object of assumptions",
  ).optional(),
}, "an object with name, extends, parameters, assumptions");

/** What a scenario file says: what differs from a preset. */
export interface ScenarioFile extends ScenarioOverrides {
  /** Name of the preset; by default `"paper"`. */
  readonly extends?: string;
}

/** Readings that need requests which nobody has seen where these are lagged. */
const NEED_REQUESTS = {
  association: "cached-anywhere",
  computeShareAmong: "hits",
  searchProtocol: "per-episode",
} as const satisfies Partial<Assumptions>;

/**
 * Refuses readings that look at unseen requests: under lagged visibility an action
 * would be decoded, or a plan searched, by what a policy is not shown.
 */
function checkVisibility(
  { assumptions }: Scenario,
  context: z.RefinementCtx,
): void {
  if (assumptions.requestVisibility !== "lagged") return;
  for (const [key, value] of Object.entries(NEED_REQUESTS)) {
    if (assumptions[key as keyof typeof NEED_REQUESTS] !== value) continue;
    context.addIssue({
      code: "custom",
      path: ["assumptions", key],
      message:
        'must be another with requestVisibility "lagged", which hides the requests that it needs',
    });
  }
}

/** Conditions between values, which only the whole scenario can break. */
const WHOLE_SCENARIO = z.custom<Scenario>().superRefine((scenario, context) => {
  checkVisibility(scenario, context);
  const { searchPopulation, gaEliteCount } = scenario.assumptions;
  if (gaEliteCount >= searchPopulation) {
    context.addIssue({
      code: "custom",
      path: ["assumptions", "gaEliteCount"],
      message: `must be below searchPopulation, ${searchPopulation}`,
    });
  }
  const { popularityStates, popularityTransition } = scenario.parameters;
  const path = ["parameters", "popularityTransition"];
  const size = popularityStates.length;
  if (
    popularityTransition.length !== size ||
    popularityTransition.some((row) => row.length !== size)
  ) {
    context.addIssue({
      code: "custom",
      path,
      message: `must be ${size} rows of ${size}, as popularityStates`,
    });
    return;
  }
  popularityTransition.forEach((row, index) => {
    const sum = row.reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) > 1e-9) {
      context.addIssue({
        code: "custom",
        path: [...path, index],
        message: `must be probabilities that sum to 1, not ${sum}`,
      });
    }
  });
});

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
  const scenario = deriveScenario(PRESETS[base], overrides);
  return parseInput(WHOLE_SCENARIO, scenario, { act, path });
}
