/**
 * The figures of experiments, the same in notebooks and on the command line.
 *
 * @module
 */

import type { Experiment, ProfileName } from "../experiments/registry.ts";
import { convergenceFigure } from "./convergence.ts";
import type { ConvergenceRow, UsersRow } from "./rows.ts";
import { scalabilityFigure } from "./scalability.ts";
import type { FigureSpec } from "./spec.ts";

/** Profiles as subtitles name them. */
const PROFILE_LABELS: Readonly<Record<ProfileName, string>> = {
  quick: "Quick profile",
  paper: "Paper profile",
};

/**
 * The figure of an experiment's training curves: Fig. 5.
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
    title: experiment.title,
    curves: experiment.scenario.assumptions.convergenceCurve,
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
