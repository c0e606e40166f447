/**
 * Ledger entries on what is observed and how an action becomes a decision.
 *
 * @module
 */

import { choice, type Ledger, quantity } from "./ledger_entry.ts";

/** Choices of the section "Observation, action and reward". */
export interface DecisionAssumptions {
  /** Which slot's requests are observed. */
  readonly requestVisibility: "reactive" | "lagged";
  /** What of δ(t) is observed. */
  readonly fadingObserved: "magnitude" | "complex" | "link-gain";
  /** How Z(t) is written into the observation. */
  readonly requestEncoding: "index" | "one-hot" | "one-hot-counts";
  /** Whether the networks' inputs are normalised. */
  readonly inputScaling: "normalised" | "raw";
  /** How scores become β. */
  readonly cacheDecoding: "threshold" | "rank";
  /** What happens to caches that do not fit. */
  readonly storageViolation: "repair" | "penalty";
  /** Reward lost per full server of excess. */
  readonly storagePenalty: number;
  /** How outputs become shares. */
  readonly shareDecoding: "softmax" | "l1";
  /** Who gets compute shares. */
  readonly computeShareAmong: "associated" | "hits";
}

/** Readings of Section 4.2: observation, action and reward. */
export const DECISION_ASSUMPTIONS: Ledger<DecisionAssumptions> = {
  requestVisibility: choice({
    paper:
      "Section 4.2 observes the requests before caching; the text on Fig. 6 reads as if caches were filled before.",
    options: {
      reactive: "the requests of the slot that is decided",
      lagged:
        "the requests of the slot before (proactive caching); not with readings that need the slot's own",
    },
    default: "reactive",
    reason: "Eq. 19 has Z(t), d_in(t) and d_out(t).",
    matters: "highest: the optimum's hit rate is 0.98 or 0.44",
  }),
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
      normalised: "every input is brought to about [0, 1]",
      raw: "printed units (MB, model number)",
    },
    default: "normalised",
    reason: "Inputs of several hundred saturate every tanh.",
    matters: "high",
  }),
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
  computeShareAmong: choice({
    paper: "Eq. 17 gives compute shares to users, hit or not.",
    options: {
      associated: "all users of the server",
      hits: "the users that the server serves itself",
    },
    default: "associated",
    reason: "Eq. 17 has an entry for every user; a miss ignores its share.",
    matters: "medium",
  }),
};
