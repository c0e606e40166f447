/**
 * What keeps methods that break constraints out of the tables in `data/`.
 *
 * @module
 */

import { InputError } from "../../input/input_error.ts";
import type { EvaluationRow, FeasibleRow } from "../../trials/rows.ts";

/**
 * What the tables in `data/` hold of an evaluation without violations: they, their
 * figures and the claims are about feasible methods.
 *
 * @param trial Identity of the trial, for the message.
 * @throws {InputError} If a constraint of Eq. 18 was broken.
 */
export function requireFeasible(
  { violations, ...row }: EvaluationRow,
  trial: string,
): FeasibleRow {
  if (violations === 0) {
    return {
      split: row.split,
      episode: row.episode,
      episodeReturn: row.episodeReturn,
      objective: row.objective,
      hitRate: row.hitRate,
      hitRateOwnServer: row.hitRateOwnServer,
      hitRateAnyServer: row.hitRateAnyServer,
      cacheUtilization: row.cacheUtilization,
    };
  }
  throw new InputError(
    `Cannot aggregate: the ${row.split} after episode ${row.episode} of trial ${trial} must have no slot in which a constraint of Eq. 18 is broken, got ${violations}`,
  );
}
