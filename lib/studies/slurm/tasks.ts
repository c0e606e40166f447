/**
 * Which trials share an array task, and what a task asks for.
 *
 * @module
 */

import { InputError } from "../../input/input_error.ts";
import type { TrialRequest } from "./requests.ts";

/** What {@linkcode planTasks} goes by. */
export interface TaskOptions {
  /** Most tasks of an array: Slurm's `MaxArraySize`. */
  readonly maxTasks: number;
  /** Tasks that may run at a time, if that is limited. */
  readonly maxParallel?: number;
  /** Trials of a task, if that is wished for. */
  readonly trialsPerTask?: number;
}

/** An array of tasks. */
export interface TaskPlan {
  /** Indices of the trials of every task, in the order in which they run. */
  readonly tasks: readonly (readonly number[])[];
  /** Wall-clock seconds that every task asks for. */
  readonly seconds: number;
  /** Memory that every task asks for, in bytes. */
  readonly memoryBytes: number;
}

/**
 * Seconds that a task should last at least, since a scheduler needs some to start
 * it; as far as {@linkcode LEAST_PARALLEL} leaves the choice.
 */
export const WORTHWHILE_TASK_S = 300;

/** So many tasks there are at least, if there are trials enough. */
export const LEAST_PARALLEL = 100;

/** Seconds for the start of a task and for what slow disks need. */
export const TASK_MARGIN_S = 120;

/** Memory of the process that starts a task's trials one by one. */
export const TASK_MARGIN_BYTES = 256 * 2 ** 20;

function countTasks(
  requests: readonly TrialRequest[],
  { maxTasks, maxParallel = LEAST_PARALLEL, trialsPerTask }: TaskOptions,
): number {
  const { length } = requests;
  if (trialsPerTask !== undefined) {
    const count = Math.ceil(length / trialsPerTask);
    if (count <= maxTasks) return count;
    const least = Math.ceil(length / maxTasks);
    throw new InputError(
      `Cannot submit ${length} trials: --trials-per-task must be at least ${least}, since this cluster's arrays have at most ${maxTasks} tasks, got ${trialsPerTask}`,
    );
  }
  const total = requests.reduce((sum, { seconds }) => sum + seconds, 0);
  const worthwhile = Math.ceil(total / WORTHWHILE_TASK_S);
  return Math.min(length, maxTasks, Math.max(worthwhile, maxParallel));
}

/**
 * Gives every trial to a task, long ones first and each to the task with the
 * least to do (Graham 1969, "longest processing time first"), so that tasks last
 * equally long: all tasks of an array ask for the same time.
 *
 * @throws {InputError} If `trialsPerTask` makes more tasks than `maxTasks`.
 */
export function planTasks(
  requests: readonly TrialRequest[],
  options: TaskOptions,
): TaskPlan {
  const count = countTasks(requests, options);
  const capacity = options.trialsPerTask ?? Infinity;
  const tasks = Array.from({ length: count }, (): number[] => []);
  const seconds = tasks.map(() => 0);
  const byLength = requests.map((_, index) => index)
    .sort((a, b) => requests[b].seconds - requests[a].seconds || a - b);
  for (const trial of byLength) {
    let least = -1;
    for (let task = 0; task < count; task++) {
      if (tasks[task].length === capacity) continue;
      const difference = least < 0 ? -1 : seconds[task] - seconds[least] ||
        tasks[task].length - tasks[least].length;
      if (difference < 0) least = task;
    }
    tasks[least].push(trial);
    seconds[least] += requests[trial].seconds;
  }
  return {
    tasks,
    seconds: Math.max(...seconds) + TASK_MARGIN_S,
    memoryBytes: Math.max(...requests.map(({ memoryBytes }) => memoryBytes)) +
      TASK_MARGIN_BYTES,
  };
}
