/**
 * Whether what is in a data folder is what was put there.
 *
 * @module
 */

import { join } from "node:path";
import { checkTrial } from "../trials/check_trial.ts";
import { LabSources } from "../trials/lab_sources.ts";
import { findStale, type StaleTrial } from "../trials/stale.ts";
import { ownerOf } from "../trials/leftovers.ts";
import type { Sweep } from "./expand.ts";
import { namesIn, trialsDirectory } from "../trials/store.ts";
import { rowsPath } from "./folder.ts";
import { mapConcurrently } from "../trials/map_concurrently.ts";
import { formatSweepTable, readSweepRows } from "./sweep_table.ts";

/** What is wrong with a file or a trial. */
export interface Problem {
  /** Where. */
  readonly path: string;
  /** What: missing, damaged, foreign. */
  readonly problem: string;
  /** The finished trial that is not whole, if it is one. */
  readonly trial?: string;
}

/** What {@linkcode verifyTrials} or {@linkcode verifySweep} found. */
export interface Verification {
  /** Trials whose every file was checked. */
  readonly checked: number;
  /** What is wrong. */
  readonly problems: readonly Problem[];
  /** Whole trials that other code made than today's. */
  readonly stale: readonly StaleTrial[];
}

const TRIAL_ID = /^[a-z\d-]+-seed\d+-[0-9a-f]{12}$/;
const UNFINISHED = /\.(lock|tmp|checkpoint)$/;

async function checkAll(
  folder: string,
  ids: readonly string[],
): Promise<Problem[]> {
  const found = await mapConcurrently(ids, async (id) => {
    const problems = await checkTrial(join(folder, id), id);
    const path = join(folder, id);
    return problems.map((problem) => ({ path, problem, trial: id }));
  });
  return found.flat();
}

/** Checks every byte of every finished trial, and that nothing else is there. */
export async function verifyTrials(
  dataDirectory: string,
  sources: LabSources = new LabSources(),
): Promise<Verification> {
  const folder = trialsDirectory(dataDirectory);
  const names = (await namesIn(folder)).sort();
  const ids = names.filter((name) => TRIAL_ID.test(name));
  const foreign = names.filter((name) =>
    !TRIAL_ID.test(name) &&
    !(UNFINISHED.test(name) && TRIAL_ID.test(ownerOf(name)))
  );
  return {
    checked: ids.length,
    stale: await findStale(dataDirectory, ids, sources),
    problems: [
      ...ids.length > 0
        ? []
        : [{ path: folder, problem: "has no finished trial to check" }],
      ...foreign.map((name) => ({
        path: join(folder, name),
        problem: "is foreign: it is no trial",
      })),
      ...await checkAll(folder, ids),
    ],
  };
}

/**
 * Checks every byte of the trials of a sweep, that all are there, and that the
 * sweep's table is what comes of them.
 */
export async function verifySweep(
  dataDirectory: string,
  sweep: Sweep,
  sources: LabSources = new LabSources(),
): Promise<Verification> {
  const folder = trialsDirectory(dataDirectory);
  const there = new Set(await namesIn(folder));
  const finished = sweep.trials.filter(({ id }) => there.has(id));
  const problems: Problem[] = sweep.trials.filter(({ id }) => !there.has(id))
    .map(({ id }) => ({
      path: join(folder, id),
      problem: "is missing: the trial is not finished",
    }));
  problems.push(...await checkAll(folder, finished.map(({ id }) => id)));
  if (problems.length === 0) {
    const { rows } = await readSweepRows(dataDirectory, finished);
    const path = rowsPath(dataDirectory, sweep.name);
    const problem = await compareTable(path, formatSweepTable(sweep, rows));
    if (problem !== undefined) problems.push({ path, problem });
  }
  const ids = finished.map(({ id }) => id);
  const stale = await findStale(dataDirectory, ids, sources);
  return { checked: finished.length, problems, stale };
}

async function compareTable(
  path: string,
  expected: string,
): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path) === expected
      ? undefined
      : "is not what comes of the trials: run the sweep to write it again";
  } catch (error) {
    return error instanceof Deno.errors.NotFound
      ? "is missing: run the sweep to write it"
      : `cannot be read (${(error as Error).message})`;
  }
}
