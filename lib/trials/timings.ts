/**
 * How long trials take: the part of their results that differs from run to run.
 *
 * @module
 */

/** How long a trial took. */
export interface TrialTimings {
  /** Seconds of training, without evaluations; 0 where nothing is trained. */
  readonly trainingSeconds: number;
  /** Seconds of all evaluations. */
  readonly evaluationSeconds: number;
  /** Median seconds per decision on the test traces. */
  readonly decisionLatencyS: number;
}

/** A function that keeps how long its calls took. */
export interface TimedCalls<Input, Output> {
  /** The function. */
  readonly call: (input: Input) => Output;
  /** Seconds of every call so far. */
  readonly seconds: readonly number[];
}

/**
 * Keeps how long the calls of a function take.
 *
 * @param clock Milliseconds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { timeCalls } from "./timings.ts";
 *
 * let nowMs = 0;
 * const wait = timeCalls((ms: number) => void (nowMs += ms), () => nowMs);
 * wait.call(250);
 * wait.call(1000);
 * assertEquals(wait.seconds, [0.25, 1]);
 * ```
 */
export function timeCalls<Input, Output>(
  call: (input: Input) => Output,
  clock: () => number,
): TimedCalls<Input, Output> {
  const seconds: number[] = [];
  return {
    call: (input) => {
      const startedMs = clock();
      const output = call(input);
      seconds.push((clock() - startedMs) / 1000);
      return output;
    },
    seconds,
  };
}
