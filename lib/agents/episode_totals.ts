/**
 * Sums and means over the steps of an episode.
 *
 * @module
 */

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
  return Object.fromEntries(names.map((name) => {
    const sum = rows.reduce((total, row) => total + row[name], 0);
    return [name, sum / rows.length];
  }));
}

/** Gathers the steps of one episode. */
export class EpisodeTotals {
  #episodeReturn = 0;
  #violations = 0;
  #metrics: Metrics[] = [];

  /** Adds a step. */
  add(reward: number, metrics: Metrics, isViolated = false): void {
    this.#episodeReturn += reward;
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
