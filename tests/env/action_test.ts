import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { storageExcess } from "../../lib/env/constraints.ts";
import { actionSize, decodeAction, splitAction } from "../../lib/env/action.ts";
import { InputError } from "../../lib/input/input_error.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import {
  type Assumptions,
  DEFAULT_ASSUMPTIONS,
} from "../../lib/scenario/assumptions.ts";
import { deriveScenario, PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";
import { DEFAULTS, type Readings } from "./door.ts";
import { HAND_INSTANCE, HAND_STATE } from "./worlds.ts";

function decode(action: Float32Array, slot: TraceSlot, readings: Readings) {
  const all = { ...DEFAULTS, ...readings };
  return decodeAction(action, slot, all, all);
}

Deno.test("Eq. 20: the paper's action has 80 components", () => {
  // 2·20 for β, 2·10 for α, 2·10 for ℓ.
  assertEquals(actionSize(PAPER_SCENARIO), 80);
  const one = deriveScenario(PAPER_SCENARIO, {
    parameters: { numUsers: 1, numServers: 1, numModels: 1 },
  });
  assertEquals(actionSize(one), 3);
});

Deno.test("Eq. 20: β, then α, then ℓ, each row by row", () => {
  const parts = splitAction(
    Float32Array.from({ length: 14 }, (_, k) => k),
    { numUsers: 2, numServers: 2, numModels: 3 },
  );
  assertEquals([...parts.cache], [0, 1, 2, 3, 4, 5]);
  assertEquals([...parts.bandwidth], [6, 7, 8, 9]);
  assertEquals([...parts.compute], [10, 11, 12, 13]);
});

Deno.test("Eq. 20: another length, another type and NaN are refused by name", () => {
  const size = { numUsers: 1, numServers: 1, numModels: 1 };
  assertThrows(
    () => splitAction([0, 0, 0] as never, size),
    InputError,
    "it must be a Float32Array of 3 numbers, got an array of 3",
  );
  for (const length of [0, 2, 4]) {
    assertThrows(
      () => splitAction(new Float32Array(length), size),
      InputError,
      "Cannot decode the action: it must be a Float32Array of 3 numbers, got ",
    );
  }
  for (const bad of [0, 1, 2]) {
    const action = new Float32Array(3);
    action[bad] = NaN;
    assertThrows(
      () => splitAction(action, size),
      InputError,
      `component ${bad} must be a number`,
    );
  }
});

/** One server of `storage` GB and one user; models of 4, 5, 6 and 3 GB. */
function cacheOf(
  outputs: number[],
  storage: number,
  readings: Readings = {},
): number[] {
  const slot: TraceSlot = {
    instance: {
      ...HAND_INSTANCE,
      numUsers: 1,
      numModels: 4,
      modelSizeBytes: Float64Array.of(4e9, 5e9, 6e9, 3e9),
      serverStorageBytes: Float64Array.of(storage * 1e9),
    },
    state: { ...HAND_STATE, requestedModel: Int32Array.of(0) },
    server: Int32Array.of(0),
  };
  const action = Float32Array.of(...outputs, 0, 0);
  return [
    ...decode(action, slot, readings).cache,
  ];
}

Deno.test("β, threshold: scores of at least a half, as far as there is room", () => {
  // (0 + 1)/2 = 0.5 is in; −0.01 is out.
  assertEquals(cacheOf([0.9, -0.01, 0, -1], 100), [1, 0, 1, 0]);
  assertEquals(cacheOf([-0, -0, -1, -0.5], 100), [1, 1, 0, 0]);
  assertEquals(cacheOf([-1, -1, -1, -1], 100), [0, 0, 0, 0]);
});

Deno.test("β: the highest score first; what does not fit is passed over", () => {
  // 4 + 5 of 12 GB; 6 does not fit, 3 does.
  assertEquals(cacheOf([0.9, 0.8, 0.7, 0.1], 12), [1, 1, 0, 1]);
  // 6 of 10 GB first; 5 does not fit, 4 does.
  assertEquals(cacheOf([0.1, 0.8, 0.9, 0.05], 10), [1, 0, 1, 0]);
});

Deno.test("β: ties go by index, also among outputs beyond 1", () => {
  assertEquals(cacheOf([0.5, 0.5, 0.5, 0.5], 10), [1, 1, 0, 0]);
  assertEquals(cacheOf([-1, 1, 7, -1], 6), [0, 1, 0, 0]);
  assertEquals(cacheOf([-1, 1, Infinity, -Infinity], 6), [0, 1, 0, 0]);
});

Deno.test("β: exactly full is full, a byte less is not", () => {
  assertEquals(cacheOf([1, 1, -1, -1], 9), [1, 1, 0, 0]);
  assertEquals(cacheOf([1, 0.9, -1, -1], 9 - 1e-9), [1, 0, 0, 0]);
  assertEquals(cacheOf([1, 1, 1, 1], 2.9), [0, 0, 0, 0]);
});

Deno.test("β, rank: low scores fill what is left", () => {
  const rank = { cacheDecoding: "rank" } as const;
  assertEquals(cacheOf([-0.9, -0.8, -0.7, -1], 10, rank), [1, 0, 1, 0]);
  assertEquals(cacheOf([-1, -1, -1, -1], 100, rank), [1, 1, 1, 1]);
});

Deno.test("β, penalty: what does not fit stays", () => {
  const penalty = { storageViolation: "penalty" } as const;
  assertEquals(cacheOf([0.9, 0.8, -0.7, 0.1], 1, penalty), [1, 1, 0, 1]);
});

/** Shares of three users at one server, and of their hits on model 0. */
function sharesOf(
  bandwidth: number[],
  compute: number[],
  readings: Readings = {},
  requestedModel: number[] = [0, 0, 0],
) {
  const slot: TraceSlot = {
    instance: { ...HAND_INSTANCE, numUsers: 3 },
    state: { ...HAND_STATE, requestedModel: Int32Array.from(requestedModel) },
    server: Int32Array.of(0, 0, 0),
  };
  const action = Float32Array.of(1, -1, ...bandwidth, ...compute);
  return decode(action, slot, readings);
}

function assertShares(actual: Float64Array, expected: number[]): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((share, k) => assertAlmostEquals(actual[k], share, 1e-7));
}

Deno.test("α and ℓ, softmax: by hand", () => {
  const ln2 = Math.LN2;
  const { bandwidthShare, computeShare } = sharesOf(
    [0, ln2, 0], // weights 1, 2, 1
    [-ln2, ln2, 0], // weights 1/2, 2, 1
  );
  assertShares(bandwidthShare, [1 / 4, 1 / 2, 1 / 4]);
  assertShares(computeShare, [1 / 7, 4 / 7, 2 / 7]);
});

Deno.test("α, softmax: outputs beyond ±1 count as ±1, and nobody gets 0", () => {
  const total = Math.E + 1 / Math.E + 1;
  const expected = [Math.E / total, 1 / Math.E / total, 1 / total];
  for (const outputs of [[1, -1, 0], [9, -9, 0], [Infinity, -Infinity, 0]]) {
    assertShares(sharesOf(outputs, [0, 0, 0]).bandwidthShare, expected);
  }
});

Deno.test("α and ℓ, L1: scores of at least 0.001 over their sum", () => {
  const l1 = { shareDecoding: "l1" } as const;
  const { bandwidthShare, computeShare } = sharesOf(
    [-1, 0, 1],
    [-1, -1, -1],
    l1,
  );
  assertShares(bandwidthShare, [1e-3 / 1.501, 0.5 / 1.501, 1 / 1.501]);
  assertShares(computeShare, [1 / 3, 1 / 3, 1 / 3]);
});

Deno.test("ℓ among hits: the users whose model is cached share everything", () => {
  const hits = { computeShareAmong: "hits" } as const;
  const some = sharesOf([0, 0, 0], [0, 1, 0], hits, [0, 1, 0]);
  assertShares(some.computeShare, [1 / 2, 0, 1 / 2]);
  assertShares(some.bandwidthShare, [1 / 3, 1 / 3, 1 / 3]);
  const none = sharesOf([0, 0, 0], [0, 1, 0], hits, [1, 1, 1]);
  assertShares(none.computeShare, [0, 0, 0]);
});

/** Users 0 and 2 at server 0, user 1 at server 1; server 1 caches model 1. */
function twoServers(association: Assumptions["association"]) {
  const slot: TraceSlot = {
    instance: {
      ...HAND_INSTANCE,
      numUsers: 3,
      numServers: 2,
      serverStorageBytes: Float64Array.of(20e9, 20e9),
      userPositionsM: Float64Array.of(0, 0, 100, 0, 0, 0),
      serverPositionsM: Float64Array.of(0, 0, 100, 0),
    },
    state: { ...HAND_STATE, requestedModel: Int32Array.of(0, 1, 1) },
    server: Int32Array.of(0, 1, 0),
  };
  const action = Float32Array.of(
    ...[1, -1], // server 0 caches model 0
    ...[-1, 1], // server 1 caches model 1
    ...[0, 1, 0], // α of server 0; user 1's output is not read
    ...[1, 0, -0.5],
    ...[0, 0, 0],
    ...[0, 0, 0],
  );
  const decision = decodeAction(action, slot, {
    ...DEFAULT_ASSUMPTIONS,
    association,
  });
  return { slot, decision };
}

Deno.test("α: each server divides itself among its own users, by its own row", () => {
  const { slot, decision } = twoServers("nearest");
  assertEquals([...decision.server], [0, 1, 0]);
  assertShares(decision.bandwidthShare, [1 / 2, 0, 1 / 2, 0, 1, 0]);
  assertEquals([...slot.server], [0, 1, 0]);
});

Deno.test("cached-anywhere: a user moves to the server that caches its model, and shares there", () => {
  const { slot, decision } = twoServers("cached-anywhere");
  assertEquals([...decision.server], [0, 1, 1]);
  // Outputs 0 and −1/2 of users 1 and 2 in the row of server 1.
  const second = 1 / (1 + Math.exp(0.5));
  assertShares(decision.bandwidthShare, [1, 0, 0, 0, 1 - second, second]);
  assertEquals([...slot.server], [0, 1, 0]);
});

Deno.test("storage excess counts full servers beyond their own", () => {
  const of = (...values: number[]) => Float64Array.from(values);
  assertEquals(storageExcess(of(10, 5), of(10, 6)), 0);
  assertEquals(storageExcess(of(15, 30), of(10, 10)), 2.5);
  // Room in one server does not make up for another.
  assertEquals(storageExcess(of(0, 15), of(10, 10)), 0.5);
  assertEquals(storageExcess(of(1 + 1e-15), of(1)), 0);
  assert(storageExcess(of(1 + 1e-9), of(1)) > 0);
});
