/**
 * Traces: everything that chance decides in an episode, from scenario and seed
 * alone, to be replayed to every method (common random numbers).
 *
 * @module
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { complexNormal } from "../math/distributions.ts";
import { parseInput } from "../input/input_error.ts";
import { choiceSchema, objectSchema } from "../input/schema.ts";
import { EPISODE_SEED_SCHEMA, SEED_SCHEMA } from "../input/seeds.ts";
import { RandomStream } from "../math/prng.ts";
import { BYTES_PER_MEGABYTE } from "../math/units.ts";
import { drawInstance, type Instance } from "../scenario/instance.ts";
import { checkScenario, type Scenario } from "../scenario/scenario.ts";
import { balancedServers, nearestServers } from "../scenario/topology.ts";
import { nextPopularity } from "./popularity.ts";
import {
  drawInputSizes,
  drawOutputSizes,
  drawRequests,
  requestProbabilities,
} from "./requests.ts";
import type { SlotState } from "./slot_state.ts";

/** What a trace is for; traces of different splits share no random number. */
export type Split = "train" | "validation" | "test";

/** Every {@linkcode Split}. */
export const SPLITS: readonly Split[] = ["train", "validation", "test"];

/** Which trace of a scenario. */
export interface TraceKey {
  /** Seed of the instance: capacities, sizes and positions. */
  readonly instanceSeed: number;
  /** Seed of the sequence of episodes. */
  readonly seed: number;
  /** What the trace is for; by default `"train"`. */
  readonly split?: Split;
  /** Number of the episode in its sequence; by default 0. */
  readonly episode?: number;
}

const TRACE_KEY = objectSchema({
  instanceSeed: SEED_SCHEMA,
  seed: EPISODE_SEED_SCHEMA,
  split: choiceSchema(SPLITS).optional(),
  episode: EPISODE_SEED_SCHEMA.optional(),
}, "an object with instanceSeed, seed, split, episode");

/** One slot of a trace. */
export interface TraceSlot {
  /** Capacities, sizes and positions in this slot. */
  readonly instance: Instance;
  /** Popularity, fading and requests in this slot. */
  readonly state: SlotState;
  /** Server of every user before any decision, length U. */
  readonly server: Int32Array;
}

/** A slot whose arrays can be changed without changing the slot's. */
export function copySlot({ instance, state, server }: TraceSlot): TraceSlot {
  const copy = <Part extends object>(part: Part): Part =>
    Object.fromEntries(
      Object.entries(part).map(([key, value]) => [
        key,
        ArrayBuffer.isView(value) ? (value as Float64Array).slice() : value,
      ]),
    ) as Part;
  return {
    instance: copy(instance),
    state: copy(state),
    server: server.slice(),
  };
}

/** An episode's worth of slots. */
export interface Trace {
  /** The slot before the first, which only lagged observations see. */
  readonly before: TraceSlot;
  /** T + 1 slots: the last is observed after the last step, never played. */
  readonly slots: readonly TraceSlot[];
}

interface Streams {
  readonly popularity: RandomStream;
  readonly requests: RandomStream;
  readonly inputSizes: RandomStream;
  readonly outputSizes: RandomStream;
  readonly fading: RandomStream;
  readonly association: RandomStream;
}

function openStreams(root: string): Streams {
  return {
    popularity: new RandomStream(root, "popularity"),
    requests: new RandomStream(root, "requests"),
    inputSizes: new RandomStream(root, "input-sizes"),
    outputSizes: new RandomStream(root, "output-sizes"),
    fading: new RandomStream(root, "fading"),
    association: new RandomStream(root, "association"),
  };
}

function drawState(
  scenario: Scenario,
  instance: Instance,
  popularityIndex: number,
  probabilities: Float64Array,
  streams: Streams,
): SlotState {
  const { parameters, assumptions } = scenario;
  const megabyte = BYTES_PER_MEGABYTE[assumptions.byteUnit];
  const requestedModel = drawRequests(
    instance.numUsers,
    probabilities,
    streams.requests,
  );
  return {
    popularityIndex,
    fading: complexNormal(streams.fading, instance.numUsers),
    requestedModel,
    inputBytes: drawInputSizes(
      instance.numUsers,
      parameters.inputMegabytes,
      streams.inputSizes,
    ).map((size) => size * megabyte),
    outputBytes: drawOutputSizes(
      requestedModel,
      instance.modelType,
      parameters.outputMegabytes,
      streams.outputSizes,
    ).map((size) => size * megabyte),
  };
}

function associate(
  scenario: Scenario,
  instance: Instance,
  stream: RandomStream,
): Int32Array {
  const { userPositionsM, serverPositionsM, numUsers, numServers } = instance;
  switch (scenario.assumptions.association) {
    case "random":
      return Int32Array.from(
        { length: numUsers },
        () => stream.integer(numServers),
      );
    case "balanced":
      return balancedServers(userPositionsM, serverPositionsM);
    default:
      return nearestServers(userPositionsM, serverPositionsM);
  }
}

/**
 * Draws an episode: the popularity starts in a random state (Algorithm 1, line
 * 2), then moves by Eq. 1; in every slot each user requests a model by Eq. 2.
 *
 * @param scenario The scenario.
 * @param key Which trace of the scenario.
 * @param instance The instance of `key.instanceSeed`, if it is at hand.
 * @throws {InputError} If scenario or key is not valid.
 */
export function generateTrace(
  scenario: Scenario,
  key: TraceKey,
  instance: Instance = drawInstance(scenario, key.instanceSeed),
): Trace {
  const act = "generate the trace";
  checkScenario(scenario, act);
  const { split = "train", episode = 0 } = parseInput(TRACE_KEY, key, {
    act,
    path: ["key"],
  });
  const { parameters, assumptions } = scenario;
  const root = `${split}/${key.instanceSeed}/${key.seed}/${episode}`;
  const streams = openStreams(root);
  const fixedServer = assumptions.association === "random"
    ? undefined
    : associate(scenario, instance, streams.association);
  const probabilities = parameters.popularityStates.map((exponent) =>
    requestProbabilities(parameters.numModels, exponent)
  );
  const draw = (
    popularityIndex: number,
    slot: number,
    from: Streams,
  ): TraceSlot => {
    const redrawn = assumptions.redraw === "slot"
      ? {
        ...drawInstance(scenario, `${root}/${slot}`),
        userPositionsM: instance.userPositionsM,
      }
      : instance;
    return {
      instance: redrawn,
      state: drawState(
        scenario,
        redrawn,
        popularityIndex,
        probabilities[popularityIndex],
        from,
      ),
      server: fixedServer ?? associate(scenario, redrawn, from.association),
    };
  };

  let popularityIndex = streams.popularity.integer(
    parameters.popularityStates.length,
  );
  const first = popularityIndex;
  let before: TraceSlot | undefined;
  const slots: TraceSlot[] = [];
  for (let slot = 0; slot <= parameters.slotsPerEpisode; slot++) {
    if (slot > 0) {
      popularityIndex = nextPopularity(
        parameters.popularityTransition,
        popularityIndex,
        streams.popularity,
      );
    }
    slots.push(draw(popularityIndex, slot, streams));
  }
  return {
    // Drawn when it is asked for: only lagged observations and hashes do.
    get before() {
      return before ??= draw(first, -1, openStreams(`${root}/before`));
    },
    slots,
  };
}

function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function instanceBytes(instance: Instance): Uint8Array {
  return concatBytes(
    ...Object.values(instance).map((value) =>
      bytesOf(typeof value === "number" ? Float64Array.of(value) : value)
    ),
  );
}

/**
 * SHA-256 over every number of a trace, as lower-case hex: two methods with the
 * same hash met the same chance.
 */
export function hashTrace(trace: Trace): string {
  const hash = sha256.create();
  let previous: Instance | undefined;
  let ofInstance: Uint8Array = new Uint8Array();
  for (const { instance, state, server } of [trace.before, ...trace.slots]) {
    // Most scenarios keep one instance for all slots.
    if (instance !== previous) ofInstance = instanceBytes(instance);
    previous = instance;
    hash.update(ofInstance)
      .update(bytesOf(Int32Array.of(state.popularityIndex)))
      .update(bytesOf(state.fading))
      .update(bytesOf(state.requestedModel))
      .update(bytesOf(state.inputBytes))
      .update(bytesOf(state.outputBytes))
      .update(bytesOf(server));
  }
  return bytesToHex(hash.digest());
}
