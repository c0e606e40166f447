/**
 * From the store's trials to the small CSV files that figures are drawn from.
 *
 * @module
 */

import { join } from "node:path";
import { DEFAULT_ENGINE, type EngineName } from "../nn/mod.ts";
import { formatCsv, parseCsv } from "./csv.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import {
  type Experiment,
  type ProfileName,
  type SeriesTrial,
  seriesTrials,
} from "./registry.ts";
import {
  EPISODE_COLUMNS,
  type EpisodeRow,
  EVALUATION_COLUMNS,
  type EvaluationRow,
  FEASIBLE_COLUMNS,
  type TrialEpisodeRow,
  type TrialEvaluationRow,
} from "./rows.ts";
import { requireFeasible } from "./require_feasible.ts";
import { curvesPath, evaluationsPath, trialDirectory } from "./store.ts";
import { trialId } from "./trial.ts";

/** Rows of all trials of an experiment. */
export interface ExperimentRows {
  /** Training episodes. */
  readonly curves: readonly TrialEpisodeRow[];
  /** Greedy evaluations. */
  readonly evaluations: readonly TrialEvaluationRow[];
}

const ORIGIN_COLUMNS = ["series", "seed"] as const;
const CURVE_COLUMNS = [...ORIGIN_COLUMNS, ...EPISODE_COLUMNS] as const;
const EVALUATION_TABLE_COLUMNS = [
  ...ORIGIN_COLUMNS,
  ...FEASIBLE_COLUMNS,
] as const;

async function readTrial(
  dataDirectory: string,
  { series, trial }: SeriesTrial,
): Promise<ExperimentRows> {
  const directory = trialDirectory(dataDirectory, trial);
  const origin = { series, seed: trial.seed };
  const read = (name: string) => Deno.readTextFile(join(directory, name));
  const episodes = parseCsv<EpisodeRow>(
    await read("episodes.csv"),
    EPISODE_COLUMNS,
  );
  const evaluations = parseCsv<EvaluationRow>(
    await read("evaluations.csv"),
    EVALUATION_COLUMNS,
  );
  return {
    curves: episodes.map((row) => ({ ...origin, ...row })),
    evaluations: evaluations.map((row) => ({
      ...origin,
      ...requireFeasible(row, trialId(trial)),
    })),
  };
}

/**
 * Gathers the finished trials of an experiment, and writes their curves and
 * evaluations, ordered by series, seed and episode.
 *
 * @throws {Deno.errors.NotFound} If a trial is not finished.
 */
export async function aggregateExperiment(
  dataDirectory: string,
  experiment: Experiment,
  profile: ProfileName,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<ExperimentRows> {
  const bySeries = Map.groupBy(
    seriesTrials(experiment, profile, engine),
    ({ series }) => series,
  );
  const parts = await Promise.all(
    [...bySeries.values()].flat().map((one) => readTrial(dataDirectory, one)),
  );
  const rows: ExperimentRows = {
    curves: parts.flatMap((part) => part.curves),
    evaluations: parts.flatMap((part) => part.evaluations),
  };
  await writeFileAtomically(
    curvesPath(dataDirectory, experiment, profile),
    formatCsv(rows.curves, CURVE_COLUMNS),
  );
  await writeFileAtomically(
    evaluationsPath(dataDirectory, experiment, profile),
    formatCsv(rows.evaluations, EVALUATION_TABLE_COLUMNS),
  );
  return rows;
}

/** Reads what {@linkcode aggregateExperiment} wrote. */
export async function readExperiment(
  dataDirectory: string,
  experiment: Experiment,
  profile: ProfileName,
): Promise<ExperimentRows> {
  return {
    curves: parseCsv<TrialEpisodeRow>(
      await Deno.readTextFile(curvesPath(dataDirectory, experiment, profile)),
      CURVE_COLUMNS,
    ),
    evaluations: parseCsv<TrialEvaluationRow>(
      await Deno.readTextFile(
        evaluationsPath(dataDirectory, experiment, profile),
      ),
      EVALUATION_TABLE_COLUMNS,
    ),
  };
}
