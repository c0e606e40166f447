/**
 * Evaluations of a finished trial, from its folder.
 *
 * @module
 */

import { basename } from "node:path";
import { DamagedTrialError, readManifest, readResult } from "./check_trial.ts";
import { parseCsv } from "./csv.ts";
import { EVALUATION_COLUMNS, type EvaluationRow } from "./rows.ts";

const EVALUATIONS = "evaluations.csv";

/**
 * Reads a trial's evaluations.
 *
 * @param folder The trial's folder, whose name is its identity.
 * @throws {DamagedTrialError} If its files are not what its manifest says.
 */
export async function readEvaluations(
  folder: string,
): Promise<EvaluationRow[]> {
  const manifest = await readManifest(folder, basename(folder));
  const bytes = await readResult(folder, manifest, EVALUATIONS);
  return parseCsv(new TextDecoder().decode(bytes), EVALUATION_COLUMNS);
}

/**
 * Reads a trial's last evaluation on traces of a split.
 *
 * @throws {DamagedTrialError} Also if it has none.
 */
export async function readLastEvaluation(
  folder: string,
  split: EvaluationRow["split"] = "test",
): Promise<EvaluationRow> {
  const rows = await readEvaluations(folder);
  const last = rows.findLast((row) => row.split === split);
  if (last === undefined) {
    throw new DamagedTrialError(`${EVALUATIONS} has no ${split}`);
  }
  return last;
}
