/**
 * A trial: one method on one scenario with one seed. A learner is trained and then
 * tested; a policy that needs no training is tested alone.
 *
 * @module
 */

import { createHash } from "node:crypto";
import {
  findMethod,
  type Hyperparameters,
  type Method,
  refuseExclusions,
  resolveHyperparameters,
} from "../methods/mod.ts";
import { DEFAULT_ENGINE, type EngineName } from "../nn/mod.ts";
import type { MethodFile } from "./method_file.ts";
import { decisiveAssumptions } from "../scenario/assumptions.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** What decides the numbers of every trial. */
export interface TrialSetup {
  /** Name of the method. */
  readonly method: string;
  /** Where the method comes from, if it is none of the project's. */
  readonly file?: MethodFile;
  /** Hyperparameters of the method that differ from its defaults. */
  readonly hyperparameters?: Hyperparameters;
  /** The world, and the hyperparameters in its assumptions. */
  readonly scenario: Scenario;
  /** Root of every random stream of the trial. */
  readonly seed: number;
  /** Episodes of the last evaluation, on test traces. */
  readonly testEpisodes: number;
  /** `"validation"` for a trial that chooses: its evaluation is on those traces. */
  readonly split?: "validation";
}

/** Everything that decides the numbers of a training; plain JSON. */
export interface TrainingConfig extends TrialSetup {
  /** Training episodes. */
  readonly episodes: number;
  /** Training episodes between greedy evaluations. */
  readonly evaluateEvery: number;
  /** Episodes of a greedy evaluation on validation traces. */
  readonly evaluationEpisodes: number;
  /** Engine that computes the networks; engines round differently. */
  readonly engine: EngineName;
}

/** Either kind of trial: of a method that is trained, or of one that is not. */
export type TrialConfig = TrainingConfig | TrialSetup;

/** Whether a trial trains its method. */
export function isTraining(config: TrialConfig): config is TrainingConfig {
  return "episodes" in config;
}

/** What trials can be told beside method, world and seed; some have defaults. */
export interface TrialSettings {
  /** Training episodes; by default the scenario's. */
  readonly episodes?: number;
  /** Training episodes between greedy evaluations; by default a twelfth of all. */
  readonly evaluateEvery?: number;
  /** Episodes of a greedy evaluation; by default 5. */
  readonly evaluationEpisodes?: number;
  /** Episodes of the last evaluation; by default 30. */
  readonly testEpisodes?: number;
  /** Engine that computes networks; by default `wasm`. */
  readonly engine?: EngineName;
  /** `"validation"` to evaluate a method that is not trained on those traces. */
  readonly split?: "validation";
  /** Actions that methods which plan try for a plan; by default the method's. */
  readonly actionsPerPlan?: number;
}

/** What else {@linkcode makeTrial} can be told. */
export interface MakeTrialOptions {
  /** What the caller is doing, for error messages. */
  readonly act?: string;
  /** Where the method comes from, if it is none of the project's. */
  readonly file?: MethodFile;
}

/**
 * The trial of a method, with just those settings that it has.
 *
 * @param method The method, or its name.
 * @param hyperparameters Values that differ from the method's defaults.
 * @throws {InputError} If a hyperparameter is unknown or not allowed.
 */
export function makeTrial(
  method: string | Method,
  { scenario, seed, ...settings }:
    & Pick<TrialSetup, "scenario" | "seed">
    & TrialSettings,
  hyperparameters: Hyperparameters = {},
  { act, file }: MakeTrialOptions = {},
): TrialConfig {
  const found = typeof method === "string" ? findMethod(method) : method;
  const { episodes = scenario.parameters.numEpisodes, actionsPerPlan } =
    settings;
  const plans = actionsPerPlan !== undefined &&
    "actionsPerPlan" in (found.hyperparameters ?? {});
  const values = resolveHyperparameters(found, {
    ...plans ? { actionsPerPlan } : {},
    ...hyperparameters,
  }, act);
  refuseExclusions(found, scenario, values, act);
  const setup: TrialSetup = {
    method: found.name,
    ...file === undefined ? {} : { file },
    ...Object.keys(values).length > 0 ? { hyperparameters: values } : {},
    scenario,
    seed,
    testEpisodes: settings.testEpisodes ?? 30,
  };
  return found.learns
    ? {
      ...setup,
      episodes,
      evaluateEvery: settings.evaluateEvery ??
        Math.max(1, Math.round(episodes / 12)),
      evaluationEpisodes: settings.evaluationEpisodes ?? 5,
      engine: settings.engine ?? DEFAULT_ENGINE,
    }
    : {
      ...setup,
      ...settings.split === undefined ? {} : { split: settings.split },
    };
}

/** Name of a trial's method as figures and tables show it in the trial's world. */
export function seriesOf(
  { method, scenario }: TrialSetup,
  { label, labelIn }: Method = findMethod(method),
): string {
  return labelIn?.(scenario) ?? label;
}

/** Episodes that a trial reports one by one: of training, or else of the test. */
export function reportedEpisodes(config: TrialConfig): number {
  return isTraining(config) ? config.episodes : config.testEpisodes;
}

/**
 * The first training episode with updates, where the replay buffer is filled; 1 for
 * learners without `minReplaySize`.
 */
export function firstLearningEpisode(
  { scenario, hyperparameters = {} }: TrainingConfig,
): number {
  const { minReplaySize = 0 } = hyperparameters;
  const { slotsPerEpisode } = scenario.parameters;
  return Math.floor(Number(minReplaySize) / slotsPerEpisode) + 1;
}

/**
 * Version of the code as far as results depend on it: to be raised whenever the
 * same config gives other numbers or files of another form, so that no old trial
 * passes for a new one.
 */
export const RESULTS_VERSION = 8;

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
 * scenario's name, where a method's file lies, and readings that came later and have
 * their defaults ({@linkcode decisiveAssumptions}).
 */
export function decisiveConfig(config: TrialConfig): Record<string, unknown> {
  const { name: _, assumptions, ...world } = config.scenario;
  const { file } = config;
  return JSON.parse(canonicalJson({
    ...config,
    scenario: { ...world, assumptions: decisiveAssumptions(assumptions) },
    ...file === undefined ? {} : { file: { sha256: file.sha256 } },
  }));
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
 *   method: "td3",
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
  return `${config.method}-seed${config.seed}-${hash.slice(0, 12)}`;
}
