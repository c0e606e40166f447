/**
 * Ledger entries on training: hyperparameters that the paper does not print.
 *
 * @module
 */

import {
  choice,
  defaultsOf,
  type Ledger,
  quantity,
  sizes,
} from "../input/ledger_entry.ts";
import type {
  DdpgHyperparameters,
  Td3Hyperparameters,
} from "./hyperparameters.ts";

const UNSET = "Not given.";

/** Readings of Section 4 and hyperparameters that DDPG and TD3 share. */
export const DDPG_LEDGER: Ledger<DdpgHyperparameters> = {
  actorLearningRate: quantity({
    paper: "Section 5.2.1: 1e-5 is best for TD3.",
    unit: "1",
    default: 1e-5,
    maximum: 1,
    alternatives: { "2e-5": "Fig. 4's higher rate, with 1e-3 for the critic" },
    reason: "The printed value, for DDPG too.",
    matters: "high: Adam moves a weight by about 1e-5 a step",
  }),
  criticLearningRate: quantity({
    paper: "Section 5.2.1: 1e-3 is best for TD3.",
    unit: "1",
    default: 1e-3,
    maximum: 1,
    alternatives: {
      "6e-4": "Fig. 4's lowest rate, with 1e-5 for the actor",
      "8e-4": "between these in Fig. 4",
    },
    reason: "The printed value, for DDPG too.",
    matters: "medium",
  }),
  rewardScale: quantity({
    paper:
      "The size of the reward follows from ω1 and ω2, which are not given.",
    unit: "1",
    default: 1,
    minimum: 1e-12,
    maximum: Infinity,
    alternatives: { "10000": "rewards of the size of raw seconds" },
    reason: "The default weights already bring the reward to about 1 a slot.",
    matters: "high: flips TD3 against DDPG",
  }),
  endOfEpisode: choice({
    paper: "Algorithm 1 stores no done flag.",
    options: {
      continuing: "the value of the last slot's successor is used",
      masked: "nothing follows the last slot",
    },
    default: "continuing",
    reason: "Eq. 24 has no mask.",
    matters: "high: final hit rate 0.46 or 0.38",
  }),
  discount: quantity({
    paper: "h in Eq. 24 is never given.",
    unit: "1",
    default: 0.99,
    maximum: 1,
    alternatives: {
      "0.95": "a shorter horizon",
      "0": "no slot influences the next: the problem is a bandit",
    },
    reason: "The customary value.",
    matters: "high",
  }),
  hiddenSizes: sizes({
    paper: UNSET,
    default: [256, 256],
    reason: "Fujimoto 2018 (reference code): two ReLU layers; tanh output.",
    matters: "medium",
  }),
  batchSize: quantity({
    paper: UNSET,
    unit: "transitions",
    default: 64,
    minimum: 1,
    integer: true,
    reason: "Lillicrap 2015.",
    matters: "medium",
  }),
  tau: quantity({
    paper: "τ of Eqs. 23 and 27 is not given.",
    unit: "1",
    default: 0.005,
    maximum: 1,
    reason: "Fujimoto 2018.",
    matters: "medium",
  }),
  explorationNoise: quantity({
    paper: "Algorithm 1 adds no noise to the action.",
    unit: "1",
    default: 0.1,
    reason: "Fujimoto 2018: N(0, 0.1); without noise nothing is explored.",
    matters: "medium",
  }),
  replayCapacity: quantity({
    paper: UNSET,
    unit: "transitions",
    default: 100_000,
    minimum: 1,
    integer: true,
    reason: "More than the 8,000 transitions of a run: nothing is forgotten.",
    matters: "none at the paper's length",
  }),
  minReplaySize: quantity({
    paper: '"Min" of Algorithm 1 is not given.',
    unit: "transitions",
    default: 500,
    maximum: 1e8,
    integer: true,
    reason: "50 episodes.",
    matters: "low",
  }),
  updatesPerStep: quantity({
    paper: "Algorithm 1, line 8, trains once a slot.",
    unit: "updates",
    default: 1,
    minimum: 1,
    integer: true,
    reason: "As printed.",
    matters: "medium",
  }),
};

/** Readings of Section 4 and hyperparameters of TD3. */
export const TD3_LEDGER: Ledger<Td3Hyperparameters> = {
  ...DDPG_LEDGER,
  eq24: choice({
    paper:
      "Eq. 24 uses the online critics where TD3 has the target critics, without smoothing noise.",
    options: {
      standard: "target critics at the smoothed target action (Fujimoto 2018)",
      paper: "online critics at the target action, as printed",
    },
    default: "standard",
    reason: "Section 4.3 describes target critics, which Eq. 24 would not use.",
    matters: "medium",
  }),
  eq25: choice({
    paper:
      "Eq. 25 evaluates Q(s, π(s)) against the reward of the stored action.",
    options: {
      standard: "Q(s, a) of the stored action",
      paper: "Q(s, π(s)), as printed",
    },
    default: "standard",
    reason: "As printed, the critic never learns what an action does.",
    matters: "high",
  }),
  policyDelay: quantity({
    paper: 'Section 5.2.1 speaks of "delayed update strategies".',
    unit: "critic updates",
    default: 2,
    minimum: 1,
    integer: true,
    reason: "Fujimoto 2018.",
    matters: "low",
  }),
  targetNoise: quantity({
    paper: UNSET,
    unit: "1",
    default: 0.2,
    reason: "Fujimoto 2018.",
    matters: "low",
  }),
  targetNoiseClip: quantity({
    paper: UNSET,
    unit: "1",
    default: 0.5,
    reason: "Fujimoto 2018.",
    matters: "low",
  }),
};

/** The default of every hyperparameter of TD3, and so of DDPG. */
export const DEFAULT_LEARNER: Td3Hyperparameters = defaultsOf(TD3_LEDGER);

/** Small networks that learn at once, for tests and first steps. */
export const SMALL_LEARNER: Pick<
  Td3Hyperparameters,
  "hiddenSizes" | "batchSize" | "minReplaySize"
> = { hiddenSizes: [16, 16], batchSize: 8, minReplaySize: 16 };
