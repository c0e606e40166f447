/**
 * Trying a method without storing anything.
 *
 * @module
 */

import { InputError, parseInput } from "../input/input_error.ts";
import { choiceSchema, objectSchema } from "../input/schema.ts";
import { checkSeed, parseSeeds, SEEDS_CONDITION } from "../input/seeds.ts";
import {
  findMethod,
  type Hyperparameters,
  markClairvoyant,
  type Method,
  requireMethod,
  seesOf,
} from "../methods/mod.ts";
import { checkScenario, type Scenario } from "../scenario/scenario.ts";
import type { EvaluationRow } from "./rows.ts";
import { SETTING_SCHEMAS } from "./trial_settings.ts";
import { runTrial } from "./run_trial.ts";
import { makeTrial, seriesOf, type TrialSettings } from "./trial.ts";

const SETTINGS = objectSchema(
  {
    ...Object.fromEntries(
      Object.entries(SETTING_SCHEMAS).map(([key, schema]) => [
        key,
        schema.optional(),
      ]),
    ),
    split: choiceSchema(["validation"]).optional(),
  },
  "an object of settings",
);

/** Where and for how long {@linkcode play} plays. */
export interface PlayOptions extends TrialSettings {
  /** The world. */
  readonly scenario: Scenario;
  /** Seeds of the trials, such as `"0-2"`; a number or several. */
  readonly seeds: string | number | readonly number[];
  /** Values that differ from the method's defaults. */
  readonly hyperparameters?: Hyperparameters;
  /** Stops after the episode in which it is aborted; then rows may be missing. */
  readonly signal?: AbortSignal;
}

/** What a method came to on the traces of a seed. */
export interface PlayedRow extends EvaluationRow {
  /** What tables call the method in this world; "◇" marks one that looks ahead. */
  readonly series: string;
  /** Seed of the trial. */
  readonly seed: number;
}

function seedsOf(seeds: PlayOptions["seeds"], act: string): readonly number[] {
  if (typeof seeds !== "string") {
    return [seeds].flat().map((seed) => checkSeed(seed, act, "seeds"));
  }
  const parsed = parseSeeds(seeds);
  if (parsed !== undefined) return parsed;
  throw new InputError(
    `Cannot ${act}: seeds ${SEEDS_CONDITION}, got ${JSON.stringify(seeds)}`,
  );
}

/**
 * Plays a method on the test traces of some seeds, after training if it is trained:
 * the numbers are those of the same trial in a sweep. With `split: "validation"` a rule
 * is played on validation traces, by which its hyperparameters can be chosen while the
 * test traces stay unseen.
 *
 * @param method A method, or the name of one that comes with the project.
 * @returns A row a seed.
 * @throws {InputError} If something is not valid, or a split is asked for of a method
 * that is trained: its training has validations of its own.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { play } from "./play.ts";
 *
 * const world = { scenario: SMALL_SCENARIO, seeds: "0-1", testEpisodes: 2 };
 * const [optimum] = await play("optimum", world);
 * const [random] = await play("random", world);
 * assert(optimum.objective < random.objective);
 * ```
 */
export async function play(
  method: string | Method,
  { scenario, seeds, hyperparameters, signal, ...settings }: PlayOptions,
): Promise<PlayedRow[]> {
  const act = "play the method";
  checkScenario(scenario, act);
  parseInput(SETTINGS, settings, { act });
  const found = typeof method === "string"
    ? findMethod(method)
    : requireMethod(method, act);
  if (found.learns && settings.split !== undefined) {
    throw new InputError(
      `Cannot ${act}: split must be left out for a method that is trained, got "${settings.split}"`,
    );
  }
  const rows: PlayedRow[] = [];
  for (const seed of seedsOf(seeds, act)) {
    const trial = makeTrial(
      found,
      { scenario, seed, ...settings },
      hyperparameters,
    );
    const result = await runTrial(trial, {
      clock: () => 0,
      method: found,
      ...signal === undefined ? {} : { signal },
    });
    if (result === undefined) break;
    const last = result.evaluations[result.evaluations.length - 1];
    const sees = seesOf(found, scenario, trial.hyperparameters);
    const series = markClairvoyant(seriesOf(trial, found), sees);
    rows.push({ series, seed, ...last });
  }
  return rows;
}
