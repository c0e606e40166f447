/**
 * Readings of what the paper leaves open, under which its claims are judged anew.
 *
 * @module
 */

import {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
} from "../../scenario/assumptions.ts";
import type { Hyperparameters } from "../../methods/mod.ts";
import { BALANCED_SCENARIO } from "../../scenario/scenario.ts";
import type { StudyChoices } from "../ledger.ts";
import { PAPER_METHODS, type PaperMethod } from "./claims.ts";

/** Other choices in the ledger than its defaults. */
export interface Reading {
  /** Name in `data/readings.csv`. */
  readonly key: string;
  /** Name in tables and figures. */
  readonly label: string;
  /** What it assumes, in words. */
  readonly text: string;
  /** The choices. */
  readonly assumptions?: Partial<Assumptions>;
  /** Hyperparameters of the methods that change. */
  readonly hyperparameters?: Hyperparameters;
  /** What a hit is. */
  readonly hitRate?: StudyChoices["hitRate"];
  /**
   * Methods whose trials these choices change; the others' trials are those of the
   * defaults.
   */
  readonly changes: readonly PaperMethod[];
  /**
   * Where it is judged: on the users and seeds of the figures, if what it changes
   * is cheap, or else on fewer, beside the defaults on as few.
   */
  readonly grid: "figures" | "short";
}

const LEARNERS: readonly PaperMethod[] = ["td3", "ddpg"];
const SEARCHES: readonly PaperMethod[] = ["pso", "ga"];

/** Key of the defaults on the users and seeds of the figures. */
export const DEFAULT_READING = "default";

/** Key of the defaults on as few users and seeds as costly readings have. */
export const SHORT_DEFAULT_READING = "default-short";

/** Every reading, those of one grid together and the defaults first. */
export const READINGS: readonly Reading[] = [
  {
    key: DEFAULT_READING,
    label: "default",
    text: "the ledger's defaults",
    changes: [],
    grid: "figures",
  },
  {
    key: "search-static",
    label: "static search",
    text: "PCRAS and GCRAS keep one plan, found on training slots",
    hyperparameters: { protocol: "static" },
    changes: SEARCHES,
    grid: "figures",
  },
  {
    key: "search-one-shot",
    label: "one-shot search",
    text: "PCRAS and GCRAS keep one plan, found on one sampled slot",
    hyperparameters: { protocol: "one-shot" },
    changes: SEARCHES,
    grid: "figures",
  },
  {
    key: "hit-any-server",
    label: "hit on any server",
    text: "a request is a hit if any server caches its model",
    hitRate: "any-server",
    changes: [],
    grid: "figures",
  },
  {
    key: "hit-cached-used",
    label: "cached models used",
    text: "the hit rate is the share of cached models that are requested",
    hitRate: "cached-used",
    changes: [],
    grid: "figures",
  },
  {
    key: SHORT_DEFAULT_READING,
    label: "default",
    text: "the ledger's defaults, on as few trials as the readings that follow",
    changes: [],
    grid: "short",
  },
  {
    key: "search-per-episode",
    label: "search per episode",
    text: "PCRAS and GCRAS plan once for the slots of an episode",
    hyperparameters: { protocol: "per-episode" },
    changes: SEARCHES,
    grid: "short",
  },
  {
    key: "reward-raw",
    label: "reward × 10⁴",
    text: "rewards of the size of raw seconds",
    hyperparameters: { rewardScale: 1e4 },
    changes: LEARNERS,
    grid: "short",
  },
  {
    key: "discount-0.95",
    label: "discount 0.95",
    text: "a shorter horizon",
    hyperparameters: { discount: 0.95 },
    changes: LEARNERS,
    grid: "short",
  },
  {
    key: "discount-0",
    label: "discount 0",
    text: "no horizon: the problem is a bandit",
    hyperparameters: { discount: 0 },
    changes: LEARNERS,
    grid: "short",
  },
  {
    key: "episode-masked",
    label: "episode ends",
    text: "nothing follows the last slot of an episode",
    hyperparameters: { endOfEpisode: "masked" },
    changes: LEARNERS,
    grid: "short",
  },
  {
    key: "requests-lagged",
    label: "requests lagged",
    text: "caches are filled before the slot's requests are seen",
    assumptions: { requestVisibility: "lagged" },
    changes: PAPER_METHODS,
    grid: "short",
  },
  {
    key: "balanced",
    label: "balanced preset",
    text: "models of PFLOP and a faster backhaul, so that radio counts",
    assumptions: differences(BALANCED_SCENARIO.assumptions),
    changes: PAPER_METHODS,
    grid: "short",
  },
];

/** Whether a reading chooses nothing. */
export function isDefault(reading: Reading): boolean {
  return Object.keys(choicesOf(reading)).length === 0;
}

/** All that a reading chooses, by the keys of the ledger. */
export function choicesOf(
  { assumptions, hyperparameters, hitRate }: Reading,
): Readonly<Record<string, unknown>> {
  return {
    ...assumptions,
    ...hyperparameters,
    ...hitRate === undefined ? {} : { hitRate },
  };
}

/** The choices that differ from the defaults. */
function differences(assumptions: Assumptions): Partial<Assumptions> {
  const defaults: Readonly<Record<string, unknown>> = {
    ...DEFAULT_ASSUMPTIONS,
  };
  return Object.fromEntries(
    Object.entries(assumptions).filter(([key, value]) =>
      value !== defaults[key]
    ),
  );
}
