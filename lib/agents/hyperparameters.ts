/**
 * Hyperparameters. None has a default: values come from the scenario.
 *
 * @module
 */

import * as z from "zod";
import { InputError, parseInput } from "../input/input_error.ts";
import { choiceSchema, numberSchema, objectSchema } from "../input/schema.ts";
import { ROOT_SCHEMA } from "../input/seeds.ts";
import type { Engine } from "../nn/mod.ts";

/** What the end of an episode means to the target of Eq. 24. */
export type EndOfEpisode = "continuing" | "masked";

/** Whether an equation is read as the literature or as the paper prints it. */
export type EquationReading = "standard" | "paper";

/** Hyperparameters of DDPG (Lillicrap 2015), all of which TD3 shares. */
export interface DdpgHyperparameters {
  /** Widths of the ReLU layers of actor and critics. */
  readonly hiddenSizes: readonly number[];
  /** Adam's step size for the actor. */
  readonly actorLearningRate: number;
  /** Adam's step size for the critics. */
  readonly criticLearningRate: number;
  /** h of Eq. 24, in [0, 1]. */
  readonly discount: number;
  /** τ of Eqs. 23 and 27, in [0, 1]. */
  readonly tau: number;
  /** Transitions per update, E of Eqs. 22 and 26. */
  readonly batchSize: number;
  /** Transitions kept; the oldest are overwritten. */
  readonly replayCapacity: number;
  /** Min of Algorithm 1: training starts when more are stored. */
  readonly minReplaySize: number;
  /** Gradient updates per environment step once training has started. */
  readonly updatesPerStep: number;
  /** Standard deviation of the exploration noise, per action component. */
  readonly explorationNoise: number;
  /** Rewards are multiplied by this before they are stored. */
  readonly rewardScale: number;
  /**
   * `"continuing"`: the value of s(t+1) counts after a truncated last step;
   * `"masked"`: nothing counts after it. Nothing ever counts after a
   * terminated step.
   */
  readonly endOfEpisode: EndOfEpisode;
}

/** Hyperparameters of TD3 (Fujimoto 2018). */
export interface Td3Hyperparameters extends DdpgHyperparameters {
  /** Critic updates per update of the actor and of all target networks. */
  readonly policyDelay: number;
  /** Standard deviation of the target action's noise. */
  readonly targetNoise: number;
  /** Bound of the target action's noise. */
  readonly targetNoiseClip: number;
  /**
   * `"standard"`: target critics at the smoothed target action; `"paper"`:
   * online critics at the target action, as Eq. 24 is printed.
   */
  readonly eq24: EquationReading;
  /**
   * `"standard"`: the regression evaluates Q(s, a) of the stored action;
   * `"paper"`: Q(s, π_Φ(s)), as Eq. 25 is printed.
   */
  readonly eq25: EquationReading;
}

const count = numberSchema({ minimum: 1, integer: true });
const notNegative = numberSchema({ minimum: 0 });
const fraction = numberSchema({ minimum: 0, maximum: 1 });
const reading = choiceSchema(["standard", "paper"]);

const DDPG_SHAPE = {
  hiddenSizes: z.array(count, { error: "must be an array of whole numbers" }),
  actorLearningRate: notNegative,
  criticLearningRate: notNegative,
  discount: fraction,
  tau: fraction,
  batchSize: count,
  replayCapacity: count,
  minReplaySize: numberSchema({ minimum: 0, integer: true }),
  updatesPerStep: count,
  explorationNoise: notNegative,
  rewardScale: notNegative,
  endOfEpisode: choiceSchema(["continuing", "masked"]),
} satisfies Record<keyof DdpgHyperparameters, z.ZodType>;

const TD3_SHAPE = {
  ...DDPG_SHAPE,
  policyDelay: count,
  targetNoise: notNegative,
  targetNoiseClip: notNegative,
  eq24: reading,
  eq25: reading,
} satisfies Record<keyof Td3Hyperparameters, z.ZodType>;

/** What an agent is made from beside its hyperparameters. */
const SETUP_SHAPE = {
  engine: z.custom<Engine>(
    (value) => typeof (value as Engine | null)?.createLearner === "function",
    { error: "must be an engine, such as openEngine opens" },
  ),
  observationSize: count,
  actionSize: count,
  seed: ROOT_SCHEMA,
};

/** The hyperparameters that some callers leave out. */
function optional<Shape extends Record<string, z.ZodType>>(shape: Shape) {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, schema.optional()]),
  );
}

const WHAT = "an object of options";

/** DDPG takes what is TD3's alone, and leaves it. */
const DDPG_OPTIONS = objectSchema({
  ...optional(TD3_SHAPE),
  ...DDPG_SHAPE,
  ...SETUP_SHAPE,
}, WHAT);

const TD3_OPTIONS = objectSchema({ ...TD3_SHAPE, ...SETUP_SHAPE }, WHAT);

/** Refuses values that exclude each other. */
function checkTogether(
  { batchSize, minReplaySize, replayCapacity }: DdpgHyperparameters,
  act: string,
): void {
  if (minReplaySize >= replayCapacity) {
    throw new InputError(
      `Cannot ${act}: minReplaySize must be below replayCapacity, ${replayCapacity}, or nothing is ever learned, got ${minReplaySize}`,
    );
  }
  if (batchSize > replayCapacity) {
    throw new InputError(
      `Cannot ${act}: batchSize must be at most replayCapacity, ${replayCapacity}, got ${batchSize}`,
    );
  }
}

/**
 * Checks what a configuration may have got wrong.
 *
 * @throws {InputError} If an option of DDPG is missing, unknown or out of range, or
 * two exclude each other.
 */
export function checkDdpgOptions(options: DdpgHyperparameters): void {
  const act = "create a DDPG agent";
  parseInput(DDPG_OPTIONS, options, { act });
  checkTogether(options, act);
}

/**
 * Checks what a configuration may have got wrong.
 *
 * @throws {InputError} If an option of TD3 is missing, unknown or out of range, or
 * two exclude each other.
 */
export function checkTd3Options(options: Td3Hyperparameters): void {
  const act = "create a TD3 agent";
  parseInput(TD3_OPTIONS, options, { act });
  checkTogether(options, act);
}
