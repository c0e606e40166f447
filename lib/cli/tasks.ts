/**
 * The commands of `deno task`. The launcher reads this before it starts one, so that
 * it imports little.
 *
 * @module
 */

import type { Options } from "./arguments.ts";
import type { Task } from "./define_task.ts";
import {
  BENCH,
  BUILD_NATIVE,
  CLAIMS,
  DOCS,
  FIGURES,
  LAB,
  NEW,
  NOTEBOOKS,
  REPRODUCE,
  SITE,
} from "./project_tasks.ts";
import {
  CHECK_METHOD,
  EVALUATE,
  PLAY,
  REPORT,
  SCENARIO,
  SWEEP,
  TRAIN,
  TUNE,
} from "./study_tasks.ts";

/** Every command by name. */
export const TASKS: Readonly<
  Record<string, Pick<Task<Options>, "permissionsFor">>
> = {
  reproduce: REPRODUCE,
  claims: CLAIMS,
  evaluate: EVALUATE,
  check_method: CHECK_METHOD,
  train: TRAIN,
  play: PLAY,
  sweep: SWEEP,
  tune: TUNE,
  scenario: SCENARIO,
  notebooks: NOTEBOOKS,
  new: NEW,
  lab: LAB,
  figures: FIGURES,
  report: REPORT,
  bench: BENCH,
  build_native: BUILD_NATIVE,
  docs: DOCS,
  site: SITE,
};
