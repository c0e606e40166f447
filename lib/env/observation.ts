/**
 * The observation (Section 4.2).
 *
 * @module
 */

import type { Range } from "../math/distributions.ts";
import { BYTES_PER_MEGABYTE, linearToDecibel } from "../math/units.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { DEFAULT_OBSERVATION, type ObservationChoices } from "./choices.ts";
import { linkGain } from "./channel.ts";
import { metersPerDistanceUnit } from "./readings.ts";
import type { SlotMemory } from "./slot_memory.ts";
import type { TraceSlot } from "../workload/trace.ts";

/** One block of the observation, in the order of Eq. 19. */
export interface ObservationBlock {
  /** What the block holds. */
  readonly name: string;
  /** Its symbol in Eq. 19. */
  readonly symbol: string;
  /** Number of inputs. */
  readonly size: number;
}

/**
 * The blocks of Eq. 19: γ, δ, Z, d^in, d^out, and what the future depends on besides
 * under some readings. Where loading is charged, that is the caches of the slot before
 * and the slot's number: what is loaded late has few slots left to pay in. Where the
 * downlink's queue is carried, it is when each downlink is free.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PAPER_SCENARIO } from "../scenario/scenario.ts";
 * import { observationBlocks } from "./observation.ts";
 *
 * const sizes = observationBlocks(PAPER_SCENARIO).map((block) => block.size);
 * assertEquals(sizes, [1, 10, 10, 10, 10]);
 * ```
 */
export function observationBlocks(
  scenario: Scenario,
  { fadingObserved, requestEncoding }: ObservationChoices = DEFAULT_OBSERVATION,
): ObservationBlock[] {
  const { numUsers, numServers, numModels } = scenario.parameters;
  const { modelLoading, downlinkQueue } = scenario.assumptions;
  const fadingSize = {
    magnitude: numUsers,
    complex: 2 * numUsers,
    "link-gain": numUsers * numServers,
  }[fadingObserved];
  const requestSize = {
    index: numUsers,
    "one-hot": numUsers * numModels,
    "one-hot-counts": numUsers * numModels + numServers * numModels,
  }[requestEncoding];
  const blocks = [
    { name: "popularity", symbol: "γ(t)", size: 1 },
    { name: "fading", symbol: "δ(t)", size: fadingSize },
    { name: "requests", symbol: "Z(t)", size: requestSize },
    { name: "input size", symbol: "d^in(t)", size: numUsers },
    { name: "output size", symbol: "d^out(t)", size: numUsers },
  ];
  if (modelLoading === "charged") {
    blocks.push({
      name: "cache of the slot before",
      symbol: "β(t−1)",
      size: numServers * numModels,
    });
    blocks.push({ name: "slot", symbol: "t", size: 1 });
  }
  if (downlinkQueue === "carried") {
    const name = "queue of the downlink";
    blocks.push({ name, symbol: "q(t)", size: numServers });
  }
  return blocks;
}

/** Length of the observation. */
export function observationSize(
  scenario: Scenario,
  choices: ObservationChoices = DEFAULT_OBSERVATION,
): number {
  return observationBlocks(scenario, choices)
    .reduce((sum, block) => sum + block.size, 0);
}

/** Brings `value` from a range to [0, 1]; a range that is a point gives 0. */
function toUnit(value: number, [low, high]: Range): number {
  return high > low ? (value - low) / (high - low) : 0;
}

/** Link gains of about −140 to −80 dB come to about [0, 1]. */
const LINK_GAIN_RANGE_DB: Range = [-140, -80];

/** What {@linkcode observe} looks at. */
export interface ObserveOptions {
  /** The slot whose popularity and fading are seen. */
  readonly current: TraceSlot;
  /** The slot whose requests are seen: the present one, or the one before. */
  readonly requests: TraceSlot;
  /** Number of the slot in its episode, from 0; read where loading is charged. */
  readonly slot: number;
  /**
   * What the slot before left: β where loading is charged, and when downlinks are free
   * where their queue is carried.
   */
  readonly previous: SlotMemory;
}

/**
 * Eq. 19: the observation s(t) = {γ(t), δ(t), Z(t), d^in(t), d^out(t)}, block
 * after block as {@linkcode observationBlocks} lists them.
 *
 * Normalized inputs lie in about [0, 1]: sizes and exponents over their ranges,
 * model m (counted from 1) as m/M, |δ| as it is, slot t (from 0) as t/T, and a downlink
 * that is free q seconds after the slot starts as q/(q + slotDurationS). Raw inputs are
 * printed units, t and q.
 */
export function observe(
  scenario: Scenario,
  options: ObserveOptions,
  choices: ObservationChoices = DEFAULT_OBSERVATION,
): Float32Array {
  const { parameters: p, assumptions: a } = scenario;
  const { state, instance } = options.current;
  const requests = options.requests.state;
  const raw = choices.inputScaling === "raw";
  const { numUsers, numServers, numModels } = instance;
  const megabyte = BYTES_PER_MEGABYTE[a.byteUnit];
  const inputs: number[] = [];

  const exponents = p.popularityStates;
  const exponent = exponents[state.popularityIndex];
  inputs.push(
    raw
      ? exponent
      : toUnit(exponent, [Math.min(...exponents), Math.max(...exponents)]),
  );

  for (let user = 0; user < numUsers; user++) {
    const re = state.fading[2 * user];
    const im = state.fading[2 * user + 1];
    if (choices.fadingObserved === "magnitude") inputs.push(Math.hypot(re, im));
    else if (choices.fadingObserved === "complex") inputs.push(re, im);
    else {
      for (let server = 0; server < numServers; server++) {
        const gainDb = linearToDecibel(
          linkGain(instance, state, user, server, metersPerDistanceUnit(a)),
        );
        inputs.push(raw ? gainDb : toUnit(gainDb, LINK_GAIN_RANGE_DB));
      }
    }
  }

  if (choices.requestEncoding === "index") {
    for (const model of requests.requestedModel) {
      inputs.push(raw ? model + 1 : (model + 1) / numModels);
    }
  } else {
    const oneHot = new Array<number>(numUsers * numModels).fill(0);
    requests.requestedModel.forEach((model, user) => {
      oneHot[user * numModels + model] = 1;
    });
    for (const input of oneHot) inputs.push(input);
  }
  if (choices.requestEncoding === "one-hot-counts") {
    const counts = new Array<number>(numServers * numModels).fill(0);
    requests.requestedModel.forEach((model, user) => {
      counts[options.requests.server[user] * numModels + model]++;
    });
    for (const count of counts) inputs.push(raw ? count : count / numUsers);
  }

  const outputs = p.outputMegabytes.flat();
  const outputRange: Range = [Math.min(...outputs), Math.max(...outputs)];
  for (const bytes of requests.inputBytes) {
    const size = bytes / megabyte;
    inputs.push(raw ? size : toUnit(size, p.inputMegabytes));
  }
  for (const bytes of requests.outputBytes) {
    const size = bytes / megabyte;
    inputs.push(raw ? size : toUnit(size, outputRange));
  }
  if (a.modelLoading === "charged") {
    for (const cached of options.previous.cache) inputs.push(cached);
    inputs.push(raw ? options.slot : options.slot / p.slotsPerEpisode);
  }
  if (a.downlinkQueue === "carried") {
    for (const freeAtS of options.previous.downlinkFreeAtS) {
      inputs.push(raw ? freeAtS : freeAtS / (freeAtS + a.slotDurationS));
    }
  }
  return new Float32Array(inputs);
}
