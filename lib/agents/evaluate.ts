/**
 * Greedy evaluation on held-out episodes.
 *
 * @module
 */

import type { Environment } from "../env/types.ts";
import { meanOf } from "../math/sample.ts";
import {
  type EpisodeSummary,
  EpisodeTotals,
  meanMetrics,
  type Metrics,
} from "./episode_totals.ts";
import { createPause } from "./event_loop.ts";
import { naming, requireFiniteNumbers } from "./not_finite_error.ts";
import { checkEvaluateOptions } from "./options.ts";

const FOUND = { act: "act", places: [] };

/** Options of {@linkcode evaluate}. */
export interface EvaluateOptions<StepInfo> {
  /**
   * What decides, without exploration; it must not learn. Where it can say that it
   * is fit for use, as an agent can, it is asked first.
   */
  readonly policy: {
    act(observation: Float32Array): Float32Array;
    requireFinite?(): void;
  };
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
 * @throws {InputError} If there are no seeds, one is no seed, or another option is
 * missing, unknown or of the wrong kind.
 * @throws {NotFiniteError} If a parameter, an action, a reward or a metric is not
 * finite.
 */
export async function evaluate<StepInfo>(
  options: EvaluateOptions<StepInfo>,
): Promise<EvaluationResult> {
  checkEvaluateOptions(options);
  const { policy, environment, seeds, metrics, isViolated } = options;
  naming("evaluate", () => undefined, () => policy.requireFinite?.());
  const pause = createPause(options.clock);
  const episodes: EpisodeSummary[] = [];
  for (const seed of seeds) {
    const totals = new EpisodeTotals();
    let { observation } = environment.reset(seed);
    for (let ended = false, t = 1; !ended; t++) {
      naming(
        "evaluate",
        () => `in step ${t} of the episode of seed ${seed}`,
        () => {
          const action = policy.act(observation);
          requireFiniteNumbers(action, FOUND, (i) => `action[${i}]`);
          const step = environment.step(action);
          totals.add(step.reward, metrics(step.info), isViolated(step.info));
          observation = step.observation;
          ended = step.terminated || step.truncated;
        },
      );
      await pause();
    }
    episodes.push(totals.summary());
  }
  return {
    episodeReturn: meanOf(episodes.map((episode) => episode.episodeReturn)),
    violations: episodes.reduce((sum, { violations }) => sum + violations, 0),
    metrics: meanMetrics(episodes.map((episode) => episode.metrics)),
  };
}
