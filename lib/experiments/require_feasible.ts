/**
 * What keeps methods that break constraints out of the tables in `data/`.
 *
 * @module
 */

import { InputError } from "../input/input_error.ts";
import type { EvaluationRow } from "./rows.ts";

/**
 * An evaluation without its count of violations, of which there are none: the tables
 * in `data/`, their figures and the claims are about feasible methods.
 *
 * @param trial Identity of the trial, for the message.
 * @throws {InputError} If a constraint of Eq. 18 was broken.
 */
export function requireFeasible(
  { violations, ...row }: EvaluationRow,
  trial: string,
): Omit<EvaluationRow, "violations"> {
  if (violations === 0) return row;
  throw new InputError(
    `Cannot aggregate: the ${row.split} after episode ${row.episode} of trial ${trial} must have no slot in which a constraint of Eq. 18 is broken, got ${violations}`,
  );
}
