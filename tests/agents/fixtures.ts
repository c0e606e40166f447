/**
 * What the agent tests share: options, an environment that can be solved, and
 * a clock that stands still.
 *
 * @module
 */

import type { Environment, StepResult } from "../../lib/env/types.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import type { DdpgOptions, Td3Options } from "../../lib/agents/mod.ts";
import { openEngine } from "../../lib/nn/mod.ts";

export const engine = await openEngine("wasm");

/** A small agent for the identity environment. */
export const DDPG_OPTIONS: DdpgOptions = {
  engine,
  observationSize: 2,
  actionSize: 2,
  seed: 1,
  hiddenSizes: [32, 32],
  actorLearningRate: 3e-3,
  criticLearningRate: 3e-3,
  discount: 0.5,
  tau: 0.05,
  batchSize: 32,
  replayCapacity: 1000,
  minReplaySize: 50,
  updatesPerStep: 1,
  explorationNoise: 0.3,
  rewardScale: 1,
  endOfEpisode: "continuing",
};

export const TD3_OPTIONS: Td3Options = {
  ...DDPG_OPTIONS,
  policyDelay: 2,
  targetNoise: 0.2,
  targetNoiseClip: 0.5,
  eq24: "standard",
  eq25: "standard",
};

/** A clock that never lets the event loop have its turn. */
export const stoppedClock = () => 0;

/**
 * Rewards −‖action − observation‖²: whoever copies the observation gets 0.
 * It hands out the same observation array again and again.
 */
export class IdentityEnvironment implements Environment<null, number> {
  readonly observationSize = 2;
  readonly actionSize = 2;
  #observation = new Float32Array(2);
  #stream = new RandomStream(0, "identity");
  #steps = 0;

  reset(seed: number) {
    this.#stream = new RandomStream(seed, "identity");
    this.#steps = 0;
    return { observation: this.#draw(), info: null };
  }

  step(action: Float32Array): StepResult<number> {
    const distance = Math.hypot(
      ...this.#observation.map((value, i) => action[i] - value),
    );
    this.#steps++;
    return {
      observation: this.#draw(),
      reward: -(distance ** 2),
      terminated: false,
      truncated: this.#steps === 10,
      info: distance,
    };
  }

  #draw(): Float32Array {
    for (let i = 0; i < 2; i++) {
      this.#observation[i] = 1.6 * this.#stream.uniform() - 0.8;
    }
    return this.#observation;
  }
}
