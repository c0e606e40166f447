/** Random small slots for the tests of this folder. */

import { RandomStream } from "../../lib/math/prng.ts";
import { generateTrace, type TraceSlot } from "../../lib/env/trace.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  type Scenario,
} from "../../lib/scenario/scenario.ts";

/** A scenario and one of its slots. */
export interface RandomSlot {
  readonly scenario: Scenario;
  readonly visible: TraceSlot;
}

/**
 * A slot of up to 6 users, 6 models and 2 servers: printed units or balanced ones,
 * tight storage, sometimes equal models, empty uploads or storage that two models
 * fill exactly.
 */
export function drawRandomSlot(seed: number): RandomSlot {
  const stream = new RandomStream(seed, "random-slot");
  const storage = 4 + 20 * stream.uniform();
  const base = stream.uniform() < 0.5 ? PAPER_SCENARIO : BALANCED_SCENARIO;
  const scenario = deriveScenario(base, {
    parameters: {
      numUsers: 1 + stream.integer(6),
      numModels: 1 + stream.integer(6),
      numServers: 1 + stream.integer(2),
      slotsPerEpisode: 1,
      serverStorageGigabytes: [storage, 1.2 * storage],
      serverGpus: [5, 5 + 25 * stream.uniform()],
      storageCost: stream.uniform() < 0.2 ? 40 : 0.4,
    },
  });
  const [slot] = generateTrace(scenario, { instanceSeed: seed, seed }).slots;
  const { instance, state } = slot;
  const kind = stream.integer(8);
  const equal = kind === 0;
  const exact = kind === 1;
  const [first, second = 0] = instance.modelSizeBytes;
  return {
    scenario,
    visible: {
      ...slot,
      state: {
        ...state,
        inputBytes: kind === 2
          ? state.inputBytes.map((bytes) => stream.uniform() < 0.5 ? 0 : bytes)
          : state.inputBytes,
      },
      instance: {
        ...instance,
        modelSizeBytes: equal
          ? instance.modelSizeBytes.map(() => 6e9)
          : instance.modelSizeBytes,
        modelFlop: equal
          ? instance.modelFlop.map(() => instance.modelFlop[0])
          : instance.modelFlop,
        serverStorageBytes: exact
          ? instance.serverStorageBytes.map(() => first + second)
          : instance.serverStorageBytes,
      },
    },
  };
}

/** The slot with a downlink so fast that nobody waits. */
export function withoutWaits({ scenario, visible }: RandomSlot): RandomSlot {
  return {
    scenario,
    visible: {
      ...visible,
      instance: {
        ...visible.instance,
        serverTxPowerDbm: 300,
        downlinkBandwidthHz: visible.instance.downlinkBandwidthHz
          .map(() => 1e16),
      },
    },
  };
}
