/**
 * Greedy evaluation on held-out episodes.
 *
 * @module
 */

import type { Environment } from "../env/types.ts";
import {
  type EpisodeSummary,
  EpisodeTotals,
  meanMetrics,
  type Metrics,
} from "./episode_totals.ts";
import { createPause } from "./event_loop.ts";

/** Options of {@linkcode evaluate}. */
export interface EvaluateOptions<StepInfo> {
  /** What decides, without exploration; it must not learn. */
  readonly policy: { act(observation: Float32Array): Float32Array };
  /** Where it decides. */
  readonly environment: Environment<unknown, StepInfo>;
  /** One episode per seed. */
  readonly seeds: readonly number[];
  /** Numbers of a step's info to be averaged. */
  readonly metrics: (info: StepInfo) => Metrics;
  /** Whether a step's action broke a constraint (Eq. 18). */
  readonly isViolated: (info: StepInfo) => boolean;
  /** Milliseconds; decides only when the event loop gets its turn. */
  readonly clock: () => number;
}

/** What a policy achieves, without exploration noise. */
export interface EvaluationResult {
  /** Mean over the episodes of the sum of the unscaled rewards. */
  readonly episodeReturn: number;
  /** Steps of all episodes in which a constraint was broken. */
  readonly violations: number;
  /** Means over the episodes of their means over steps. */
  readonly metrics: Metrics;
}

/**
 * Runs one episode per seed with the greedy policy.
 *
 * @throws {RangeError} If there are no seeds.
 */
export async function evaluate<StepInfo>(
  options: EvaluateOptions<StepInfo>,
): Promise<EvaluationResult> {
  const { policy, environment, seeds, metrics, isViolated } = options;
  if (seeds.length === 0) {
    throw new RangeError("Cannot evaluate: seeds must not be empty, got []");
  }
  const pause = createPause(options.clock);
  const episodes: EpisodeSummary[] = [];
  for (const seed of seeds) {
    const totals = new EpisodeTotals();
    let { observation } = environment.reset(seed);
    for (let ended = false; !ended;) {
      const step = environment.step(policy.act(observation));
      totals.add(step.reward, metrics(step.info), isViolated(step.info));
      observation = step.observation;
      ended = step.terminated || step.truncated;
      await pause();
    }
    episodes.push(totals.summary());
  }
  const sum = (column: "episodeReturn" | "violations") =>
    episodes.reduce((total, episode) => total + episode[column], 0);
  return {
    episodeReturn: sum("episodeReturn") / episodes.length,
    violations: sum("violations"),
    metrics: meanMetrics(episodes.map((episode) => episode.metrics)),
  };
}
