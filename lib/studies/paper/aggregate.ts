/**
 * From the store's trials to the small CSV files that figures are drawn from.
 *
 * @module
 */

import { writeFileAtomically } from "../../files/write_file.ts";
import { checkComplete, readTable, type TableSource } from "../../input/csv.ts";
import { DEFAULT_ENGINE, type EngineName } from "../../nn/mod.ts";
import { readTrial } from "../../trials/check_trial.ts";
import { formatCsv } from "../../trials/csv.ts";
import {
  type Experiment,
  lengthsOf,
  type ProfileName,
  type SeriesTrial,
  seriesTrials,
} from "./registry.ts";
import {
  TRIAL_EPISODE_COLUMNS,
  TRIAL_EVALUATION_COLUMNS,
  type TrialEpisodeRow,
  type TrialEvaluationRow,
} from "../../trials/rows.ts";
import { requireFeasible } from "./require_feasible.ts";
import { curvesPath, evaluationsPath } from "./paper_tables.ts";
import { trialDirectory } from "../../trials/store.ts";
import { trialId } from "../../trials/trial.ts";
import { mapConcurrently } from "../../trials/map_concurrently.ts";

/** Rows of all trials of an experiment. */
export interface ExperimentRows {
  /** Training episodes. */
  readonly curves: readonly TrialEpisodeRow[];
  /** Greedy evaluations. */
  readonly evaluations: readonly TrialEvaluationRow[];
}

/** Every trial, series by series. */
export function trialsBySeries(
  experiment: Experiment,
  profile: ProfileName,
  engine?: EngineName,
): SeriesTrial[] {
  return [
    ...Map.groupBy(
      seriesTrials(experiment, profile, engine),
      ({ series }) => series,
    ).values(),
  ].flat();
}

/** Refuses rows that are not those of every series, seed and episode. */
function checkExperiment(
  rows: ExperimentRows,
  experiment: Experiment,
  profile: ProfileName,
  curves: TableSource,
  evaluations: TableSource,
): void {
  const origins = trialsBySeries(experiment, profile).map((
    { series, trial },
  ) => ({ series, seed: trial.seed }));
  const { episodes, evaluateEvery } = lengthsOf(experiment, profile);
  checkComplete(
    rows.curves,
    origins.flatMap((origin) =>
      Array.from(
        { length: episodes },
        (_, k) => ({ ...origin, episode: k + 1 }),
      )
    ),
    curves,
  );
  checkComplete(
    rows.evaluations,
    origins.flatMap((origin) => [
      ...Array.from(
        { length: Math.floor(episodes / evaluateEvery) },
        (_, k) => ({
          ...origin,
          split: "validation" as const,
          episode: (k + 1) * evaluateEvery,
        }),
      ),
      { ...origin, split: "test" as const, episode: episodes },
    ]),
    evaluations,
  );
}

/** The rows of a finished trial, for the tables of its experiment. */
export async function readTrialRows(
  dataDirectory: string,
  { series, trial }: SeriesTrial,
): Promise<ExperimentRows> {
  const finished = await readTrial(trialDirectory(dataDirectory, trial));
  const origin = { series, seed: trial.seed };
  return {
    curves: finished.episodes().map((
      { episode, episodeReturn, objective, hitRate },
    ) => ({ ...origin, episode, episodeReturn, objective, hitRate })),
    evaluations: finished.evaluations().map((row) => ({
      ...origin,
      ...requireFeasible(row, trialId(trial)),
    })),
  };
}

function sourcesOf(
  dataDirectory: string,
  experiment: Experiment,
  profile: ProfileName,
  act: string,
): readonly [curves: TableSource, evaluations: TableSource] {
  return [
    { act, path: curvesPath(dataDirectory, experiment, profile) },
    { act, path: evaluationsPath(dataDirectory, experiment, profile) },
  ];
}

/**
 * Gathers the finished trials of an experiment, and writes their curves and
 * evaluations, ordered by series, seed and episode.
 *
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 * @throws {DamagedTrialError} If one is damaged.
 */
export async function aggregateExperiment(
  dataDirectory: string,
  experiment: Experiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<ExperimentRows> {
  const parts = await mapConcurrently(
    trialsBySeries(experiment, profile, engine),
    (one) => readTrialRows(dataDirectory, one),
  );
  const rows: ExperimentRows = {
    curves: parts.flatMap((part) => part.curves),
    evaluations: parts.flatMap((part) => part.evaluations),
  };
  const act = `gather ${experiment.study.name}`;
  const sources = sourcesOf(dataDirectory, experiment, profile, act);
  checkExperiment(rows, experiment, profile, ...sources);
  const [curves, evaluations] = sources;
  await writeFileAtomically(
    curves.path,
    formatCsv(rows.curves, TRIAL_EPISODE_COLUMNS),
  );
  await writeFileAtomically(
    evaluations.path,
    formatCsv(rows.evaluations, TRIAL_EVALUATION_COLUMNS),
  );
  return rows;
}

/**
 * Reads what {@linkcode aggregateExperiment} wrote.
 *
 * @param act What the caller is doing, for error messages.
 * @throws {Deno.errors.NotFound} If a table is not there.
 * @throws {InputError} With row and column, if a cell is not what its column holds;
 * and if the rows are not one for every series, seed and episode.
 */
export async function readExperiment(
  dataDirectory: string,
  experiment: Experiment,
  profile: ProfileName,
  act: string = `read ${experiment.study.name}`,
): Promise<ExperimentRows> {
  const sources = sourcesOf(dataDirectory, experiment, profile, act);
  const [curves, evaluations] = sources;
  const rows = {
    curves: await readTable(TRIAL_EPISODE_COLUMNS, curves),
    evaluations: await readTable(TRIAL_EVALUATION_COLUMNS, evaluations),
  };
  checkExperiment(rows, experiment, profile, ...sources);
  return rows;
}
