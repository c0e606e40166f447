/**
 * What is fuzzed: for each kind of input some sound ones, how they are damaged,
 * and what is done with them.
 *
 * @module
 */

import { main as evaluate } from "../../lib/cli/evaluate.ts";
import { main as scenario } from "../../lib/cli/scenario.ts";
import { main as sweep } from "../../lib/cli/sweep.ts";
import { EdgeEnv } from "../../lib/env/edge_env.ts";
import { InputError } from "../../lib/input/input_error.ts";
import { RULES } from "../policies/rules.ts";
import {
  deriveScenario,
  PRESETS,
  SMALL_SCENARIO,
} from "../../lib/scenario/scenario.ts";
import { faultOfRefusal } from "./judge.ts";
import { CHECKPOINTS, NOTEBOOKS, TABLES } from "./file_targets.ts";
import { damageDocument, damageValue, pick } from "./mutate.ts";
import { OPTION_LISTS } from "./option_targets.ts";
import { DATA, FILE, noNull, ofCommand, type Target } from "./target.ts";

const SLOTS: readonly unknown[] = JSON.parse(
  Deno.readTextFileSync(
    new URL("../env/golden_slots.json", import.meta.url),
  ),
).map(({ expected: _, ...slot }: Record<string, unknown>) => slot);

/** A slot small enough that even a slow policy is quick on it. */
const SMALL_SLOTS = SLOTS.filter((slot) =>
  JSON.stringify(slot).length < 12_000
);

const SCENARIOS: readonly unknown[] = [
  ...Object.keys(PRESETS).map((name) => ({ extends: name })),
  ...Object.values(PRESETS).map(({ parameters, assumptions }) => ({
    name: "mine",
    parameters,
    assumptions,
  })),
];

const CONFIGS: readonly unknown[] = [
  {
    name: "mine",
    title: "Mine",
    scenario: { extends: "small", parameters: { numUsers: 2 } },
    methods: ["td3", "ddpg", "pso", "ga", "random", "optimum"],
    seeds: "0-2,5",
    episodes: 6,
    evaluateEvery: 3,
    testEpisodes: 2,
    grid: { users: [2, 3], "td3.discount": [0, 0.9] },
  },
  { name: "two", methods: ["td3"], seeds: [0, 1], grid: [{ users: [5] }, {}] },
];

/** Every target. */
export const TARGETS: readonly Target[] = [
  {
    name: "slots to judge",
    command: "evaluate",
    weight: 6,
    draw: (stream) => ({
      bytes: damageDocument(stream, pick(stream, SLOTS)),
      words: stream.integer(4) === 0 ? [FILE, "--table"] : [FILE],
    }),
    run: ofCommand(evaluate, noNull),
  },
  {
    name: "slots to decide",
    command: "evaluate",
    weight: 6,
    draw: (stream) => ({
      bytes: damageDocument(stream, pick(stream, SMALL_SLOTS)),
      words: ["--policy", pick(stream, Object.keys(RULES)), FILE],
    }),
    run: ofCommand(evaluate, noNull),
  },
  {
    name: "scenario files",
    command: "scenario",
    weight: 3,
    draw: (stream) => ({
      bytes: damageDocument(stream, pick(stream, SCENARIOS)),
      words: [FILE],
    }),
    run: ofCommand(scenario, noNull),
  },
  {
    name: "configs of sweeps",
    command: "sweep",
    weight: 3,
    draw: (stream) => ({
      bytes: damageDocument(stream, pick(stream, CONFIGS)),
      words: [FILE, "--dry-run", "--data", DATA],
    }),
    run: ofCommand(sweep),
  },
  {
    name: "scenarios and decisions in code",
    weight: 3,
    draw: (stream) => ({
      bytes: new TextEncoder().encode(
        JSON.stringify([
          damageValue(stream, {
            parameters: { numUsers: 2, numModels: 3 },
            assumptions: { discount: 0.5, association: "random" },
          }),
          damageValue(stream, { instanceSeed: 1, split: "test" }),
          stream.integer(2) === 0 ? 7 : damageValue(stream, [7]),
        ]),
      ),
      words: [],
    }),
    run: ({ bytes }) => {
      const [overrides, options, seed] = JSON.parse(
        new TextDecoder().decode(bytes),
      ) as never[];
      return Promise.resolve(playInCode(overrides, options, seed));
    },
  },
  TABLES,
  NOTEBOOKS,
  CHECKPOINTS,
  ...OPTION_LISTS,
];

/** What a notebook's cell would do with values that nobody has checked. */
function playInCode(
  overrides: never,
  options: never,
  seed: never,
): string | undefined {
  try {
    const env = new EdgeEnv(deriveScenario(SMALL_SCENARIO, overrides), options);
    // What was accepted may be of any size: play what is small.
    if (env.actionSize > 1e5 || env.scenario.parameters.slotsPerEpisode > 100) {
      return undefined;
    }
    env.reset(seed);
    const { reward, info } = env.step(new Float32Array(env.actionSize));
    return Number.isFinite(reward) && Number.isFinite(info.hitRate)
      ? undefined
      : `a reward of ${reward}`;
  } catch (error) {
    if (error instanceof InputError) return faultOfRefusal(error.message);
    throw error;
  }
}
