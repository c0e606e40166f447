/**
 * The method that is checked, in the worlds in which it is checked: how it is made,
 * trained and played, as a trial does it.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { SMALL_LEARNER } from "../../agents/mod.ts";
import type { SlotFeedback } from "../../env/decider.ts";
import { EdgeEnv, type EdgeEnvOptions } from "../../env/edge_env.ts";
import type { Decision } from "../../env/slot.ts";
import type { Split, Trace } from "../../workload/trace.ts";
import { InputError, parseInput } from "../../input/input_error.ts";
import { objectSchema } from "../../input/schema.ts";
import {
  type Hyperparameters,
  type Method,
  type OpenedMethod,
  openMethod,
  playEpisode,
  resolveHyperparameters,
} from "../../methods/mod.ts";
import { SMALL_SCENARIO } from "../../scenario/scenario.ts";
import { toTrainingRow } from "../evaluation_rows.ts";
import { PLACE } from "../method_file.ts";
import { isOfLab } from "../module_graph.ts";
import { EPISODE_COLUMNS } from "../rows.ts";
import { instanceSeedOf } from "../trial.ts";
import { episodeSeed } from "../trial_traces.ts";
import { EndlessTrainingError, type Watch, watchMethod } from "./watch.ts";
import type { OddWorld } from "./worlds.ts";

/** A method under check. */
export interface Subject {
  /** The method, watched. */
  readonly method: Method;
  /** A value for every hyperparameter. */
  readonly hyperparameters: Hyperparameters;
  /** What it does. */
  readonly watch: Watch;
  /** Worlds that the method accepts. */
  readonly worlds: readonly OddWorld[];
  /** Told before anything is done in a world. */
  readonly onWorld: (world: OddWorld) => void;
}

/** What makes networks and searches small, where a method has it. */
const SMALL: Readonly<Record<string, Hyperparameters[string]>> = {
  ...SMALL_LEARNER,
  // Fewer slots than training has: else nothing would be learned.
  minReplaySize: 8,
  replayCapacity: 1000,
  actionsPerPlan: 200,
};

/**
 * A value for every hyperparameter: what is given, else what makes the method small,
 * else its default.
 *
 * @throws {InputError} If a given value is not allowed.
 */
export function smallHyperparameters(
  method: Method,
  given: Hyperparameters = {},
): Hyperparameters {
  const act = `check ${method.name}`;
  const whole = resolveHyperparameters(method, given, act);
  const values = { ...whole };
  for (const [key, value] of Object.entries(SMALL)) {
    if (key in given || !(key in values)) continue;
    try {
      resolveHyperparameters(method, { [key]: value });
      values[key] = value;
    } catch (error) {
      // A method may mean something else by the word.
      if (!(error instanceof InputError)) throw error;
    }
  }
  // What is given may go with the defaults alone.
  return method.exclusion?.(SMALL_SCENARIO, values) === undefined
    ? values
    : whole;
}

/** The method in those worlds that it does not exclude. */
export function watchSubject(
  method: Method,
  hyperparameters: Hyperparameters,
  { watch, worlds, onWorld }: Pick<Subject, "watch" | "worlds" | "onWorld">,
): Subject {
  return {
    method: watchMethod(method, watch),
    hyperparameters,
    watch,
    onWorld,
    worlds: worlds.filter(({ scenario }) =>
      method.exclusion?.(scenario, hyperparameters) === undefined
    ),
  };
}

/** How many worlds a learner is trained in before it decides, and for how long. */
export interface Trainings {
  /** The first so many of the worlds. */
  readonly worlds: number;
  /** Episodes of training. */
  readonly episodes: number;
}

/** The worlds, each with the episodes of training that it begins with. */
export function worldsOf(
  { worlds }: Pick<Subject, "worlds">,
  trainings: Trainings,
): [world: OddWorld, episodes: number][] {
  return worlds.map((world, index) => [
    world,
    index < trainings.worlds ? trainings.episodes : 0,
  ]);
}

/** Makes the method in a world, and disposes of it afterwards. */
export async function withMethod<Result>(
  { method, hyperparameters, onWorld }: Subject,
  world: OddWorld,
  use: (opened: OpenedMethod) => Promise<Result>,
): Promise<Result> {
  onWorld(world);
  const { scenario, seed } = world;
  const opened = await openMethod(method, {
    scenario,
    seed,
    instanceSeed: instanceSeedOf(world),
    hyperparameters,
  });
  try {
    return await use(opened);
  } finally {
    opened.learner?.dispose?.();
  }
}

/** The options of the environment in which a trial plays a world. */
function environmentOptions(
  { decider }: OpenedMethod,
  world: OddWorld,
  split: Split,
): EdgeEnvOptions {
  const { choices } = decider;
  return {
    instanceSeed: instanceSeedOf(world),
    split,
    ...choices === undefined ? {} : { choices },
  };
}

/** A row from which a trial continues. */
const ROW = objectSchema(EPISODE_COLUMNS, "an episode");

/**
 * Trains a learner for some episodes; does nothing with what is not trained.
 *
 * @returns A row an episode, as JSON.
 */
export async function trainIn(
  opened: OpenedMethod,
  world: OddWorld,
  episodes: number,
): Promise<string[]> {
  const { learner } = opened;
  if (learner === undefined) return [];
  const rows: string[] = [];
  const training = learner.train({
    environment: new EdgeEnv(
      world.scenario,
      environmentOptions(opened, world, "train"),
    ),
    firstEpisode: 1,
    episodes,
    episodeSeed: (episode) => episodeSeed(world, episode),
    clock: () => 0,
  });
  for await (const row of training) {
    parseInput(ROW, toTrainingRow(row.episode, row), {
      act: "take the row of a training episode",
      path: ["row"],
    });
    rows.push(JSON.stringify(row));
  }
  learner.requireFinite?.();
  if (rows.length === episodes) return rows;
  throw new Error(
    `train must yield a row an episode, got ${rows.length} for ${episodes} episodes`,
  );
}

/** Hash of every number of a decision. */
function hashDecision(decision: Decision): string {
  const { cache, bandwidthShare, computeShare, server } = decision;
  const hash = createHash("sha256");
  for (const part of [cache, bandwidthShare, computeShare, server]) {
    hash.update(
      new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
    );
  }
  return hash.digest("hex");
}

/** How {@linkcode playIn} plays. */
export interface PlayInOptions {
  /** Number of the test episode, from 1; by default 1. */
  readonly episode?: number;
  /** Changes the trace in place, once it has been drawn. */
  readonly change?: (trace: Trace) => void;
  /** Told of every slot that was played. */
  readonly onSlot?: (slot: number, feedback: SlotFeedback) => void;
  /** Told of the hash of every decision. */
  readonly onHash?: (hash: string) => void;
}

/**
 * Plays a test episode of a trial.
 *
 * @returns The hash of every decision.
 */
export async function playIn(
  opened: OpenedMethod,
  world: OddWorld,
  { episode = 1, change, onSlot, onHash }: PlayInOptions = {},
): Promise<string[]> {
  const { decider, sees } = opened;
  const environment = new (class extends EdgeEnv {
    override reset(seed?: number) {
      const result = super.reset(seed);
      change?.(result.info.trace);
      return result;
    }
  })(world.scenario, environmentOptions(opened, world, "test"));
  const hashes: string[] = [];
  await playEpisode(
    {
      ...decider,
      feedback: (feedback) => {
        onSlot?.(hashes.length, feedback);
        const hash = hashDecision(feedback.decision);
        hashes.push(hash);
        onHash?.(hash);
        decider.feedback?.(feedback);
      },
    },
    environment,
    episodeSeed(world, episode),
    { sees },
  );
  return hashes;
}

/**
 * What the method threw, in a line, and where in the user's own files.
 *
 * @throws {EndlessTrainingError} If that was thrown, which is no error of the method.
 */
export function describeThrown(error: unknown): string {
  if (error instanceof EndlessTrainingError) throw error;
  if (!(error instanceof Error)) return `throws ${String(error)}`;
  const [line] = error.message.split("\n");
  // What the lab refuses needs no place: it says what is wrong with what it got.
  if (error instanceof InputError) return line;
  const place = [...(error.stack ?? "").matchAll(PLACE)]
    .map(([, address, at]) => ({ file: fileURLToPath(address), at }))
    .find(({ file }) => !isOfLab(file) && !file.includes("/npm/"));
  return `throws ${error.name}: ${line}${
    place === undefined ? "" : ` (${place.file}:${place.at})`
  }`;
}
