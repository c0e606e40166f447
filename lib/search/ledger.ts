/**
 * Ledger entries on PCRAS and GCRAS: how the paper's baselines search, of which
 * it says that they are PSO and GA and nothing more.
 *
 * @module
 */

import {
  choice,
  defaultsOf,
  type Ledger,
  quantity,
} from "../input/ledger_entry.ts";

const UNSET = "Not given.";

/** What every search of this folder can be told as a method. */
export interface SearchHyperparameters {
  /** How it meets a changing state. */
  readonly protocol: "per-slot" | "per-episode" | "static" | "one-shot";
  /** Actions tried for a plan. */
  readonly actionsPerPlan: number;
  /** Particles of PSO, points of a generation of GA. */
  readonly populationSize: number;
  /** Training episodes whose slots a static plan is found on. */
  readonly trainingEpisodes: number;
}

/** Hyperparameters of PCRAS. */
export interface PsoHyperparameters extends SearchHyperparameters {
  /** Inertia of the first generation. */
  readonly inertia: number;
  /** Inertia of the last generation. */
  readonly finalInertia: number;
  /** Pull of a particle's own best point. */
  readonly cognitive: number;
  /** Pull of the swarm's best point. */
  readonly social: number;
  /** Largest velocity. */
  readonly maxVelocity: number;
}

/** Hyperparameters of GCRAS. */
export interface GaHyperparameters extends SearchHyperparameters {
  /** Points that meet in a tournament. */
  readonly tournamentSize: number;
  /** Chance that a pair of parents is crossed. */
  readonly crossoverProbability: number;
  /** η of simulated binary crossover. */
  readonly crossoverEta: number;
  /** Components of a child that mutate on average. */
  readonly mutationsPerChild: number;
  /** η of polynomial mutation. */
  readonly mutationEta: number;
  /** Best points that go on unchanged. */
  readonly eliteCount: number;
}

/**
 * What PCRAS and GCRAS share (Section 5.1). What an entry matters is the mean of 40
 * test slots at U = 10, each searched by itself, against the per-slot optimum.
 */
const SEARCH_LEDGER: Ledger<SearchHyperparameters> = {
  protocol: choice({
    paper: "How PSO and GA are run against a changing state is never said.",
    options: {
      "per-slot": "solved anew for every slot",
      "per-episode": "one plan for the slots of an episode",
      static: "one plan found on training slots, then kept",
      "one-shot": "one plan found on one sampled slot, then kept",
    },
    default: "per-slot",
    reason: "Every method then sees what the agents see.",
    matters: "decisive: PSO at U = 10 has hit rate 0.85, 0.58, 0.52 or 0.30",
  }),
  actionsPerPlan: quantity({
    paper: "Not given.",
    unit: "actions",
    default: 10_000,
    minimum: 1,
    integer: true,
    reason: "200 generations of 50, after which hardly anything is found.",
    matters: "low: 2,000 actions cost 0.8 % of G at most, 50,000 gain 0.1 %",
  }),
  populationSize: quantity({
    paper: UNSET,
    unit: "points",
    default: 50,
    minimum: 3,
    integer: true,
    reason: "The standard swarm of Bratton and Kennedy 2007; customary for GA.",
    matters:
      "medium: with 20 instead of 50, GA ends 8.7 % above the optimum, not 1.1 %",
  }),
  trainingEpisodes: quantity({
    paper: "See protocol.",
    unit: "episodes",
    default: 10,
    minimum: 1,
    integer: true,
    reason: "Only read by static plans: 100 slots show every popularity state.",
    matters: "low: G is 7.5 with 3, 7.4 with 10 and 7.3 with 20 episodes",
  }),
};

/** Readings of Section 5.1 on PCRAS, and its hyperparameters. */
export const PSO_LEDGER: Ledger<PsoHyperparameters> = {
  ...SEARCH_LEDGER,
  inertia: quantity({
    paper: UNSET,
    unit: "1",
    default: 0.7298,
    alternatives: {
      "0.9": "with finalInertia 0.4: falling (Shi and Eberhart 1999)",
    },
    reason: "Clerc and Kennedy 2002: the constricted swarm converges.",
    matters:
      "low: falling inertia brings PSO from 7.8 to 5.7 % above the optimum",
  }),
  finalInertia: quantity({
    paper: UNSET,
    unit: "1",
    default: 0.7298,
    alternatives: {
      "0.4": "with inertia 0.9: falling (Shi and Eberhart 1999)",
    },
    reason: "Clerc and Kennedy 2002: as inertia, which is then constant.",
    matters: "See inertia.",
  }),
  cognitive: quantity({
    paper: UNSET,
    unit: "1",
    default: 1.49618,
    alternatives: { "2": "Kennedy and Eberhart 1995" },
    reason: "Clerc and Kennedy 2002.",
    matters: "low: PSO ends 6.3 instead of 7.8 % above the optimum",
  }),
  social: quantity({
    paper: UNSET,
    unit: "1",
    default: 1.49618,
    alternatives: { "2": "Kennedy and Eberhart 1995" },
    reason: "Clerc and Kennedy 2002.",
    matters: "low: PSO ends 7.3 instead of 7.8 % above the optimum",
  }),
  maxVelocity: quantity({
    paper: UNSET,
    unit: "of a component's range",
    default: 0.2,
    alternatives: { "1": "hardly a limit" },
    reason: "The default of pymoo's PSO (Blank and Deb 2020).",
    matters: "low: from 0.05 to 1 PSO ends 5.2 to 8.3 % above the optimum",
  }),
};

/** Readings of Section 5.1 on GCRAS, and its hyperparameters. */
export const GA_LEDGER: Ledger<GaHyperparameters> = {
  ...SEARCH_LEDGER,
  tournamentSize: quantity({
    paper: UNSET,
    unit: "points",
    default: 2,
    minimum: 1,
    integer: true,
    reason: "Deb et al. 2002 (NSGA-II).",
    matters: "low: with 5 GA ends 3.2 instead of 1.1 % above the optimum",
  }),
  crossoverProbability: quantity({
    paper: UNSET,
    unit: "1",
    default: 0.9,
    maximum: 1,
    reason: "Deb et al. 2002 (NSGA-II).",
    matters: "low: with 0.5 GA ends 2.7 instead of 1.1 % above the optimum",
  }),
  crossoverEta: quantity({
    paper: UNSET,
    unit: "1",
    default: 15,
    alternatives: { "20": "Deb et al. 2002 (NSGA-II)" },
    reason: "The default of pymoo's SBX (Blank and Deb 2020).",
    matters: "low: from 2 to 30 GA ends 1.1 to 1.6 % above the optimum",
  }),
  mutationsPerChild: quantity({
    paper: UNSET,
    unit: "components",
    default: 1,
    reason: "Deb et al. 2002 (NSGA-II): every component with probability 1/D.",
    matters: "low: with 0 to 4 GA ends 1.0 to 3.6 % above the optimum",
  }),
  mutationEta: quantity({
    paper: UNSET,
    unit: "1",
    default: 20,
    reason: "Deb et al. 2002 (NSGA-II).",
    matters: "none: from 5 to 50 GA ends 1.1 % above the optimum",
  }),
  eliteCount: quantity({
    paper: UNSET,
    unit: "points",
    default: 2,
    maximum: 1e6,
    integer: true,
    alternatives: { "0": "the best point may be lost" },
    reason: "The best is never lost (De Jong 1975); children come in pairs.",
    matters: "low: with 0 to 5 GA ends 0.8 to 1.7 % above the optimum",
  }),
};

/** The default of every hyperparameter of PCRAS. */
export const DEFAULT_PSO: PsoHyperparameters = defaultsOf(PSO_LEDGER);

/** The default of every hyperparameter of GCRAS. */
export const DEFAULT_GA: GaHyperparameters = defaultsOf(GA_LEDGER);
