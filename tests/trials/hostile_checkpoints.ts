/**
 * Checkpoints whose checksums are right and whose content is hostile.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { decodeCheckpoint, encodeCheckpoint } from "../../lib/agents/mod.ts";
import { findMethod, type Learner, openMethod } from "../../lib/methods/mod.ts";
import { actionSize } from "../../lib/env/mod.ts";
import type { TrainingConfig } from "../../lib/trials/trial.ts";
import { runTrial } from "../../lib/trials/run_trial.ts";
import type { RandomStreamState } from "../../lib/math/prng.ts";
import { smallTrial } from "./fixtures.ts";

/** A trial that has made updates and filled its replay buffer by episode 7. */
export const CONFIG = smallTrial({
  episodes: 10,
  hyperparameters: { hiddenSizes: [8, 8], replayCapacity: 20 },
});

/** The learner of a trial before its training. */
export async function openLearner(
  { method, scenario, seed, engine, hyperparameters }: TrainingConfig,
): Promise<Learner> {
  const options = {
    scenario,
    seed,
    instanceSeed: seed,
    engine,
    hyperparameters,
  };
  return (await openMethod(findMethod(method), options)).learner!;
}

/** The checkpoint after some episodes of a trial. */
export async function checkpointAfter(
  episodes: number,
  config = CONFIG,
): Promise<Uint8Array> {
  const controller = new AbortController();
  let bytes = new Uint8Array();
  await runTrial(config, {
    clock: () => 0,
    signal: controller.signal,
    checkpoints: {
      every: Infinity,
      save: (saved) => {
        bytes = saved.slice();
        return Promise.resolve();
      },
    },
    onEpisode: ({ episode }) => {
      if (episode === episodes) controller.abort();
    },
  });
  return bytes;
}

const BYTES = await checkpointAfter(7);

/** A file with this header and payload whose checksum is right. */
export function forge(
  header: string,
  payload: Uint8Array = new Uint8Array(),
): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const content = new Uint8Array(16 + text.length + payload.length);
  content.set(new TextEncoder().encode("EAIGCKPT"));
  new DataView(content.buffer).setUint32(8, 1, true);
  new DataView(content.buffer).setUint32(12, text.length, true);
  content.set(text, 16);
  content.set(payload, 16 + text.length);
  const sum = createHash("sha256").update(content).digest();
  return new Uint8Array([...content, ...sum]);
}

/** Header and payload of a checkpoint. */
function partsOf(bytes: Uint8Array): [string, Uint8Array] {
  const end = 16 + new DataView(bytes.buffer).getUint32(12, true);
  return [
    new TextDecoder().decode(bytes.subarray(16, end)),
    bytes.subarray(end, bytes.length - 32),
  ];
}

/** A decoded checkpoint, to be changed. */
interface Loose {
  episode: number;
  agent: {
    algorithm: string;
    counters: Record<string, number>;
    streams: Record<string, RandomStreamState>;
    arrays: Record<string, Float32Array>;
  };
  extra: {
    trial: string;
    episodes: { episode: number; hitRate: number }[];
    evaluations: { split: string }[];
    trainingMs: number;
  };
}

/** A checkpoint of the trial with something changed, and a right checksum. */
function changed(change: (checkpoint: Loose) => void): Uint8Array {
  const checkpoint = structuredClone(decodeCheckpoint(BYTES));
  change(checkpoint as unknown as Loose);
  return encodeCheckpoint(checkpoint);
}

/** Header and payload of a checkpoint after 7 episodes. */
export const [HEADER, PAYLOAD] = partsOf(BYTES);

/** What is wrong, the file, and what is said of it. */
export const HOSTILE: [string, () => Uint8Array, string][] = [
  [
    "empty",
    () => forge('{"episode":5,"agent":{"arrays":{}},"arrays":[],"extra":{}}  '),
    "agent.arrays must be a known key",
  ],
  ["without arrays", () => forge('{"agent":{}}'), "episode must be a whole"],
  ["no JSON", () => forge("{   "), "the document must be valid JSON"],
  ["of a number", () => forge("7   "), "the document must be an object"],
  [
    "with a key twice",
    () => forge(HEADER.replace("{", '{"episode":3,'), PAYLOAD),
    'must have every key once, got "episode" twice',
  ],
  [
    "whose header is longer than the file",
    () => {
      const bytes = forge("{}");
      new DataView(bytes.buffer).setUint32(12, 2 ** 31, true);
      const content = bytes.slice(0, -32);
      const sum = createHash("sha256").update(content).digest();
      return new Uint8Array([...content, ...sum]);
    },
    "it must hold its header, got one of 2147483648 bytes",
  ],
  [
    "whose arrays are longer than the file",
    () => forge(HEADER.replace(/"length":\d+/, '"length":4294967296'), PAYLOAD),
    "numbers of its arrays, got",
  ],
  [
    "with bytes that are no array's",
    () => forge(HEADER, new Uint8Array([...PAYLOAD, 0, 0, 0, 0])),
    "numbers of its arrays, got",
  ],
  [
    "with an array twice",
    () => forge(HEADER.replace('"targetActor"', '"actor"'), PAYLOAD),
    "it must have every array once, got actor twice",
  ],
  [
    "with an array called __proto__",
    () => forge(HEADER.replace('"actor"', '"__proto__"'), PAYLOAD),
    'must be a name, got "__proto__"',
  ],
  [
    "with an infinite count",
    () => forge(HEADER.replace('"updates":', '"updates":1e999,"x":'), PAYLOAD),
    "agent.counters.updates must be a whole number of at least 0, got Infinity",
  ],
  [
    "of another algorithm",
    () => changed(({ agent }) => agent.algorithm = "ddpg"),
    "be of the algorithm td3, got ddpg",
  ],
  [
    "of another trial",
    () => changed(({ extra }) => extra.trial = "td3-seed9-000000000000"),
    "got td3-seed9-000000000000",
  ],
  [
    "of no trial",
    () => changed((checkpoint) => Object.assign(checkpoint, { extra: null })),
    "got undefined",
  ],
  [
    "of more episodes than the trial has",
    () =>
      changed((checkpoint) => {
        const { extra } = checkpoint;
        while (extra.episodes.length < 11) {
          extra.episodes.push(extra.episodes[0]);
        }
        checkpoint.episode = 11;
      }),
    "have no more episodes than 10, got 11",
  ],
  [
    "of another episode than its rows",
    () => changed((checkpoint) => checkpoint.episode = 6),
    "have as many episodes as rows, 7, got 6",
  ],
  [
    "with a row twice",
    () =>
      changed(({ extra: { episodes } }) => episodes[3] = { ...episodes[2] }),
    "have episode 4, got 3",
  ],
  [
    "with a hit rate above 1",
    () => changed(({ extra }) => extra.episodes[2].hitRate = 1.5),
    "checkpoint.extra.episodes[2].hitRate must be a finite number from 0 to 1, got 1.5",
  ],
  [
    "without an evaluation",
    () => changed(({ extra }) => extra.evaluations.pop()),
    "have as many evaluations as 1, got 0",
  ],
  [
    "with a test already",
    () => changed(({ extra }) => extra.evaluations[0].split = "test"),
    "have evaluations on validation, got test",
  ],
  [
    "with a negative time",
    () => changed(({ extra }) => extra.trainingMs = -1),
    "trainingMs must be a finite number of at least 0, got -1",
  ],
  [
    "with too many updates",
    () => changed(({ agent }) => agent.counters.updates += 1),
    "have updates 12, got 13",
  ],
  [
    "with another number of Adam steps",
    () => changed(({ agent }) => agent.counters.actorAdamSteps = 0),
    "have actorAdamSteps 6, got 0",
  ],
  [
    "with a transition too few",
    () => changed(({ agent }) => agent.counters.transitionsStored -= 1),
    "have transitionsStored 28, got 27",
  ],
  [
    "without a counter",
    () => changed(({ agent }) => delete agent.counters.updates),
    "have the counters",
  ],
  [
    "without a stream",
    () => changed(({ agent }) => delete agent.streams["replay-sampling"]),
    "have the random streams",
  ],
  ...[[0, 0], [2091638, 1 - 2 ** -32]].map((
    [c, s],
  ): [string, () => Uint8Array, string] => [
    `whose stream gives ${s} forever`,
    () =>
      changed(({ agent }) =>
        agent.streams["exploration-noise"] = { c, s0: s, s1: s, s2: s }
      ),
    "its state must be one that a stream has had",
  ]),
  [
    "whose stream has an impossible state",
    () =>
      changed(({ agent: { streams } }) =>
        streams["target-noise"] = { ...streams["target-noise"], s1: 0.1 }
      ),
    "its state must be one that a stream has had",
  ],
  [
    "without an array",
    () => changed(({ agent }) => delete agent.arrays.targetCritics),
    "have the arrays",
  ],
  ...["actor", "targetActor", "critics", "criticsSecondMoment", "replayRows"]
    .map((name): [string, () => Uint8Array, string] => [
      `with a number of ${name} too few`,
      () =>
        changed(({ agent: { arrays } }) =>
          arrays[name] = arrays[name].subarray(1)
        ),
      `have as many numbers of ${name} as`,
    ]),
  ...[NaN, Infinity].map((value): [string, () => Uint8Array, string] => [
    `with a weight of ${value}`,
    () => changed(({ agent }) => agent.arrays.targetActor[3] = value),
    `targetActor of the checkpoint must be finite, got ${value}`,
  ]),
  [
    "with a negative second moment",
    () => changed(({ agent }) => agent.arrays.actorSecondMoment[0] = -1),
    "actorSecondMoment of the checkpoint must be finite and at least 0, got -1",
  ],
  [
    "with an episode that ends by half",
    () =>
      changed(({ agent: { arrays } }) => {
        const env = arrays.replayRows.length / 20;
        const acted = actionSize(CONFIG.scenario);
        arrays.replayRows[(env - acted - 2) / 2 + acted + 1] = 0.5;
      }),
    "ends of episodes in replayRows of the checkpoint must be 0 or 1, got 0.5",
  ],
];
