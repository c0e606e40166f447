import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Decision } from "../../lib/env/slot.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import { playSlot } from "../../lib/env/transition.ts";
import { type SlotMemory, startMemory } from "../../lib/env/slot_memory.ts";
import { deriveScenario, PAPER_SCENARIO } from "../../lib/scenario/scenario.ts";
import { type Readings, splitReadings } from "./door.ts";
import { HAND_DECISION, HAND_INSTANCE, HAND_STATE } from "./worlds.ts";

const SLOT: TraceSlot = {
  instance: HAND_INSTANCE,
  state: HAND_STATE,
  server: Int32Array.of(0, 0),
};

function play(
  readings: Readings,
  memory: SlotMemory = startMemory(HAND_INSTANCE),
  decision: Decision = HAND_DECISION,
  slot: TraceSlot = SLOT,
) {
  const { assumptions, choices } = splitReadings(readings);
  const scenario = deriveScenario(PAPER_SCENARIO, { assumptions });
  return playSlot(scenario, slot, decision, memory, choices);
}

Deno.test("an episode starts with empty caches and free downlinks", () => {
  assertEquals(startMemory(HAND_INSTANCE), {
    cache: new Float64Array(2),
    downlinkFreeAtS: new Float64Array(1),
  });
});

Deno.test("with the default readings a slot is what its evaluation says", () => {
  const played = play({});
  // The hand slot of worlds.ts: G = 29.7 for two users.
  assertAlmostEquals(played.reward, -14.85, 1e-9);
  assertEquals(played.reward, played.outcome.reward);
  assertEquals(played.hitRates.hitRateOwnServer, 0.5);
  assertEquals([...played.memory.downlinkFreeAtS], [0]);
});

Deno.test("modelLoading charged: a new model costs S_m/R once, and not in the next slot", () => {
  const free = play({}).outcome;
  const first = play({ modelLoading: "charged" });
  // 5 GB at 1e7 bit/s and 4e-6 a byte.
  assertAlmostEquals(
    first.outcome.inferenceTimeS[0] - free.inferenceTimeS[0],
    4000,
    1e-9,
  );
  assertEquals(first.outcome.inferenceTimeS[1], free.inferenceTimeS[1]);
  assertAlmostEquals(first.outcome.totalCost - free.totalCost, 20_000, 1e-9);
  assertEquals([...first.memory.cache], [1, 0]);
  const kept = play({ modelLoading: "charged" }, first.memory);
  assertEquals(kept.outcome, free);
});

Deno.test("modelLoading charged: a dropped model is paid for again, an idle one is paid for too", () => {
  const charged = { modelLoading: "charged" } as const;
  const empty = { ...HAND_DECISION, cache: Float64Array.of(0, 0) };
  const first = play(charged);
  const dropped = play(charged, first.memory, empty);
  const again = play(charged, dropped.memory);
  assertEquals(again.outcome, first.outcome);
  // Nobody asks for model 0 at a server that caches it unasked: no wait, 20,000.
  const idle = {
    ...SLOT,
    state: { ...HAND_STATE, requestedModel: Int32Array.of(1, 1) },
  };
  const unpaid = play({}, undefined, undefined, idle).outcome;
  const paid = play(charged, undefined, undefined, idle).outcome;
  assertEquals(paid.responseTimeS, unpaid.responseTimeS);
  assertAlmostEquals(paid.totalCost - unpaid.totalCost, 20_000, 1e-9);
});

Deno.test("downlinkQueue carried: what outlasts the slot delays the next one", () => {
  const carried = { downlinkQueue: "carried", slotDurationS: 10 } as const;
  // By hand, the last result is sent at 31; 21 of it in the next slot.
  const first = play(carried);
  assertAlmostEquals(first.memory.downlinkFreeAtS[0], 21, 1e-9);
  const second = play(carried, first.memory);
  // Ready at 11 and 13; sent from 21 to 31 and from 31 to 41.
  assertAlmostEquals(second.outcome.waitTimeS[0], 10, 1e-9);
  assertAlmostEquals(second.outcome.waitTimeS[1], 18, 1e-9);
  assertAlmostEquals(second.memory.downlinkFreeAtS[0], 31, 1e-9);
});

Deno.test("downlinkQueue carried: a slot that is long enough carries nothing", () => {
  const played = play({ downlinkQueue: "carried", slotDurationS: 31.01 });
  assertEquals([...played.memory.downlinkFreeAtS], [0]);
});

Deno.test("downlinkQueue carried: a server without users works its queue off", () => {
  const carried = { downlinkQueue: "carried", slotDurationS: 10 } as const;
  const nobody: TraceSlot = {
    ...SLOT,
    instance: {
      ...HAND_INSTANCE,
      numServers: 2,
      serverStorageBytes: Float64Array.of(8e9, 8e9),
      uplinkBandwidthHz: Float64Array.of(2e6, 2e6),
      downlinkBandwidthHz: Float64Array.of(1e6, 1e6),
      serverGpus: Float64Array.of(4, 4),
      serverPositionsM: Float64Array.of(0, 0, 0, 0),
    },
  };
  const { memory } = play(
    carried,
    { cache: new Float64Array(4), downlinkFreeAtS: Float64Array.of(0, 25) },
    {
      cache: Float64Array.of(1, 0, 0, 0),
      bandwidthShare: Float64Array.of(0.5, 0.5, 0, 0),
      computeShare: Float64Array.of(0.5, 0.5, 0, 0),
      server: Int32Array.of(0, 0),
    },
    nobody,
  );
  assertAlmostEquals(memory.downlinkFreeAtS[0], 21, 1e-9);
  assertEquals(memory.downlinkFreeAtS[1], 15);
});

Deno.test("downlinkQueue carried: a result that is never ready leaves no queue", () => {
  const played = play(
    { downlinkQueue: "carried", slotDurationS: 10 },
    undefined,
    { ...HAND_DECISION, bandwidthShare: Float64Array.of(0.5, 0) },
  );
  // User 0 alone: sent at 21.
  assertAlmostEquals(played.memory.downlinkFreeAtS[0], 11, 1e-9);
});

Deno.test("downlinkQueue empty: the memory of a queue is not read", () => {
  const memory = {
    cache: new Float64Array(2),
    downlinkFreeAtS: Float64Array.of(1000),
  };
  assertEquals(play({}, memory).outcome, play({}).outcome);
});

Deno.test("storageViolation penalty: excess lowers the reward and not the objective", () => {
  const both = { ...HAND_DECISION, cache: Float64Array.of(1, 1) };
  const penalty = { storageViolation: "penalty", storagePenalty: 4 } as const;
  const repaired = play({}, undefined, both);
  const penalized = play(penalty, undefined, both);
  assertEquals(penalized.outcome, repaired.outcome);
  assertEquals(penalized.outcome.violations, ["18e"]);
  // 11 GB in 8: an excess of 3/8 of a server.
  assertAlmostEquals(repaired.reward - penalized.reward, 1.5, 1e-9);
  assertEquals(play(penalty).reward, play({}).reward);
});

Deno.test("a slot has a hit rate for every reading of it", () => {
  assertEquals(play({}).hitRates, {
    hitRateOwnServer: 0.5,
    hitRateAnyServer: 0.5,
    cacheUtilization: 1,
  });
});

Deno.test("pathLossDistanceUnit meter loses 112.8 dB", () => {
  const kilometer = play({}).outcome.channelGain[0];
  const meter = play({ pathLossDistanceUnit: "meter" }).outcome.channelGain[0];
  assertAlmostEquals(10 * Math.log10(meter / kilometer), -112.8, 1e-9);
});

Deno.test("a slot is played without changing slot, decision or memory", () => {
  const assumptions = {
    modelLoading: "charged",
    downlinkQueue: "carried",
    slotDurationS: 10,
  } as const;
  const memory = {
    cache: Float64Array.of(0, 1),
    downlinkFreeAtS: Float64Array.of(3),
  };
  const before = structuredClone({ SLOT, HAND_DECISION, memory });
  const first = play(assumptions, memory);
  assertEquals(play(assumptions, memory), first);
  assertEquals({ SLOT, HAND_DECISION, memory }, before);
});
