/**
 * The experiments of the paper: the studies in `configs`, and which figure each is
 * for.
 *
 * @module
 */

import { InputError } from "../../input/input_error.ts";
import { DEFAULT_ENGINE, type EngineName } from "../../nn/mod.ts";
import fig04 from "./configs/fig04.json" with { type: "json" };
import fig05 from "./configs/fig05.json" with { type: "json" };
import fig0607 from "./configs/fig06_07.json" with { type: "json" };
import { DEFAULT_STUDY, type StudyChoices } from "../ledger.ts";
import { parseSweepConfig, seedsOf, type SweepConfig } from "../config.ts";
import { withProfile } from "../parts.ts";
import { expandSweep, type SweepTrial } from "../expand.ts";
import type { TrainingConfig, TrialConfig } from "../../trials/trial.ts";

/**
 * How much computing an experiment gets; of `smoke` only that all works can be told,
 * not what it comes to.
 */
export type ProfileName = "smoke" | "quick" | "paper";

/** A study of the paper's, and what its figures are called. */
export interface PaperStudy {
  /** Which trials to run; the paper profile is the study itself. */
  readonly study: SweepConfig;
  /** Place in the paper. */
  readonly source: string;
}

/** A figure of training curves. */
export interface Experiment extends PaperStudy {
  /** Name of the figure's files and notebook, and of its table in `data/`. */
  readonly figure: string;
  /** Which curves the figure shows. */
  readonly curves: StudyChoices["convergenceCurve"];
  /** Name of a trial's curve in tables and legends. */
  readonly seriesOf: (trial: SweepTrial) => string;
}

/** Figures of what methods come to with more and more users. */
export interface ScalabilityExperiment extends PaperStudy {
  /** Name of the table in `data/`. */
  readonly table: string;
  /** Names of the figures' files and notebooks. */
  readonly figures: {
    /** Hit rate against users. */
    readonly hitRate: string;
    /** Objective against users. */
    readonly objective: string;
  };
}

/** A trial and the series that it belongs to. */
export interface SeriesTrial<Trial extends TrialConfig = TrialConfig> {
  /** Name of the series. */
  readonly series: string;
  /** The trial. */
  readonly trial: Trial;
}

/** A study that comes with the project. */
export function parseStudy(json: unknown): SweepConfig {
  const { name } = json as SweepConfig;
  return parseSweepConfig(json, `read the study ${name}`);
}

/** Fig. 4: training curves of TD3 at four pairs of learning rates. */
export const FIG04: Experiment = {
  study: parseStudy(fig04),
  figure: "fig04_learning_rates",
  source: "Fig. 4, Section 5.2.1",
  curves: DEFAULT_STUDY.convergenceCurve,
  seriesOf: ({ config: { hyperparameters = {} } }) =>
    [hyperparameters.actorLearningRate, hyperparameters.criticLearningRate]
      .map((rate) => Number(rate).toExponential()).join(", "),
};

/** Fig. 5: training curves of TD3 and DDPG. */
export const FIG05: Experiment = {
  study: parseStudy(fig05),
  figure: "fig05_convergence",
  source: "Fig. 5, Section 5.2.1",
  curves: DEFAULT_STUDY.convergenceCurve,
  seriesOf: ({ label }) => label,
};

/** Figs. 6 and 7: hit rate and objective against the number of users. */
export const FIG06_07: ScalabilityExperiment = {
  study: parseStudy(fig0607),
  table: "fig06_07_scalability",
  figures: { hitRate: "fig06_hit_rate", objective: "fig07_objective" },
  source: "Figs. 6 and 7, Section 5.2.2",
};

/** Every experiment on training curves. */
export const EXPERIMENTS: readonly Experiment[] = [FIG04, FIG05];

/** A study as a profile runs it, with an engine. */
export function profiled(
  study: SweepConfig,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): SweepConfig {
  const { profiles: _, ...whole } = study;
  const chosen = profile === "paper"
    ? whole
    : withProfile(study, profile, `run ${study.name}`);
  return { ...chosen, engine };
}

/** The trials of a study of the paper's. */
export function paperTrials(
  { study }: PaperStudy,
  profile: ProfileName,
  engine?: EngineName,
): readonly SweepTrial[] {
  const { name } = study;
  return expandSweep(profiled(study, profile, engine), `run ${name}`).trials;
}

/** Length and number of the trials of a study. */
export interface StudyLengths {
  /** Training episodes of a trial. */
  readonly episodes: number;
  /** Training episodes between greedy evaluations. */
  readonly evaluateEvery: number;
  /** Seeds. */
  readonly seeds: readonly number[];
}

/** Length and number of a study's trials under a profile. */
export function lengthsOf(
  { study }: PaperStudy,
  profile: ProfileName,
): StudyLengths {
  const config = profiled(study, profile);
  const { episodes, evaluateEvery } = config;
  if (episodes === undefined || evaluateEvery === undefined) {
    throw new InputError(
      `Cannot read the study ${study.name}: it must have episodes and evaluateEvery, got ${episodes} and ${evaluateEvery}`,
    );
  }
  return { episodes, evaluateEvery, seeds: seedsOf(config) };
}

/** The trials of training curves, seed by seed, with their series. */
export function seriesTrials(
  experiment: Experiment,
  profile: ProfileName,
  engine?: EngineName,
): SeriesTrial<TrainingConfig>[] {
  return paperTrials(experiment, profile, engine)
    .toSorted((a, b) => a.config.seed - b.config.seed)
    .map((trial) => ({
      series: experiment.seriesOf(trial),
      trial: trial.config as TrainingConfig,
    }));
}

/** Names of an experiment's curves. */
export function seriesNames(experiment: Experiment): string[] {
  return [
    ...new Set(paperTrials(experiment, "paper").map(experiment.seriesOf)),
  ];
}
