/**
 * The experiment behind Figs. 6 and 7: every method with more and more users.
 *
 * @module
 */

import { writeFileAtomically } from "../files/write_file.ts";
import { checkComplete, readTable, type TableSource } from "../input/csv.ts";
import { DEFAULT_ENGINE, type EngineName } from "../nn/mod.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../scenario/scenario.ts";
import type { Hyperparameters } from "../methods/mod.ts";
import { readTrial } from "./check_trial.ts";
import { formatCsv } from "./csv.ts";
import { DEFAULT_STUDY } from "./ledger.ts";
import type { Profile, ProfileName } from "./registry.ts";
import {
  type RowOrigin,
  SCALABILITY_COLUMNS,
  type ScalabilityRow,
} from "./rows.ts";
import { requireFeasible } from "./require_feasible.ts";
import { tablePath, trialDirectory } from "./store.ts";
import { mapConcurrently } from "./sweep/map_concurrently.ts";
import { makeTrial, seriesOf, type TrialConfig, trialId } from "./trial.ts";

/** Length and number of the trials of a {@linkcode ScalabilityExperiment}. */
export interface ScalabilityProfile extends Profile {
  /** Numbers of users, a scenario each. */
  readonly userCounts: readonly number[];
  /** Actions that PCRAS and GCRAS try for a plan. */
  readonly actionsPerPlan: number;
}

/** Methods on scenarios that differ in the number of users. */
export interface ScalabilityExperiment {
  /** Name of the table in `data/`. */
  readonly table: string;
  /** Names of the figures' files and notebooks. */
  readonly figures: {
    /** Hit rate against users. */
    readonly hitRate: string;
    /** Objective against users. */
    readonly objective: string;
  };
  /** What the figures show. */
  readonly title: string;
  /** Place in the paper. */
  readonly source: string;
  /** The world, but for the number of users. */
  readonly scenario: Scenario;
  /** Names of what is compared. */
  readonly methods: readonly string[];
  /** Hyperparameters that differ from the defaults, for all methods. */
  readonly hyperparameters?: Hyperparameters;
  /** How much is run. */
  readonly profiles: Readonly<Record<ProfileName, ScalabilityProfile>>;
}

/** Figs. 6 and 7: hit rate and objective against the number of users. */
export const FIG06_07: ScalabilityExperiment = {
  table: "fig06_07_scalability",
  figures: { hitRate: "fig06_hit_rate", objective: "fig07_objective" },
  title: "Hit rate and objective against the number of users",
  source: "Figs. 6 and 7, Section 5.2.2",
  scenario: PAPER_SCENARIO,
  methods: [
    "td3",
    "ddpg",
    "pso",
    "ga",
    "random",
    "static-popularity",
    "request-aware-square-root",
    "optimum",
  ],
  profiles: {
    smoke: {
      userCounts: [5, 10],
      episodes: 60,
      seeds: [0, 1],
      evaluateEvery: 30,
      evaluationEpisodes: 1,
      testEpisodes: 2,
      actionsPerPlan: 50 * 2,
    },
    quick: {
      userCounts: [5, 10, 20, 30],
      episodes: 120,
      seeds: [0, 1, 2],
      evaluateEvery: 60,
      evaluationEpisodes: 5,
      testEpisodes: 10,
      actionsPerPlan: 50 * 40,
    },
    paper: {
      userCounts: DEFAULT_STUDY.userCounts,
      episodes: PAPER_SCENARIO.parameters.numEpisodes,
      seeds: [0, 1, 2, 3, 4],
      evaluateEvery: 50,
      evaluationEpisodes: 5,
      testEpisodes: 30,
      actionsPerPlan: 50 * 200,
    },
  },
};

/** The trials of the experiment: every method, number of users and seed. */
export function scalabilityTrials(
  experiment: ScalabilityExperiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): TrialConfig[] {
  const { userCounts, seeds, ...settings } = experiment.profiles[profile];
  return userCounts.flatMap((numUsers) => {
    const scenario = deriveScenario(experiment.scenario, {
      name: `${experiment.scenario.name}-${numUsers}-users`,
      parameters: { numUsers },
    });
    return seeds.flatMap((seed) =>
      experiment.methods.map((method) =>
        makeTrial(
          method,
          { scenario, seed, ...settings, engine },
          experiment.hyperparameters,
        )
      )
    );
  });
}

/** File that the experiment's figures are drawn from. */
export function scalabilityPath(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
): string {
  return tablePath(dataDirectory, profile, experiment.table);
}

/** What a trial's row is of. */
export type TrialKey = RowOrigin & Pick<ScalabilityRow, "users">;

/** What the rows of trials in tables are of, in their order. */
export function trialKeys(trials: readonly TrialConfig[]): TrialKey[] {
  return bySeries(trials.map((trial) => ({
    series: seriesOf(trial),
    users: trial.scenario.parameters.numUsers,
    seed: trial.seed,
  })));
}

/** Rows in the order of tables: series by series. */
export function bySeries<Row extends RowOrigin>(rows: readonly Row[]): Row[] {
  return [...Map.groupBy(rows, ({ series }) => series).values()].flat();
}

/**
 * What a finished trial achieves on its test traces.
 *
 * @throws {InputError} If it broke a constraint of Eq. 18.
 */
async function readTestRow(
  dataDirectory: string,
  trial: TrialConfig,
): Promise<ScalabilityRow> {
  const finished = await readTrial(trialDirectory(dataDirectory, trial));
  const { split: _split, episode: _episode, ...means } = requireFeasible(
    finished.lastEvaluation(),
    trialId(trial),
  );
  return {
    series: seriesOf(trial),
    users: trial.scenario.parameters.numUsers,
    seed: trial.seed,
    ...means,
  };
}

/**
 * Gathers the finished trials of the experiment and writes a row for each, ordered
 * by method, number of users and seed.
 *
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 * @throws {DamagedTrialError} If one is damaged.
 */
export async function aggregateScalability(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<ScalabilityRow[]> {
  const trials = scalabilityTrials(experiment, profile, engine);
  const rows = bySeries(
    await mapConcurrently(trials, (trial) => readTestRow(dataDirectory, trial)),
  );
  await writeFileAtomically(
    scalabilityPath(dataDirectory, experiment, profile),
    formatCsv(rows, SCALABILITY_COLUMNS),
  );
  return rows;
}

/**
 * Reads what {@linkcode aggregateScalability} wrote.
 *
 * @param act What the caller is doing, for error messages.
 * @throws {Deno.errors.NotFound} If the table is not there.
 * @throws {InputError} With row and column, if a cell is not what its column holds;
 * and if the rows are not one for every method, number of users and seed.
 */
export async function readScalability(
  dataDirectory: string,
  experiment: ScalabilityExperiment,
  profile: ProfileName,
  act: string = `read ${experiment.table}`,
): Promise<ScalabilityRow[]> {
  const path = scalabilityPath(dataDirectory, experiment, profile);
  const source: TableSource = { act, path };
  const rows = await readTable(SCALABILITY_COLUMNS, source);
  const expected = trialKeys(scalabilityTrials(experiment, profile));
  checkComplete<TrialKey>(rows, expected, source);
  return rows;
}
