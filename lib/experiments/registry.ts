/**
 * The experiments of the paper as data: an entry a figure.
 *
 * @module
 */

import { DEFAULT_ENGINE, type EngineName } from "../nn/mod.ts";
import { PAPER_SCENARIO, type Scenario } from "../scenario/scenario.ts";
import type { Algorithm, TrainingConfig } from "./trial.ts";

/** How much computing an experiment gets. */
export type ProfileName = "quick" | "paper";

/** Length and number of trials. */
export interface Profile {
  /** Training episodes of a trial. */
  readonly episodes: number;
  /** Seeds, one trial each and algorithm. */
  readonly seeds: readonly number[];
  /** Training episodes between greedy evaluations. */
  readonly evaluateEvery: number;
  /** Episodes of a greedy evaluation. */
  readonly evaluationEpisodes: number;
  /** Episodes of the last evaluation. */
  readonly testEpisodes: number;
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
  /** The world. */
  readonly scenario: Scenario;
  /** What is trained. */
  readonly algorithms: readonly Algorithm[];
  /** How much is run. */
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
}

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}

/** Fig. 5: training curves of TD3 and DDPG. */
export const FIG05: Experiment = {
  name: "fig05",
  figure: "fig05_convergence",
  title: "Convergence of TD3 and DDPG",
  source: "Fig. 5, Section 5.2.1",
  scenario: PAPER_SCENARIO,
  algorithms: ["td3", "ddpg"],
  profiles: {
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
  },
};

/** Every experiment. */
export const EXPERIMENTS: readonly Experiment[] = [FIG05];

/** The trials of an experiment: every algorithm with every seed. */
export function trialsOf(
  experiment: Experiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): TrainingConfig[] {
  const { seeds, ...lengths } = experiment.profiles[profile];
  return seeds.flatMap((seed) =>
    experiment.algorithms.map((algorithm): TrainingConfig => ({
      algorithm,
      scenario: experiment.scenario,
      seed,
      ...lengths,
      engine,
    }))
  );
}
