import { assert, assertThrows } from "@std/assert";
import { checkEnvironment } from "../../lib/env/check_env.ts";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import type { Environment, StepResult } from "../../lib/env/types.ts";
import { type Readings, splitReadings } from "./door.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";

/** A world of three steps that pays the mean of the action; all in order. */
class SoundEnv implements Environment {
  observationSize = 2;
  actionSize = 3;
  protected stepsLeft = 0;
  protected seed = 0;

  observe(): Float32Array {
    return Float32Array.of(this.seed, this.stepsLeft);
  }

  reset(seed?: number): { observation: Float32Array; info: unknown } {
    this.seed = seed ?? this.seed + 1;
    this.stepsLeft = 3;
    return { observation: this.observe(), info: {} };
  }

  refuse(action: Float32Array): void {
    if (this.stepsLeft === 0) throw new Error("the episode is over");
    if (action.length !== this.actionSize) throw new Error("another length");
  }

  step(action: Float32Array): StepResult<unknown> {
    this.refuse(action);
    this.stepsLeft--;
    return {
      observation: this.observe(),
      reward: action.reduce((sum, value) => sum + value, 0) / 3,
      terminated: false,
      truncated: this.stepsLeft === 0,
      info: {},
    };
  }
}

Deno.test("a sound environment is accepted, also one that terminates", () => {
  checkEnvironment(new SoundEnv());
  checkEnvironment(
    new class extends SoundEnv {
      override step(action: Float32Array) {
        const { truncated, ...rest } = super.step(action);
        return { ...rest, truncated: false, terminated: truncated };
      }
    }(),
  );
});

/** Each breaks one condition; `message` names it. */
const BROKEN: readonly {
  readonly what: string;
  readonly message: string;
  readonly env: () => Environment;
}[] = [
  {
    what: "an observation size of 0",
    message: "observationSize must be a positive whole number, got 0",
    env: () =>
      new class extends SoundEnv {
        override observationSize = 0;
      }(),
  },
  {
    what: "half an action",
    message: "actionSize must be a positive whole number, got 1.5",
    env: () =>
      new class extends SoundEnv {
        override actionSize = 1.5;
      }(),
  },
  {
    what: "an observation of another type",
    message: "observation must be a Float32Array",
    env: () =>
      new class extends SoundEnv {
        override observe() {
          return [1, 2] as unknown as Float32Array;
        }
      }(),
  },
  {
    what: "an observation of another length",
    message: "observation must have length 2, got 3",
    env: () =>
      new class extends SoundEnv {
        override observe() {
          return new Float32Array(3);
        }
      }(),
  },
  {
    what: "an observation that is not finite",
    message: "observation[1] must be finite, got Infinity",
    env: () =>
      new class extends SoundEnv {
        override observe() {
          return Float32Array.of(0, Infinity);
        }
      }(),
  },
  {
    what: "a last observation that is not a number",
    message: "observation[0] must be finite, got NaN",
    env: () =>
      new class extends SoundEnv {
        override observe() {
          return Float32Array.of(this.stepsLeft === 0 ? NaN : 1, 0);
        }
      }(),
  },
  {
    what: "a step that writes into its action",
    message: "step must leave the action unchanged",
    env: () =>
      new class extends SoundEnv {
        override step(action: Float32Array) {
          const result = super.step(action);
          action[0] = 0.25;
          return result;
        }
      }(),
  },
  {
    what: "a reward that is not finite at an extreme action",
    message: "reward must be finite, got -Infinity",
    env: () =>
      new class extends SoundEnv {
        override step(action: Float32Array) {
          const extreme = action.every((value) => value === 1);
          const result = super.step(action);
          return extreme ? { ...result, reward: -Infinity } : result;
        }
      }(),
  },
  {
    what: "one buffer for all observations",
    message: "an observation must not change after it was returned",
    env: () =>
      new class extends SoundEnv {
        #buffer = new Float32Array(2);
        override observe() {
          this.#buffer.set([this.seed, this.stepsLeft]);
          return this.#buffer;
        }
      }(),
  },
  {
    what: "a first observation that the steps overwrite",
    message: "an observation must not change after it was returned",
    env: () =>
      new class extends SoundEnv {
        #first: Float32Array = new Float32Array(2);
        override reset(seed?: number) {
          const { observation, info } = super.reset(seed);
          this.#first = observation;
          return { observation, info };
        }
        override step(action: Float32Array) {
          const result = super.step(action);
          this.#first.fill(this.stepsLeft);
          return result;
        }
      }(),
  },
  {
    what: "an episode without end",
    message: "an episode must end within 20 steps",
    env: () =>
      new class extends SoundEnv {
        override step(action: Float32Array) {
          const result = super.step(action);
          this.stepsLeft++;
          return { ...result, truncated: false };
        }
      }(),
  },
  {
    what: "rewards that depend on earlier episodes",
    message: "the same seed and actions must give the same episode",
    env: () =>
      new class extends SoundEnv {
        #played = 0;
        override step(action: Float32Array) {
          const result = super.step(action);
          return { ...result, reward: this.#played++ };
        }
      }(),
  },
  {
    what: "observations that depend on earlier episodes",
    message: "the same seed and actions must give the same episode",
    env: () =>
      new class extends SoundEnv {
        #seen = 0;
        override observe() {
          return Float32Array.of(this.#seen++, 0);
        }
      }(),
  },
  {
    what: "episodes whose length depends on earlier ones",
    message: "the same seed and actions must give the same episode",
    env: () =>
      new class extends SoundEnv {
        #resets = 0;
        override reset(seed?: number) {
          const result = super.reset(seed);
          this.stepsLeft = 3 + this.#resets++;
          return { ...result, observation: Float32Array.of(0, 0) };
        }
        override observe() {
          return Float32Array.of(0, 0);
        }
      }(),
  },
  {
    what: "a step beyond the end",
    message: "step must throw after the end",
    env: () =>
      new class extends SoundEnv {
        override refuse() {}
        override step(action: Float32Array) {
          if (this.stepsLeft === 0) this.stepsLeft = 3;
          return super.step(action);
        }
      }(),
  },
  {
    what: "an action of another length",
    message: "step must refuse an action of another length",
    env: () =>
      new class extends SoundEnv {
        override refuse() {
          if (this.stepsLeft === 0) throw new Error("the episode is over");
        }
      }(),
  },
  {
    what: "a reset that needs a seed",
    message: "observation must have length 2, got 0",
    env: () =>
      new class extends SoundEnv {
        override reset(seed?: number) {
          const result = super.reset(seed);
          return seed === undefined
            ? { ...result, observation: new Float32Array(0) }
            : result;
        }
      }(),
  },
];

for (const { what, message, env } of BROKEN) {
  Deno.test(`an environment is refused: ${what}`, () => {
    assertThrows(
      () => checkEnvironment(env(), { maxSteps: 20 }),
      Error,
      `Cannot accept environment: ${message}`,
    );
  });
}

Deno.test("the paper's environment is sound in every scenario", () => {
  const readings: Readings[] = [
    { requestVisibility: "lagged", association: "random" },
    { modelLoading: "charged", downlinkQueue: "carried", slotDurationS: 10 },
    { requestEncoding: "one-hot-counts", fadingObserved: "link-gain" },
    { association: "cached-anywhere", computeShareAmong: "hits" },
    { redraw: "slot", storageViolation: "penalty", inputScaling: "raw" },
    { shareDecoding: "l1", cacheDecoding: "rank", association: "balanced" },
  ];
  const scenarios = [
    PAPER_SCENARIO,
    BALANCED_SCENARIO,
    SMALL_SCENARIO,
    deriveScenario(SMALL_SCENARIO, {
      parameters: { numUsers: 1, numServers: 1, numModels: 1 },
    }),
    // A server that no model fits into, and more servers than users.
    deriveScenario(SMALL_SCENARIO, {
      parameters: { serverStorageGigabytes: [1, 2], numServers: 5 },
    }),
  ];
  for (const scenario of scenarios) checkEnvironment(new EdgeEnv(scenario));
  for (const { assumptions, choices } of readings.map(splitReadings)) {
    const scenario = deriveScenario(SMALL_SCENARIO, { assumptions });
    checkEnvironment(new EdgeEnv(scenario, { choices }));
  }
  const env = new EdgeEnv(SMALL_SCENARIO);
  checkEnvironment(env, { seed: 9, maxSteps: 4 });
  assertThrows(() => checkEnvironment(env, { maxSteps: 3 }), Error, "3 steps");
  assert(env.reset(0).info.episode === 0);
});
