/**
 * What an array task tells of itself while it runs: a small file that it replaces
 * as it goes. Results are in the store alone; this only explains their absence.
 *
 * @module
 */

/** A trial that failed, and why. */
export interface FailedReport {
  /** Identity of the trial. */
  readonly id: string;
  /** Why, in a line. */
  readonly reason: string;
}

/** How far an array task is. */
export interface TaskReport {
  /** Number of the array's job. */
  readonly job: number;
  /** Name of the node. */
  readonly node: string;
  /** Trial that runs now. */
  readonly running?: string;
  /** Trials that failed in this task. */
  readonly failed: readonly FailedReport[];
  /** Whether it ended, and then how: by itself, or told to by a signal. */
  readonly end?: "done" | "stopped";
}
