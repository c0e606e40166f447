/**
 * Playing an episode with any decider: the one loop of trials and of users.
 *
 * @module
 */

import {
  type EpisodeSummary,
  EpisodeTotals,
  type Metrics,
} from "../agents/episode_totals.ts";
import type { Decider } from "../env/decider.ts";
import type { EdgeEnv, EdgeStepInfo } from "../env/edge_env.ts";
import { meanOf } from "../math/sample.ts";
import { copySlot, type TraceSlot } from "../workload/trace.ts";
import type { EpisodeBound, Sees } from "./method.ts";
import { type OutcomeMeans, OutcomeTotals } from "./outcome_totals.ts";

/** What is averaged of every slot. */
export function metricsOf(
  { objective, hitRate, hitRates }: EdgeStepInfo,
): Metrics {
  return { objective, hitRate, ...hitRates };
}

/** Whether a decision broke a constraint of Eq. 18. */
export function isViolated({ outcome }: EdgeStepInfo): boolean {
  return outcome.violations.length > 0;
}

/** How {@linkcode playEpisode} plays. */
export interface PlayEpisodeOptions {
  /** What the decider sees; by default `"visible"`. */
  readonly sees?: Sees;
  /** What the method knows of the least G of an episode; by default nothing. */
  readonly bound?: EpisodeBound;
  /** Gives the event loop its turn; called after every slot. */
  readonly pause?: () => Promise<void>;
}

/** What an episode came to, and what its response times and costs are made of. */
export interface PlayedEpisode extends EpisodeSummary {
  /** Means over the slots. */
  readonly outcome: OutcomeMeans;
  /** Response times of all requests in s, in the order of slots and users. */
  readonly responseTimesS: readonly number[];
  /** The method's bound for the slots; null where it knows none. */
  readonly lowerBound: number | null;
}

/**
 * Plays the episode that `reset(seed)` starts.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { EdgeEnv } from "../env/edge_env.ts";
 * import { createCloudOnly, OptimumPolicy } from "../policies/mod.ts";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { playEpisode } from "./rollout.ts";
 *
 * const env = new EdgeEnv(SMALL_SCENARIO, { split: "test" });
 * const optimum = await playEpisode(new OptimumPolicy(), env, 0);
 * const cloudOnly = await playEpisode(createCloudOnly(), env, 0);
 * assert(optimum.metrics.objective < cloudOnly.metrics.objective);
 * ```
 */
export async function playEpisode(
  decider: Decider,
  environment: EdgeEnv,
  seed: number,
  { sees = "visible", bound, pause }: PlayEpisodeOptions = {},
): Promise<PlayedEpisode> {
  const { trace } = environment.reset(seed).info;
  const { requestVisibility } = environment.scenario.assumptions;
  const isReactive = requestVisibility === "reactive";
  const shown = sees === "episode" && isReactive;
  // What it solves is what is played.
  const solves = bound !== undefined && isReactive;
  const slots: TraceSlot[] = [];
  const bounds: number[] = [];
  decider.beginEpisode?.({
    slots: shown ? trace.slots.slice(0, -1).map(copySlot) : [],
  });
  const totals = new EpisodeTotals();
  const outcomes = new OutcomeTotals();
  for (let ended = false; !ended;) {
    const solved = solves ? decider.solve?.(environment.view) : undefined;
    const decided = solved?.decision ?? decider.decide(environment.view);
    const step = decided instanceof Float32Array
      ? environment.step(decided)
      : environment.stepDecision(decided);
    const { played, decision, outcome } = step.info;
    totals.add(step.reward, metricsOf(step.info), isViolated(step.info));
    outcomes.add(step.info);
    if (solved !== undefined) bounds.push(solved.lowerBound);
    else if (bound !== undefined) slots.push(copySlot(played));
    decider.feedback?.({
      played: copySlot(played),
      decision,
      outcome,
      reward: step.reward,
    });
    ended = step.terminated || step.truncated;
    await pause?.();
  }
  const lowerBound = bounds.length > 0 ? meanOf(bounds) : bound?.(slots);
  return {
    ...totals.summary(),
    outcome: outcomes.means(),
    responseTimesS: outcomes.responseTimesS,
    lowerBound: lowerBound !== undefined && Number.isFinite(lowerBound)
      ? lowerBound
      : null,
  };
}
