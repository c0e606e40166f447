/**
 * What is done in Deno, in Node and in a browser, to be compared: bundled, this is
 * a program that uses environment, agents and optimum.
 *
 * @module
 */

import { encodeCheckpoint, Td3Agent, train } from "../../lib/agents/mod.ts";
import { EdgeEnv } from "../../lib/env/mod.ts";
import { createAgent } from "../../lib/methods/mod.ts";
import { RandomStream } from "../../lib/math/mod.ts";
import { openEngine } from "../../lib/nn/mod.ts";
import { solveSlot } from "../../lib/policies/mod.ts";
import { PAPER_SCENARIO, SMALL_SCENARIO } from "../../lib/scenario/mod.ts";
import { generateTrace } from "../../lib/workload/mod.ts";

/** A number, or text of what JSON has no number for. */
export type Value = number | string;

/** What came out somewhere. */
export interface Findings {
  /** Every number of a trace. */
  readonly trace: readonly Value[];
  /** Every number of the outcome of each slot. */
  readonly outcomes: readonly (readonly Value[])[];
  /** Objective and lower bound of the optimum of slots. */
  readonly optima: readonly Value[];
  /** SHA-256 of everything that an agent has after its updates. */
  readonly agentHash: string;
  /** How far its updates moved its actor at most. */
  readonly actorMoved: number;
  /** Updates of a training. */
  readonly updates: number;
  /** The decision of the trained agent. */
  readonly action: readonly Value[];
}

/** Episodes whose slots are judged, of ten slots each. */
const EPISODES = 20;
/** Slots that are solved. */
const SOLVED = 5;
const TRANSITIONS = 100;
const UPDATES = 20;

/** All numbers and texts in a value, in order. */
function valuesIn(value: unknown): Value[] {
  if (typeof value === "number") {
    return [Number.isFinite(value) ? value : String(value)];
  }
  if (typeof value !== "object" || value === null) return [String(value)];
  const parts = ArrayBuffer.isView(value)
    ? [...value as Float64Array]
    : Object.values(value);
  return parts.flatMap(valuesIn);
}

/** Fixed numbers in [-1, 1) of 24 bits, by whole numbers alone. */
function fixedNumbers(count: number, seed: number, scale = 1): Float32Array {
  let word = seed;
  return Float32Array.from({ length: count }, () => {
    word = Math.imul(word, 1664525) + 1013904223 | 0;
    return scale * (word >> 8) / 2 ** 23;
  });
}

/** Gives the same noise again and again; drawn noise can differ by an ulp. */
class FixedNoise extends RandomStream {
  override fillNoise(out: Float32Array): Float32Array {
    out.set(fixedNumbers(out.length, 7, 2));
    return out;
  }
}

class FixedNoiseAgent extends Td3Agent {
  #noise = new FixedNoise(0, "noise");

  protected override stream(name: string): RandomStream {
    return name === "target-noise" ? this.#noise : super.stream(name);
  }
}

/** Updates an agent of the paper's size from fixed weights, batches and noise. */
async function updateAgent(): Promise<
  Pick<Findings, "agentHash" | "actorMoved">
> {
  const [observationSize, actionSize] = [41, 80];
  const agent = new FixedNoiseAgent({
    ...{
      engine: await openEngine("wasm"),
      seed: 0,
      observationSize,
      actionSize,
    },
    ...{ hiddenSizes: [256, 256], batchSize: 64, replayCapacity: 1000 },
    ...{ actorLearningRate: 1e-3, criticLearningRate: 1e-3, discount: 0.95 },
    ...{ tau: 0.005, minReplaySize: 10, updatesPerStep: 1, rewardScale: 1 },
    ...{ explorationNoise: 0.1, endOfEpisode: "continuing", policyDelay: 2 },
    ...{ targetNoise: 0.2, targetNoiseClip: 0.5 },
    ...{ eq24: "standard", eq25: "standard" },
  });
  const state = agent.save();
  const { actor, targetActor, critics, targetCritics } = state.arrays;
  [actor, targetActor, critics, targetCritics].forEach((weights, i) =>
    weights.set(fixedNumbers(weights.length, 11 + i, 1 / 16))
  );
  agent.restore(state);
  for (let i = 0; i < TRANSITIONS; i++) {
    agent.observe({
      observation: fixedNumbers(observationSize, 100 + i),
      action: fixedNumbers(actionSize, 300 + i),
      reward: fixedNumbers(1, 500 + i)[0],
      nextObservation: fixedNumbers(observationSize, 700 + i),
      terminated: i % 7 === 3,
      truncated: false,
    });
  }
  for (let i = 0; i < UPDATES; i++) agent.update();
  const updated = agent.save();
  const bytes = encodeCheckpoint({ episode: 0, agent: updated, extra: null });
  agent.dispose();
  return {
    // A checkpoint ends in its SHA-256.
    agentHash: Array.from(
      bytes.slice(-32),
      (byte) => byte.toString(16).padStart(2, "0"),
    ).join(""),
    actorMoved: updated.arrays.actor.reduce(
      (most, weight, i) => Math.max(most, Math.abs(weight - actor[i])),
      0,
    ),
  };
}

/** Trains an agent as a user would, and lets it decide. */
async function trainAgent(): Promise<Pick<Findings, "updates" | "action">> {
  const environment = new EdgeEnv(SMALL_SCENARIO);
  const agent = createAgent("td3", SMALL_SCENARIO, {
    engine: await openEngine("wasm"),
    seed: 0,
    hyperparameters: { hiddenSizes: [16, 16], minReplaySize: 16 },
  });
  const rows = train({
    ...{ agent, environment, episodes: 10, episodeSeed: (episode) => episode },
    ...{ metrics: () => ({}), clock: () => 0 },
  });
  let updates = 0;
  for await (const row of rows) updates += row.updates;
  const { observation } = environment.reset(99);
  const action = valuesIn(agent.act(observation));
  agent.dispose();
  return { updates, action };
}

/** Does everything. */
export async function findHere(): Promise<Findings> {
  const key = { instanceSeed: 1, seed: 2 };
  const trace = generateTrace(PAPER_SCENARIO, key);
  const environment = new EdgeEnv(PAPER_SCENARIO);
  const outcomes: Value[][] = [];
  for (let seed = 0; seed < EPISODES; seed++) {
    environment.reset(seed);
    for (let done = false; !done;) {
      const { actionSize } = environment;
      const action = fixedNumbers(actionSize, 1000 + outcomes.length);
      const { info, truncated } = environment.step(action);
      outcomes.push(valuesIn(info.outcome));
      done = truncated;
    }
  }
  const optima = trace.slots.slice(0, SOLVED).flatMap((visible) => {
    const optimum = solveSlot({ scenario: PAPER_SCENARIO, visible });
    return valuesIn([optimum.objective, optimum.lowerBound]);
  });
  return {
    trace: valuesIn([trace.before, trace.slots]),
    outcomes,
    optima,
    ...await updateAgent(),
    ...await trainAgent(),
  };
}
