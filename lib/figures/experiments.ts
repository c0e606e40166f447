/**
 * The figures of experiments, the same in notebooks and on the command line.
 *
 * @module
 */

import type { MatrixCell } from "../claims/mod.ts";
import type { Experiment, ProfileName } from "../studies/paper/registry.ts";
import { claimsMatrixFigure } from "./claims_matrix.ts";
import { convergenceFigure } from "./convergence.ts";
import type { ConvergenceRow, UsersRow } from "./rows.ts";
import { scalabilityFigure } from "./scalability.ts";
import type { FigureSpec } from "./spec.ts";

/** Profiles as subtitles name them. */
const PROFILE_LABELS: Readonly<Record<ProfileName, string>> = {
  smoke: "Smoke test",
  quick: "Quick profile",
  paper: "Paper profile",
};

/**
 * The figure of an experiment's training curves: Fig. 4 or Fig. 5.
 *
 * @throws {RangeError} As {@linkcode convergenceFigure}.
 */
export function experimentFigure(
  experiment: Experiment,
  profile: ProfileName,
  rows: readonly ConvergenceRow[],
): FigureSpec {
  return convergenceFigure(rows, {
    profile: PROFILE_LABELS[profile],
    title: experiment.study.title ?? experiment.study.name,
    curves: experiment.curves,
  });
}

/**
 * Fig. 6 (`"hitRate"`) or Fig. 7 (`"objective"`).
 *
 * @throws {RangeError} As {@linkcode scalabilityFigure}.
 */
export function usersFigure(
  metric: "hitRate" | "objective",
  profile: ProfileName,
  rows: readonly UsersRow[],
): FigureSpec {
  return scalabilityFigure(rows, { profile: PROFILE_LABELS[profile], metric });
}

/** Name of the files and the notebook of {@linkcode claimsFigure}. */
export const CLAIMS_FIGURE = "claims_matrix";

/** Titles of the panels: readings that were run alike. */
const GRID_LABELS: Readonly<Record<MatrixCell["reading"]["grid"], string>> = {
  figures: "Trials of the figures",
  short: "Fewer users and seeds",
};

/**
 * The claims × readings matrix.
 *
 * @throws {RangeError} If there are no cells.
 */
export function claimsFigure(
  profile: ProfileName,
  cells: readonly MatrixCell[],
): FigureSpec {
  return claimsMatrixFigure(
    cells.map(({ claim, reading, verdict, inherited }) => ({
      panel: GRID_LABELS[reading.grid],
      claim: claim.text,
      reading: reading.label,
      verdict,
      inherited,
    })),
    { profile: PROFILE_LABELS[profile] },
  );
}
