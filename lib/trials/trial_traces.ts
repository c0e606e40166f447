/**
 * Which traces a trial plays: the same for every method of a seed.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { parseInput } from "../input/input_error.ts";
import { numberSchema } from "../input/schema.ts";
import { checkSeed } from "../input/seeds.ts";
import { generateTrace, hashTrace, type Split } from "../workload/trace.ts";
import { drawInstance } from "../scenario/instance.ts";
import { instanceSeedOf, isTraining, type TrialConfig } from "./trial.ts";

/** Most episodes of a seed; with more, two seeds would share one. */
const MOST_EPISODES = 1_000_000;

/** What an episode of a seed, and how many of them, must be. */
export const EPISODES = numberSchema({
  minimum: 1,
  maximum: MOST_EPISODES,
  integer: true,
});

/**
 * Seed of an episode's trace, `1,000,000·seed + episode`: exact for every seed and
 * episode that are accepted, so that no two of them share one.
 *
 * @param config The trial; its seed alone counts.
 * @param episode Number of the episode, from 1 to 1,000,000.
 * @throws {InputError} If seed or episode is out of its range.
 */
export function episodeSeed(
  config: Pick<TrialConfig, "seed">,
  episode: number,
): number {
  const act = "seed the episode";
  const seed = checkSeed(config.seed, act);
  parseInput(EPISODES, episode, { act, path: ["episode"] });
  return seed * MOST_EPISODES + episode;
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
  if (!isTraining(config)) return 0;
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
