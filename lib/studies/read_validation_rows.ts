/**
 * What a hyperparameter search reads of a trial in the store.
 *
 * @module
 */

import { join } from "node:path";
import { DamagedTrialError, readTrial } from "../trials/check_trial.ts";
import { trialsDirectory } from "../trials/store.ts";
import type { SweepTrial } from "./expand.ts";
import {
  type ValidationRow,
  validationRows,
} from "./tuning/validation_score.ts";

/**
 * Reads a trial's evaluations on validation traces from the store.
 *
 * @returns The rows, or `undefined` if the trial is not finished or damaged.
 */
export async function readValidationRows(
  dataDirectory: string,
  { id }: Pick<SweepTrial, "id">,
): Promise<ValidationRow[] | undefined> {
  const folder = join(trialsDirectory(dataDirectory), id);
  try {
    return validationRows((await readTrial(folder)).evaluations());
  } catch (error) {
    const isFailed = error instanceof DamagedTrialError ||
      error instanceof Deno.errors.NotFound;
    if (isFailed) return undefined;
    throw error;
  }
}
