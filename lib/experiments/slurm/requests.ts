/**
 * What a trial asks of a cluster, by what trials like it took before.
 *
 * @module
 */

import {
  canonicalJson,
  methodOf,
  reportedEpisodes,
  type TrialConfig,
} from "../trial.ts";

/** A finished trial and what it took. */
export interface MeasuredTrial {
  /** The trial. */
  readonly config: TrialConfig;
  /** Seconds of training and evaluation. */
  readonly seconds: number;
  /** Largest resident memory of its process in bytes, if it was measured. */
  readonly peakMemoryBytes?: number;
}

/** What a trial asks for. */
export interface TrialRequest {
  /** Wall-clock seconds. */
  readonly seconds: number;
  /** Memory in bytes. */
  readonly memoryBytes: number;
  /**
   * Where the numbers come from: trials that differ in the seed alone, others of
   * the same method, or nothing.
   */
  readonly basis: "seeds" | "method" | "default";
}

const GIBIBYTE = 2 ** 30;

/** What a trial asks for when none like it was ever measured. */
export const DEFAULT_REQUEST: TrialRequest = {
  seconds: 3600,
  memoryBytes: 2 * GIBIBYTE,
  basis: "default",
};

/**
 * Factors between what was measured and what is asked for. Nodes differ, and a
 * trial that exceeds its request is lost; a trial of another scenario may also
 * simply take longer.
 */
export const SAFETY_FACTORS = { seeds: 2, method: 4 } as const;

/** Memory varies less than time, and more of it blocks other jobs. */
export const MEMORY_SAFETY_FACTOR = 1.5;

/** Largest time per episode and memory of a group of trials. */
interface Largest {
  readonly secondsPerEpisode: number;
  readonly peakMemoryBytes: number | undefined;
}

function exceptSeed(config: TrialConfig): string {
  return canonicalJson({ ...config, seed: null });
}

function largestBy(
  key: (config: TrialConfig) => string,
  measured: readonly MeasuredTrial[],
): Map<string, Largest> {
  const groups = new Map<string, Largest>();
  for (const { config, seconds, peakMemoryBytes } of measured) {
    const before = groups.get(key(config));
    const known = [before?.peakMemoryBytes, peakMemoryBytes]
      .filter((bytes) => bytes !== undefined);
    groups.set(key(config), {
      secondsPerEpisode: Math.max(
        before?.secondsPerEpisode ?? 0,
        seconds / reportedEpisodes(config),
      ),
      peakMemoryBytes: known.length === 0 ? undefined : Math.max(...known),
    });
  }
  return groups;
}

/**
 * What each trial asks for: the most that trials with other seeds took, times
 * {@linkcode SAFETY_FACTORS}; or else the most per episode of any trial of its
 * method; or else {@linkcode DEFAULT_REQUEST}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../../scenario/scenario.ts";
 * import { DEFAULT_REQUEST, requestTrials } from "./requests.ts";
 *
 * const trial = {
 *   policy: "pso",
 *   scenario: SMALL_SCENARIO,
 *   testEpisodes: 10,
 * } as const;
 * const measured = [{ config: { ...trial, seed: 0 }, seconds: 30 }];
 * assertEquals(requestTrials([{ ...trial, seed: 1 }], measured), [
 *   { seconds: 60, memoryBytes: DEFAULT_REQUEST.memoryBytes, basis: "seeds" },
 * ]);
 * ```
 */
export function requestTrials(
  trials: readonly TrialConfig[],
  measured: readonly MeasuredTrial[],
): TrialRequest[] {
  const bySeeds = largestBy(exceptSeed, measured);
  const byMethod = largestBy(methodOf, measured);
  return trials.map((trial) => {
    const seeds = bySeeds.get(exceptSeed(trial));
    const largest = seeds ?? byMethod.get(methodOf(trial));
    if (largest === undefined) return DEFAULT_REQUEST;
    const basis = seeds === undefined ? "method" : "seeds";
    const { secondsPerEpisode, peakMemoryBytes } = largest;
    return {
      seconds: secondsPerEpisode * reportedEpisodes(trial) *
        SAFETY_FACTORS[basis],
      memoryBytes: peakMemoryBytes === undefined
        ? DEFAULT_REQUEST.memoryBytes
        : peakMemoryBytes * MEMORY_SAFETY_FACTOR,
      basis,
    };
  });
}
