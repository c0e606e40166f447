/**
 * Which traces a trial plays: the same for every method of a seed.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { generateTrace, hashTrace, type Split } from "../env/trace.ts";
import { drawInstance } from "../scenario/instance.ts";
import { instanceSeedOf, isPolicyTrial, type TrialConfig } from "./trial.ts";

/** Seed of an episode's trace; episodes of different trials never share one. */
export function episodeSeed(
  config: Pick<TrialConfig, "seed">,
  episode: number,
): number {
  return config.seed * 1_000_000 + episode;
}

/** Seeds of the traces of `count` evaluation episodes. */
export function evaluationSeeds(
  config: Pick<TrialConfig, "seed">,
  count: number,
): number[] {
  return Array.from({ length: count }, (_, k) => episodeSeed(config, k + 1));
}

function countEpisodes(config: TrialConfig, split: Split): number {
  if (split === "test") return config.testEpisodes;
  if (isPolicyTrial(config)) return 0;
  return split === "train" ? config.episodes : config.evaluationEpisodes;
}

/** SHA-256 over the hashes of all traces that a trial plays in one split. */
export function hashTraces(config: TrialConfig, split: Split): string {
  const { scenario } = config;
  const instanceSeed = instanceSeedOf(config);
  const instance = drawInstance(scenario, instanceSeed);
  const hash = createHash("sha256");
  for (const seed of evaluationSeeds(config, countEpisodes(config, split))) {
    const key = { instanceSeed, seed, split };
    hash.update(hashTrace(generateTrace(scenario, key, instance)));
  }
  return hash.digest("hex");
}
