/**
 * A trial: one method on one scenario with one seed. A learner is trained and then
 * tested; a policy that needs no training is tested alone.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { EngineName } from "../nn/mod.ts";
import { OPTIMUM_LABELS, optimumLabel } from "../policies/reference.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** A learning algorithm of the paper. */
export type Algorithm = "td3" | "ddpg";

/** Every algorithm that can be trained. */
export const ALGORITHMS: readonly Algorithm[] = ["td3", "ddpg"];

/** Names of algorithms as figures and tables show them. */
export const ALGORITHM_LABELS: Readonly<Record<Algorithm, string>> = {
  td3: "TD3",
  ddpg: "DDPG",
};

/**
 * Names of policies that are not trained, as figures and tables show them: the
 * paper's searches and what gives the scale.
 */
export const POLICY_LABELS = {
  "pso": "PCRAS",
  "ga": "GCRAS",
  "random": "random",
  "static-popularity": "popularity",
  "request-aware-square-root": "request-aware",
  "optimum": OPTIMUM_LABELS.reference,
} as const satisfies Record<string, string>;

/** A policy that is not trained. */
export type PolicyName = keyof typeof POLICY_LABELS;

/** What decides the numbers of every trial. */
export interface TrialSetup {
  /** The world, and the hyperparameters in its assumptions. */
  readonly scenario: Scenario;
  /** Root of every random stream of the trial. */
  readonly seed: number;
  /** Episodes of the last evaluation, on test traces. */
  readonly testEpisodes: number;
}

/** Everything that decides the numbers of a training; plain JSON. */
export interface TrainingConfig extends TrialSetup {
  /** What is trained. */
  readonly algorithm: Algorithm;
  /** Training episodes. */
  readonly episodes: number;
  /** Training episodes between greedy evaluations. */
  readonly evaluateEvery: number;
  /** Episodes of a greedy evaluation on validation traces. */
  readonly evaluationEpisodes: number;
  /** Engine that computes the networks; engines round differently. */
  readonly engine: EngineName;
}

/** Everything that decides the numbers of a policy's test; plain JSON. */
export interface PolicyConfig extends TrialSetup {
  /** What decides. */
  readonly policy: PolicyName;
  /** Actions that a search tries for a plan; by default its own. */
  readonly actionsPerPlan?: number;
}

/** Either kind of trial. */
export type TrialConfig = TrainingConfig | PolicyConfig;

/** Whether a trial plays a policy that is not trained. */
export function isPolicyTrial(config: TrialConfig): config is PolicyConfig {
  return "policy" in config;
}

/** Name of a trial's method on the command line and in its identity. */
export function methodOf(config: TrialConfig): Algorithm | PolicyName {
  return isPolicyTrial(config) ? config.policy : config.algorithm;
}

/**
 * Name of a trial's method as figures and tables show it; the policy `optimum` has
 * another in a world where it is none.
 */
export function seriesOf(config: TrialConfig): string {
  if (!isPolicyTrial(config)) return ALGORITHM_LABELS[config.algorithm];
  return config.policy === "optimum"
    ? optimumLabel(config.scenario.assumptions)
    : POLICY_LABELS[config.policy];
}

/** Episodes that a trial reports one by one: of training, or else of the test. */
export function reportedEpisodes(config: TrialConfig): number {
  return isPolicyTrial(config) ? config.testEpisodes : config.episodes;
}

/** The first training episode with updates: where the replay buffer is filled. */
export function firstLearningEpisode({ scenario }: TrainingConfig): number {
  const { minReplaySize } = scenario.assumptions;
  return Math.floor(minReplaySize / scenario.parameters.slotsPerEpisode) + 1;
}

/**
 * Version of the code as far as results depend on it: to be raised whenever the
 * same config gives other numbers or files of another form, so that no old trial
 * passes for a new one.
 */
export const RESULTS_VERSION = 5;

/** Seed of the instance that a trial plays, by the ledger's `instanceDraw`. */
export function instanceSeedOf(
  { scenario, seed }: Pick<TrialConfig, "scenario" | "seed">,
): number {
  return scenario.assumptions.instanceDraw === "seed" ? seed : 0;
}

/** JSON with the keys of every object in order: equal values, equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, inner: unknown) =>
      inner !== null && typeof inner === "object" && !Array.isArray(inner)
        ? Object.fromEntries(
          Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1),
        )
        : inner,
  );
}

/**
 * What decides a trial's numbers, with keys in order: the whole config but for the
 * scenario's name.
 */
export function decisiveConfig(config: TrialConfig): Record<string, unknown> {
  const { name: _, ...scenario } = config.scenario;
  return JSON.parse(canonicalJson({ ...config, scenario }));
}

/**
 * Identity of a trial: its method and seed, and a hash of its
 * {@linkcode decisiveConfig} and of {@linkcode RESULTS_VERSION}. Whatever needs a
 * trial of the same config shares it.
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 * import { PAPER_SCENARIO } from "../scenario/scenario.ts";
 * import { trialId } from "./trial.ts";
 *
 * const id = trialId({
 *   algorithm: "td3",
 *   scenario: PAPER_SCENARIO,
 *   seed: 0,
 *   episodes: 10,
 *   evaluateEvery: 5,
 *   evaluationEpisodes: 1,
 *   testEpisodes: 1,
 *   engine: "wasm",
 * });
 * assertMatch(id, /^td3-seed0-[0-9a-f]{12}$/);
 * ```
 */
export function trialId(config: TrialConfig): string {
  return trialIdIn(RESULTS_VERSION, config);
}

/** Identity of a trial that code of some {@linkcode RESULTS_VERSION} ran. */
export function trialIdIn(version: number, config: TrialConfig): string {
  const hash = createHash("sha256")
    .update(canonicalJson({
      version,
      config: decisiveConfig(config),
    }))
    .digest("hex");
  return `${methodOf(config)}-seed${config.seed}-${hash.slice(0, 12)}`;
}
