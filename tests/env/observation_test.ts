import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  observationBlocks,
  observationSize,
  observe,
} from "../../lib/env/observation.ts";
import { startMemory } from "../../lib/env/slot_memory.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import { deriveScenario, PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";
import { type Readings, splitReadings } from "./door.ts";
import { HAND_INSTANCE } from "./worlds.ts";

function sizeUnder(readings: Readings): number {
  const { assumptions, choices } = splitReadings(readings);
  return observationSize(
    deriveScenario(PAPER_SCENARIO, { assumptions }),
    choices,
  );
}

Deno.test("Eq. 19: the paper's observation has 41 inputs", () => {
  // γ, then |δ|, Z, d_in and d_out of ten users.
  assertEquals(observationSize(PAPER_SCENARIO), 1 + 4 * 10);
  assertEquals(
    observationBlocks(PAPER_SCENARIO).map(({ symbol }) => symbol),
    ["γ(t)", "δ(t)", "Z(t)", "d^in(t)", "d^out(t)"],
  );
});

Deno.test("Eq. 19: sizes under the other readings", () => {
  const sizes: [Readings, number][] = [
    [{ fadingObserved: "complex" }, 51], // 20 for δ
    [{ fadingObserved: "link-gain" }, 51], // 10 users by 2 servers
    [{ requestEncoding: "one-hot" }, 231], // 10 users by 20 models
    [{ requestEncoding: "one-hot-counts" }, 271], // and 2 servers by 20 models
    [{ modelLoading: "charged" }, 82], // β(t−1), 2 by 20, and t
    [{ downlinkQueue: "carried" }, 43], // 2 servers
    [{ modelLoading: "charged", downlinkQueue: "carried" }, 84],
    [{ inputScaling: "raw", requestVisibility: "lagged" }, 41],
    [{
      fadingObserved: "complex",
      requestEncoding: "one-hot",
      modelLoading: "charged",
    }, 282],
  ];
  for (const [assumptions, size] of sizes) {
    assertEquals(
      sizeUnder(assumptions),
      size,
      JSON.stringify(assumptions),
    );
  }
});

/** Two users at a kilometer from server 0; server 1 stands on user 1. */
const INSTANCE = {
  ...HAND_INSTANCE,
  numServers: 2,
  numModels: 4,
  serverPositionsM: Float64Array.of(0, 0, 0, 1000),
};

function slotOf(models: number[], popularityIndex: number): TraceSlot {
  return {
    instance: INSTANCE,
    state: {
      popularityIndex,
      fading: Float64Array.of(0.6, -0.8, 0, 2),
      requestedModel: Int32Array.from(models),
      inputBytes: Float64Array.of(4e6, 7e6),
      outputBytes: Float64Array.of(500e6, 535e6),
    },
    server: Int32Array.of(0, 1),
  };
}

function see(
  readings: Readings,
  requests: TraceSlot = slotOf([0, 3], 1),
): number[] {
  const { assumptions, choices } = splitReadings(readings);
  const scenario = deriveScenario(PAPER_SCENARIO, {
    parameters: { numUsers: 2, numServers: 2, numModels: 4 },
    assumptions,
  });
  const observation = observe(scenario, {
    current: slotOf([0, 3], 1),
    requests,
    slot: 3,
    previous: {
      cache: Float64Array.of(1, 0, 0, 0, 0, 0, 1, 1),
      downlinkFreeAtS: Float64Array.of(0, 108_000),
    },
  }, choices);
  assertEquals(observation.length, observationSize(scenario, choices));
  return [...observation];
}

function assertSees(actual: number[], expected: number[]): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((value, k) =>
    assertAlmostEquals(actual[k], value, 1e-5 * Math.max(1, Math.abs(value)))
  );
}

/** γ = 0.5 of [0.2, 0.8]; |0.6 − 0.8i| = 1 and |2i| = 2. */
const HEAD = [0.5, 1, 2];
/** 4 and 7 MB of [4, 8]; 500 and 535 MB of [500, 570]. */
const TAIL = [0, 0.75, 0, 0.5];

Deno.test("Eq. 19: normalized inputs by hand", () => {
  // Models 1 and 4 of 4.
  assertSees(see({}), [...HEAD, 1 / 4, 1, ...TAIL]);
});

Deno.test("inputScaling raw: printed units", () => {
  assertSees(see({ inputScaling: "raw" }), [
    ...[0.5, 1, 2],
    ...[1, 4],
    ...[4, 7, 500, 535],
  ]);
  // With binary prefixes the same bytes are fewer MB.
  assertSees(
    see({ inputScaling: "raw", byteUnit: "binary" }).slice(5),
    [4, 7, 500, 535].map((size) => size / 1.048576),
  );
});

Deno.test("fadingObserved complex: real and imaginary part per user", () => {
  assertSees(see({ fadingObserved: "complex" }).slice(1, 5), [0.6, -0.8, 0, 2]);
});

Deno.test("fadingObserved link-gain: h in decibel per user and server", () => {
  // User 0 is 1 km from server 0 and √2 km from server 1, |δ|² = 1; user 1 is at
  // 1 km and at the least distance of 10 m, |δ|² = 4.
  const four = 10 * Math.log10(4);
  const gains = [
    -128.1,
    -128.1 - 37.6 * Math.log10(Math.SQRT2),
    -128.1 + four,
    -52.9 + four,
  ];
  const seen = see({ fadingObserved: "link-gain", inputScaling: "raw" });
  assertSees(seen.slice(1, 5), gains);
  const unit = see({ fadingObserved: "link-gain" });
  assertSees(unit.slice(1, 5), gains.map((gain) => (gain + 140) / 60));
  const meter = see({
    fadingObserved: "link-gain",
    inputScaling: "raw",
    pathLossDistanceUnit: "meter",
  });
  assertSees(meter.slice(1, 5), gains.map((gain) => gain - 112.8));
});

Deno.test("requestEncoding one-hot: a row of models per user", () => {
  const rows = [...[1, 0, 0, 0], ...[0, 0, 0, 1]];
  assertSees(see({ requestEncoding: "one-hot" }), [...HEAD, ...rows, ...TAIL]);
});

Deno.test("requestEncoding one-hot-counts: and a row of counts per server", () => {
  const both = { ...slotOf([2, 2], 0), server: Int32Array.of(1, 1) };
  const hot = [...[0, 0, 1, 0], ...[0, 0, 1, 0]];
  const encoding = { requestEncoding: "one-hot-counts" } as const;
  const counts = [...[0, 0, 0, 0], ...[0, 0, 1, 0]];
  assertSees(see(encoding, both), [...HEAD, ...hot, ...counts, ...TAIL]);
  const raw = see({ ...encoding, inputScaling: "raw" }, both);
  assertSees(raw.slice(11, 19), counts.map((share) => 2 * share));
});

Deno.test("requests come from their slot, popularity and fading from the present one", () => {
  const other: TraceSlot = {
    ...slotOf([1, 2], 2),
    state: {
      popularityIndex: 2,
      fading: Float64Array.of(9, 9, 9, 9),
      requestedModel: Int32Array.of(1, 2),
      inputBytes: Float64Array.of(8e6, 6e6),
      outputBytes: Float64Array.of(570e6, 507e6),
    },
  };
  assertSees(see({}, other), [...HEAD, 2 / 4, 3 / 4, 1, 0.5, 1, 0.1]);
});

Deno.test("modelLoading charged: the caches of the slot before and its number come last", () => {
  const before = [1, 0, 0, 0, 0, 0, 1, 1];
  const charged = { modelLoading: "charged" } as const;
  // Slot 3 of 10.
  assertSees(see(charged), [...HEAD, 1 / 4, 1, ...TAIL, ...before, 3 / 10]);
  assertSees(
    see({ ...charged, inputScaling: "raw" }).slice(-9),
    [...before, 3],
  );
});

Deno.test("downlinkQueue carried: when each downlink is free comes last", () => {
  // After three slots of 36,000 s, of which 3/(3 + 1).
  const carried = { downlinkQueue: "carried" } as const;
  assertSees(see(carried), [...HEAD, 1 / 4, 1, ...TAIL, 0, 3 / 4]);
  assertSees(
    see({ ...carried, inputScaling: "raw" }).slice(-2),
    [0, 108_000],
  );
  assertSees(
    see({ ...carried, modelLoading: "charged" }).slice(-3),
    [3 / 10, 0, 3 / 4],
  );
});

Deno.test("ranges that are points give 0 and not NaN", () => {
  const scenario = deriveScenario(PAPER_SCENARIO, {
    parameters: {
      numUsers: 2,
      numServers: 2,
      numModels: 4,
      inputMegabytes: [4, 4],
      outputMegabytes: [[5, 5], [5, 5], [5, 5], [5, 5]],
      popularityStates: [0.5],
      popularityTransition: [[1]],
    },
  });
  const slot = slotOf([0, 3], 0);
  const observation = observe(scenario, {
    current: slot,
    requests: slot,
    slot: 0,
    previous: startMemory(INSTANCE),
  });
  assertSees([...observation], [0, 1, 2, 1 / 4, 1, 0, 0, 0, 0]);
});
