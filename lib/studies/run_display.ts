/**
 * The place where a notebook says how it shows the run of a study.
 *
 * @module
 */

import type { Metric } from "./columns.ts";
import type { Sweep } from "./expand.ts";
import type { SweepObserver, SweepReport } from "./run_sweep.ts";

/** A run that is about to begin. */
export interface StudyRun {
  /** The trials. */
  readonly sweep: Sweep;
  /** The folder of results. */
  readonly data: string;
  /** Trials at a time. */
  readonly jobs: number;
  /** What is drawn. */
  readonly metric: Metric;
}

/** Shows a run while it goes on. */
export interface RunDisplay extends SweepObserver {
  /** Aborts when the user stops the run. */
  readonly signal: AbortSignal;
  /**
   * Shows what remains; without a report the run has thrown.
   *
   * @throws If the user has stopped the run, with what is kept of it.
   */
  end(report?: SweepReport): Promise<void>;
}

/** Begins to show a run. */
export type ShowRun = (run: StudyRun) => Promise<RunDisplay>;

/**
 * Name of the property of `globalThis` that holds a {@linkcode ShowRun}, as in kernels
 * that have imported `lib/notebook`. Nothing here knows notebooks, and modules that
 * were loaded twice share it.
 */
export const SHOW_RUN: unique symbol = Symbol.for("@edgeaigc/lab: show a run");

/** Begins to show a run, where there is who shows it. */
export async function showRun(run: StudyRun): Promise<RunDisplay | undefined> {
  const show: ShowRun | undefined = Reflect.get(globalThis, SHOW_RUN);
  return await show?.(run);
}
