/**
 * Several that look on while a sweep runs.
 *
 * @module
 */

import type { SweepObserver } from "./run_sweep.ts";

/** One observer that tells all of some, in their order. */
export function joinObservers(
  observers: readonly SweepObserver[],
): Required<SweepObserver> {
  return {
    onBegin: (finished, trials) =>
      observers.forEach((one) => one.onBegin?.(finished, trials)),
    onStarted: (trial) => observers.forEach((one) => one.onStarted?.(trial)),
    onEpisode: (trial, row) =>
      observers.forEach((one) => one.onEpisode?.(trial, row)),
    onFinished: (trial) => observers.forEach((one) => one.onFinished?.(trial)),
    onFailed: (failure) => observers.forEach((one) => one.onFailed?.(failure)),
    onLeft: (trial) => observers.forEach((one) => one.onLeft?.(trial)),
    onNote: (line) => observers.forEach((one) => one.onNote?.(line)),
  };
}
