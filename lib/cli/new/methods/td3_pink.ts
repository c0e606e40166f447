/**
 * A learner of one's own: TD3 that explores with pink noise (Eberhard et al. 2023)
 * instead of white.
 *
 * The noise is a sum of K Ornstein-Uhlenbeck processes in discrete time,
 * ε = Σ_k x_k/√K with x_k ← ρ_k x_k + √(1 − ρ_k²) ξ and ξ ~ N(0, 1), whose memories
 * double: ρ_k = 1 − 2^−k for k = 0, …, K − 1. Over K octaves its spectrum falls like
 * 1/f. With K = 1 it is white, and the method is TD3.
 *
 * All x_k start at 0 and go on from episode to episode. The other hyperparameters are
 * TD3's.
 *
 * @module
 */

import {
  type AgentState,
  noisyAction,
  Td3Agent,
  type Td3Options,
} from "@edgeaigc/lab/agents";
import { choicesIn } from "@edgeaigc/lab/env";
import {
  agentLearner,
  agentSetup,
  findMethod,
  type Method,
} from "@edgeaigc/lab/methods";
import { quantity } from "@edgeaigc/lab/scenario";

/** Name of the processes among the arrays of a checkpoint. */
const PROCESSES = "noiseProcesses";

class PinkTd3Agent extends Td3Agent {
  #scale: number;
  #actionSize: number;
  #octaves: number;
  /** x, `[K][action]`, in 32 bits: so a checkpoint holds all of it. */
  #processes: Float32Array;
  #fresh: Float32Array;

  constructor(options: Td3Options, octaves: number) {
    super(options);
    this.#scale = options.explorationNoise / Math.sqrt(octaves);
    this.#actionSize = options.actionSize;
    this.#octaves = octaves;
    this.#processes = new Float32Array(octaves * options.actionSize);
    this.#fresh = new Float32Array(octaves * options.actionSize);
  }

  override explore(observation: Float32Array): Float32Array {
    // The stream that TD3 explores by: it is saved with the others.
    this.stream("exploration-noise").fillNormal(this.#fresh);
    const noise = new Float64Array(this.#actionSize);
    for (let k = 0; k < this.#octaves; k++) {
      const memory = 1 - 2 ** -k;
      const spread = Math.sqrt(1 - memory ** 2);
      for (let i = 0; i < noise.length; i++) {
        const at = k * noise.length + i;
        this.#processes[at] = memory * this.#processes[at] +
          spread * this.#fresh[at];
        noise[i] += this.#processes[at];
      }
    }
    return this.act(observation).map((action, i) =>
      noisyAction(action, this.#scale * noise[i])
    );
  }

  override save(): AgentState {
    const state = super.save();
    const arrays = { ...state.arrays, [PROCESSES]: this.#processes.slice() };
    return { ...state, arrays };
  }

  override restore(state: AgentState): void {
    super.restore(state);
    this.#processes.set(state.arrays[PROCESSES]);
  }
}

const method: Method = {
  name: "td3-pink",
  label: "TD3, pink noise",
  learns: true,
  hyperparameters: {
    ...findMethod("td3").hyperparameters,
    noiseOctaves: quantity({
      paper: "Not in the paper.",
      unit: "1",
      default: 4,
      minimum: 1,
      maximum: 12,
      integer: true,
      alternatives: { "1": "white noise: TD3" },
      reason:
        "The slowest of 4 remembers about 8 of the 10 slots of an episode.",
      matters: "unknown",
    }),
  },
  create: async (setup) => {
    const { noiseOctaves } = setup.hyperparameters;
    return agentLearner(
      new PinkTd3Agent(await agentSetup(setup), noiseOctaves as number),
      choicesIn(setup.hyperparameters),
    );
  },
};

export default method;
