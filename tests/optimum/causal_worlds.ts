/**
 * Small worlds in which loading is charged and all that may come can be counted, with
 * what the best causal decisions cost by brute force.
 */

import type { Decision } from "../../lib/env/slot.ts";
import { playSlot } from "../../lib/env/transition.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import {
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import { everyDecision, serverPart } from "./exhaustive.ts";

/** What may come in a slot. */
export interface Chance {
  /** Index of the popularity state. */
  readonly state: number;
  /** Probability, given what came before. */
  readonly probability: number;
  /** The slot. */
  readonly slot: TraceSlot;
}

/** A world with one size of data a type, so that requests are all that is drawn. */
export interface CausalWorld {
  readonly scenario: Scenario;
  /** What may come after a state; in the first slot all states are as likely. */
  readonly next: (state?: number) => readonly Chance[];
}

/** Every list of `length` numbers below `base`. */
export function everyList(base: number, length: number): number[][] {
  return Array.from(
    { length: base ** length },
    (_, code) =>
      Array.from(
        { length },
        (_, place) => Math.floor(code / base ** place) % base,
      ),
  );
}

/** A world of up to 2 users, 3 models, 2 popularity states and 3 slots. */
export function drawCausalWorld(
  seed: number,
  { moving = false, longest = 3 }: {
    /** Whether users have another server in each slot, of two. */
    readonly moving?: boolean;
    readonly longest?: number;
  } = {},
): CausalWorld {
  const stream = new RandomStream(seed, "causal-world");
  const between = (low: number, high: number) =>
    low + (high - low) * stream.uniform();
  const point = (value: number): [number, number] => [value, value];
  const gigabytes = 2 * 0.1 ** stream.uniform();
  const storage = gigabytes * between(0.8, 2.4);
  const [p, q] = [between(0.05, 0.95), between(0.05, 0.95)];
  const numServers = moving ? 2 : 1;
  const scenario = deriveScenario(PAPER_SCENARIO, {
    parameters: {
      numUsers: 1 + stream.integer(2),
      numServers,
      numModels: 1 + stream.integer(3),
      slotsPerEpisode: longest - stream.integer(2),
      modelGigabytes: [gigabytes / 2, gigabytes],
      serverStorageGigabytes: point(storage),
      serverGpus: [10, between(10, 50)],
      storageCost: [0.4, 40][stream.integer(2)],
      inputMegabytes: point(between(4, 8)),
      outputMegabytes: [
        point(between(100, 500)),
        point(between(100, 500)),
        point(between(100, 500)),
        point(between(100, 500)),
      ],
      popularityStates: [between(0, 1), between(1, 3)],
      popularityTransition: [[1 - p, p], [q, 1 - q]],
    },
    assumptions: {
      modelLoading: "charged",
      association: moving ? "random" : "nearest",
      costWeight: [1e-3, 1e-6][stream.integer(2)],
    },
  });
  const { numUsers, numModels, outputMegabytes, popularityStates } =
    scenario.parameters;
  const [base] = generateTrace(scenario, { instanceSeed: seed, seed }).slots;
  // So fast that nobody waits.
  const instance = {
    ...base.instance,
    serverTxPowerDbm: 300,
    downlinkBandwidthHz: base.instance.downlinkBandwidthHz.map(() => 1e16),
  };
  const servers = everyList(numServers, numUsers);
  const chances = popularityStates.map((exponent, state) => {
    const weight = Array.from(
      { length: numModels },
      (_, m) => 1 / (m + 1) ** exponent,
    );
    const total = weight.reduce((sum, one) => sum + one, 0);
    return everyList(numModels, numUsers).flatMap((requests) =>
      servers.map((server): Chance => ({
        state,
        probability: requests.reduce(
          (product, m) => product * weight[m] / total,
          1 / servers.length,
        ),
        slot: {
          instance,
          server: Int32Array.from(server),
          state: {
            ...base.state,
            popularityIndex: state,
            requestedModel: Int32Array.from(requests),
            outputBytes: Float64Array.from(
              requests,
              (m) => 1e6 * outputMegabytes[instance.modelType[m]][0],
            ),
          },
        },
      }))
    );
  });
  const { popularityTransition } = scenario.parameters;
  return {
    scenario,
    next: (before) =>
      chances.flatMap((ofState, state) =>
        ofState.map((chance) => ({
          ...chance,
          probability: chance.probability * (before === undefined
            ? 1 / popularityStates.length
            : popularityTransition[before][state]),
        }))
      ),
  };
}

/** Decisions for a slot, one a set of models, with the best shares. */
const decisions = new WeakMap<TraceSlot["state"], Decision[]>();

/** The decision of each set of models of server 0, in the order of its bits. */
export function decisionsOf(slot: TraceSlot): Decision[] {
  const found = decisions.get(slot.state);
  if (found !== undefined) return found;
  const [made] = everyDecision(slot);
  decisions.set(slot.state, made);
  return made;
}

/** What server 0 adds to G(t) if it holds a set after another. */
export function costOf(
  scenario: Scenario,
  slot: TraceSlot,
  before: number,
  set: number,
): number {
  const all = decisionsOf(slot);
  const { outcome, loadingCost } = playSlot(scenario, slot, all[set], {
    cache: all[before].cache,
    downlinkFreeAtS: new Float64Array(slot.instance.numServers),
  });
  return serverPart(slot, outcome, 0, { loadingCost });
}

/** Values of a world of one server, by backward induction over all that may come. */
export class CausalValues {
  readonly #world: CausalWorld;
  readonly #values = new Map<string, number>();
  readonly #costs = new Map<TraceSlot["state"], number[][]>();

  constructor(world: CausalWorld) {
    this.#world = world;
  }

  /** `[before][set]`: {@linkcode costOf}. */
  costs(slot: TraceSlot): number[][] {
    const found = this.#costs.get(slot.state);
    if (found !== undefined) return found;
    const sets = decisionsOf(slot).keys().toArray();
    const costs = sets.map((before) =>
      sets.map((set) => costOf(this.#world.scenario, slot, before, set))
    );
    this.#costs.set(slot.state, costs);
    return costs;
  }

  /** The least expected Σ G from slot t on, which has come, by the set before. */
  value(t: number, before: number, { slot, state }: Chance): number {
    const costs = this.costs(slot)[before];
    return Math.min(
      ...costs.map((cost, set) => cost + this.expected(t + 1, set, state)),
    );
  }

  /** The least expected Σ G from slot t on, which has not come yet. */
  expected(t: number, before: number, state?: number): number {
    if (t === this.#world.scenario.parameters.slotsPerEpisode) return 0;
    const key = `${t} ${before} ${state}`;
    const found = this.#values.get(key);
    if (found !== undefined) return found;
    const value = this.#world.next(state).reduce(
      (sum, chance) => sum + chance.probability * this.value(t, before, chance),
      0,
    );
    this.#values.set(key, value);
    return value;
  }
}

/** Every sequence of slots of a world, with its probability. */
export function everyPath(
  { scenario, next }: CausalWorld,
): { readonly probability: number; readonly slots: readonly Chance[] }[] {
  let paths: { probability: number; slots: Chance[] }[] = [
    { probability: 1, slots: [] },
  ];
  for (let t = 0; t < scenario.parameters.slotsPerEpisode; t++) {
    paths = paths.flatMap(({ probability, slots }) =>
      next(slots.at(-1)?.state).map((chance) => ({
        probability: probability * chance.probability,
        slots: [...slots, chance],
      }))
    );
  }
  return paths;
}
