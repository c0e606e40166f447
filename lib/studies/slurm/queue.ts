/**
 * What `squeue` says of jobs.
 *
 * @module
 */

/** Options of `squeue` that print what {@linkcode parseQueue} reads. */
export const QUEUE_OPTIONS: readonly string[] = [
  "--noheader",
  "--array",
  "--states=all",
  "--format=%j|%F|%K|%T|%r",
];

/** A job, or one task of an array. */
export interface QueueEntry {
  /** Name of the job. */
  readonly name: string;
  /** Number of the job; all tasks of an array have the same. */
  readonly job: number;
  /** Number of the task in its array, if it is one. */
  readonly task?: number;
  /** State as Slurm spells it: `PENDING`, `RUNNING`, `NODE_FAIL`, … */
  readonly state: string;
  /** Why it waits or how it failed, as Slurm spells it, or `None`. */
  readonly reason: string;
}

/**
 * Reads what `squeue` printed with {@linkcode QUEUE_OPTIONS}. Slurm forgets jobs
 * some minutes after their end (`MinJobAge`).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseQueue } from "./queue.ts";
 *
 * assertEquals(parseQueue("fig6|12|3|FAILED|NonZeroExitCode\n"), [{
 *   name: "fig6",
 *   job: 12,
 *   task: 3,
 *   state: "FAILED",
 *   reason: "NonZeroExitCode",
 * }]);
 * ```
 */
export function parseQueue(text: string): QueueEntry[] {
  return text.split("\n").filter((line) => line.trim() !== "").map((line) => {
    const [name, job, task, state, ...reason] = line.split("|");
    return {
      name,
      job: Number(job),
      // Jobs that are no arrays have N/A there.
      ...(/^\d+$/.test(task) ? { task: Number(task) } : {}),
      state,
      reason: reason.join("|").trim(),
    };
  });
}

/** What becomes of a job in a state. */
export type Phase =
  | "waiting"
  | "running"
  | "completed"
  | "failed"
  | "cancelled";

const PHASES: Readonly<Record<string, Phase>> = {
  PENDING: "waiting",
  CONFIGURING: "waiting",
  REQUEUED: "waiting",
  REQUEUE_FED: "waiting",
  REQUEUE_HOLD: "waiting",
  SPECIAL_EXIT: "waiting",
  RESV_DEL_HOLD: "waiting",
  RUNNING: "running",
  COMPLETING: "running",
  STAGE_OUT: "running",
  SIGNALING: "running",
  RESIZING: "running",
  STOPPED: "running",
  SUSPENDED: "running",
  COMPLETED: "completed",
  CANCELLED: "cancelled",
  REVOKED: "cancelled",
};

/** The phase of a state; BOOT_FAIL, DEADLINE, FAILED, NODE_FAIL, … are failures. */
export function phaseOf(state: string): Phase {
  return PHASES[state] ?? "failed";
}
