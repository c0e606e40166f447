/**
 * Playing a policy slot by slot, without storing anything.
 *
 * @module
 */

import { createPause } from "../agents/mod.ts";
import type { HitRates } from "../env/hit_rate.ts";
import { EdgeEnv, type EdgeStepInfo } from "../env/edge_env.ts";
import type { StepResult } from "../env/types.ts";
import type { Decision } from "../env/slot.ts";
import { parseInput } from "../input/input_error.ts";
import { checkSeed } from "../input/seeds.ts";
import { markClairvoyant, playEpisode } from "../methods/mod.ts";
import type { EngineName } from "../nn/mod.ts";
import {
  checkScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../scenario/scenario.ts";
import { toEvaluationRow } from "./evaluation_rows.ts";
import { openPolicy, type Policy } from "./load_policy.ts";
import type { EvaluationRow } from "./rows.ts";
import { canonicalJson, instanceSeedOf, isTraining } from "./trial.ts";
import { EPISODES, evaluationSeeds } from "./trial_traces.ts";

/** Where and for how long {@linkcode playPolicy} plays. */
export interface PlayPolicyOptions {
  /** The world; by default the trial's, or else the paper's. */
  readonly scenario?: Scenario;
  /** Seed of instance and test traces; by default the trial's, or else 0. */
  readonly seed?: number;
  /** Test episodes; by default as many as the trial's, or else 1. */
  readonly episodes?: number;
  /** Engine that computes networks; by default the trial's. */
  readonly engine?: EngineName;
  /** Milliseconds; decides only when the event loop gets its turn. */
  readonly clock?: () => number;
}

/** What a slot came to. */
export interface SlotRow extends HitRates {
  /** Number of the episode, from 1. */
  readonly episode: number;
  /** Number of the slot in the episode, from 0. */
  readonly slot: number;
  /** r(t) (Eq. 21). */
  readonly reward: number;
  /** G(t) (Eq. 15). */
  readonly objective: number;
  /** Hit rate under the scenario's reading. */
  readonly hitRate: number;
  /** Mean response time of a request in s; null if one is never served. */
  readonly responseTimeS: number | null;
  /** Σ_i C_i + C^st in currency, and loading where it is charged. */
  readonly totalCost: number;
  /** Constraints of Eq. 18 that the decision broke. */
  readonly violations: readonly string[];
}

/** How a policy that is played compares with the test row that its trial stored. */
export interface StoredComparison {
  /** The row. */
  readonly row: EvaluationRow;
  /** Columns in which what was played differs from it; none, if all is as it should. */
  readonly differing: readonly (keyof EvaluationRow)[];
}

/** What a policy came to. */
export interface PlayedPolicy {
  /** Name of the policy: identity of its trial, or name of its method. */
  readonly policy: string;
  /** What tables call it in this world; "◇" marks one that looks ahead. */
  readonly series: string;
  /** The world. */
  readonly scenario: Scenario;
  /** Seed of instance and traces. */
  readonly seed: number;
  /** Engine that computed its networks, if it was trained. */
  readonly engine?: EngineName;
  /** Every slot, in order. */
  readonly slots: readonly SlotRow[];
  /** Means over the episodes, as `evaluations.csv` of a trial has them. */
  readonly totals: EvaluationRow;
  /**
   * Comparison with what the trial stored, if its world, seed and number of episodes
   * were played.
   */
  readonly stored?: StoredComparison;
}

/** An environment that keeps what its slots came to. */
class KeepingEnv extends EdgeEnv {
  readonly slots: SlotRow[] = [];
  episode = 0;

  #keep(step: StepResult<EdgeStepInfo>): StepResult<EdgeStepInfo> {
    const { slot, objective, hitRate, hitRates, outcome } = step.info;
    const { totalResponseTimeS, responseTimeS, totalCost } = outcome;
    const { length: requests } = responseTimeS;
    this.slots.push({
      episode: this.episode,
      slot,
      reward: step.reward,
      objective,
      hitRate,
      ...hitRates,
      responseTimeS: totalResponseTimeS === Infinity
        ? null
        : totalResponseTimeS / requests,
      totalCost,
      violations: [...outcome.violations],
    });
    return step;
  }

  override step(action: Float32Array): StepResult<EdgeStepInfo> {
    return this.#keep(super.step(action));
  }

  override stepDecision(decision: Decision): StepResult<EdgeStepInfo> {
    return this.#keep(super.stepDecision(decision));
  }
}

/** A world without its name, on which no number depends. */
function decisive({ name: _, ...scenario }: Scenario): string {
  return canonicalJson(scenario);
}

/** Compares, if just what the trial was tested on was played. */
function compare(
  { trial }: Policy,
  scenario: Scenario,
  seed: number,
  episodes: number,
  totals: EvaluationRow,
): StoredComparison | undefined {
  if (trial === undefined) return undefined;
  const { config, files } = trial;
  const isTest = seed === config.seed && episodes === config.testEpisodes &&
    decisive(scenario) === decisive(config.scenario);
  if (!isTest) return undefined;
  const row = files.lastEvaluation(totals.split);
  const columns = Object.keys(totals) as (keyof EvaluationRow)[];
  const differing = columns.filter((key) => totals[key] !== row[key]);
  return { row, differing };
}

/**
 * Plays a policy on test traces (of a trial that chooses, on validation traces). The
 * policy of a trial, in the trial's world and on its seed, gives the test row that the
 * trial stored, to the last digit.
 *
 * @throws {InputError} If an option is not valid, or the policy does not fit the
 * world; then nothing is played.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { makePolicy } from "./load_policy.ts";
 * import { playPolicy } from "./play_policy.ts";
 *
 * const { slots, totals } = await playPolicy(makePolicy("optimum"), {
 *   scenario: SMALL_SCENARIO,
 * });
 * assertEquals(slots.map(({ slot }) => slot), [0, 1, 2, 3]);
 * assertEquals(totals.violations, 0);
 * ```
 */
export async function playPolicy(
  policy: Policy,
  options: PlayPolicyOptions = {},
): Promise<PlayedPolicy> {
  const { method, trial, name } = policy;
  const act = `play ${name}`;
  const config = trial?.config;
  const scenario = checkScenario(
    options.scenario ?? config?.scenario ?? PAPER_SCENARIO,
    act,
  );
  const seed = checkSeed(options.seed ?? config?.seed ?? 0, act);
  const episodes = parseInput(
    EPISODES,
    options.episodes ?? config?.testEpisodes ?? 1,
    { act, path: ["episodes"] },
  );
  const trained = config !== undefined && isTraining(config)
    ? config
    : undefined;
  const engine = options.engine ?? trained?.engine;
  const { decider, learner, sees, bound } = await openPolicy(policy, {
    scenario,
    seed,
    ...engine === undefined ? {} : { engine },
  });
  try {
    const split = config?.split ?? "test";
    const { choices } = decider;
    const environment = new KeepingEnv(scenario, {
      instanceSeed: instanceSeedOf({ scenario, seed }),
      split,
      ...choices === undefined ? {} : { choices },
    });
    const pause = createPause(options.clock ?? (() => 0));
    const results = [];
    for (const episodeSeed of evaluationSeeds({ seed }, episodes)) {
      environment.episode++;
      results.push(
        await playEpisode(decider, environment, episodeSeed, {
          sees,
          ...bound === undefined ? {} : { bound },
          pause,
        }),
      );
    }
    const totals = toEvaluationRow(split, trained?.episodes ?? 0, results);
    const stored = compare(policy, scenario, seed, episodes, totals);
    const label = method.labelIn?.(scenario) ?? method.label;
    return {
      policy: name,
      series: markClairvoyant(label, sees),
      scenario,
      seed,
      ...trained === undefined || engine === undefined ? {} : { engine },
      slots: environment.slots,
      totals,
      ...stored === undefined ? {} : { stored },
    };
  } finally {
    learner?.dispose?.();
  }
}
