/**
 * What a trial asks of a cluster, by what trials like it took before.
 *
 * @module
 */

import { kindOf, type MeasuredTrial } from "../forecast.ts";
import { reportedEpisodes, type TrialConfig } from "../../trials/trial.ts";

/** What a trial asks for. */
export interface TrialRequest {
  /** Wall-clock seconds. */
  readonly seconds: number;
  /** Memory in bytes. */
  readonly memoryBytes: number;
  /** Whether trials like it were measured. */
  readonly measured: boolean;
}

const GIBIBYTE = 2 ** 30;

/** What a trial asks for when none like it was ever measured. */
export const DEFAULT_REQUEST: TrialRequest = {
  seconds: 3600,
  memoryBytes: 2 * GIBIBYTE,
  measured: false,
};

/**
 * Times asked for per time measured: a trial that takes longer is stopped, and a
 * node may be half as fast as the machine that was measured.
 */
export const TIME_SAFETY_FACTOR = 2;

/** Memory asked for per memory measured: it varies less than time. */
export const MEMORY_SAFETY_FACTOR = 1.5;

/** Seconds to start a trial's process, which reads its packages from a slow disk. */
export const TRIAL_START_S = 10;

/** The most that trials of a kind took. */
interface Largest {
  readonly secondsPerEpisode: number;
  readonly peakMemoryBytes?: number;
}

function largestByKind(
  measured: readonly MeasuredTrial[],
): Map<string, Largest> {
  const kinds = new Map<string, Largest>();
  for (const { kind, seconds, episodes, peakMemoryBytes } of measured) {
    const before = kinds.get(kind);
    kinds.set(kind, {
      secondsPerEpisode: Math.max(
        before?.secondsPerEpisode ?? 0,
        seconds / episodes,
      ),
      peakMemoryBytes: before?.peakMemoryBytes === undefined
        ? peakMemoryBytes
        : Math.max(before.peakMemoryBytes, peakMemoryBytes ?? 0),
    });
  }
  return kinds;
}

/**
 * What each trial asks for: the most that trials of its kind took (same method and
 * size of scenario), times a safety factor, or else {@linkcode DEFAULT_REQUEST}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../../scenario/scenario.ts";
 * import { kindOf } from "../forecast.ts";
 * import { DEFAULT_REQUEST, requestTrials } from "./requests.ts";
 *
 * const trial = {
 *   method: "pso",
 *   scenario: SMALL_SCENARIO,
 *   testEpisodes: 10,
 * } as const;
 * const kind = kindOf({ ...trial, seed: 0 });
 * const measured = [{ kind, seconds: 30, episodes: 10 }];
 * const { memoryBytes } = DEFAULT_REQUEST;
 * assertEquals(requestTrials([{ ...trial, seed: 1 }], measured), [
 *   { seconds: 2 * 30 + 10, memoryBytes, measured: true },
 * ]);
 * ```
 */
export function requestTrials(
  trials: readonly TrialConfig[],
  measured: readonly MeasuredTrial[],
): TrialRequest[] {
  const kinds = largestByKind(measured);
  return trials.map((trial) => {
    const largest = kinds.get(kindOf(trial));
    if (largest === undefined) return DEFAULT_REQUEST;
    const { secondsPerEpisode, peakMemoryBytes } = largest;
    return {
      seconds: secondsPerEpisode * reportedEpisodes(trial) *
          TIME_SAFETY_FACTOR + TRIAL_START_S,
      memoryBytes: peakMemoryBytes === undefined
        ? DEFAULT_REQUEST.memoryBytes
        : peakMemoryBytes * MEMORY_SAFETY_FACTOR,
      measured: true,
    };
  });
}
