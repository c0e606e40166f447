/**
 * Running a trial of a policy that needs no training: the test traces of its seed,
 * which are those of the learners.
 *
 * @module
 */

import { createPause, type EvaluationResult } from "../agents/mod.ts";
import { EpisodeTotals, meanMetrics } from "../agents/episode_totals.ts";
import { EdgeEnv } from "../env/edge_env.ts";
import type { Policy, SlotView } from "../env/policy.ts";
import { mean, median } from "../math/statistics.ts";
import { SearchPolicy } from "../search/mod.ts";
import { createPolicy } from "./create_policy.ts";
import { formatCsv } from "./csv.ts";
import { EVALUATION_COLUMNS } from "./rows.ts";
import {
  metricsOf,
  type RunTrialOptions,
  toEvaluationRow,
  toRow,
  type TrialResult,
} from "./run_trial.ts";
import { sealFiles } from "./seal.ts";
import { timeCalls } from "./timings.ts";
import {
  decisiveConfig,
  instanceSeedOf,
  type PolicyConfig,
  RESULTS_VERSION,
  trialId,
} from "./trial.ts";
import { evaluationSeeds, hashTraces } from "./trial_traces.ts";

/**
 * Plays the episode that `reset(seed)` starts, with a policy of any kind.
 *
 * @param pause Gives the event loop its turn; called after every slot.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { EdgeEnv } from "../env/mod.ts";
 * import { POLICIES } from "../policies/mod.ts";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { playPolicy } from "./run_policy_trial.ts";
 *
 * const env = new EdgeEnv(SMALL_SCENARIO, { split: "test" });
 * const optimum = await playPolicy(POLICIES.optimum(), env, 0);
 * const random = await playPolicy(POLICIES.random(), env, 0);
 * assert(optimum.metrics.objective < random.metrics.objective);
 * ```
 */
export async function playPolicy(
  policy: Policy,
  environment: EdgeEnv,
  seed: number,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<EvaluationResult> {
  const { trace } = environment.reset(seed).info;
  policy.beginEpisode?.(trace.slots.slice(0, -1));
  const totals = new EpisodeTotals();
  for (let ended = false; !ended;) {
    const decided = policy.decide(environment.view);
    const step = decided instanceof Float32Array
      ? environment.step(decided)
      : environment.stepDecision(decided);
    totals.add(step.reward, metricsOf(step.info));
    ended = step.terminated || step.truncated;
    await pause();
  }
  return totals.summary();
}

/**
 * Runs a trial of a policy. Like an agent's last evaluation it is a row of
 * `evaluations.csv`; its `episode` is 0, as nothing was trained.
 *
 * @returns The result, or `undefined` if `signal` stopped it.
 */
export async function runPolicyTrial(
  config: PolicyConfig,
  options: Pick<RunTrialOptions, "clock" | "onEpisode" | "signal">,
): Promise<TrialResult | undefined> {
  const environment = new EdgeEnv(config.scenario, {
    instanceSeed: instanceSeedOf(config),
    split: "test",
  });
  const policy = createPolicy(config);
  const { clock } = options;
  const pause = createPause(clock);
  const decide = timeCalls((view: SlotView) => policy.decide(view), clock);
  const timed: Policy = {
    name: policy.name,
    beginEpisode: (slots) => policy.beginEpisode?.(slots),
    decide: decide.call,
  };
  const startedMs = clock();
  const results: EvaluationResult[] = [];
  for (const seed of evaluationSeeds(config, config.testEpisodes)) {
    if (options.signal?.aborted) return undefined;
    const result = await playPolicy(timed, environment, seed, pause);
    results.push(result);
    await options.onEpisode?.(toRow(results.length, result));
  }
  const evaluationSeconds = (clock() - startedMs) / 1000;
  const evaluation = toEvaluationRow("test", 0, {
    episodeReturn: mean(results.map((result) => result.episodeReturn)),
    metrics: meanMetrics(results.map((result) => result.metrics)),
  });
  const manifest = {
    id: trialId(config),
    resultsVersion: RESULTS_VERSION,
    config: decisiveConfig(config),
    traces: { test: hashTraces(config, "test") },
    slotEvaluations: policy instanceof SearchPolicy
      ? policy.slotEvaluations
      : 0,
  };
  return {
    episodes: [],
    evaluations: [evaluation],
    files: sealFiles(manifest, {
      "evaluations.csv": formatCsv([evaluation], EVALUATION_COLUMNS),
    }),
    timings: {
      trainingSeconds: 0,
      evaluationSeconds,
      decisionLatencyS: median(decide.seconds),
    },
  };
}
