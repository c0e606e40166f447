/**
 * Odd worlds that every method must cope with: the smallest and the largest, those
 * in which nothing or everything fits, every reading of the ledger, and random ones.
 *
 * @module
 */

import { InputError } from "../../input/input_error.ts";
import type { LedgerEntry } from "../../input/ledger_entry.ts";
import { RandomStream } from "../../math/prng.ts";
import { type Assumptions, LEDGER } from "../../scenario/assumptions.ts";
import type { Parameters } from "../../scenario/parameters.ts";
import {
  parseScenario,
  type ScenarioFile,
} from "../../scenario/parse_scenario.ts";
import type { Scenario } from "../../scenario/scenario.ts";

/** A world, and how to build it again. */
export interface OddWorld {
  /** What is odd about it. */
  readonly name: string;
  /** What a scenario file says of it: a preset, and what differs. */
  readonly file: ScenarioFile;
  /** The same, built. */
  readonly scenario: Scenario;
  /** Seed of the trial: of its instance, traces and method. */
  readonly seed: number;
}

/** A world in a line from which it can be built again. */
export function describeWorld({ name, file, seed }: OddWorld): string {
  return `${name}, seed ${seed}: ${JSON.stringify(file)}`;
}

type Changes = Partial<Parameters>;

/** The same number of everything, as a range. */
const just = (value: number): readonly [number, number] => [value, value];

const ONE_OF_ALL: Changes = {
  numUsers: 1,
  numServers: 1,
  numModels: 1,
  slotsPerEpisode: 1,
};

/** What differs from the small scenario in worlds that stand on an edge. */
const EDGES: Readonly<Record<string, Changes>> = {
  "one user": { numUsers: 1 },
  "one model": { numModels: 1 },
  "one server": { numServers: 1 },
  "one slot": { slotsPerEpisode: 1 },
  "one of everything": ONE_OF_ALL,
  "nothing fits": { serverStorageGigabytes: just(1) },
  "everything fits": { serverStorageGigabytes: just(1000) },
  "room for exactly one model": {
    serverStorageGigabytes: just(6),
    modelGigabytes: just(6),
  },
  "room for exactly two models": {
    serverStorageGigabytes: just(12),
    modelGigabytes: just(6),
  },
  "some servers hold nothing": { serverStorageGigabytes: [1, 9] },
  "equal models": { modelGigabytes: just(5), modelExaflop: just(15) },
  "equal servers": {
    serverStorageGigabytes: just(12),
    serverGpus: just(25),
    uplinkBandwidthMegahertz: just(10),
    downlinkBandwidthMegahertz: just(30),
  },
  "equal requests": {
    inputMegabytes: just(1),
    outputMegabytes: [just(1), just(1), just(1), just(1)],
  },
  "many users": { numUsers: 30 },
  "many users of one server": { numUsers: 20, numServers: 1 },
  "many models": { numModels: 60 },
  "more servers than users": { numUsers: 2, numServers: 6 },
  "one popularity": { popularityStates: [0.8], popularityTransition: [[1]] },
  "all models equally popular": {
    popularityStates: [0],
    popularityTransition: [[1]],
  },
  "one model is always requested": {
    popularityStates: [60],
    popularityTransition: [[1]],
  },
  "nothing has a price": {
    backhaulTransferCost: 0,
    accessTransferCost: 0,
    gpuRentalCost: 0,
    storageCost: 0,
  },
  "storage is dear": { storageCost: 1e6 },
  "GPUs are scarce": { serverGpus: just(0.01) },
  "GPUs are plenty": { serverGpus: just(1e6) },
  "huge requests": { inputMegabytes: just(1e6) },
  "a fast cloud": { cloudGpusPerRequest: 1e6, backhaulUplinkKbps: 1e9 },
  "a slow backhaul": { backhaulUplinkKbps: 1e-3, backhaulDownlinkKbps: 1e-3 },
  "a narrow uplink": { uplinkBandwidthMegahertz: just(1e-6) },
};

/** Readings that go together and carry something from slot to slot. */
const READINGS: Readonly<Record<string, Partial<Assumptions>>> = {
  "lagged requests, loading charged": {
    requestVisibility: "lagged",
    modelLoading: "charged",
  },
  "lagged requests, queue carried": {
    requestVisibility: "lagged",
    downlinkQueue: "carried",
    slotDurationS: 1,
  },
  "loading charged, queue carried": {
    modelLoading: "charged",
    downlinkQueue: "carried",
    slotDurationS: 1,
  },
  "servers anywhere, GPUs among hits": {
    association: "cached-anywhere",
    computeShareAmong: "hits",
  },
  "all drawn in every slot": { redraw: "slot", association: "random" },
};

/** Every reading of the ledger that has a name and is not the default, with its key. */
function otherReadings(): [key: string, option: string][] {
  return Object.entries<LedgerEntry>(LEDGER).flatMap(([key, entry]) =>
    entry.kind === "choice"
      ? Object.keys(entry.options)
        .filter((option) => option !== entry.default)
        .map((option): [string, string] => [key, option])
      : []
  );
}

/** The worlds that have a name of their own. */
function namedFiles(): [name: string, file: ScenarioFile][] {
  return [
    ["the small scenario", { extends: "small" }],
    ...Object.entries(EDGES).map(([name, parameters]) =>
      [name, { extends: "small", parameters }] as [string, ScenarioFile]
    ),
    ...otherReadings().map(([key, option]) =>
      [`${key} ${option}`, {
        extends: "small",
        assumptions: { [key]: option },
      }] as [string, ScenarioFile]
    ),
    ...Object.entries(READINGS).map(([name, assumptions]) =>
      [name, { extends: "small", assumptions }] as [string, ScenarioFile]
    ),
    ["the balanced scenario", { extends: "balanced" }],
    ["the paper's scenario", { extends: "paper" }],
  ];
}

/** How likely a reading of a random world is drawn rather than left as it is. */
const CHANGED = 0.2;

/** A world of some of everything. */
function randomFile(stream: RandomStream): ScenarioFile {
  const oneOf = <Value>(values: readonly Value[]): Value =>
    values[stream.integer(values.length)];
  const range = (least: number, most: number): readonly [number, number] => {
    const ends = [0, 0].map(() =>
      Math.round(10 * (least + (most - least) * stream.uniform())) / 10
    );
    return [Math.min(...ends), Math.max(...ends)];
  };
  const readings = Map.groupBy(otherReadings(), ([key]) => key);
  return {
    extends: oneOf(["small", "small", "balanced"]),
    parameters: {
      numUsers: oneOf([1, 2, 3, 5, 8]),
      numServers: oneOf([1, 2, 3]),
      numModels: oneOf([1, 2, 3, 5, 9]),
      slotsPerEpisode: oneOf([1, 2, 3, 4]),
      serverStorageGigabytes: oneOf([
        range(0.5, 4),
        range(4, 20),
        range(20, 100),
      ]),
      modelGigabytes: oneOf([range(4, 8), range(0.1, 20), just(5)]),
    },
    assumptions: Object.fromEntries(
      [...readings].filter(() => stream.uniform() < CHANGED)
        .map(([key, options]) => [key, oneOf(options)[1]]),
    ),
  };
}

/**
 * Odd worlds: first all that have a name, the simplest first, then random ones.
 *
 * @param count How many; all that have a name are among them only if it is 60 or more.
 * @param seed Root of the random ones; by default 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { describeWorld, oddWorlds } from "./worlds.ts";
 *
 * const worlds = oddWorlds(300);
 * assertEquals(worlds.length, 300);
 * assertEquals(
 *   describeWorld(worlds[1]),
 *   'one user, seed 1: {"extends":"small","parameters":{"numUsers":1}}',
 * );
 * ```
 */
export function oddWorlds(count: number, seed = 0): OddWorld[] {
  const stream = new RandomStream(seed, "odd-worlds");
  const named = namedFiles();
  const worlds: OddWorld[] = [];
  for (let k = 0; worlds.length < count; k++) {
    const [name, file] = named[k] ?? ["a random world", randomFile(stream)];
    try {
      const scenario = parseScenario(file, "make an odd world");
      worlds.push({ name, file, scenario, seed: worlds.length });
    } catch (error) {
      // Some readings exclude each other.
      if (!(error instanceof InputError)) throw error;
    }
  }
  return worlds;
}
