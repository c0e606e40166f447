/**
 * How the environment shows itself and how it reads actions: choices of the methods
 * that use this door, learners and searches, not of the world.
 *
 * @module
 */

import type { z } from "zod";
import { objectSchema } from "../input/schema.ts";
import {
  choice,
  defaultsOf,
  type Ledger,
  quantity,
} from "../input/ledger_entry.ts";
import { entrySchema } from "../input/ledger_entry.ts";

/** How a slot becomes an observation (Eq. 19). */
export interface ObservationChoices {
  /** What of δ(t) is observed. */
  readonly fadingObserved: "magnitude" | "complex" | "link-gain";
  /** How Z(t) is written into the observation. */
  readonly requestEncoding: "index" | "one-hot" | "one-hot-counts";
  /** Whether the networks' inputs are normalized. */
  readonly inputScaling: "normalized" | "raw";
}

/** How an action becomes a decision (Eq. 20). */
export interface ActionChoices {
  /** How scores become β. */
  readonly cacheDecoding: "threshold" | "rank";
  /** What happens to caches that do not fit. */
  readonly storageViolation: "repair" | "penalty";
  /** Reward lost per full server of excess. */
  readonly storagePenalty: number;
  /** How outputs become shares. */
  readonly shareDecoding: "softmax" | "l1";
}

/** Both sides of the door. */
export type DoorChoices = ObservationChoices & ActionChoices;

/** Readings of the observation, Section 4.2. */
export const OBSERVATION_LEDGER: Ledger<ObservationChoices> = {
  fadingObserved: choice({
    paper: "Eq. 19 observes δ(t), which is complex.",
    options: {
      magnitude: "|δ_i| of every user",
      complex: "real and imaginary part of every user",
      "link-gain": "the gain h_ij of every user and server in decibel",
    },
    default: "magnitude",
    reason: "The phase has no effect on any rate.",
    matters: "low",
  }),
  requestEncoding: choice({
    paper: "Eq. 19 observes Z(t), a model number.",
    options: {
      index: "the model number as one input per user",
      "one-hot": "one input per user and model",
      "one-hot-counts":
        "one input per user and model, and how often each model is requested at each server",
    },
    default: "index",
    reason: "One entry per user is what Eq. 19 prints.",
    matters: "high",
  }),
  inputScaling: choice({
    paper: "Nothing is said on scaling the inputs of the networks.",
    options: {
      normalized: "every input is brought to about [0, 1]",
      raw: "printed units (MB, model number)",
    },
    default: "normalized",
    reason: "Inputs of several hundred saturate every tanh.",
    matters: "high",
  }),
};

/** Readings of the action, Section 4.2. */
export const ACTION_LEDGER: Ledger<ActionChoices> = {
  cacheDecoding: choice({
    paper:
      "Eq. 20: the action holds β, which is binary; the actor is continuous.",
    options: {
      threshold:
        "models with (a + 1)/2 >= 0.5, by descending score, as far as they fit",
      rank: "all models by descending score, as far as they fit",
    },
    default: "threshold",
    reason: "Rounding is the most literal way to 0 or 1.",
    matters: "low",
  }),
  storageViolation: choice({
    paper: "18e is a constraint; nothing is said of actions that break it.",
    options: {
      repair: "the decoder leaves out what does not fit",
      penalty:
        "everything above the threshold is cached and the reward is lowered; what breaks 18e counts as infeasible",
    },
    default: "repair",
    reason: "A decision that breaks a constraint has no meaning.",
    matters: "medium",
  }),
  storagePenalty: quantity({
    paper: "See storageViolation.",
    unit: "reward per full server of excess",
    default: 1,
    reason: "Only read with penalties: about what a request costs.",
    matters: "medium",
  }),
  shareDecoding: choice({
    paper:
      "18f and 18g bound sums of shares; nothing is said of the way there.",
    options: {
      softmax: "softmax of the actor's outputs",
      l1: "(a + 1)/2, at least 0.001, divided by its sum",
    },
    default: "softmax",
    reason: "It uses everything, never gives 0, and has a gradient everywhere.",
    matters: "high: L1 can all but starve a user",
  }),
};

/** The defaults of the observation. */
export const DEFAULT_OBSERVATION: ObservationChoices = defaultsOf(
  OBSERVATION_LEDGER,
);

/** The defaults of the action. */
export const DEFAULT_ACTION: ActionChoices = defaultsOf(ACTION_LEDGER);

/** The defaults of both sides of the door. */
export const DEFAULT_CHOICES: DoorChoices = {
  ...DEFAULT_OBSERVATION,
  ...DEFAULT_ACTION,
};

/** What choices may be, any of which may be left out. */
export const CHOICES_SCHEMA: z.ZodType<Partial<DoorChoices>> = objectSchema(
  Object.fromEntries(
    Object.entries({ ...OBSERVATION_LEDGER, ...ACTION_LEDGER }).map(
      ([key, entry]) => [key, entrySchema(entry).optional()],
    ),
  ),
  "an object of choices",
);

/** Those of some values that are choices of the door. */
export function choicesIn(
  values: Readonly<Record<string, unknown>>,
): Partial<DoorChoices> {
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => key in DEFAULT_CHOICES),
  );
}
