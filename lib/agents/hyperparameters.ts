/**
 * Hyperparameters. None has a default: values come from the scenario.
 *
 * @module
 */

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

interface Condition {
  readonly text: string;
  readonly holds: (value: unknown) => boolean;
}

function isInteger(minimum: number): Condition {
  return {
    text: `an integer ≥ ${minimum}`,
    holds: (value) => Number.isSafeInteger(value) && Number(value) >= minimum,
  };
}

function isNumber(minimum: number, maximum: number): Condition {
  return {
    text: maximum === Infinity
      ? `a finite number ≥ ${minimum}`
      : `a number in [${minimum}, ${maximum}]`,
    holds: (value) =>
      Number.isFinite(value) && Number(value) >= minimum &&
      Number(value) <= maximum,
  };
}

function isOneOf(...options: string[]): Condition {
  return {
    text: options.map((option) => `"${option}"`).join(" or "),
    holds: (value) => options.includes(value as string),
  };
}

const WIDTHS: Condition = {
  text: "an array of integers ≥ 1",
  holds: (value) => Array.isArray(value) && value.every(isInteger(1).holds),
};

const DDPG_CONDITIONS: Record<keyof DdpgHyperparameters, Condition> = {
  hiddenSizes: WIDTHS,
  actorLearningRate: isNumber(0, Infinity),
  criticLearningRate: isNumber(0, Infinity),
  discount: isNumber(0, 1),
  tau: isNumber(0, 1),
  batchSize: isInteger(1),
  replayCapacity: isInteger(1),
  minReplaySize: isInteger(0),
  updatesPerStep: isInteger(1),
  explorationNoise: isNumber(0, Infinity),
  rewardScale: isNumber(0, Infinity),
  endOfEpisode: isOneOf("continuing", "masked"),
};

const TD3_CONDITIONS: Record<keyof Td3Hyperparameters, Condition> = {
  ...DDPG_CONDITIONS,
  policyDelay: isInteger(1),
  targetNoise: isNumber(0, Infinity),
  targetNoiseClip: isNumber(0, Infinity),
  eq24: isOneOf("standard", "paper"),
  eq25: isOneOf("standard", "paper"),
};

function check(
  algorithm: string,
  conditions: Record<string, Condition>,
  options: object,
): void {
  const values = options as Record<string, unknown>;
  for (const [name, { text, holds }] of Object.entries(conditions)) {
    if (holds(values[name])) continue;
    throw new RangeError(
      `Cannot create a ${algorithm} agent: ${name} must be ${text}, got ${
        JSON.stringify(values[name]) ?? values[name]
      }`,
    );
  }
}

/**
 * Checks what a configuration may have got wrong.
 *
 * @throws {RangeError} If a hyperparameter of DDPG is out of range.
 */
export function checkDdpgHyperparameters(options: DdpgHyperparameters): void {
  check("DDPG", DDPG_CONDITIONS, options);
}

/**
 * Checks what a configuration may have got wrong.
 *
 * @throws {RangeError} If a hyperparameter of TD3 is out of range.
 */
export function checkTd3Hyperparameters(options: Td3Hyperparameters): void {
  check("TD3", TD3_CONDITIONS, options);
}
