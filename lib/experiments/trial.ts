/**
 * A trial: one training run of one algorithm on one scenario with one seed.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { EngineName } from "../nn/mod.ts";
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

/** Everything that decides a trial's numbers; plain JSON. */
export interface TrialConfig {
  /** Name of the experiment that the trial belongs to. */
  readonly experiment: string;
  /** What is trained. */
  readonly algorithm: Algorithm;
  /** The world, and the hyperparameters in its assumptions. */
  readonly scenario: Scenario;
  /** Root of every random stream of the trial. */
  readonly seed: number;
  /** Training episodes. */
  readonly episodes: number;
  /** Training episodes between greedy evaluations. */
  readonly evaluateEvery: number;
  /** Episodes of a greedy evaluation on validation traces. */
  readonly evaluationEpisodes: number;
  /** Episodes of the last evaluation, on test traces. */
  readonly testEpisodes: number;
  /** Engine that computes the networks; engines round differently. */
  readonly engine: EngineName;
}

/**
 * Version of the code as far as results depend on it: to be raised whenever the
 * same config gives other numbers, so that no old trial passes for a new one.
 */
export const RESULTS_VERSION = 3;

/** Seed of the instance that a trial plays, by the ledger's `instanceDraw`. */
export function instanceSeedOf(config: TrialConfig): number {
  return config.scenario.assumptions.instanceDraw === "seed" ? config.seed : 0;
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
 * Identity of a trial: its algorithm and seed, and a hash of the whole config and
 * of {@linkcode RESULTS_VERSION}.
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 * import { PAPER_SCENARIO } from "../scenario/scenario.ts";
 * import { trialId } from "./trial.ts";
 *
 * const id = trialId({
 *   experiment: "fig05",
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
  const hash = createHash("sha256")
    .update(canonicalJson({ version: RESULTS_VERSION, config }))
    .digest("hex");
  return `${config.algorithm}-seed${config.seed}-${hash.slice(0, 12)}`;
}
