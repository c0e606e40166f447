/**
 * The experiments of the paper as data: an entry a figure.
 *
 * @module
 */

import { type Hyperparameters, labelOf } from "../methods/mod.ts";
import { DEFAULT_ENGINE, type EngineName } from "../nn/mod.ts";
import type { NumberEntry } from "../scenario/ledger_entry.ts";
import { TD3_LEDGER } from "../agents/ledger.ts";
import { PAPER_SCENARIO, type Scenario } from "../scenario/scenario.ts";
import { makeTrial, type TrainingConfig } from "./trial.ts";

/**
 * How much computing an experiment gets; of `smoke` only that all works can be told,
 * not what it comes to.
 */
export type ProfileName = "smoke" | "quick" | "paper";

/** Length and number of trials. */
export interface Profile {
  /** Training episodes of a trial. */
  readonly episodes: number;
  /** Seeds, one trial each and series. */
  readonly seeds: readonly number[];
  /** Training episodes between greedy evaluations. */
  readonly evaluateEvery: number;
  /** Episodes of a greedy evaluation. */
  readonly evaluationEpisodes: number;
  /** Episodes of the last evaluation. */
  readonly testEpisodes: number;
}

/** A curve of a figure: what is trained, and where. */
export interface ExperimentSeries {
  /** Name in tables and legends. */
  readonly name: string;
  /** Name of what is trained. */
  readonly method: string;
  /** The world. */
  readonly scenario: Scenario;
  /** Hyperparameters that differ from the method's defaults. */
  readonly hyperparameters?: Hyperparameters;
}

/** A figure of the paper, and what has to be run for it. */
export interface Experiment {
  /** Name on the command line and in `data/`. */
  readonly name: string;
  /** Name of the figure's files and notebook. */
  readonly figure: string;
  /** What the figure shows. */
  readonly title: string;
  /** Place in the paper. */
  readonly source: string;
  /** What is compared. */
  readonly series: readonly ExperimentSeries[];
  /** How much is run. */
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
}

/** A trial and the series that it belongs to. */
export interface SeriesTrial {
  /** Name of the series. */
  readonly series: string;
  /** The trial. */
  readonly trial: TrainingConfig;
}

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}

/** Lengths of training curves: Figs. 4 and 5 have the same, and share trials. */
const CURVE_PROFILES: Experiment["profiles"] = {
  smoke: {
    episodes: 60,
    seeds: seeds(2),
    evaluateEvery: 30,
    evaluationEpisodes: 1,
    testEpisodes: 2,
  },
  quick: {
    episodes: 300,
    seeds: seeds(3),
    evaluateEvery: 25,
    evaluationEpisodes: 5,
    testEpisodes: 30,
  },
  paper: {
    episodes: PAPER_SCENARIO.parameters.numEpisodes,
    seeds: seeds(5),
    evaluateEvery: 50,
    evaluationEpisodes: 5,
    testEpisodes: 30,
  },
};

/**
 * The learning rates (actor, critic) of Section 5.2.1: the ledger's defaults, then
 * its alternatives for the critic and for the actor, one changed at a time.
 */
function learningRatePairs(): [actor: number, critic: number][] {
  const { actorLearningRate: actor, criticLearningRate: critic } = TD3_LEDGER;
  const alternatives = (entry: NumberEntry) =>
    Object.keys(entry.alternatives).map(Number);
  return [
    [actor.default, critic.default],
    ...alternatives(critic).map((rate): [number, number] => [
      actor.default,
      rate,
    ]),
    ...alternatives(actor).map((rate): [number, number] => [
      rate,
      critic.default,
    ]),
  ];
}

/** Fig. 4: training curves of TD3 at four pairs of learning rates. */
export const FIG04: Experiment = {
  name: "fig04",
  figure: "fig04_learning_rates",
  title: "Convergence of TD3 by learning rates of actor and critic",
  source: "Fig. 4, Section 5.2.1",
  series: learningRatePairs().map(([actorLearningRate, criticLearningRate]) => {
    const name = [actorLearningRate, criticLearningRate]
      .map((rate) => rate.toExponential()).join(", ");
    return {
      name,
      method: "td3",
      scenario: PAPER_SCENARIO,
      hyperparameters: { actorLearningRate, criticLearningRate },
    };
  }),
  profiles: CURVE_PROFILES,
};

/** Fig. 5: training curves of TD3 and DDPG. */
export const FIG05: Experiment = {
  name: "fig05",
  figure: "fig05_convergence",
  title: "Convergence of TD3 and DDPG",
  source: "Fig. 5, Section 5.2.1",
  series: ["td3", "ddpg"].map((method) => ({
    name: labelOf(method),
    method,
    scenario: PAPER_SCENARIO,
  })),
  profiles: CURVE_PROFILES,
};

/** Every experiment on training curves. */
export const EXPERIMENTS: readonly Experiment[] = [FIG04, FIG05];

/** The trials of an experiment, seed by seed, with their series. */
export function seriesTrials(
  experiment: Experiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): SeriesTrial[] {
  const { seeds, ...lengths } = experiment.profiles[profile];
  return seeds.flatMap((seed) =>
    experiment.series.map((
      { name, method, scenario, hyperparameters },
    ): SeriesTrial => ({
      series: name,
      trial: makeTrial(
        method,
        { scenario, seed, ...lengths, engine },
        hyperparameters,
      ) as TrainingConfig,
    }))
  );
}

/** The trials of an experiment: every series with every seed. */
export function trialsOf(
  experiment: Experiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): TrainingConfig[] {
  return seriesTrials(experiment, profile, engine).map(({ trial }) => trial);
}
