/**
 * Checks of what training and evaluation are given: cells of notebooks and scripts
 * run without a type checker.
 *
 * @module
 */

import * as z from "zod";
import { parseInput } from "../input/input_error.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import { EPISODE_SEED_SCHEMA } from "../input/seeds.ts";

/** An object that has some methods. */
function objectWith(methods: readonly string[], what: string): z.ZodType {
  const error = `must be ${what} with ${methods.join(", ")}`;
  return z.custom<Record<string, unknown>>(
    (value) =>
      typeof value === "object" && value !== null &&
      methods.every((name) =>
        typeof (value as Record<string, unknown>)[name] === "function"
      ),
    { error },
  );
}

const FUNCTION = z.custom((value) => typeof value === "function", {
  error: "must be a function",
});
const ENVIRONMENT = objectWith(["reset", "step"], "an environment");
const COUNT = numberSchema({ minimum: 1, integer: true });
const SEEDS = z.array(EPISODE_SEED_SCHEMA, {
  error: "must be an array of seeds",
})
  .min(1, { error: "must be an array of at least 1 seed" });

const EVALUATE_OPTIONS = objectSchema({
  policy: objectWith(["act"], "a policy"),
  environment: ENVIRONMENT,
  seeds: SEEDS,
  metrics: FUNCTION,
  isViolated: FUNCTION,
  clock: FUNCTION,
}, "an object of options");

const TRAIN_OPTIONS = objectSchema({
  agent: objectWith(
    ["act", "explore", "observe", "update", "requireFinite"],
    "an agent",
  ),
  environment: ENVIRONMENT,
  firstEpisode: COUNT.optional(),
  episodes: numberSchema({ minimum: 0, integer: true }),
  episodeSeed: FUNCTION,
  metrics: FUNCTION,
  evaluation: objectSchema({
    environment: ENVIRONMENT,
    every: COUNT,
    seeds: SEEDS,
    isViolated: FUNCTION,
  }, "an object of options").optional(),
  clock: FUNCTION,
  signal: z.instanceof(AbortSignal, { error: "must be an AbortSignal" })
    .optional(),
}, "an object of options");

/**
 * Checks the options of `evaluate`.
 *
 * @throws {InputError} If one is missing, unknown or of the wrong kind.
 */
export function checkEvaluateOptions(
  options: object,
): void {
  parseInput(EVALUATE_OPTIONS, options, { act: "evaluate" });
}

/**
 * Checks the options of `train`.
 *
 * @throws {InputError} If one is missing, unknown or of the wrong kind.
 */
export function checkTrainOptions(
  options: object,
): void {
  parseInput(TRAIN_OPTIONS, options, { act: "train" });
}
