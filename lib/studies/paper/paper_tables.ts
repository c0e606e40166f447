/**
 * Where the tables stand that the paper's figures are drawn from.
 *
 * @module
 */

import { join } from "node:path";
import type { Experiment, ProfileName } from "./registry.ts";

/**
 * Folder of what comes of a profile's trials: the paper profile's, which is
 * committed, is `base` itself; others lie beside it.
 */
export function profileDirectory(base: string, profile: ProfileName): string {
  return profile === "paper" ? base : join(base, profile);
}

/** File of a table that a profile's figures are drawn from. */
export function tablePath(
  dataDirectory: string,
  profile: ProfileName,
  table: string,
): string {
  return join(profileDirectory(dataDirectory, profile), `${table}.csv`);
}

/** File of the training curves that an experiment's figure is drawn from. */
export function curvesPath(
  dataDirectory: string,
  experiment: Experiment,
  profile: ProfileName,
): string {
  return tablePath(dataDirectory, profile, experiment.figure);
}

/** File of the evaluations of an experiment's trials. */
export function evaluationsPath(
  dataDirectory: string,
  experiment: Experiment,
  profile: ProfileName,
): string {
  return tablePath(
    dataDirectory,
    profile,
    `${experiment.study.name}_evaluations`,
  );
}
