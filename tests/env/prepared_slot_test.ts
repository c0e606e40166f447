import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { actionSize, decodeAction } from "../../lib/env/action.ts";
import { PreparedSlot } from "../../lib/env/prepared_slot.ts";
import { type SlotMemory, startMemory } from "../../lib/env/slot_memory.ts";
import { generateTrace, type TraceSlot } from "../../lib/workload/trace.ts";
import { playSlot } from "../../lib/env/transition.ts";
import { RandomStream } from "../../lib/math/prng.ts";
import { DEFAULT_CHOICES, type DoorChoices } from "../../lib/env/choices.ts";
import {
  BALANCED_SCENARIO,
  deriveScenario,
  PAPER_SCENARIO,
  PRESETS,
  type Scenario,
} from "../../lib/scenario/scenario.ts";
import { referenceDecision } from "./reference_decoder.ts";
import { ENTRIES, type Readings, splitReadings } from "./door.ts";
import { PROPERTY, traceSlots } from "./worlds.ts";

/** Readings on which the objective of an action depends. */
const READINGS = [
  "cacheDecoding",
  "storageViolation",
  "shareDecoding",
  "computeShareAmong",
  "association",
  "modelLoading",
  "downlinkQueue",
  "pathLossDistanceUnit",
] as const;

const readings: fc.Arbitrary<Readings> = fc.tuple(
  ...READINGS.map((key) =>
    fc.constantFrom(...Object.keys(ENTRIES[key].options))
  ),
).map((options) =>
  Object.fromEntries<unknown>(
    READINGS.map((key, index) => [key, options[index]]),
  ) as Readings
);

const output = fc.oneof(
  fc.constantFrom(-1, 1, 0, -0, Infinity, -Infinity, 1e-45),
  fc.float({ min: -1, max: 1, noNaN: true }),
);

/**
 * What `playSlot` says of the action's decision as the plainest decoder reads it:
 * G(t), and U times the storage penalty if there is one.
 */
function playedObjective(
  scenario: Scenario,
  slot: TraceSlot,
  action: Float32Array,
  memory: SlotMemory,
  choices: DoorChoices,
): number {
  const decision = referenceDecision(
    action,
    slot,
    scenario.assumptions,
    choices,
  );
  assertEquals(
    decodeAction(action, slot, scenario.assumptions, choices),
    decision,
  );
  const { outcome, reward } = playSlot(
    scenario,
    slot,
    decision,
    memory,
    choices,
  );
  return choices.storageViolation === "penalty"
    ? -reward * slot.instance.numUsers
    : outcome.objective;
}

function assertSame(
  scenario: Scenario,
  slot: TraceSlot,
  actions: Float32Array[],
  memory: SlotMemory,
  choices: DoorChoices = DEFAULT_CHOICES,
): void {
  const prepared = new PreparedSlot(slot, {
    assumptions: scenario.assumptions,
    memory,
    choices,
  });
  const rows = Float32Array.from(actions.flatMap((action) => [...action]));
  const fast = actions.map((action, k) =>
    prepared.objective(rows, k * action.length)
  );
  actions.forEach((action, k) => {
    const expected = playedObjective(scenario, slot, action, memory, choices);
    if (choices.storageViolation !== "penalty") {
      assertEquals(fast[k], expected);
    } else {
      assert(
        fast[k] === expected ||
          Math.abs(fast[k] - expected) <= 1e-12 * Math.abs(expected),
        `${fast[k]} is not ${expected}`,
      );
    }
  });
}

Deno.test("the objective of an action is that of its decision, bit for bit, under every reading", () => {
  const worlds = traceSlots.chain((slot) => {
    const { numUsers, numServers, numModels } = slot.instance;
    const length = numServers * (numModels + 2 * numUsers);
    const action = fc.array(output, { minLength: length, maxLength: length })
      .map((outputs) => Float32Array.from(outputs));
    return fc.record({
      slot: fc.constant(slot),
      actions: fc.array(action, { minLength: 3, maxLength: 3 }),
      chosen: readings,
      freeAtS: fc.double({ min: 0, max: 100, noNaN: true }),
    });
  });
  fc.assert(
    fc.property(worlds, ({ slot, actions, chosen, freeAtS }) => {
      const { assumptions, choices } = splitReadings(chosen);
      const scenario = deriveScenario(PAPER_SCENARIO, { assumptions });
      const memory = {
        cache: startMemory(slot.instance).cache.map((_, index) => index % 2),
        downlinkFreeAtS: new Float64Array(slot.instance.numServers)
          .fill(freeAtS),
      };
      assertSame(scenario, slot, actions, memory, choices);
    }),
    { ...PROPERTY, numRuns: 400 },
  );
});

Deno.test("the objective of actions repeats the presets and a crowd, where sorting merges", () => {
  const stream = new RandomStream(0, "actions");
  const crowd = deriveScenario(BALANCED_SCENARIO, {
    parameters: { numUsers: 300, numServers: 3, numModels: 40 },
  });
  for (const scenario of [...Object.values(PRESETS), crowd]) {
    const { slots } = generateTrace(scenario, { instanceSeed: 1, seed: 2 });
    const actions = Array.from(
      { length: 10 },
      () => stream.fillNormal(new Float32Array(actionSize(scenario))),
    );
    for (const slot of slots) {
      assertSame(scenario, slot, actions, startMemory(slot.instance));
    }
  }
});

Deno.test("64-bit actions count as the 32-bit ones that an agent would send", () => {
  const [slot] = generateTrace(PAPER_SCENARIO, { instanceSeed: 1, seed: 2 })
    .slots;
  const stream = new RandomStream(0, "actions");
  const action = stream.fillNormal(
    new Float64Array(actionSize(PAPER_SCENARIO)),
  );
  const prepared = new PreparedSlot(slot);
  assertEquals(
    prepared.objective(action),
    prepared.objective(Float32Array.from(action)),
  );
  const shifted = new Float64Array(action.length + 7);
  shifted.set(action, 7);
  assertEquals(prepared.objective(shifted, 7), prepared.objective(action));
});
