import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeAction } from "../../lib/env/action.ts";
import { evaluateSlot } from "../../lib/env/evaluate_slot.ts";
import type { Decision } from "../../lib/env/slot.ts";
import type { TraceSlot } from "../../lib/workload/trace.ts";
import type { DoorChoices } from "../../lib/env/choices.ts";
import type { Assumptions } from "../../lib/scenario/assumptions.ts";
import { DEFAULTS, ENTRIES } from "./door.ts";
import { HAND_INSTANCE, HAND_STATE, PROPERTY, traceSlots } from "./worlds.ts";

const READINGS = [
  "cacheDecoding",
  "storageViolation",
  "shareDecoding",
  "computeShareAmong",
  "association",
] as const;

/** Every combination of the readings that the decoder knows. */
const COMBINATIONS: readonly (Assumptions & DoorChoices)[] = READINGS.reduce(
  (combinations, key) =>
    combinations.flatMap((assumptions) =>
      Object.keys(ENTRIES[key].options).map((option) => ({
        ...assumptions,
        [key]: option,
      }))
    ),
  [DEFAULTS],
);

const output = fc.oneof(
  fc.constantFrom(-1, 1, 0, -0, Infinity, -Infinity, 3.4e38, -3.4e38, 1e-45),
  fc.float({ min: -1, max: 1, noNaN: true }),
);

const cases = traceSlots.chain((slot) => {
  const { numUsers, numServers, numModels } = slot.instance;
  const length = numServers * (numModels + 2 * numUsers);
  return fc.array(output, { minLength: length, maxLength: length }).map(
    (outputs) => ({ slot, action: Float32Array.from(outputs) }),
  );
});

const sum = (values: ArrayLike<number>) =>
  Array.from(values).reduce((total, value) => total + value, 0);

/** 18b to 18g, written down once more. */
function assertFeasible(
  { instance }: TraceSlot,
  decision: Decision,
  repaired: boolean,
): void {
  const { numUsers, numServers, numModels } = instance;
  for (const beta of decision.cache) assert(beta === 0 || beta === 1, "18b");
  for (const matrix of [decision.bandwidthShare, decision.computeShare]) {
    assert(matrix.every((share) => share >= 0 && share <= 1), "18c, 18d");
  }
  for (let j = 0; j < numServers; j++) {
    const row = decision.cache.subarray(j * numModels, (j + 1) * numModels);
    const used = sum(row.map((beta, m) => beta * instance.modelSizeBytes[m]));
    const bound = instance.serverStorageBytes[j] * (1 + 1e-12);
    if (repaired) assert(used <= bound, `18e: ${used} in ${bound}`);
    for (const matrix of [decision.bandwidthShare, decision.computeShare]) {
      const total = sum(matrix.subarray(j * numUsers, (j + 1) * numUsers));
      assert(total <= 1 + 1e-12, `18f, 18g: ${total}`);
    }
  }
}

/** Every server gives all it has to its own users, and nothing to others. */
function assertUsed(
  { instance, state }: TraceSlot,
  decision: Decision,
  assumptions: Assumptions & DoorChoices,
): void {
  const { numUsers, numServers, numModels } = instance;
  for (let j = 0; j < numServers; j++) {
    const own = [...Array(numUsers).keys()]
      .filter((user) => decision.server[user] === j);
    const hits = own.filter((user) =>
      decision.cache[j * numModels + state.requestedModel[user]] === 1
    );
    const parties = assumptions.computeShareAmong === "hits" ? hits : own;
    const check = (matrix: Float64Array, users: number[]) => {
      const row = matrix.subarray(j * numUsers, (j + 1) * numUsers);
      assertAlmostEquals(sum(row), users.length > 0 ? 1 : 0, 1e-12);
      row.forEach((share, user) => {
        if (!users.includes(user)) assertEquals(share, 0);
        else if (assumptions.shareDecoding === "softmax") assert(share > 0);
      });
    };
    check(decision.bandwidthShare, own);
    check(decision.computeShare, parties);
  }
}

Deno.test("there are 64 combinations of the decoder's readings", () => {
  assertEquals(COMBINATIONS.length, 2 * 2 * 2 * 2 * 4);
  assertEquals(new Set(COMBINATIONS.map((a) => JSON.stringify(a))).size, 64);
});

Deno.test("a decoded action never violates 18b to 18g, whatever the input", () => {
  fc.assert(
    fc.property(cases, ({ slot, action }) => {
      for (const assumptions of COMBINATIONS) {
        const repaired = assumptions.storageViolation === "repair";
        const decision = decodeAction(action, slot, assumptions, assumptions);
        assertFeasible(slot, decision, repaired);
        assertUsed(slot, decision, assumptions);
        const { violations } = evaluateSlot(
          slot.instance,
          slot.state,
          decision,
        );
        assertEquals(
          violations.filter((number) => repaired || number !== "18e"),
          [],
        );
      }
    }),
    PROPERTY,
  );
});

Deno.test("±1 everywhere is feasible with one user, server and model, and in vain caches", () => {
  const one: TraceSlot = {
    instance: { ...HAND_INSTANCE, numUsers: 1, numModels: 1 },
    state: { ...HAND_STATE, requestedModel: Int32Array.of(0) },
    server: Int32Array.of(0),
  };
  const tooSmall = {
    ...one,
    instance: { ...one.instance, serverStorageBytes: Float64Array.of(1) },
  };
  for (const value of [-1, 1]) {
    for (const assumptions of COMBINATIONS) {
      const action = new Float32Array(3).fill(value);
      const repaired = assumptions.storageViolation === "repair";
      for (const slot of [one, tooSmall]) {
        const decision = decodeAction(action, slot, assumptions, assumptions);
        assertFeasible(slot, decision, repaired);
        assertUsed(slot, decision, assumptions);
      }
      const { cache } = decodeAction(
        action,
        tooSmall,
        assumptions,
        assumptions,
      );
      const wanted = value === 1 || assumptions.cacheDecoding === "rank";
      assertEquals(cache[0], wanted && !repaired ? 1 : 0);
    }
  }
});

Deno.test("a repaired cache leaves no room for a model that was wanted", () => {
  fc.assert(
    fc.property(cases, ({ slot, action }) => {
      const { numServers, numModels, modelSizeBytes, serverStorageBytes } =
        slot.instance;
      for (const cacheDecoding of ["threshold", "rank"] as const) {
        const { cache } = decodeAction(action, slot, DEFAULTS, {
          ...DEFAULTS,
          cacheDecoding,
        });
        for (let j = 0; j < numServers; j++) {
          const row = cache.subarray(j * numModels, (j + 1) * numModels);
          const free = serverStorageBytes[j] -
            sum(row.map((beta, m) => beta * modelSizeBytes[m]));
          row.forEach((beta, m) => {
            const output = action[j * numModels + m];
            const all = cacheDecoding === "rank";
            // An output a hair below 0 has a score that rounds to a half.
            if (beta === 1) assert(all || output > -1e-12);
            else if (all || output >= 0) assert(modelSizeBytes[m] > free - 1);
          });
        }
      }
    }),
    PROPERTY,
  );
});

Deno.test("a higher output never lowers a user's share", () => {
  fc.assert(
    fc.property(
      cases,
      fc.nat(),
      fc.float({ min: 0, max: 1, noNaN: true }),
      ({ slot, action }, pick, rise) => {
        const { numUsers, numServers, numModels } = slot.instance;
        const user = pick % numUsers;
        const entry = slot.server[user] * numUsers + user;
        for (const shareDecoding of ["softmax", "l1"] as const) {
          const assumptions = { ...DEFAULTS, shareDecoding };
          const raised = action.slice();
          raised[numServers * numModels + entry] += rise;
          const before = decodeAction(action, slot, assumptions, assumptions);
          const after = decodeAction(raised, slot, assumptions, assumptions);
          const gain = after.bandwidthShare[entry] -
            before.bandwidthShare[entry];
          assert(gain >= -1e-12, `${shareDecoding}: ${gain}`);
          assertEquals(after.computeShare, before.computeShare);
          assertEquals(after.cache, before.cache);
        }
      },
    ),
    PROPERTY,
  );
});

Deno.test("decoding changes neither action nor slot and repeats itself", () => {
  fc.assert(
    fc.property(cases, ({ slot, action }) => {
      const before = structuredClone({ slot, action });
      for (const assumptions of COMBINATIONS) {
        const first = decodeAction(action, slot, assumptions, assumptions);
        assertEquals(
          decodeAction(action, slot, assumptions, assumptions),
          first,
        );
      }
      assertEquals({ slot, action }, before);
    }),
    { ...PROPERTY, numRuns: 20 },
  );
});
