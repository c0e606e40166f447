/** Random small slots for the tests of this folder. */

import { RandomStream } from "../../lib/math/prng.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
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

/**
 * A slot as a slot file may hold it, whose numbers lie anywhere in the range that
 * such files accept: each of them extreme with a probability that depends on the
 * seed, else as the paper has it; 0 where that is allowed.
 */
export function drawExtremeSlot(seed: number): TraceSlot {
  const stream = new RandomStream(seed, "extreme-slot");
  const [numUsers, numServers, numModels] = [6, 3, 5]
    .map((most) => 1 + stream.integer(most));
  const rarely = [0.02, 0.1, 0.5, 1][seed % 4];
  const pick = (usual: number, extreme: () => number) =>
    stream.uniform() < rarely ? extreme() : usual;
  const any = () => 10 ** (600 * stream.uniform() - 300);
  const positive = (usual: number) => pick(usual, any);
  const notNegative = (usual: number) =>
    pick(usual, () => stream.uniform() < 0.2 ? 0 : any());
  const signed = (usual: number) =>
    pick(usual, () => (stream.uniform() < 0.5 ? -1 : 1) * any());
  const decibel = (usual: number) =>
    pick(usual, () => 2000 * stream.uniform() - 1000);
  const floats = (count: number, value: () => number) =>
    Float64Array.from({ length: count }, value);
  const indices = (count: number, bound: number) =>
    Int32Array.from({ length: count }, () => stream.integer(bound));
  return {
    instance: {
      numUsers,
      numServers,
      numModels,
      userTxPowerDbm: decibel(23),
      serverTxPowerDbm: decibel(43),
      noisePsdDbmPerHz: decibel(-174),
      serverStorageBytes: floats(numServers, () => notNegative(15e9)),
      uplinkBandwidthHz: floats(numServers, () => positive(15e6)),
      downlinkBandwidthHz: floats(numServers, () => positive(35e6)),
      serverGpus: floats(numServers, () => positive(27)),
      cloudGpusPerRequest: positive(5),
      gpuFlopPerS: positive(312e12),
      backhaulUplinkBps: positive(500e3),
      backhaulDownlinkBps: positive(500e3),
      modelSizeBytes: floats(numModels, () => notNegative(6e9)),
      modelFlop: floats(numModels, () => notNegative(15e18)),
      modelType: indices(numModels, 4),
      backhaulCostPerByte: notNegative(6e-7),
      accessCostPerByte: notNegative(2e-7),
      gpuCostPerS: notNegative(1e-3),
      storageCostPerByte: notNegative(4e-10),
      responseTimeWeight: notNegative(2.8e-5),
      costWeight: notNegative(1e-3),
      shareFloor: stream.uniform() < 0.5
        ? 0
        : pick(1e-4, () => 10 ** (-300 * stream.uniform())),
      userPositionsM: floats(2 * numUsers, () => signed(100)),
      serverPositionsM: floats(2 * numServers, () => signed(300)),
      minDistanceM: positive(10),
    },
    state: {
      popularityIndex: 0,
      fading: floats(2 * numUsers, () => signed(0.7)),
      requestedModel: indices(numUsers, numModels),
      inputBytes: floats(numUsers, () => notNegative(6e6)),
      outputBytes: floats(numUsers, () => notNegative(500e6)),
    },
    server: indices(numUsers, numServers),
  };
}
