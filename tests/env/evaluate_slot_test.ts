import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DEFAULT_ASSUMPTIONS } from "../../lib/scenario/assumptions.ts";
import { linkGain } from "../../lib/env/channel.ts";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import type { SlotOutcome } from "../../lib/env/slot.ts";
import { referenceSlot } from "./reference_slot.ts";
import {
  HAND_DECISION,
  HAND_INSTANCE,
  HAND_STATE,
  judgedSlots,
  PROPERTY,
} from "./worlds.ts";

function assertNear(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
): void {
  assertEquals(actual.length, expected.length, what);
  for (let i = 0; i < actual.length; i++) {
    const scale = Number.isFinite(expected[i]) ? Math.abs(expected[i]) : 0;
    assertAlmostEquals(actual[i], expected[i], 1e-9 * scale, `${what}[${i}]`);
  }
}

Deno.test("a slot by hand, from rates to reward", () => {
  const outcome = evaluateSlot(HAND_INSTANCE, HAND_STATE, HAND_DECISION);
  // Half of 2 MHz at SNR 1; 1 MHz at SNR 3.
  assertNear(outcome.uplinkRateBps, [1e6, 1e6], "uplink rate");
  assertNear(outcome.downlinkRateBps, [2e6, 2e6], "downlink rate");
  assertNear(outcome.uplinkTimeS, [8, 8], "upload");
  // Half of 4 GPUs of 1e12 at the edge; 2 GPUs in the cloud.
  assertNear(outcome.inferenceTimeS, [3, 1], "inference");
  assertNear(outcome.backhaulUplinkTimeS, [0, 2], "backhaul up");
  assertNear(outcome.backhaulDownlinkTimeS, [0, 2], "backhaul down");
  assertNear(outcome.readyTimeS, [11, 13], "ready");
  // User 0 sends from 11 to 21; user 1 waits for it and sends until 31.
  assertNear(outcome.downlinkTimeS, [10, 10], "download");
  assertNear(outcome.waitTimeS, [0, 8], "wait");
  assertNear(outcome.responseTimeS, [21, 31], "response");
  // 3.5 MB at 2 and at 4 a MB; 6 and 2 GPU-seconds at 0.5.
  assertNear(outcome.accessCost, [7, 7], "access cost");
  assertNear(outcome.backhaulCost, [0, 14], "backhaul cost");
  assertNear(outcome.gpuCost, [3, 1], "GPU cost");
  assertNear(outcome.userCost, [10, 22], "user cost");
  assertEquals([...outcome.hit], [1, 0]);
  assertEquals(outcome.hitRate, 0.5);
  assertEquals([...outcome.storageUsedBytes], [5e9]);
  assertAlmostEquals(outcome.storageCost, 5, 1e-12);
  assertAlmostEquals(outcome.totalResponseTimeS, 52, 1e-9);
  assertAlmostEquals(outcome.totalCost, 37, 1e-9);
  // 0.5·52 + 0.1·37 = 29.7, over two users.
  assertAlmostEquals(outcome.objective, 29.7, 1e-9);
  assertAlmostEquals(outcome.reward, -14.85, 1e-9);
  assertEquals(outcome.violations, []);
});

Deno.test("any slot agrees with the second derivation", () => {
  fc.assert(
    fc.property(judgedSlots, (slot) => {
      const outcome = evaluateSlot(slot.instance, slot.state, slot.decision);
      const reference = referenceSlot(slot);
      const { storageCost, objective, hitRate, ...perUser } = reference;
      for (const [key, expected] of Object.entries(perUser)) {
        assertNear(
          outcome[key as keyof typeof perUser],
          expected as number[],
          key,
        );
      }
      assertNear([outcome.storageCost], [storageCost], "storage cost");
      assertNear([outcome.objective], [objective], "objective");
      assertNear(
        [outcome.reward],
        [-objective / slot.instance.numUsers],
        "reward",
      );
      assertEquals(outcome.hitRate, hitRate);
    }),
    { ...PROPERTY, numRuns: 300 },
  );
});

Deno.test("the parts add up to their sums", () => {
  fc.assert(
    fc.property(judgedSlots, ({ instance, state, decision }) => {
      const o = evaluateSlot(instance, state, decision);
      const users = [...Array(instance.numUsers).keys()];
      assertNear(
        o.readyTimeS,
        users.map((i) =>
          o.uplinkTimeS[i] + o.backhaulUplinkTimeS[i] + o.inferenceTimeS[i] +
          o.backhaulDownlinkTimeS[i]
        ),
        "ready",
      );
      assertNear(
        o.responseTimeS,
        users.map((i) => o.readyTimeS[i] + o.waitTimeS[i] + o.downlinkTimeS[i]),
        "response",
      );
      assertNear(
        o.userCost,
        users.map((i) => o.accessCost[i] + o.backhaulCost[i] + o.gpuCost[i]),
        "cost",
      );
      for (const i of users) {
        const cloud = o.hit[i] === 0;
        assertEquals(o.backhaulUplinkTimeS[i] > 0, cloud);
        assertEquals(o.backhaulDownlinkTimeS[i] > 0, cloud);
      }
    }),
    PROPERTY,
  );
});

function numbersOf(outcome: SlotOutcome): [string, number][] {
  return Object.entries(outcome).flatMap(([key, value]) =>
    typeof value === "number"
      ? [[key, value] as [string, number]]
      : Array.from(value as ArrayLike<number | string>)
        .filter((item): item is number => typeof item === "number")
        .map((item) => [key, item] as [string, number])
  );
}

Deno.test("times and costs are non-negative, and the reward is not positive", () => {
  fc.assert(
    fc.property(judgedSlots, ({ instance, state, decision }) => {
      const outcome = evaluateSlot(instance, state, decision);
      for (const [key, value] of numbersOf(outcome)) {
        if (key === "reward") assert(value <= 0, key);
        else assert(value >= 0, `${key} is ${value}`);
      }
      assert(outcome.hitRate <= 1);
    }),
    PROPERTY,
  );
});

Deno.test("four times the data, operations and storage: four times the times and costs", () => {
  fc.assert(
    fc.property(judgedSlots, ({ instance, state, decision }) => {
      // A power of two, so that no rounding can change who is first.
      const quadruple = (values: Float64Array) => values.map((x) => 4 * x);
      const base = evaluateSlot(instance, state, decision);
      const large = evaluateSlot(
        {
          ...instance,
          modelFlop: quadruple(instance.modelFlop),
          modelSizeBytes: quadruple(instance.modelSizeBytes),
        },
        {
          ...state,
          inputBytes: quadruple(state.inputBytes),
          outputBytes: quadruple(state.outputBytes),
        },
        decision,
      );
      for (
        const key of [
          "uplinkTimeS",
          "inferenceTimeS",
          "readyTimeS",
          "downlinkTimeS",
          "responseTimeS",
          "userCost",
          "storageUsedBytes",
        ] as const
      ) assertNear(large[key], quadruple(base[key]), key);
      assertNear([large.storageCost], [4 * base.storageCost], "storage cost");
      assertNear([large.objective], [4 * base.objective], "objective");
      assertEquals(large.uplinkRateBps, base.uplinkRateBps);
    }),
    PROPERTY,
  );
});

Deno.test("the weights scale the objective and nothing before it", () => {
  fc.assert(
    fc.property(judgedSlots, ({ instance, state, decision }) => {
      const base = evaluateSlot(instance, state, decision);
      const { objective, reward, ...rest } = evaluateSlot(
        {
          ...instance,
          responseTimeWeight: 2 * instance.responseTimeWeight,
          costWeight: 2 * instance.costWeight,
        },
        state,
        decision,
      );
      assertNear(
        [objective, reward],
        [2 * base.objective, 2 * base.reward],
        "G",
      );
      assertEquals({ ...base, ...rest }, base);
    }),
    PROPERTY,
  );
});

Deno.test("a share of another server's user has no effect beyond the constraints", () => {
  fc.assert(
    fc.property(judgedSlots, ({ instance, state, decision }) => {
      const foreign = (matrix: Float64Array) =>
        matrix.map((share, k) =>
          decision.server[k % instance.numUsers] ===
              Math.floor(k / instance.numUsers)
            ? share
            : 0.9
        );
      const base = evaluateSlot(instance, state, decision);
      const other = evaluateSlot(instance, state, {
        ...decision,
        bandwidthShare: foreign(decision.bandwidthShare),
        computeShare: foreign(decision.computeShare),
      });
      assertEquals({ ...other, violations: [] }, { ...base, violations: [] });
    }),
    PROPERTY,
  );
});

Deno.test("evaluation changes none of its arguments", () => {
  fc.assert(
    fc.property(judgedSlots, ({ instance, state, decision }) => {
      const before = structuredClone({ instance, state, decision });
      evaluateSlot(instance, state, decision);
      assertEquals({ instance, state, decision }, before);
    }),
    { ...PROPERTY, numRuns: 30 },
  );
});

Deno.test("Eqs. 4 to 6 in one: the gain of a link, held at the least distance", () => {
  const at = (x: number, y: number) =>
    linkGain(
      { ...HAND_INSTANCE, userPositionsM: Float64Array.of(x, y) },
      { ...HAND_STATE, fading: Float64Array.of(0.6, 0.8) },
      0,
      0,
    );
  // 60² + 80² = 100²: −128.1 + 37.6 = −90.5 dB, and |δ| = 1.
  assertAlmostEquals(at(60, 80) / 10 ** -9.05, 1, 1e-12);
  // At 10 m, 5 m and 0 m: −52.9 dB.
  for (const x of [10, 5, 0]) {
    assertAlmostEquals(at(x, 0) / 10 ** -5.29, 1, 1e-12);
  }
});

Deno.test("a distance in meters loses 37.6 dB a decade more, 112.8 dB in all", () => {
  const gain = (meters?: number) =>
    linkGain(HAND_INSTANCE, HAND_STATE, 0, 0, meters);
  assertAlmostEquals(gain(1) / gain(1000), 10 ** -11.28, 1e-20);
  assertEquals(gain(), gain(1000));
});

Deno.test("loading delays the users of the loaded model only, and is paid for", () => {
  const judge = (cache: number[]) =>
    evaluateSlot(HAND_INSTANCE, HAND_STATE, HAND_DECISION, {
      assumptions: { ...DEFAULT_ASSUMPTIONS, modelLoading: "charged" },
      memory: {
        cache: Float64Array.from(cache),
        downlinkFreeAtS: new Float64Array(1),
      },
    });
  const loaded = judge([0, 1]);
  // 5 GB at 10 Mbps take 4,000 s; at 4 a MB they cost 20,000.
  assertNear(loaded.inferenceTimeS, [4003, 1], "inference");
  // User 1 is now first: 13 to 23, user 0 ready at 4011.
  assertNear(loaded.responseTimeS, [4021, 23], "response");
  assertAlmostEquals(loaded.totalCost, 37 + 20_000, 1e-9);
  assertAlmostEquals(loaded.objective, 0.5 * 4044 + 0.1 * 20_037, 1e-9);
  assertEquals(
    judge([1, 0]),
    evaluateSlot(HAND_INSTANCE, HAND_STATE, HAND_DECISION),
  );
});

Deno.test("a downlink that is busy at first delays the first result", () => {
  const outcome = evaluateSlot(HAND_INSTANCE, HAND_STATE, HAND_DECISION, {
    assumptions: { ...DEFAULT_ASSUMPTIONS, downlinkQueue: "carried" },
    memory: {
      cache: new Float64Array(2),
      downlinkFreeAtS: Float64Array.of(40),
    },
  });
  assertNear(outcome.waitTimeS, [29, 37], "wait");
  assertNear(outcome.responseTimeS, [50, 60], "response");
});
