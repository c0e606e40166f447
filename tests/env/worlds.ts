/**
 * Instances, states and decisions for tests: a small one to reckon by hand, and
 * arbitrary ones for properties.
 *
 * @module
 */

import fc from "fast-check";
import type { Decision } from "../../lib/env/slot.ts";
import type { SlotState } from "../../lib/workload/slot_state.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import type { Instance } from "../../lib/scenario/instance.ts";

/** Seed and number of runs of every property, so that suites repeat. */
export const PROPERTY = { seed: 20250701, numRuns: 150 };

/**
 * One server at the origin, two users at a kilometre, two models, and powers
 * such that signal and noise come to small whole numbers:
 *
 * - Eq. 5 at 1 km is −128.1 dB; 158.1 dBm are 10^12.81 W, so that 1 W arrives.
 *   The server's power is three times that.
 * - Noise is −30 dBm/Hz = 1e-6 W/Hz, so 1 W over 1 MHz.
 */
export const HAND_INSTANCE: Instance = {
  numUsers: 2,
  numServers: 1,
  numModels: 2,
  userTxPowerDbm: 158.1,
  serverTxPowerDbm: 158.1 + 10 * Math.log10(3),
  noisePsdDbmPerHz: -30,
  serverStorageBytes: Float64Array.of(8e9),
  uplinkBandwidthHz: Float64Array.of(2e6),
  downlinkBandwidthHz: Float64Array.of(1e6),
  serverGpus: Float64Array.of(4),
  cloudGpusPerRequest: 2,
  gpuFlopPerS: 1e12,
  backhaulUplinkBps: 4e6,
  backhaulDownlinkBps: 1e7,
  modelSizeBytes: Float64Array.of(5e9, 6e9),
  modelFlop: Float64Array.of(6e12, 2e12),
  modelType: Int32Array.of(0, 1),
  backhaulCostPerByte: 4e-6,
  accessCostPerByte: 2e-6,
  gpuCostPerS: 0.5,
  storageCostPerByte: 1e-9,
  responseTimeWeight: 0.5,
  costWeight: 0.1,
  shareFloor: 0,
  userPositionsM: Float64Array.of(1000, 0, 0, 1000),
  serverPositionsM: Float64Array.of(0, 0),
  minDistanceM: 10,
};

/** User 0 asks for model 0, user 1 for model 1: 1 MB in, 2.5 MB out; |δ| = 1. */
export const HAND_STATE: SlotState = {
  popularityIndex: 0,
  fading: Float64Array.of(1, 0, 0, -1),
  requestedModel: Int32Array.of(0, 1),
  inputBytes: Float64Array.of(1e6, 1e6),
  outputBytes: Float64Array.of(2.5e6, 2.5e6),
};

/** Model 0 is cached; both users get half of everything. */
export const HAND_DECISION: Decision = {
  cache: Float64Array.of(1, 0),
  bandwidthShare: Float64Array.of(0.5, 0.5),
  computeShare: Float64Array.of(0.5, 0.5),
  server: Int32Array.of(0, 0),
};

const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true });

/** Records that compare equal to object literals. */
function record<T>(
  model: { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

/** Prices from 0 up, without numbers too small to keep their digits. */
const price = (max: number) => fc.nat({ max: 1000 }).map((n) => max * n / 1000);

const floats = (
  length: number,
  item: fc.Arbitrary<number>,
): fc.Arbitrary<Float64Array> =>
  fc.array(item, { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values));

const indices = (length: number, bound: number): fc.Arbitrary<Int32Array> =>
  fc.array(fc.nat({ max: bound - 1 }), {
    minLength: length,
    maxLength: length,
  }).map((values) => Int32Array.from(values));

/** Sizes of an arbitrary world; 1 is frequent. */
export interface Sizes {
  /** U. */
  readonly numUsers: number;
  /** E. */
  readonly numServers: number;
  /** M. */
  readonly numModels: number;
}

const sizes: fc.Arbitrary<Sizes> = record({
  numUsers: fc.integer({ min: 1, max: 6 }),
  numServers: fc.integer({ min: 1, max: 3 }),
  numModels: fc.integer({ min: 1, max: 6 }),
});

function instanceOf(size: Sizes): fc.Arbitrary<Instance> {
  const { numUsers, numServers, numModels } = size;
  return record({
    numUsers: fc.constant(numUsers),
    numServers: fc.constant(numServers),
    numModels: fc.constant(numModels),
    userTxPowerDbm: between(0, 30),
    serverTxPowerDbm: between(20, 50),
    noisePsdDbmPerHz: between(-180, -150),
    // From smaller than every model to larger than all of them.
    serverStorageBytes: floats(numServers, between(1e9, 60e9)),
    uplinkBandwidthHz: floats(numServers, between(1e6, 20e6)),
    downlinkBandwidthHz: floats(numServers, between(1e6, 40e6)),
    serverGpus: floats(numServers, between(1, 30)),
    cloudGpusPerRequest: between(1, 10),
    gpuFlopPerS: fc.constantFrom(312e12, 19.5e12),
    backhaulUplinkBps: fc.constantFrom(5e5, 5e8),
    backhaulDownlinkBps: fc.constantFrom(5e5, 5e8),
    modelSizeBytes: floats(numModels, between(4e9, 8e9)),
    modelFlop: floats(numModels, between(1e15, 2e16)),
    modelType: indices(numModels, 4),
    backhaulCostPerByte: price(1e-6),
    accessCostPerByte: price(1e-6),
    gpuCostPerS: price(1),
    storageCostPerByte: price(1e-9),
    responseTimeWeight: between(1e-6, 1),
    costWeight: between(1e-6, 1),
    shareFloor: fc.constantFrom(0, 0.001),
    userPositionsM: floats(2 * numUsers, between(0, 1000)),
    serverPositionsM: floats(2 * numServers, between(0, 1000)),
    minDistanceM: between(1, 50),
  });
}

function stateOf({ numUsers, numModels }: Sizes): fc.Arbitrary<SlotState> {
  return record({
    popularityIndex: fc.constant(0),
    fading: floats(2 * numUsers, between(0.05, 2)),
    requestedModel: indices(numUsers, numModels),
    inputBytes: floats(numUsers, between(1e5, 8e6)),
    outputBytes: floats(numUsers, between(1e5, 570e6)),
  });
}

function decisionOf(size: Sizes): fc.Arbitrary<Decision> {
  const { numUsers, numServers, numModels } = size;
  const share = fc.oneof(
    { weight: 9, arbitrary: between(0.001, 0.5) },
    { weight: 1, arbitrary: fc.constant(0) },
  );
  return record({
    cache: floats(numServers * numModels, fc.constantFrom(0, 1)),
    bandwidthShare: floats(numServers * numUsers, share),
    computeShare: floats(numServers * numUsers, share),
    server: indices(numUsers, numServers),
  });
}

/** Any instance and state, with any association. */
export const traceSlots: fc.Arbitrary<TraceSlot> = sizes.chain((size) =>
  record({
    instance: instanceOf(size),
    state: stateOf(size),
    server: indices(size.numUsers, size.numServers),
  })
);

/** What {@linkcode judgedSlots} makes. */
export interface JudgedSlot {
  readonly instance: Instance;
  readonly state: SlotState;
  readonly decision: Decision;
}

/** Any instance, state and decision, also one that breaks constraints. */
export const judgedSlots: fc.Arbitrary<JudgedSlot> = sizes.chain((size) =>
  record({
    instance: instanceOf(size),
    state: stateOf(size),
    decision: decisionOf(size),
  })
);
