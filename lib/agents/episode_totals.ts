/**
 * Sums and means over the steps of an episode.
 *
 * @module
 */

import { meanOf } from "../math/sample.ts";
import { NotFiniteError } from "./not_finite_error.ts";

/** Numbers by name, the same names at every step. */
export type Metrics = Readonly<Record<string, number>>;

/** What an episode came to. */
export interface EpisodeSummary {
  /** Sum of the rewards. */
  readonly episodeReturn: number;
  /** Steps. */
  readonly steps: number;
  /** Steps whose action broke a constraint. */
  readonly violations: number;
  /** Means over the steps. */
  readonly metrics: Metrics;
}

/**
 * The mean of each metric.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { meanMetrics } from "./episode_totals.ts";
 *
 * assertEquals(meanMetrics([{ hitRate: 0.5 }, { hitRate: 1 }]), {
 *   hitRate: 0.75,
 * });
 * ```
 */
export function meanMetrics(rows: readonly Metrics[]): Metrics {
  const names = rows.length > 0 ? Object.keys(rows[0]) : [];
  return Object.fromEntries(
    names.map((name) => [name, meanOf(rows.map((row) => row[name]))]),
  );
}

function requireFinite(quantity: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new NotFiniteError({
    act: "sum up an episode",
    quantity,
    value,
    places: [],
  });
}

/** Gathers the steps of one episode. */
export class EpisodeTotals {
  #episodeReturn = 0;
  #violations = 0;
  #metrics: Metrics[] = [];

  /**
   * Adds a step.
   *
   * @throws {NotFiniteError} If a number, or the sum of rewards, is not finite.
   */
  add(reward: number, metrics: Metrics, isViolated = false): void {
    requireFinite("the reward", reward);
    this.#episodeReturn += reward;
    requireFinite("the sum of rewards", this.#episodeReturn);
    for (const name in metrics) requireFinite(name, metrics[name]);
    if (isViolated) this.#violations++;
    this.#metrics.push(metrics);
  }

  /** What the steps so far come to. */
  summary(): EpisodeSummary {
    return {
      episodeReturn: this.#episodeReturn,
      steps: this.#metrics.length,
      violations: this.#violations,
      metrics: meanMetrics(this.#metrics),
    };
  }
}
