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
import { checkSeed } from "../input/seeds.ts";
import { parseInput } from "../input/input_error.ts";
import { mean, median } from "../math/statistics.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { SearchPolicy } from "../search/mod.ts";
import { createPolicy } from "./create_policy.ts";
import { formatCsv } from "./csv.ts";
import { EVALUATION_COLUMNS, type EvaluationRow } from "./rows.ts";
import {
  isViolated,
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
import { EPISODES, evaluationSeeds, hashTraces } from "./trial_traces.ts";

/**
 * Plays the episode that `reset(seed)` starts, with a policy of any kind.
 *
 * A policy that plans ahead is shown the slots of the episode, unless the ledger's
 * `requestVisibility` is `lagged`: then nobody has seen them.
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
  const { requestVisibility } = environment.scenario.assumptions;
  policy.beginEpisode?.(
    requestVisibility === "reactive" ? trace.slots.slice(0, -1) : [],
  );
  const totals = new EpisodeTotals();
  for (let ended = false; !ended;) {
    const decided = policy.decide(environment.view);
    const step = decided instanceof Float32Array
      ? environment.step(decided)
      : environment.stepDecision(decided);
    totals.add(step.reward, metricsOf(step.info), isViolated(step.info));
    ended = step.terminated || step.truncated;
    await pause();
  }
  return totals.summary();
}

/** Where and for how long {@linkcode testPolicy} plays. */
export interface TestPolicyOptions {
  /** The world. */
  readonly scenario: Scenario;
  /** Seed of the trial: its instance, by the ledger's `instanceDraw`, and traces. */
  readonly seed: number;
  /** Test episodes. */
  readonly episodes: number;
}

/** {@linkcode testPolicy} that can be watched and stopped. */
async function playTest(
  policy: Policy,
  { scenario, seed, episodes }: TestPolicyOptions,
  options: Pick<RunTrialOptions, "onEpisode" | "signal"> & {
    readonly pause?: () => Promise<void>;
  } = {},
): Promise<EvaluationRow | undefined> {
  const environment = new EdgeEnv(scenario, {
    instanceSeed: instanceSeedOf({ scenario, seed }),
    split: "test",
  });
  const results: EvaluationResult[] = [];
  for (const episode of evaluationSeeds({ seed }, episodes)) {
    if (options.signal?.aborted) return undefined;
    const result = await playPolicy(
      policy,
      environment,
      episode,
      options.pause,
    );
    results.push(result);
    await options.onEpisode?.(toRow(results.length, result));
  }
  return toEvaluationRow("test", 0, {
    episodeReturn: mean(results.map((result) => result.episodeReturn)),
    violations: results.reduce((sum, result) => sum + result.violations, 0),
    metrics: meanMetrics(results.map((result) => result.metrics)),
  });
}

/**
 * Tests a policy of any kind on the instance and the traces of a trial: those that
 * sweeps test every method of the same scenario, seed and `testEpisodes` on.
 *
 * @returns The trial's row of `evaluations.csv`: means over the episodes, and in how
 * many slots a constraint of Eq. 18 was broken.
 * @throws {InputError} If the seed or the number of episodes is out of its range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { POLICIES } from "../policies/mod.ts";
 * import { SMALL_SCENARIO as scenario } from "../scenario/scenario.ts";
 * import { runPolicyTrial, testPolicy } from "./run_policy_trial.ts";
 *
 * const row = await testPolicy(POLICIES.optimum(), { scenario, seed: 7, episodes: 2 });
 * const trial = await runPolicyTrial(
 *   { policy: "optimum", scenario, seed: 7, testEpisodes: 2 },
 *   { clock: () => 0 },
 * );
 * assertEquals([row], trial?.evaluations);
 * ```
 */
export async function testPolicy(
  policy: Policy,
  options: TestPolicyOptions,
): Promise<EvaluationRow> {
  const { seed, episodes } = options;
  const act = "test the policy";
  checkSeed(seed, act);
  parseInput(EPISODES, episodes, { act, path: ["episodes"] });
  // Without a signal nothing stops it.
  return (await playTest(policy, options))!;
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
  const { scenario, seed, testEpisodes } = config;
  const policy = createPolicy(config);
  const { clock, onEpisode, signal } = options;
  const pause = createPause(clock);
  const decide = timeCalls((view: SlotView) => policy.decide(view), clock);
  const timed: Policy = {
    name: policy.name,
    beginEpisode: (slots) => policy.beginEpisode?.(slots),
    decide: decide.call,
  };
  const startedMs = clock();
  const evaluation = await playTest(
    timed,
    { scenario, seed, episodes: testEpisodes },
    { onEpisode, signal, pause },
  );
  if (evaluation === undefined) return undefined;
  const evaluationSeconds = (clock() - startedMs) / 1000;
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
