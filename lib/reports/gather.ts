/**
 * All that a report needs of a study's finished trials, each read once.
 *
 * @module
 */

import { join } from "node:path";
import { readTrial } from "../trials/check_trial.ts";
import { finalReturn } from "../claims/mod.ts";
import { LabSources } from "../trials/lab_sources.ts";
import { staleFilesOf, type StaleTrial } from "../trials/stale.ts";
import type { Sweep, SweepTrial } from "../studies/expand.ts";
import { trialsDirectory } from "../trials/store.ts";
import { mapConcurrently } from "../trials/map_concurrently.ts";
import { labelTrials } from "../studies/score_rows.ts";
import { rowOf, type SweepRow } from "../studies/sweep_table.ts";
import { isTraining } from "../trials/trial.ts";
import type { LearningRow } from "../figures/mod.ts";

/** What a study has come to so far. */
export interface StudyResults {
  /** The study. */
  readonly sweep: Sweep;
  /** Its finished trials, in their order. */
  readonly finished: readonly SweepTrial[];
  /** What each came to on test traces, by identity. */
  readonly rows: ReadonlyMap<string, SweepRow>;
  /** Training episodes of learners. */
  readonly curves: readonly LearningRow[];
  /** Mean return of the last fifth of training, by identity of the trial. */
  readonly finalReturns: ReadonlyMap<string, number>;
  /** Finished trials that other code made than today's. */
  readonly stale: readonly StaleTrial[];
}

/** What is read of one trial. */
export interface ReadTrial {
  /** The trial. */
  readonly trial: SweepTrial;
  /** What it came to on test traces. */
  readonly row: SweepRow;
  /** Training episodes, if it learns. */
  readonly episodes: readonly Pick<LearningRow, "episode" | "episodeReturn">[];
  /** Mean return of the last fifth of training. */
  readonly finalReturn?: number;
  /** The trial again, if other code made it than today's. */
  readonly stale: readonly StaleTrial[];
}

/** Finished trials that {@linkcode gatherStudy} has read, by identity. */
export type SeenTrials = Map<string, ReadTrial>;

async function readOne(
  trial: SweepTrial,
  { data, sources, seen }: Required<GatherOptions>,
): Promise<ReadTrial | undefined> {
  const { id, config } = trial;
  const known = seen.get(id);
  if (known !== undefined) return known;
  try {
    const finished = await readTrial(join(trialsDirectory(data), id));
    const files = await staleFilesOf(finished, sources);
    const episodes = isTraining(config) ? finished.episodes() : [];
    const read = {
      trial,
      row: rowOf(trial, finished.lastEvaluation()),
      episodes,
      ...episodes.length === 0 ? {} : { finalReturn: finalReturn(episodes) },
      stale: files?.length === 0 ? [] : [{ id, files }],
    };
    seen.set(id, read);
    return read;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Where {@linkcode gatherStudy} reads. */
export interface GatherOptions {
  /** The folder of results. */
  readonly data: string;
  /** The code of today; by default what is in the checkout. */
  readonly sources?: LabSources;
  /** Trials that need not be read again; those that are read are added. */
  readonly seen?: SeenTrials;
}

/**
 * Reads the finished trials of a study, and checks every byte of them.
 *
 * @throws {DamagedTrialError} If a trial is damaged.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openStudy } from "../studies/study.ts";
 * import { gatherStudy } from "./gather.ts";
 * import { reportStudy } from "./study_report.ts";
 *
 * const data = await Deno.makeTempDir();
 * const study = await openStudy({
 *   name: "first",
 *   scenario: "small",
 *   methods: ["random", "optimum"],
 *   seeds: "0-2",
 *   testEpisodes: 1,
 * }, { data });
 * await study.run();
 * const { figures } = reportStudy(await gatherStudy(study.sweep, study));
 * assertEquals(Object.keys(figures), [
 *   ...["interval_estimates", "performance_profile"],
 *   ...["optimality_gap", "improvement"],
 * ]);
 * await Deno.remove(data, { recursive: true });
 * ```
 */
export async function gatherStudy(
  sweep: Sweep,
  { data, sources = new LabSources(), seen = new Map() }: GatherOptions,
): Promise<StudyResults> {
  const read = (await mapConcurrently(
    sweep.trials,
    (trial) => readOne(trial, { data, sources, seen }),
  )).filter((one) => one !== undefined);
  const labels = labelTrials(sweep.trials);
  return {
    sweep,
    finished: read.map(({ trial }) => trial),
    rows: new Map(read.map(({ trial, row }) => [trial.id, row])),
    curves: read.flatMap(({ trial: { id, config }, episodes }) =>
      episodes.map(({ episode, episodeReturn }) => ({
        ...labels.get(id)!,
        seed: config.seed,
        episode,
        episodeReturn,
      }))
    ),
    finalReturns: new Map(
      read.flatMap(({ trial, finalReturn }) =>
        finalReturn === undefined ? [] : [[trial.id, finalReturn]]
      ),
    ),
    stale: read.flatMap(({ stale }) => stale),
  };
}
