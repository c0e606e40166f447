/**
 * Lagged requests by brute force: every request of every user, every cache, every
 * policy over an episode.
 *
 * Independent of the chain's solvers: what a decision costs is what the environment's
 * slot says for each possible request, times how likely that is.
 */

import { PreparedSlot } from "../../lib/env/prepared_slot.ts";
import type { Decision } from "../../lib/env/slot.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
  type ScenarioOverrides,
} from "../../lib/scenario/scenario.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";

/** A scenario with lagged requests and one of its slots, in which nobody waits. */
export interface ChainInstance {
  readonly scenario: Scenario;
  readonly visible: TraceSlot;
  readonly stream: RandomStream;
}

/**
 * A world of up to 3 users, 4 models, 2 servers and 3 slots. Models are small enough
 * that some are worth loading, and storage holds some of them.
 */
export function drawChainInstance(
  seed: number,
  { parameters = {}, assumptions = {} }: ScenarioOverrides = {},
): ChainInstance {
  const stream = new RandomStream(seed, "chain-instance");
  const pick = <Value>(values: readonly Value[]): Value =>
    values[stream.integer(values.length)];
  const gigabytes = 4 * 0.1 ** (2 * stream.uniform());
  const storage = gigabytes * (0.8 + 2.5 * stream.uniform());
  const numServers = 1 + stream.integer(2);
  const numStates = 1 + stream.integer(3);
  const rows = Array.from({ length: numStates }, () => {
    const weights = Array.from({ length: numStates }, () => stream.uniform());
    const total = weights.reduce((sum, one) => sum + one, 0);
    return weights.map((one) => one / total);
  });
  const scenario = deriveScenario(PAPER_SCENARIO, {
    parameters: {
      numUsers: 1 + stream.integer(3),
      numServers,
      numModels: 1 + stream.integer(numServers === 1 ? 4 : 2),
      slotsPerEpisode: 1 + stream.integer(3),
      modelGigabytes: [gigabytes / 2, gigabytes],
      serverStorageGigabytes: [storage, 1.2 * storage],
      serverGpus: [3, 3 + 40 * stream.uniform()],
      storageCost: pick([0.4, 0.4, 40]),
      popularityStates: rows.map(() => 3 * stream.uniform()),
      popularityTransition: rows,
      ...parameters,
    },
    assumptions: {
      requestVisibility: "lagged",
      association: pick(["nearest", "balanced"]),
      costWeight: pick([1e-3, 1e-6]),
      ...assumptions,
    },
  });
  const [slot] = generateTrace(scenario, { instanceSeed: seed, seed }).slots;
  return {
    scenario,
    stream,
    visible: {
      ...slot,
      instance: {
        ...slot.instance,
        serverTxPowerDbm: 300,
        downlinkBandwidthHz: slot.instance.downlinkBandwidthHz.map(() => 1e16),
      },
    },
  };
}

/** A slot with given requests and how likely they are. */
interface Likely {
  readonly probability: number;
  readonly slot: TraceSlot;
}

/**
 * Every request of every user in a state of the chain; sizes are their means, in which
 * times and costs are linear.
 */
export function everyRequest(
  { scenario, visible }: Pick<ChainInstance, "scenario" | "visible">,
  popularityIndex: number,
): Likely[] {
  const { parameters } = scenario;
  const { numUsers, numModels, modelType } = visible.instance;
  const exponent = parameters.popularityStates[popularityIndex];
  const weights = Array.from(
    { length: numModels },
    (_, m) => 1 / (m + 1) ** exponent,
  );
  const total = weights.reduce((sum, one) => sum + one, 0);
  const mean = ([low, high]: readonly [number, number]) => 5e5 * (low + high);
  return Array.from({ length: numModels ** numUsers }, (_, code) => {
    const requestedModel = Int32Array.from(
      { length: numUsers },
      (_, user) => Math.floor(code / numModels ** user) % numModels,
    );
    return {
      probability: requestedModel.reduce((p, m) => p * weights[m] / total, 1),
      slot: {
        ...visible,
        state: {
          ...visible.state,
          popularityIndex,
          requestedModel,
          inputBytes: new Float64Array(numUsers)
            .fill(mean(parameters.inputMegabytes)),
          outputBytes: Float64Array.from(
            requestedModel,
            (m) => mean(parameters.outputMegabytes[modelType[m]]),
          ),
        },
      },
    };
  });
}

/** E[G | γ, fading, decision] over every request. */
export function costOverRequests(
  world: Pick<ChainInstance, "scenario" | "visible">,
  popularityIndex: number,
  decision: Decision,
  previousCache: Float64Array,
): number {
  const { scenario: { assumptions }, visible: { instance } } = world;
  const memory = {
    cache: previousCache,
    downlinkFreeAtS: new Float64Array(instance.numServers),
  };
  return everyRequest(world, popularityIndex).reduce(
    (sum, { probability, slot }) =>
      sum + probability *
        new PreparedSlot(slot, { assumptions, memory }).outcome(decision)
          .objective,
    0,
  );
}

/** Every β that fits, the empty one first. */
export function everyCache({ instance }: TraceSlot): Float64Array[] {
  const { numServers, numModels, modelSizeBytes, serverStorageBytes } =
    instance;
  const entries = numServers * numModels;
  return Array.from(
    { length: 2 ** entries },
    (_, code) =>
      Float64Array.from({ length: entries }, (_, k) => (code >> k) & 1),
  ).filter((cache) =>
    serverStorageBytes.every((capacity, j) =>
      modelSizeBytes.reduce(
        (sum, bytes, m) => sum + bytes * cache[j * numModels + m],
        0,
      ) <= capacity
    )
  );
}

/** Policies over an episode, as sets of {@linkcode everyCache}. */
export interface EveryPolicy {
  /** Least expected Σ G from a state of the chain and empty caches. */
  least(popularityIndex: number): number;
  /** The expected Σ G of a policy. */
  of(
    popularityIndex: number,
    policy: (t: number, popularityIndex: number, before: number) => number,
  ): number;
}

/**
 * Goes through all policies, or follows one, with costs of every slot given: what is to
 * come depends on slot, state and caches alone, and is kept.
 */
export function everyPolicy(
  { parameters }: Scenario,
  numSets: number,
  costOf: (popularityIndex: number, before: number, set: number) => number,
): EveryPolicy {
  const { slotsPerEpisode, popularityTransition } = parameters;
  const sets = Array.from({ length: numSets }, (_, set) => set);
  const kept = new Map<string, number>();
  const remember = (key: string, value: () => number): number => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const found = value();
    kept.set(key, found);
    return found;
  };
  const walker = (
    name: string,
    choose: (t: number, state: number, before: number) => readonly number[],
  ) => {
    const walk = (t: number, state: number, before: number): number =>
      t === slotsPerEpisode ? 0 : remember(
        `${name} ${t} ${state} ${before}`,
        () =>
          Math.min(
            ...choose(t, state, before).map((set) =>
              popularityTransition[state].reduce(
                (sum, p, next) => sum + p * walk(t + 1, next, set),
                remember(
                  `${state} ${before} ${set}`,
                  () => costOf(state, before, set),
                ),
              )
            ),
          ),
      );
    return walk;
  };
  let followed = 0;
  const least = walker("least", () => sets);
  return {
    least: (state) => least(0, state, 0),
    of: (state, policy) =>
      walker(`${followed++}`, (...at) => [policy(...at)])(0, state, 0),
  };
}
