/**
 * An environment checker in the spirit of Gymnasium's.
 *
 * @module
 */

import { RandomStream } from "../math/prng.ts";
import type { Environment } from "./types.ts";

/** How far {@linkcode checkEnvironment} goes. */
export interface CheckEnvironmentOptions {
  /** Seed of episodes and random actions; by default 0. */
  readonly seed?: number;
  /** Steps after which an episode must have ended; by default 10,000. */
  readonly maxSteps?: number;
}

interface Episode {
  readonly observations: Float32Array[];
  readonly rewards: number[];
}

function fail(condition: string, got: unknown): never {
  throw new Error(`Cannot accept environment: ${condition}, got ${got}`);
}

function checkObservation(env: Environment, observation: Float32Array): void {
  if (!(observation instanceof Float32Array)) {
    fail("observation must be a Float32Array", typeof observation);
  }
  if (observation.length !== env.observationSize) {
    fail(
      `observation must have length ${env.observationSize}`,
      observation.length,
    );
  }
  const bad = observation.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    fail(`observation[${bad}] must be finite`, observation[bad]);
  }
}

function play(
  env: Environment,
  nextAction: () => Float32Array,
  seed: number,
  maxSteps: number,
): Episode {
  let observation = env.reset(seed).observation;
  checkObservation(env, observation);
  const observations = [observation];
  const copies = [observation.slice()];
  const rewards: number[] = [];
  for (let step = 0; step < maxSteps; step++) {
    const action = nextAction();
    const before = action.slice();
    const result = env.step(action);
    if (action.some((value, i) => value !== before[i])) {
      fail("step must leave the action unchanged", "a changed action");
    }
    observation = result.observation;
    checkObservation(env, observation);
    if (!Number.isFinite(result.reward)) {
      fail("reward must be finite", result.reward);
    }
    observations.push(observation);
    copies.push(observation.slice());
    rewards.push(result.reward);
    if (result.terminated || result.truncated) {
      observations.forEach((seen, k) => {
        if (seen.some((value, i) => value !== copies[k][i])) {
          fail(
            "an observation must not change after it was returned",
            `a change of observation ${k}`,
          );
        }
      });
      return { observations, rewards };
    }
  }
  return fail(`an episode must end within ${maxSteps} steps`, "no end");
}

function throws(act: () => unknown): boolean {
  try {
    act();
  } catch {
    return true;
  }
  return false;
}

function sameNumbers(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): boolean {
  return a.length === b.length &&
    Array.from(a).every((value, i) => Object.is(value, b[i]));
}

/**
 * Checks that an environment keeps its contract: sizes, finite numbers, the same
 * episode for the same seed, extreme and random actions, no shared buffers, an
 * end, and a refusal to step beyond it.
 *
 * @throws {Error} Naming the first condition that does not hold.
 *
 * @example
 * ```ts
 * import { SMALL_SCENARIO } from "../scenario/scenario.ts";
 * import { checkEnvironment } from "./check_env.ts";
 * import { EdgeEnv } from "./edge_env.ts";
 *
 * checkEnvironment(new EdgeEnv(SMALL_SCENARIO));
 * ```
 */
export function checkEnvironment(
  env: Environment,
  options: CheckEnvironmentOptions = {},
): void {
  const { seed = 0, maxSteps = 10_000 } = options;
  for (
    const [name, size] of Object.entries({
      observationSize: env.observationSize,
      actionSize: env.actionSize,
    })
  ) {
    if (!Number.isInteger(size) || size < 1) {
      fail(`${name} must be a positive whole number`, size);
    }
  }
  const constant = (value: number) => () =>
    new Float32Array(env.actionSize).fill(value);
  const random = () => {
    const stream = new RandomStream(seed, "check-environment");
    return () =>
      Float32Array.from(
        { length: env.actionSize },
        () => 2 * stream.uniform() - 1,
      );
  };
  for (const action of [constant(-1), constant(0), constant(1)]) {
    play(env, action, seed, maxSteps);
  }
  const first = play(env, random(), seed, maxSteps);
  if (!throws(() => env.step(constant(0)()))) {
    fail("step must throw after the end of an episode", "a result");
  }
  const again = play(env, random(), seed, maxSteps);
  const same = sameNumbers(first.rewards, again.rewards) &&
    first.observations.every((observation, k) =>
      sameNumbers(observation, again.observations[k])
    );
  if (!same) {
    fail("the same seed and actions must give the same episode", "another");
  }
  checkObservation(env, env.reset().observation);
  if (!throws(() => env.step(new Float32Array(env.actionSize + 1)))) {
    fail("step must refuse an action of another length", "a result");
  }
}
